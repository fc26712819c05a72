"""An invented directory of a dozen listings, made as values, for tests that need words to find."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from directory.model.category import Category, TopCategory
from directory.model.listing import Access, Listing, Location, Provider
from directory.model.nearby import Nearby
from directory.model.place import Place, Places, Point, Sector
from directory.model.site import Contact, Site, WordGroup
from directory.model.snapshot import Snapshot
from directory.model.urgent import DangerRules, Situation, UrgentCard
from directory.search import Query, Results, SearchIndex

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Europe/London"))
BRACKENHILL = Point(53.582, 1.979)
STOURFORD = Point(53.556, 1.952)
NEAR_BRACKENHILL = Nearby("Brackenhill", BRACKENHILL)
NEAR_STOURFORD = Nearby("Stourford", STOURFORD)
SITE = Site(title="Testbridge", strapline="Invented", area="Testbridge", contact=Contact(name="The team"))
CATEGORIES = (
    TopCategory(
        slug="help",
        name="Money, food and housing",
        summary="Help",
        categories=(
            Category(slug="food", name="Food and pantries", words=("hungry",)),
            Category(slug="groups", name="Groups for parents"),
        ),
    ),
)
PLACES = Places(
    places=(
        Place(slug="brackenhill", name="Brackenhill", latitude=BRACKENHILL.latitude, longitude=BRACKENHILL.longitude),
        Place(slug="stourford", name="Stourford", latitude=STOURFORD.latitude, longitude=STOURFORD.longitude),
    ),
    sectors=(
        Sector(code="TB5 3", latitude=53.583, longitude=1.978, place="brackenhill"),
        Sector(code="TB5 1", latitude=53.585, longitude=1.984, place="brackenhill"),
        Sector(code="TB8 1", latitude=53.556, longitude=1.946, place="stourford"),
    ),
)
PROVIDERS = {"testbridge-council": Provider(slug="testbridge-council", name="Testbridge Council")}


def listing(slug: str, title: str, **said: Any) -> Listing:
    """An activity that says what it is given and no more than it must."""
    usual: dict[str, Any] = {"kind": "activity", "summary": "Everyone is welcome.", "provider": "testbridge-council"}
    given = usual | {"categories": ("groups",), "access": Access(ways=("drop_in",))} | said
    return Listing(slug=slug, title=title, **given)


def at(place: str, **said: Any) -> tuple[Location, ...]:
    """An address in a town of Testbridge."""
    points = {"brackenhill": BRACKENHILL, "stourford": STOURFORD}
    given: dict[str, Any] = {"latitude": points[place].latitude, "longitude": points[place].longitude} | said
    return (Location(address_1="18 Foundry Street", city=place.title(), place=place, **given),)


def snapshot(*listings: Listing, **said: Any) -> Snapshot:
    """The content that these listings make up; its revision says what is in it."""
    given: dict[str, Any] = {
        "categories": CATEGORIES,
        "places": PLACES,
        "providers": PROVIDERS,
        "pages": {},
        "site": SITE,
    } | said
    by_slug = {one.slug: one for one in listings}
    return Snapshot(revision=str(hash(repr((by_slug, said)))), listings=by_slug, **given)


def many(count: int, title: str = "Group") -> list[Listing]:
    """As many listings as asked for, each with a number and a word of its own."""
    return [listing(f"group-{n:03}", f"{title} {n:03}", description=f"Own word unique{n:03}.") for n in range(count)]


def ask(index: SearchIndex, words: str, **said: Any) -> Results:
    """What is found for the words now."""
    return index.search(Query(words, said.pop("at", NOW), **said))


def found(index: SearchIndex, words: str, **said: Any) -> tuple[str, ...]:
    """The slugs that are found for the words now."""
    return ask(index, words, **said).slugs


FOOD_BANK = listing("food-bank", "Brackenhill Food Bank", summary="Food parcels.", categories=("food",))
PANTRY = listing("pantry", "Community pantry", summary="Cheap food once a week.", categories=("food",))
STAY = listing("stay", "Little Stars stay & play", summary="Play and songs.")
DROP_IN = listing("drop-in", "Health visitor drop-in", summary="Have your baby weighed.")
UNIFORM = listing("uniform", "Uniform swap", summary="School clothes.", description="Shoes, coats and bags too.")
SCHOOLS = listing("schools", "Schools information", summary="Places and appeals.")
ROAD = listing("road", "Forge Road youth centre", alternate_names=("The Old Foundry",), summary="Pool and music.")
CAFE = listing("cafe", "Café Zoë", summary="Coffee for dads.")
NOT_FINE = listing("not-fine", "Not Fine Parents", summary="A circle for hard days.")
CHILDCARE = listing("childcare", "Childcare finder", summary="Nurseries and childminders.")
LISTINGS = (FOOD_BANK, PANTRY, STAY, DROP_IN, UNIFORM, SCHOOLS, ROAD, CAFE, NOT_FINE, CHILDCARE)
WORDS = (
    WordGroup(words=("clothes", "clothing", "outfits")),
    WordGroup(words=("food bank", "food voucher")),
    WordGroup(words=("pool", "billiards"), one_way=True),
)
URGENT = (
    UrgentCard(slug="999", title="Call 999", when="In danger now", phone="999"),
    UrgentCard(slug="samaritans", title="Samaritans", when="Any time", phone="116 123"),
)
DANGER = DangerRules(
    passed_over=("to",),
    situations=(
        Situation(slug="hit", title="Somebody is hit", cards=("999",), words=("in danger", "hits me")),
        Situation(slug="despair", title="Somebody wants to die", cards=("samaritans",), words=("want to die",)),
    ),
)
EVERYTHING = snapshot(*LISTINGS, words=WORDS, urgent=URGENT, danger=DANGER)
