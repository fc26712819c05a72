"""Dudley's content keeps its promises: true or absent, sourced, unconfirmed until somebody confirms it, findable.

The figures below were copied by hand from the published pages that the listings name. A number that stands in the
content and not here was invented, mistyped, or added without looking: check it with its owner, then add it here.
"""

import datetime
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel

from directory.content import check
from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.search import Query
from directory.services import Services
from directory.settings import Settings

CONTENT = Path(__file__).parent.parent / "content"
NOW = datetime.datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/London"))
HUBS = {
    "brierley-hill-family-hub": ("Brierley Hill", None, "DY5 3DY", "01384 813322"),
    "dudley-central-family-hub": ("Dudley", None, "DY2 8LJ", "01384 812440"),
    "dudley-north-family-hub": ("Coseley", "Bilston", "WV14 9DS", "01384 813096"),
    "halesowen-family-hub": ("Lye", "Stourbridge", "DY9 8HT", "01384 813954"),
    "stourbridge-family-hub": ("Stourbridge", None, "DY8 1XF", "01384 818780"),
}
PHONES = {
    *(phone for *_, phone in HUBS.values()),
    *("0300 555 0050", "0300 555 0055", "0300 555 2345", "0300 555 8574", "01384 455411", "01384 671250"),
    *("999", "111", "116 123", "85258", "0800 1111", "0808 800 5000", "0800 068 4141", "0800 58 58 58"),
    *("0808 2000 247", "0808 8010 327", "0800 999 5428", "01823 334244", "0808 802 4040", "0300 123 3393"),
    *("0300 330 7010", "0300 330 2090", "0800 138 1111"),
}
"""Every number that the sources hold and that is strong enough to publish."""
WEAK = {"0808 800 4444", "0800 144 8848", "0808 800 2222", "0808 802 5544", "0808 808 3555", "0300 100 0212"}
DOUBTFUL = {"07384 466181", "0800 800 5000"}
"""A mobile that may belong to somebody else by now, and a number that another page misprints."""
EMAILS = {
    *("fs.stourbridge@dudley.gov.uk", "fs.halesowen@dudley.gov.uk", "fs.brierleyhill@dudley.gov.uk"),
    *("fs.dudleynorth@dudley.gov.uk", "local.offer@dudley.gov.uk", "help@nspcc.org.uk", "jo@samaritans.org"),
    "start@nhsbsa.nhs.uk",
}
HOSTS = {
    *(
        "base25.org",
        "blackcountrychildrens.nhs.uk",
        "blackcountryradio.co.uk",
        "bucksmind.org.uk",
        "caridonfoundation.org",
    ),
    *(
        "centre56.org.uk",
        "chadd.org.uk",
        "childcarechoices.gov.uk",
        "content.govdelivery.com",
        "councilnews.dudley.gov.uk",
    ),
    *("dadsunltd.org.uk", "dudley.gov.uk", "www3.dudley.gov.uk", "dudleyci.co.uk", "dudleyconnect.com"),
    *("dudleyhealthandwellbeing.org.uk", "dudleyholidayactivities.org.uk", "dudleysafeandsound.org"),
    *("dudleysafeguarding.org.uk", "england.shelter.org.uk", "expressandstar.com", "freshfutures.org.uk", "gov.uk"),
    *(
        "holidayactivitiesindudley.com",
        "hpft.nhs.uk",
        "izone.org.uk",
        "kshsafety.com",
        "lets-get.com",
        "m.dywpk.org.uk",
    ),
    *(
        "nationaldahelpline.org.uk",
        "northeastnorthcumbria.nhs.uk",
        "nspcc.org.uk",
        "oundlesurgery.nhs.uk",
        "refuge.org.uk",
    ),
    *("safeguardingworcestershire.org.uk", "stceciliasinfants.org.uk", "stepchange.org", "teignbridge.gov.uk"),
    *("truthaboutlocalgovernment.com", "walsallhealthcare.nhs.uk", "westmids-dudley.trixonline.co.uk"),
}
"""Every site that a fact was read on, or that a source sends people to."""
NAMED = {
    "early help family support": "early-help-family-support",
    "early help enablers": "early-help-enablers",
    "multi agency action meetings": "multi-agency-action-meetings",
    "early help social workers": "early-help-social-workers",
    "supporting families programme": "supporting-families-programme",
    "employment advisers": "employment-advisers",
    "CAMHS positive steps": "camhs-positive-steps",
    "education mental health trailblazer": "mental-health-support-in-schools",
    "school health advisers": "school-health-advisers",
    "school nurse": "school-nurses",
    "health visitor": "health-visitors",
    "specialist nursing": "pre-school-and-specialist-nursing",
    "barnardo's": "barnardos-domestic-abuse-support",
    "women's aid": "womens-aid-children",
    "parenting programmes": "parenting-programmes",
    "parenting groups": "parenting-groups",
    "stay and play": "stay-and-play",
    "community pantry": "dudley-community-pantry",
    "cluster connect": "cluster-connect",
    "lifeline": "lifeline",
    "let's get healthy": "lets-get-healthy-dudley",
    "citizens advice": "citizens-advice-dudley-and-wolverhampton",
    "safe and sound": "dudley-safe-and-sound",
    "child friendly dudley": "child-friendly-dudley",
    "youth offending service": "youth-offending-service",
    "youth service": "youth-service",
    "specialist early years service": "specialist-early-years-service",
    "graded care profile": "graded-care-profile",
    "housing options": "housing-options",
    "centre for professional practice": "centre-for-professional-practice",
    "SEND local offer": "send-local-offer",
    "family information service": "family-information-service",
    "community information directory": "community-information-directory",
    "izone": "izone",
    "holiday activities and food": "holiday-activities-and-food",
    "health and wellbeing board": "health-and-wellbeing-board",
    "safeguarding people": "dudley-safeguarding-people",
    "early help strategy": "early-help-strategy",
    "request for help and support form": "request-for-help-and-support",
    "food bank": "black-country-foodbank",
    "CIPS": "cips-service",
    "childline": "childline",
    "samaritans": "samaritans",
    "shout": "shout",
}
OLD_NAMES = {
    "children's centre brierley hill": "brierley-hill-family-hub",
    "brierley hill family centre": "brierley-hill-family-hub",
    "stourbridge family centre": "stourbridge-family-hub",
    "forge rd": "stourbridge-family-hub",
    "halesowen family centre": "halesowen-family-hub",
    "lye family hub": "halesowen-family-hub",
    "lye by-pass": "halesowen-family-hub",
    "lye bypass": "halesowen-family-hub",
    "coseley family hub": "dudley-north-family-hub",
    "bilston family hub": "dudley-north-family-hub",
    "bayer street": "dudley-north-family-hub",
    "dudley central family centre": "dudley-central-family-hub",
    "selborne road": "dudley-central-family-hub",
    "selbourne road": "dudley-central-family-hub",
    "troubled families": "supporting-families-programme",
    "strengthening families": "supporting-families-programme",
    "holiday activity fund": "holiday-activities-and-food",
    "threshold guidance": "support-level-guidance",
    "castle street walk-in centre": "council-contact-centre",
    "dudley foodbank": "black-country-foodbank",
}
PRICE = re.compile(r"£\s*\d|\b\d+(?:\.\d\d)? ?(?:pence|pounds)\b|\b\d+p\b")
NUMBER = re.compile(r"(?<![\d-])(?:0\d[\d ]{7,12}\d|116 123|85258)(?!\d)")


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """Dudley's content, read and indexed."""
    folder = tmp_path_factory.mktemp("dudley")
    shutil.copytree(CONTENT, folder / "content")
    database = f"sqlite:///{folder / 'directory.sqlite'}"
    return Services.open(Settings(folder / "content", folder / "search_index", database))


