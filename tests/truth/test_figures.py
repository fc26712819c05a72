"""How true the directory is: every figure counted by hand on a directory of a few listings."""

import datetime
from collections.abc import Callable

import pytest
from sqlmodel import select

from directory.model.calendar import LONDON
from directory.model.freshness import Standing
from directory.moderation import What
from directory.services import Services
from directory.settings import Settings
from directory.tables import AuditEntry
from directory.truth import Wrong
from directory.truth.figures import Answers, HowTrue, Open, Remembered, Share, Unowned, Waited, how_true
from tests.small_content import LISTING, write_small_content
from tests.staff import administrator, moderator, partner

NOW = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=LONDON)  # a Friday
TODAY = NOW.date()
HUB = "brackenhill-family-hub"
CHECKED_ON = {
    "fresh": "2026-11-01",
    "overdue": "2026-07-01",
    "sunk": "2026-05-01",
    "left-out": "2025-11-01",
}
"""An activity's check holds for four months; it sinks 60 days after, and leaves 180 days after."""


def _listing(name: str, checked: str) -> str:
    text = LISTING.replace("Little Stars", name.title()).replace(
        "provider: testbridge-council", "provider: toy-library"
    )
    return f"{text}checked:\n  on: {checked}\n  by: provider\n"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    folder = tmp_path_factory.mktemp("figures")
    (folder / "index").mkdir()
    content = write_small_content(folder / "content")
    (content / "providers/toy-library.yaml").write_text("name: Toy Library\n", encoding="utf-8")
    for name, checked in CHECKED_ON.items():
        (content / f"listings/{name}.yaml").write_text(_listing(name, checked), encoding="utf-8")
    return Services.open(Settings(content, folder / "index", f"sqlite:///{folder / 'directory.sqlite'}"))


Figure = Callable[..., HowTrue]


@pytest.fixture
def figure(services: Services) -> Figure:
    """The figures of the little directory, for what the database remembers."""

    def figured(proposals: tuple[Waited, ...] = (), reports: tuple[Waited, ...] = (), *spoken_for: str) -> HowTrue:
        return how_true(services.snapshot, Remembered(frozenset(spoken_for), proposals, reports), TODAY)

    return figured


def _at(day: int, hour: int = 9) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, hour, tzinfo=LONDON)


def test_the_whole_is_counted_by_how_far_it_can_be_relied_on(figure: Figure) -> None:
    # The hub and little-stars were never checked; what left results is not live.
    assert figure().whole == Share("", live=5, checked=1, unconfirmed=2, late=2)
    assert figure().whole.percent == 20
    assert figure().left == 1


def test_shares_are_counted_by_hub_category_and_provider(figure: Figure) -> None:
    found = figure()
    assert found.by_hub == (Share(HUB, live=5, checked=1, unconfirmed=2, late=2),)
    assert found.by_category == (
        Share("under-5s", live=4, checked=1, unconfirmed=1, late=2),
        Share("hubs", live=1, checked=0, unconfirmed=1, late=0),
    )
    assert found.by_provider == (
        Share("testbridge-council", live=2, checked=0, unconfirmed=2, late=0),
        Share("toy-library", live=3, checked=1, unconfirmed=0, late=2),
    )


def test_what_is_late_is_listed_longest_first_with_what_came_of_it(figure: Figure) -> None:
    assert [(one.slug, one.standing) for one in figure().late] == [
        ("left-out", Standing.GONE),
        ("sunk", Standing.SUNK),
        ("overdue", Standing.OVERDUE),
    ]
    last = figure().late[-1]
    assert (last.due, last.days, last.hub) == (datetime.date(2026, 11, 1), 19, HUB)


def test_nobody_to_ask_is_whoever_has_no_active_partner(figure: Figure) -> None:
    assert figure().unowned == (Unowned("toy-library", 3), Unowned("testbridge-council", 2))
    assert figure((), (), "toy-library").unowned == (Unowned("testbridge-council", 2),)


@pytest.mark.parametrize(
    ("answered_at", "in_time"),
    [(_at(20, 17), 1), (_at(24, 23), 1), (_at(25, 0), 0)],
    ids=["the same day", "the last minute of the promise", "the day after"],
)
def test_a_promise_of_two_working_days_steps_over_the_weekend(
    figure: Figure, answered_at: datetime.datetime, in_time: int
) -> None:
    assert figure((Waited(HUB, NOW, answered_at),)).proposals.in_time == in_time


def test_answers_are_told_by_the_middle_one_and_nine_in_ten(figure: Figure) -> None:
    hours = [1, 2, 3, 4, 5, 6, 7, 8, 9, 500]
    waited = tuple(Waited(HUB, _at(2), _at(2) + datetime.timedelta(hours=one)) for one in hours)
    found = figure((), waited).reports
    assert found == Answers(10, datetime.timedelta(hours=5), datetime.timedelta(hours=9), 9)


def test_where_nothing_was_answered_there_are_no_times(figure: Figure) -> None:
    assert figure((Waited(HUB, NOW, None),)).proposals == Answers(0, None, None, 0)


def test_what_waits_is_told_by_hub_with_its_age(figure: Figure) -> None:
    waited = (
        Waited(HUB, _at(10), None),
        Waited(HUB, _at(19), None),
        Waited("", _at(18), None),
        Waited(HUB, _at(1), _at(2)),
    )
    assert figure((), waited).open_reports == (Open(HUB, 2, 1, _at(10)), Open("", 1, 0, _at(18)))


def test_figures_are_read_from_what_was_remembered(services: Services) -> None:
    who, owner = moderator(services), partner(services, "testbridge-council")
    services.reports.take(slug="fresh", kind=Wrong.GONE, text="", answer_to=None, now=_at(10))
    services.reports.take(slug="fresh", kind=Wrong.GONE, text="", answer_to=None, now=_at(18))
    services.reports.close(who=who, number=1, answer="", now=_at(12))
    begun = services.moderation.begin(
        who=owner, kind=What.EDIT, slug="little-stars", provider="testbridge-council", now=_at(16)
    )
    wanted = {**begun.base, "summary": "Songs and toast."}
    sent = services.moderation.send(who=owner, number=begun.id, wanted=wanted, now=_at(16))
    services.moderation.send_back(who=who, number=sent.id, version=sent.version, reason="Which toast?", now=_at(17))
    found = services.figures.now(now=NOW)
    assert found.reports == Answers(1, _at(12) - _at(10), _at(12) - _at(10), 1)
    assert found.open_reports == (Open(HUB, 1, 0, _at(18)),)
    assert found.proposals == Answers(1, _at(17) - _at(16), _at(17) - _at(16), 1)
    assert found.open_proposals == ()
    assert found.unowned == (Unowned("toy-library", 3),)


def test_an_export_is_in_the_log(services: Services) -> None:
    who = administrator(services)
    services.figures.note_export(who=who, name="by-hub", now=NOW)
    with services.database.reading() as session:
        rows = session.exec(select(AuditEntry).where(AuditEntry.what == "exported")).all()
    assert [(row.person_id, row.about) for row in rows] == [(who.id, "how true by-hub")]
