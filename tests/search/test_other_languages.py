"""What people type in Polish and in Romanian is understood as the need that it is about."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from directory.search import Query, SearchIndex
from directory.search.words import split

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Europe/London"))
SUREST = 2
"""How many of the needs, surest first, may stand before a person has to look further."""

POLISH = {
    "mój synek ma trzy latka i jeszcze nic nie mówi": ("early-language-support", "speech-language-therapy"),
    "potrzebny logopeda dla córeczki": ("speech-language-therapy",),
    "skąd wziąć tani mundurek dla syna": ("school-uniform",),
    "nie mamy w domu nic do jedzenia, dzieci są głodne": ("food-bank",),
    "gdzie jest najbliższy bank zywnosci": ("food-bank",),
    "czy moje dziecko dostanie darmowe obiady szkolne": ("free-school-meals",),
    "maz mnie uderzyl i boje sie z nim mieszkac": ("domestic-abuse",),
    "partner ciągle mnie kontroluje i grozi mi": ("domestic-abuse",),
    "koleżanka mówi, że chce się zabić": ("urgent-mental-health",),
    "mam mysli samobojcze pomocy": ("urgent-mental-health",),
    "moja znajoma została zgwałcona na imprezie": ("sexual-violence",),
    "chłopcy w klasie ciągle dokuczają mojej córce": ("bullying",),
    "zalegam z czynszem i landlord chce nas wyrzucić": ("housing-advice", "homelessness"),
    "od jutra nie mamy gdzie spać, jesteśmy z dziećmi na ulicy": ("homelessness",),
    "mam długi i komornik puka do drzwi": ("debt-advice",),
    "jak obniżyć rachunek za prąd i gaz": ("energy-bills",),
    "jakie benefity mogę dostać na dwoje dzieci": ("benefits-advice",),
    "council tax pomoc dla samotnej mamy": ("council-tax-help",),
    "lekcje jezyka angielskiego wieczorem": ("esol",),
    "szukam dobrego przedszkola blisko domu": ("childcare-search",),
    "ile darmowych godzin w przedszkolu dla dwulatka": ("funded-childcare",),
    "jak zapisac corke do szkoly podstawowej": ("school-admissions",),
    "nasz maluch nie chce siadać na nocnik": ("toilet-training",),
    "córka budzi się w nocy co godzinę": ("sleep-support",),
    "niemowlę ma kolki i płacze cały wieczór": ("crying-baby-support",),
    "boli mnie przy karmieniu piersią": ("infant-feeding-support",),
    "jestem w ciąży, gdzie znajdę położną": ("midwifery",),
    "szkoła rodzenia dla par po polsku": ("antenatal-class",),
    "od porodu ciągle jestem smutna, chyba depresja poporodowa": ("perinatal-mental-health",),
    "poroniłam dwa tygodnie temu": ("baby-loss-support",),
    "potrzebuję pieluch i łóżeczka dla noworodka": ("baby-bank",),
    "spotkania dla mam bliźniąt": ("twins-group",),
    "syn ma chyba autyzm, jak dostać diagnozę": ("neurodevelopmental-assessment", "autism-support"),
    "jak pomóc dziecku z adhd w domu": ("adhd-support",),
    "jak wystąpić o EHCP dla syna": ("ehcp",),
    "córka słabo słyszy i nosi aparat słuchowy": ("sensory-impairment",),
    "wózek inwalidzki dla ośmiolatka": ("wheelchair-and-equipment",),
    "półkolonie w wakacje dla siedmiolatka": ("holiday-club",),
    "gdzie są lekcje pływania dla pięciolatków": ("swimming",),
    "plac zabaw w okolicy": ("parks-and-playgrounds",),
    "piłka nożna dla dziesięciolatka": ("football", "sports-club"),
    "tani dentysta dla dzieci na NHS": ("oral-health",),
    "gdzie zaszczepić roczne dziecko": ("immunisations",),
    "mam depresję i potrzebuję psychologa": ("adult-talking-therapies",),
    "corka sie tnie zyletka": ("self-harm",),
    "moja siostra ma anoreksję": ("eating-disorders",),
    "tata za dużo pije wódki": ("adult-substance-misuse", "drug-and-drink-at-home"),
    "chcę rzucić palenie w ciąży": ("stop-smoking",),
    "synek gryzie i bije inne dzieci": ("child-behaviour-support",),
    "ciągle się kłócimy z żoną o dzieci": ("parental-conflict",),
    "rozwód i kto dostanie dzieci": ("separation-support",),
    "były mąż nie płaci alimentów": ("child-maintenance",),
    "babcia wychowuje wnuka po śmierci córki": ("kinship-care",),
    "jak powiedzieć pięciolatkowi, że dziadek umarł": ("bereavement-children",),
    "nastolatka odmawia chodzenia do szkoły": ("attendance",),
    "wyrzucili mojego syna ze szkoły": ("exclusion",),
    "dwunastolatka opiekuje się chorą mamą": ("young-carers",),
    "potrzebuję tłumacza do lekarza": ("interpreter",),
    "grzyb i wilgoć w mieszkaniu": ("home-repairs",),
    "straciłem pracę i szukam nowej": ("employment-support",),
    "skąd wziąć używane meble i pralkę": ("furniture-reuse",),
    "syn nosi nóż i jest w gangu": ("exploitation",),
    "ktoś wyzywa nas na ulicy, rasizm": ("hate-crime",),
    "jestem Anna, sama z dwójką dzieci, mąż nas zostawił i nie mam na czynsz": ("housing-advice", "separation-support"),
    "mam dwoje małych dzieci, nikogo tu nie znam i bardzo chciałabym poznać jakieś mamy": ("parent-social-group",),
    "sąsiad krzywdzi swoje dziecko, gdzie to zgłosić": ("childrens-front-door",),
}
"""What people type, and the needs of which one must be among the surest."""

ROMANIAN = {
    "băiețelul meu are trei ani și încă nu vorbește": ("early-language-support", "speech-language-therapy"),
    "caut un logoped pentru fetita mea": ("speech-language-therapy",),
    "de unde iau uniforma de școală mai ieftină": ("school-uniform",),
    "nu mai avem ce sa mancam pana la salariu": ("food-bank",),
    "unde este cea mai apropiată bancă de alimente": ("food-bank",),
    "cum obțin masa gratuită la școală pentru copil": ("free-school-meals",),
    "sotul ma bate si mi-e frica sa merg acasa": ("domestic-abuse",),
    "partenerul mă controlează și mă amenință zilnic": ("domestic-abuse",),
    "prietena mea vrea să se omoare": ("urgent-mental-health",),
    "nu mai vreau sa traiesc": ("urgent-mental-health",),
    "verișoara mea a fost violată de un vecin": ("sexual-violence",),
    "copiii de la clasă își bat joc de fiul meu": ("bullying",),
    "proprietarul vrea să ne evacueze, am restanțe la chirie": ("housing-advice",),
    "ne-au dat afară și nu avem unde să dormim la noapte": ("homelessness",),
    "am multe datorii și a venit executorul": ("debt-advice",),
    "nu pot plati factura la curent si gaz": ("energy-bills",),
    "ce beneficii pot primi cu doi copii": ("benefits-advice",),
    "ajutor cu council tax": ("council-tax-help",),
    "vreau să merg la cursuri de engleză seara": ("esol",),
    "caut grădiniță aproape de casă": ("childcare-search",),
    "câte ore gratuite de grădiniță la doi ani": ("funded-childcare",),
    "cum inscriu fetita la scoala primara": ("school-admissions",),
    "nu reușesc să îl învăț la oliță": ("toilet-training",),
    "copilul se trezeste de zece ori noaptea": ("sleep-support",),
    "bebelușul are colici și plânge toată seara": ("crying-baby-support",),
    "alăptarea mă doare, am mastită": ("infant-feeding-support",),
    "sunt insarcinata si caut o moasa": ("midwifery",),
    "curs prenatal pentru viitori părinți": ("antenatal-class",),
    "am născut acum o lună și cred că am depresie postnatală": ("perinatal-mental-health",),
    "am pierdut sarcina la zece săptămâni": ("baby-loss-support",),
    "am nevoie de scutece și un cărucior": ("baby-bank",),
    "întâlniri pentru mămici de gemeni": ("twins-group",),
    "cred că băiatul meu are autism, cum se pune diagnosticul": ("neurodevelopmental-assessment", "autism-support"),
    "fetița mea e hiperactivă și nu stă locului": ("adhd-support",),
    "cum cer un EHCP pentru copilul meu": ("ehcp",),
    "fiul meu este surd și poartă aparat auditiv": ("sensory-impairment",),
    "scaun cu rotile pentru o fetiță": ("wheelchair-and-equipment",),
    "tabara de vara pentru copii de opt ani": ("holiday-club",),
    "unde fac lecții de înot copiii": ("swimming",),
    "un parc cu leagăne în zonă": ("parks-and-playgrounds",),
    "echipă de fotbal pentru băieți": ("football", "sports-club"),
    "copilul are o carie, caut dentist": ("oral-health",),
    "unde vaccinez bebelușul": ("immunisations",),
    "am depresie si caut un psiholog": ("adult-talking-therapies",),
    "fiica mea se taie pe maini": ("self-harm",),
    "sora mea suferă de anorexie": ("eating-disorders",),
    "tatăl copiilor bea prea mult alcool": ("adult-substance-misuse", "drug-and-drink-at-home"),
    "vreau să mă las de fumat": ("stop-smoking",),
    "băiatul mușcă și lovește alți copii la creșă": ("child-behaviour-support",),
    "mă cert tot timpul cu soția": ("parental-conflict",),
    "divorțăm, cine primește custodia": ("separation-support",),
    "tatăl fetiței nu plătește pensia alimentară": ("child-maintenance",),
    "îmi cresc nepoții de când a plecat fiica": ("kinship-care",),
    "cum îi spun copilului că a murit bunicul": ("bereavement-children",),
    "adolescenta refuză să meargă la școală": ("attendance",),
    "fiul a fost exmatriculat din liceu": ("exclusion",),
    "fetița are grijă de mama ei bolnavă": ("young-carers",),
    "am nevoie de un traducător la medic": ("interpreter",),
    "avem mucegai și igrasie pe pereți": ("home-repairs",),
    "mi-am pierdut serviciul și caut de muncă": ("employment-support",),
    "mobilă ieftină și o mașină de spălat": ("furniture-reuse",),
    "băiatul meu vinde droguri pentru o gașcă": ("exploitation",),
    "vecinii sunt rasiști și ne înjură": ("hate-crime",),
    "sunt singură cu doi copii, soțul ne-a părăsit și nu am de chirie": ("housing-advice", "separation-support"),
    "am doi copii mici, nu cunosc pe nimeni aici și aș vrea să vorbesc și eu cu alte mămici": ("parent-social-group",),
    "vecina își bate copilul, unde anunț": ("childrens-front-door",),
}
"""What people type, and the needs of which one must be among the surest."""


CALLS_FOR_A_CARD = {"childrens-front-door", "domestic-abuse", "sexual-violence", "urgent-mental-health"}
MAY_CALL_FOR_ONE = {"exploitation", "self-harm"}
SEARCHES = POLISH | ROMANIAN


@pytest.mark.parametrize(("words", "needs"), SEARCHES.items(), ids=SEARCHES)
def test_a_need_in_another_language_is_understood(testbridge: SearchIndex, words: str, needs: tuple[str, ...]) -> None:
    """One of the needs is among the surest that the search is taken for."""
    understood = testbridge.search(Query(words, NOW)).understood
    assert set(needs) & set(understood.needs[:SUREST]), understood


@pytest.mark.parametrize(
    ("words", "needs"), [pytest.param(*one, id=one[0]) for one in SEARCHES.items() if not MAY_CALL_FOR_ONE & {*one[1]}]
)
def test_only_danger_in_another_language_brings_a_card(
    testbridge: SearchIndex, words: str, needs: tuple[str, ...]
) -> None:
    """A card stands above a search that tells of danger, and above no other."""
    assert bool(testbridge.search(Query(words, NOW)).urgent) == bool(CALLS_FOR_A_CARD & {*needs})


@pytest.mark.parametrize(
    "words", ["caut de lucru", "factura la curent", "despre autism", "nie mam pracy", "zajęcia dla dzieci w sobotę"]
)
def test_right_words_of_another_language_are_not_made_english(testbridge: SearchIndex, words: str) -> None:
    """What is right in its own language is looked for as it stands, though English words are near or in it."""
    understood = testbridge.search(Query(words, NOW)).understood
    assert understood.corrections == ()
    assert {*understood.words} <= {word for _, word in split(words)}


@pytest.mark.parametrize(
    ("words", "need"),
    [("lekcje angelskiego", "esol"), ("mundurk szkolny", "school-uniform"), ("gradinta gratuita", "funded-childcare")],
)
def test_a_slip_in_another_language_is_corrected(testbridge: SearchIndex, words: str, need: str) -> None:
    """A letter left out of a long word is put right, and said."""
    understood = testbridge.search(Query(words, NOW)).understood
    assert need in understood.needs
    assert understood.corrections