@pytest.fixture(scope="module")
def dudley(services: Services) -> Snapshot:
    """What Dudley's content says."""
    return services.snapshot


@pytest.fixture(scope="module")
def listings(dudley: Snapshot) -> list[Listing]:
    """Every listing of Dudley."""
    return list(dudley.listings.values())


def _texts(value: object) -> Iterator[str]:
    """Everything that people may read in a value; notes for staff are not."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name)) if name != "internal_note" else ()
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, tuple | list):
        yield from (text for one in value for text in _texts(one))


def _everything_read(dudley: Snapshot) -> list[str]:
    parts = (dudley.listings, dudley.providers, dudley.pages)
    whole = [one for part in parts for one in part.values()]
    return [*_texts([*whole, *dudley.urgent, *dudley.categories, dudley.site])]


def test_the_content_has_no_fault(tmp_path: Path) -> None:
    report = check(CONTENT, tmp_path)
    assert [str(fault) for fault in report.faults] == []
    assert report.files > 100


def test_every_fact_has_a_source_that_is_strong_and_was_really_seen(listings: list[Listing]) -> None:
    assert [one.slug for one in listings if not one.sources] == []
    sources = [(one.slug, source) for one in listings for source in one.sources]
    assert [slug for slug, source in sources if source.strength not in ("A", "B") or not source.fact] == []
    assert [slug for slug, source in sources if not datetime.date(2026, 1, 1) <= source.seen <= NOW.date()] == []


def test_nobody_has_confirmed_anything_yet(listings: list[Listing]) -> None:
    assert [one.slug for one in listings if one.checked] == []
    assert [one.slug for one in listings if not one.review_every_months] == []


@pytest.mark.parametrize("slug", HUBS)
def test_a_hub_is_where_the_council_says_it_is(dudley: Snapshot, slug: str) -> None:
    hub, (town, post_town, postcode, phone) = dudley.listings[slug], HUBS[slug]
    (location,) = hub.locations
    assert (hub.kind, location.city, location.post_town, location.postal_code) == ("hub", town, post_town, postcode)
    assert [one.number for one in hub.phones] == [phone]
    assert {"Family Centre", "children's centre", "Sure Start"} <= set(hub.alternate_names)
    assert "Check before you travel" in (hub.opening_note or "")
    assert [(len(one.days), one.opens_at.hour, one.closes_at.hour) for one in hub.opening_hours] == [(5, 9, 17)]
    assert "saturday" not in hub.opening_hours[0].days


def test_there_are_five_hubs_and_the_one_spoke_that_has_a_name(listings: list[Listing]) -> None:
    assert sorted(one.slug for one in listings if one.kind == "hub") == sorted(HUBS)
    assert [one.slug for one in listings if one.kind == "spoke"] == ["halesowen-spoke"]


def test_the_spoke_without_a_name_is_a_question_and_no_listing(dudley: Snapshot) -> None:
    readme = (CONTENT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"second spoke.{0,120}not a listing", readme, re.IGNORECASE | re.DOTALL)
    spoke = dudley.listings["halesowen-spoke"]
    assert (spoke.phones, spoke.email, spoke.opening_hours, spoke.sessions) == ((), None, (), ())


def test_the_hub_of_dudley_central_shows_no_address_that_two_sources_dispute(dudley: Snapshot) -> None:
    assert dudley.listings["dudley-central-family-hub"].email is None
    assert "fs.dudley" not in " ".join(_everything_read(dudley)).replace("fs.dudleynorth", "")


def test_no_session_and_no_price_is_invented(dudley: Snapshot, listings: list[Listing]) -> None:
    assert [one.slug for one in listings if one.sessions] == []
    assert [one.slug for one in listings if one.cost and (one.cost.cost_options or one.cost.fees_description)] == []
    assert [text for text in _everything_read(dudley) if PRICE.search(text)] == []


def test_hours_stand_only_where_a_source_gives_them(listings: list[Listing]) -> None:
    told = {one.slug for one in listings if one.opening_hours}
    assert told == {*HUBS, "black-country-foodbank", "worried-about-a-child"}


def test_every_number_is_one_that_the_sources_hold(dudley: Snapshot, listings: list[Listing]) -> None:
    given = {phone.number for one in listings for phone in one.phones}
    given |= {number for card in dudley.urgent for number in (card.phone, card.text_number) if number}
    assert len(given) > 15
    assert given - PHONES == set()


def test_every_number_inside_a_text_is_one_that_the_sources_hold(dudley: Snapshot) -> None:
    found = {" ".join(number.split()) for text in _everything_read(dudley) for number in NUMBER.findall(text)}
    assert len(found) > 15
    assert found - PHONES == set()
    assert found & (WEAK | DOUBTFUL) == set()


def test_every_email_and_website_is_one_that_the_sources_hold(dudley: Snapshot, listings: list[Listing]) -> None:
    given = [one.email for one in listings] + [one.email for one in dudley.providers.values()]
    emails = {email.lower() for email in given if email}
    assert emails - EMAILS == set()
    links = {link for text in _everything_read(dudley) for link in re.findall(r"https?://[^\s)>\"]+", text)}
    hosts = {(urlsplit(link).hostname or "").removeprefix("www.") for link in links}
    assert len(hosts) > 30
    assert hosts - HOSTS == set()


@pytest.mark.parametrize("words", NAMED, ids=str)
def test_what_the_sources_name_is_found_by_that_name(services: Services, words: str) -> None:
    assert NAMED[words] in services.search.search(Query(words, NOW)).slugs[:3]


@pytest.mark.parametrize("words", OLD_NAMES, ids=str)
def test_old_and_crooked_names_lead_to_what_is_there_now(services: Services, words: str) -> None:
    assert services.search.search(Query(words, NOW)).slugs[0] == OLD_NAMES[words]


@pytest.mark.parametrize("words", ["sure start", "children's centre", "family centre"])
def test_names_that_every_hub_once_had_find_every_hub(services: Services, words: str) -> None:
    assert set(services.search.search(Query(words, NOW)).slugs[:6]) >= set(HUBS)


def test_what_is_for_practitioners_says_so(dudley: Snapshot, listings: list[Listing]) -> None:
    marked = {one.slug for one in listings if one.eligibility.audience == "practitioners"}
    assert {"early-help-enablers", "multi-agency-action-meetings", "graded-care-profile", "mash"} <= marked
    hidden = {one.slug for one in dudley.category_by_slug.values() if one.hidden}
    assert {one.slug for one in listings if hidden & set(one.categories)} <= marked
    assert {page.slug for page in dudley.pages.values() if page.audience == "practitioners"} == {
        "for-practitioners",
        "nine-steps",
    }


def test_every_place_and_every_sector_of_the_borough_has_a_hub_that_exists(dudley: Snapshot) -> None:
    assert {one.hub for one in dudley.places.places} == set(HUBS)
    assert {one.hub for one in dudley.places.sectors if one.hub} <= set(HUBS)
    for postcode, hub in {postcode: slug for slug, (_, _, postcode, _) in HUBS.items()}.items():
        found = dudley.hub_serving(None, postcode[:-2])
        assert found, postcode
        assert postcode != "DY5 3DY" or found.slug == hub
    served = Counter(one.hub for one in dudley.places.sectors if one.hub)
    assert min(served.values()) > 1


def test_help_that_cannot_wait_comes_first_and_danger_before_all(dudley: Snapshot) -> None:
    assert (dudley.urgent[0].phone, dudley.urgent[0].slug) == ("999", "emergency")
    assert {card.listing for card in dudley.urgent if card.listing} <= set(dudley.listings)


def test_half_term_is_not_promised_a_holiday_programme(dudley: Snapshot) -> None:
    haf = dudley.listings["holiday-activities-and-food"]
    assert "half-term" in " ".join(_texts(haf)).lower()


@pytest.mark.parametrize(
    "slug", ["early-help", "pledge", "nine-steps", "for-practitioners", "privacy", "accessibility", "about"]
)
def test_a_page_is_there_in_every_language(dudley: Snapshot, slug: str) -> None:
    page = dudley.pages[slug]
    assert set(page.translations) == {"pl", "ur"}
    for translation in page.translations.values():
        assert translation.body.count("\n## ") == page.body.count("\n## ")
        assert len(translation.body) > len(page.body) / 2
        assert set(re.findall(r"\]\((/[^)]*)\)", translation.body)) == set(re.findall(r"\]\((/[^)]*)\)", page.body))


def test_categories_urgent_cards_and_the_site_speak_every_language(dudley: Snapshot) -> None:
    both = {"pl", "ur"}
    assert [one.slug for one in dudley.category_by_slug.values() if set(one.translations) != both] == []
    assert [one.slug for one in dudley.urgent if set(one.translations) != both] == []
    assert set(dudley.site.translations) == both
    assert [top.slug for top in dudley.categories for one in top.translations.values() if not one.summary] == []


def test_early_help_is_explained_as_what_it_is_not_and_as_a_choice(dudley: Snapshot) -> None:
    text = dudley.pages["early-help"].body.lower()
    assert "not social" in text or "not the same as social" in text
    assert "say no" in text
