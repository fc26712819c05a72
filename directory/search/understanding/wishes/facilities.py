"""What people need of a building or of staff so that they can come."""

from directory.model.filters import Filter
from directory.model.listing import Facility
from directory.search.understanding.wishes.asked import OUTINGS, word_set
from directory.search.understanding.wishes.phrases import NONE, Rule, always, nothing

_GETTING_ONE = word_set(
    """
    hire loan borrow repair repairs broken buy service services need needs apply get getting order
    assessment funding grant basketball rugby sport sports tennis training trained train charity puppy donate
    sell second
    """
)
_LEARNING = word_set(
    """
    learn learning course courses class classes lesson lessons level teach makaton baby babies job jobs
    """
)


_GETTING_IN = OUTINGS | word_set("access building buildings entrance venue allowed bring welcome come")
"""Words of those who ask to get into a place; without them, a wheelchair or a ramp may be what somebody needs."""
_AT_HOME = word_set("permit permits apply house home road street council landlord outside")


def _has(facility: Facility, phrases: str, unless: frozenset[str] = NONE, wants: frozenset[str] = NONE) -> Rule:
    return Rule(always(Filter("access", facility)), phrases, wants, unless)


RULES = (
    Rule(
        nothing,
        """
        disabled parking badge/badges; speech ramp; skate/bike/car/exit ramp/ramps; ramp up;
        baby sign/signing language/~; sign language class/classes/course/courses/lesson/lessons
        """,
    ),
    _has("step_free", "wheelchair/wheelchairs/wheel-chair/weelchair", _GETTING_ONE, _GETTING_IN),
    _has(
        "step_free",
        """
        wheelchair/wheel-chair user/users/access/accessible/friendly; in a wheelchair; step free access/~; stepfree;
        ramp access; disabled/level/mobility/scooter access; ground floor only; accessible for wheelchairs;
        accessible venue/venues/building/buildings/place/places/entrance; no/without/avoid steps/stairs;
        disabled/disability friendly; wozek inwalidzki
        """,
        _AT_HOME,
    ),
    _has(
        "step_free",
        """
        ramp/ramps; cant/cannot/unable-to/cant-manage/struggle-with/struggles-with/hard-to
        do/climb/manage/use/get-up/go-up/walk-up/walk-up-the/~ the/~ stairs/steps
        """,
        _AT_HOME,
        _GETTING_IN,
    ),
    _has("accessible_toilet", "accessible/disabled/wheelchair toilet/toilets/loo/loos"),
    _has(
        "changing_places",
        """
        changing place/places toilet/toilets/~; adult changing/change table/tables/bed/bench/facilities/room/~;
        disabled changing room/rooms/~; toilet with/and a/~ hoist
        """,
    ),
    _has(
        "accessible_parking",
        """
        disabled/accessible/blue-badge parking/bay/bays/space/spaces; parking for blue
        badge/disabled/wheelchair; somewhere accessible to park
        """,
        _AT_HOME,
    ),
    _has(
        "lift",
        """
        has/with/have/got a/the/is-there-a lift; is/are there a/~ lift/lifts; lift access; lift to the/all/~
        floor/floors/first-floor/upstairs; lift or ramp/stairs; ramp or lift; ramp and lift; lifts and ramps
        """,
        unless=word_set("hospital appointment car drive give gave offered home"),
    ),
    _has("hearing_loop", "hearing/induction loop/loops/system; loop system; t loop"),
    _has(
        "quiet_room",
        """
        quiet/calm/chill/chillout/breakout/time-out room/rooms/area/areas/space/spaces/corner/zone
        """,
        unless=word_set("study homework revise revision home"),
    ),
    _has("sensory_room", "sensory room/rooms/space/area/den"),
    Rule(
        always(Filter("access", "bsl_interpreter")),
        "interpreter/interpreters/interpreting",
        wants=frozenset(("deaf", "bsl", "hearing")),
    ),
    _has(
        "bsl_interpreter",
        """
        bsl; b s l; british/~ sign language interpreter/interpreters/interpreted/user/users/signer/~; bsl
        interpreter/interpreters/interpreted/signed/user/users; signed
        performance/session/sessions/storytime/event/events; signer; someone/somebody who can/~ signs/sign
        """,
        unless=_LEARNING,
    ),
    _has("easy_read", "easy read/reading information/leaflet/version/guide/~; easyread"),
    _has("large_print", "large/big/bigger/larger print/text/font"),
    _has(
        "assistance_dogs",
        """
        guide/assistance/service dog/dogs allowed/welcome/friendly; guidedogs welcome/allowed;
        bring/take/with a/my/our/his/her guide/assistance/service/hearing/autism dog; bring/with my/a guidedog
        """,
    ),
    _has(
        "baby_changing",
        """
        baby/nappy/babies change/changing/changeing room/rooms/facilities/unit/table/area/~; nappy change;
        somewhere/place/where to change the/a/my/~ baby/nappy/nappies
        """,
        unless=frozenset(("behaviour", "fights", "hates", "screams", "money", "hard")),
    ),
    _has(
        "pram_parking",
        """
        pram/prams/buggy/buggies/pushchair/pushchairs
        parking/park/parks/storage/store/friendly/access/accessible/space/room; room/space/somewhere/place/where
        for/to-leave/to-park/to-put/leave/can-i-leave a/my/the/~
        pram/prams/buggy/buggies/pushchair/pushchairs/double-buggy; with/bring/take a/my/the/~ double/~
        pram/buggy/pushchair; double buggy
        """,
        unless=word_set("free cheap second hand secondhand used donated grant need buy afford broken"),
    ),
    _has(
        "breastfeeding_friendly",
        """
        breastfeeding/breast-feeding/breastfeed/feeding/nursing
        friendly/welcome/welcomed/room/area/place/places; somewhere/place/places/where/room i/you/~
        can/to/can-i/~ breastfeed/breast-feed/nurse-my-baby/feed-my-baby/feed-the-baby/feed-baby/feed-a-baby;
        breastfeed in public
        """,
    ),
)
