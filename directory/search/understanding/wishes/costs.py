"""What people say of what they can pay: free, cheap, or a price."""

import re

from directory.model.filters import LOW_PENCE, Filter
from directory.search.understanding.wishes.asked import OUTINGS, Asked, Taken, taken, word_set
from directory.search.understanding.wishes.numbers import number
from directory.search.understanding.wishes.phrases import Rule, always, nothing

_FREE = always(Filter("cost", "free"))
_LOW = always(Filter("cost", "low"))
_HELP = always(Filter("cost", "help"))
_GOING_OUT = OUTINGS - word_set(
    "advice childcare childminder clinic drop family food free gentle keep kids need nursery support"
)
_OFTEN_HELPED = word_set(
    """
    holiday holidays hols camp camps playscheme haf swim swimming gym leisure childcare uniform uniforms meal meals
    lunch lunches dinner dinners breakfast trip trips broadband glasses
    """
)
"""Words of things that are free, or cheaper, for families on a low income: people who say "free" mean that too."""
_SAVING = word_set("budgeting debt debts manage managing owe owed loan loans flight flights")

RULES = (
    Rule(
        nothing,
        """
        free school/schools meal/meals/dinner/dinners/lunch/lunches/transport/travel/bus/place; free school; fsm;
        free childcare/child/hours/hour/nursery/preschool/entitlement/early/care/places/place; hours/hour
        free/free-childcare; free 15/30/fifteen/thirty/2/two/3/three; 15/30/thirty/fifteen free; free
        bus/travel/transport/prescription/prescriptions/dental/dentist/vitamins/milk/tv; free
        from/time/will/speech/spirit/flow/range/fall/movement/of-abuse; free of; free period;
        tax/gluten/dairy/nut/nuts/sugar/wheat/egg/milk/lactose/allergen/allergy/smoke/drug/alcohol free;
        debt/hands/lead/fat/nappy/screen/phone/pain/stress/symptom/seizure/toll/cruelty/plastic/meat/worry free;
        smartphone/break/breaking/set/feel/cigarette/vape/violence/fear/device/interest free; free parking;
        freephone
        """,
    ),
    Rule(always(Filter("cost", "free"), Filter("cost", "help")), "free", wants=_OFTEN_HELPED),
    Rule(
        always(Filter("cost", "low"), Filter("cost", "help")),
        "cheap/cheaper/affordable/cheapest; low cost",
        wants=_OFTEN_HELPED,
        unless=_SAVING,
    ),
    Rule(
        _FREE,
        """
        free/freebie/freebies/frree; at/for no cost/charge; no/zero/without
        cost/costs/charge/charges/fee/fees; free of charge/cost/charges; costs/cost nothing;
        doesnt/dont/does-not/do-not cost anything/money; doesnt/dont cost; dont/not have/having to pay; without
        paying; no payment; not pay/paying anything; completely/totally free;
        darmowe/darmowy/darmowa/darmo/bezplatne/bezplatnie/bezplatny; za darmo;
        gratis/gratuit/gratuita/gratuite; muft/mufat; مفت; مجانا/مجاني/مجانية; ਮੁਫ਼ਤ/ਮੁਫਤ
        """,
    ),
    Rule(
        _FREE,
        """
        with/got/have/on/~ no/zero/without money; for nothing; cant afford to pay; skint
        """,
        wants=_GOING_OUT,
    ),
    Rule(
        nothing,
        """
        cheap flights/flight; low cost loan/loans; cheap/cheaper/affordable
        house/houses/housing/home/homes/rent/flat/flats/loan/loans/gas/electric/electricity/energy/mortgage
        """,
    ),
    Rule(
        _LOW,
        """
        cheap/cheaper/cheapest/cheep/cheaply; low/small/little cost/price/priced/fee; lowcost; inexpensive;
        affordable/afordable; not/isnt/arent too/that/so/very/~ expensive/dear/pricey; doesnt/dont/not cost
        much/alot/loads; doesnt/dont/not cost a/the lot/bomb/earth/fortune; on/for a/tight budget; on a
        tight/small/low budget; budget friendly; reasonably/sensibly/low priced; reasonable price/prices/cost;
        good value; value for money; pay what you can/like/want/feel/wish; pay as you feel/can/like; by/for a/~
        donation/donations; suggested donation; for a/~ few/couple pounds/quid; for a/~ couple of pounds/quid;
        under/for/less-than a fiver/quid/pound; a/under fiver; tanie/tanio/tani; ieftin/ieftine;
        sasta/saste/sasti; سستا/سستے; رخيص/رخيصة; ਸਸਤਾ/ਸਸਤੇ
        """,
        unless=_SAVING,
    ),
    Rule(
        _HELP,
        """
        on/get/with universal credit/uc; on/get/claim/claiming benefits; on a/~ low income/incomes/wage; low
        income; concession/concessions/concessionary; discount/discounts/discounted; reduced
        rate/rates/price/prices/cost
        """,
        wants=_GOING_OUT,
    ),
)
_POUNDS = frozenset(("pound", "pounds", "quid", "gbp"))
_PENCE = frozenset(("p", "pence"))
_CAP = frozenset(("under", "below", "less", "max", "maximum", "only", "upto"))
_PENCE_TOGETHER = re.compile(r"(\d{1,2})(?:p|pence)")
_NOT_A_PRICE = word_set(
    """
    left owe owed owes debt debts fine fined live lost lose losing weight gained gain weighs grant loan
    bill bills arrears borrow borrowed stole rent wage wages earn earning paid fare fares bus electric meter
    benefit benefits
    """
)
"""Words beside which an amount of money is not the price of something to go to."""


def may_start(word: str) -> bool:
    """Whether a price can start with the word: so little is asked of most words of a search."""
    return word[0].isdecimal() or word in _CAP or number(word) is not None


def read(asked: Asked, place: int) -> Taken | None:
    """The price whose words start at the place: one that is low asks for what costs little."""
    start = place
    if asked.words[place] in _CAP:
        start += 1 + (asked.word(place + 1) in ("than", "of"))
    found = _price(asked, start)
    if found is None:
        return None
    pence, last = found
    is_wish = pence <= LOW_PENCE and _NOT_A_PRICE.isdisjoint(asked.said)
    return taken(_LOW(asked.today) if is_wish else (), place, last)


def _price(asked: Asked, place: int) -> tuple[int, int] | None:
    """An amount in pence, and the place after its words."""
    word, unit = asked.word(place), asked.word(place + 1)
    together = _PENCE_TOGETHER.fullmatch(word)
    if together:
        return int(together[1]), place + 1
    count = number(word) if word else None
    if count is None or unit not in _POUNDS | _PENCE:
        return None
    if unit in _PENCE:
        return count, place + 2
    odd = asked.word(place + 2)
    has_odd = len(odd) == 2 and odd.isdecimal()
    return count * 100 + (int(odd) if has_odd else 0), place + 2 + has_odd
