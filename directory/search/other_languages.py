"""What English need not think of: one letter with several codes, words that change at both ends, free spelling.

Arabic, Urdu and Punjabi are typed on many keyboards, often without the marks that a printed text has, and Urdu and
Punjabi as often in Latin letters, for which there is no one spelling. ``words`` uses what is here, and ``own_words``
takes it for right.
"""

import re

_LETTERS: dict[str, str | None] = {
    # Alef with and without hamza, and the several ways to code yeh, heh and kaf.
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىئیېےۓ", "ي"),
    **dict.fromkeys("ةہھۂۃەۀ", "ه"),
    **dict.fromkeys("كڪ", "ک"),
    "ؤ": "و",
    "ں": "ن",
    **dict.fromkeys("ءـ", None),
    # Vowel signs, hamzas on their own, and marks that nobody sees and that are copied along with a text.
    **dict.fromkeys(map(chr, [*range(0x064B, 0x0660), 0x0670, 0x200D, 0x200E, 0x200F, 0x061C]), None),
    # Gurmukhi's dot below, doubling and nasal signs are the first to be left out on a phone.
    **dict.fromkeys("\u0a01\u0a02\u0a3c\u0a70\u0a71", None),
    **dict(zip("\u0a33\u0a36\u0a59\u0a5a\u0a5b\u0a5e", "ਲਸਖਗਜਫ", strict=True)),
    **{digit: str(value) for ten in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "੦੧੨੩੪੫੬੭੮੯") for value, digit in enumerate(ten)},
}
TAKEN_FOR = str.maketrans(_LETTERS)
"""Letters, signs and digits, each with what it is taken for, as ``str.translate`` wants them."""


def _folded(words: str) -> frozenset[str]:
    return frozenset(words.translate(TAKEN_FOR).split())


PARTICLES = _folded(
    """
    aan aana aap aapka aapki aapko apna apne apni assi asi aur bhi bohat bohot boht bahut chahida chahidi chahide
    chahie chahiye chahta chahte chahti chahunda chahunde chahundi chaiye chaunda chaundi haan haiga haige haigi hain
    han hega hege hoon hota hote hoti hun hunda hunde hundi kahan kahaan kahin kaise kaisay kaun kesay kese keise karda
    karde kardi karein karna karne karni karta karte karti karu karun karoon kar ki ka ke kia kya kidan kidhar
    kis kisi kise kithay kithe kithon kitthe kive kiven kiwen ko koi krna krni krta krti kuch kuchh kuj lai layi liye
    mainu mein meinu mera meri mjhe mujhe mujhko milta milti milega milegi milenge milda mildi milde milu milugi
    ne raha rahi rahe rha rhe rhi riha saada saade saadi sakda sakdi sakta sakte sakti tha thi tusi vich vch wich
    wala wale wali ye yeh woh wo hamara hamare hamari humara humari hai gaya gayi gya gia diya dita ditta hua hui hoya
    ji jo kab kado kadon nal naal krdi krda ch

    میں مجھے مجھ میرا میری میرے ہم ہمیں ہمارا ہماری ہمارے آپ اپنا اپنی اپنے وہ یہ اس ان جو کا کی کے کو سے پر نے ہی بھی
    تو اور یا ہے ہیں ہوں ہو تھا تھی تھے ہوا ہوئی ہوتا ہوتی ہوتے گا گی گے کیا کہاں کیسے کب کون کوئی کچھ کسی کس کر کرنا
    کرنے کرنی کرتا کرتی کرتے کروں کریں رہا رہی رہے گیا گئی گئے دیا دی چاہیے چاہئے چاہتا چاہتی چاہتے سکتا سکتی سکتے لیے
    لئے والا والی والے ملتا ملتی ملے ملیں بہت جہاں نوں دا دے وچ نال ساڈا ساڈی تے چاہیدا چاہیدی

    ਮੈਂ ਮੈਨੂੰ ਮੇਰਾ ਮੇਰੀ ਮੇਰੇ ਅਸੀਂ ਸਾਨੂੰ ਸਾਡਾ ਸਾਡੀ ਸਾਡੇ ਆਪਣਾ ਆਪਣੀ ਆਪਣੇ ਉਹ ਇਹ ਜੋ ਦਾ ਦੀ ਦੇ ਦੀਆਂ ਨੂੰ ਤੋਂ ਤੇ ਵਿੱਚ ਵਿਚ ਨਾਲ ਲਈ ਨੇ ਵੀ
    ਅਤੇ ਜਾਂ ਹੈ ਹਨ ਹਾਂ ਹੋ ਸੀ ਹੁੰਦਾ ਹੁੰਦੀ ਹੁੰਦੇ ਕੀ ਕਿੱਥੇ ਕਿਵੇਂ ਕਦੋਂ ਕੌਣ ਕੋਈ ਕੁਝ ਕਿਸੇ ਕੇ ਕਰ ਕਰਨਾ ਕਰਨ ਕਰਨੀ ਕਰਦਾ ਕਰਦੀ ਕਰਦੇ ਕਰਾਂ ਰਿਹਾ ਰਹੀ ਰਹੇ
    ਗਿਆ ਗਈ ਗਏ ਦਿੱਤਾ ਚਾਹੀਦਾ ਚਾਹੀਦੀ ਚਾਹੀਦੇ ਚਾਹੁੰਦਾ ਚਾਹੁੰਦੀ ਸਕਦਾ ਸਕਦੀ ਸਕਦੇ ਵਾਲਾ ਵਾਲੀ ਵਾਲੇ ਮਿਲਦਾ ਮਿਲਦੀ ਮਿਲੇ ਬਹੁਤ

    في من على إلى عن أن إن أنا انا هو هي هم نحن مع هل كيف أين وين فين متى ماذا شو ايش إيش هذا هذه هاد هاي الذي التي اللي
    يلي أريد نريد اريد أبغى ابغى بدي بدنا عايز عايزة عاوز عاوزة محتاج محتاجة أحتاج نحتاج يحتاج لدي عندي عندنا
    عنده عندها كان هناك هنا لي له لها أو و ب ل وانا كثير كثيرا جدا دائما يوجد ممكن أستطيع أقدر عم ابحث أبحث أجد
    """
)
"""Small words of these languages that say nothing of a need.

Those that are English words too, or "not" in Romanian, are not among them. Content says which words say little.
"""

