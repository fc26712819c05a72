"""Stages of life that people say in words instead of an age: "toddler", "newborn", "expecting"."""

from directory.model.filters import Filter
from directory.search.understanding.wishes.asked import MEETINGS, word_set
from directory.search.understanding.wishes.phrases import Rule, always, nothing


def _age(*values: str) -> tuple[Filter, ...]:
    return tuple(Filter("age", value) for value in values)


_LOSS = word_set("loss lost losing died dies dead death stillbirth stillborn miscarriage bereaved bereavement funeral")
_NOT_YET = word_set("trying adopt adopting conceive ivf infertility fertility utrata strata poronienie")
_ANOTHER_CHILD = word_set("jealous jealousy sibling siblings")
"""Words of those who ask for the child who was there before the baby."""

_UNPLANNED = word_set(
    "test abortion terminate termination unplanned accident accidentally contraception condom condoms pill options tell"
    " telling secret miscarriage usuniecie przerwanie niechciana niechcianej nieplanowana nieplanowanej chyba galti"
)
"""Words of those who need somebody to talk to about a pregnancy, not something for the months of it."""
_BABY_THINGS = word_set(
    "cot crib pram buggy moses basket clothes nappies milk formula bank equipment steriliser bottles seat bundle stuff"
)
_PREGNANT = "pregnant; pregnent; pregant; preggers; preggo; pregnat; expecting"

RULES = (
    Rule(always(*_age("pregnancy", "0m-11m")), _PREGNANT, wants=_BABY_THINGS, unless=_NOT_YET | _UNPLANNED),
    Rule(
        nothing,
        """
        teen/teenage/teens/teenager mum/mums/mother/mothers/dad/dads/father/parent/parents/pregnancy
        """,
    ),
    Rule(
        nothing,
        """
        school age mum/mums/mother/mothers/parents; infant/infants school/schools; baby
        sitter/sitting/sitters; baby brain; baby daddy/father/brother/sister; baby shower
        """,
    ),
    Rule(
        nothing,
        """
        reception desk/area/staff/room/centre/centres/hours/phone/number; wedding/hub/hotel/school/main reception;
        at reception; 16 to 25 railcard
        """,
    ),
    Rule(nothing, "11/eleven plus", unless=MEETINGS | {"youth"}),
    Rule(nothing, "nursery/preschool place/places/fees/rhyme/rhymes"),
    Rule(
        nothing,
        """
        not/not-get/not-getting/am-i/might-be/could-be/maybe/think-im/thinks-shes/get/getting pregnant; not
        expecting; expecting too; expecting to
        """,
    ),
    Rule(always(*_age("pregnancy", "0m-11m")), "bump/bumps and/to/or/n/2 baby/babies/babys; bump baby; bumps babies"),
    Rule(
        always(*_age("pregnancy")),
        """
        pregnant; pregnent; pregant; preggers; preggo; pregnat; expectant;
        mum/mums/dad/dads/mother/father/parents to be; expecting; baby bump; my bump; in pregnancy;
        during pregnancy; while/whilst pregnant; ciaza/ciazy; jestem w ciazy; insarcinata/gravida; hamla; حاملہ;
        حامل; ਗਰਭਵਤੀ
        """,
        unless=_NOT_YET | _UNPLANNED,
    ),
    Rule(
        always(*_age("0m-2m")),
        """
        newborn/newborns/newbron; new born/borns; newborn baby/babies; new born baby/babies; noworodek; nou
        nascut
        """,
        unless=_LOSS,
    ),
    Rule(
        always(*_age("0m-11m")),
        """
        baby/babies/babys/babie/bubba/bubs; infant/infants; niemowle/niemowlak; bebelus; شیر خوار; رضيع
        """,
        unless=_LOSS | _NOT_YET | _ANOTHER_CHILD,
    ),
    Rule(always(*_age("6m-12m")), "crawler/crawlers"),
    Rule(always(*_age("1y-3y")), "toddler/toddlers; tots; tiny/little/wee tot/tots; walking toddler"),
    Rule(always(*_age("2y")), "terrible twos/2s"),
    Rule(
        always(*_age("3y-4y")),
        """
        preschooler/preschoolers; pre schooler/schoolers; preschool/nursery age/aged/child/children/kids; pre
        school age/aged/child/children/kids; nursery age child/children/kids
        """,
    ),
    Rule(always(*_age("4y")), "rising fives/5s/5"),
    Rule(
        always(*_age("4y-5y")),
        """
        reception; reception age/aged/class/child/children/year/kids; in/starting reception; reception
        starter/starters
        """,
    ),
    Rule(always(*_age("5y-7y")), "ks1; ks 1; key stage 1/one; keystage 1"),
    Rule(always(*_age("7y-11y")), "ks2; ks 2; key stage 2/two; keystage 2"),
    Rule(always(*_age("11y-14y")), "ks3; ks 3; key stage 3/three; keystage 3"),
    Rule(always(*_age("14y-16y")), "ks4; ks 4; key stage 4/four; keystage 4"),
    Rule(always(*_age("5y-10y")), "primary age/aged; primary school age/aged; junior age/aged; juniors"),
    Rule(always(*_age("11y-15y")), "secondary age/aged; secondary/high school age/aged"),
    Rule(always(*_age("5y-15y")), "school age/aged; schoolage"),
    Rule(always(*_age("9y-12y")), "tween/tweens/tweenie/tweenager/tweenagers; preteen/preteens; pre teen/teens"),
    Rule(
        always(*_age("13y-19y")),
        """
        teen/teens/teenager/teenagers/teenage/teenaged/teanager/teenger/adolescent/adolescents;
        nastolatek/nastolatka/nastolatki; adolescenti
        """,
    ),
    Rule(always(*_age("16y-18y")), "sixth/6th former/formers/form; sixthform/sixthformer; school leaver/leavers"),
    Rule(always(*_age("16y-25y")), "post 16; post sixteen"),
    Rule(always(*_age("18y-25y")), "young adult/adults"),
)