_SPELLINGS = {
    "nahi": "nahin nhi naheen nahe naahi nahii",
    "madad": "maddad madat",
    "bache": "bacha baccha bachcha bachay bachey bacche bachche bachi bachhi bacchi bachchi bachon bacho bacchon "
    "bachchon bachian bachiyan bacheyan bachean",
    "beta": "betay bete betaa",
    "shohar": "shauhar shoher shohr shuhar",
    "paise": "paisa paisay paisey pese pesay paison paisian paisean",
    "khana": "khanay khane khaana khaane",
    "kapre": "kapra kapray kaprey kapda kapde kapday kapdey",
    "larai": "ladai laraai ladaai larayi ladayi",
    "zyada": "ziada zyaada ziyada jyada",
    "doodh": "dudh duddh dood dhoodh",
    "parhai": "padhai parhayi padhayi padai",
    "naukri": "nokri nokari naukari",
    "karza": "karja karje karze karz qarz qarza qarze qarzay",
    "ghussa": "gussa ghusa gusse ghusse ghussay gussay",
    "neend": "nind neendh",
    "bimar": "beemar bimaar bemar bamar",
    "sharab": "sharaab shrab",
    "nasha": "nashe nashay nashaa",
    "muft": "mufat mufft",
    "kahani": "kahaniyan kahanian kahaniya",
    "masla": "maslay masle masail",
    "muskil": "mushkil mushkal mushkilan",
    "seekhna": "sikhna seekhni sikhni seekhne sikhne seekhan sikhan",
    "shadi": "shaadi",
    "viah": "vyah viyah",
    "udas": "udaas",
    "chuttiyan": "chuttian chhuttian chhuttiyan chuttiyon chhuttiyon chutiyan chutiyon chutian",
}
SPELLINGS = {way: usual for usual, ways in _SPELLINGS.items() for way in ways.split()}
"""Other ways to write the commonest words of Urdu and Punjabi in Latin letters, and their commonest forms."""

_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]+")
_GURMUKHI = re.compile("[\u0a00-\u0a7f]+")
_BEFORE = re.compile("^(?:(?!والد)(?:و(?=.{4})|[بفک]?ال(?=.{3})|لل(?=.{3})|ل(?=.{4})|ب(?=[يت].{3}|.{5})))+")
_AFTER = re.compile("(?<=.{4})(?:ها|هم|نا|ان|ون|ين|ات|[تن][ايه])$|(?<=.{3})[ايه]$")
_VOWELS_AFTER = re.compile("(?<=.{2})[ਾਿੀੁੂੇੈੋੌਆ]+$")


def bare(word: str) -> str:
    """The word, translated by ``TAKEN_FOR``, without "the", "my", and what makes it one or many, he or she.

    Cuts lightly, and never below three letters (two in Gurmukhi): for Arabic much as Larkey, Ballesteros and Connell
    (2002) found enough for searching; Urdu, in the same letters, forms its words at the same end.
    """
    if _ARABIC_SCRIPT.fullmatch(word):
        return _AFTER.sub("", _BEFORE.sub("", word))
    return _VOWELS_AFTER.sub("", word) if _GURMUKHI.fullmatch(word) else word


_SPELLED_ALIKE = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("ph", "f"), ("w", "v"), ("q", "k"), ("z", "j"), ("ee|ie|ii", "i"), ("oo|ou|uu", "u"), ("[ae][iy]", "e"),
        ("a[uo]", "o"), ("(?<=[bcdfgjklmnprstv])h", ""), (r"(.)\1+", r"\1"), ("(?<=...)[aeiouynh]+$", ""),
    )
)  # fmt: skip


def sound(word: str) -> str:
    """What the spellings of a word of Urdu or Punjabi in Latin letters have in common: "larai", "laraai", "laray"."""
    for pattern, letters in _SPELLED_ALIKE:
        word = pattern.sub(letters, word)
    return word
