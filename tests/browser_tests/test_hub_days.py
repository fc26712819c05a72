"""A hub's week on the sheet for its door, and its notice board on the screen on its wall."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser_tests.kinds import PREFIXES
from tests.served import served
from tests.small_content import HUB
from tests.web.hub_content import HOURS, WEEKDAYS, busy, write_hub

SHEETS = re.compile(rb"/Type\s*/Page\b(?!s)")
A4_ON_ITS_SIDE = re.compile(rb"/MediaBox\s*\[0 0 84[12](?:\.\d+)? 59[45](?:\.\d+)?\]")
BOARD = "/hubs/thirty/board"
MONDAY_MORNING = "2026-11-23T08:30"
NOTE = "Bring a coat and a drink for everybody who comes along with you. " * 3
LONG_TITLE = "Talking, reading, cooking and playing together for grandparents and toddlers from all of Brackenhill"
BUSY: dict[str, tuple[int, tuple[str, ...], str]] = {
    "nothing": (0, WEEKDAYS, ""),
    "thirty": (30, WEEKDAYS[:5], ""),
    "sixty": (60, WEEKDAYS[:5], ""),
    "sixty-with-the-weekend": (60, WEEKDAYS, ""),
    "sixty-on-one-day": (60, ("monday",), ""),
    "sixty-with-long-notes": (60, WEEKDAYS[:5], NOTE[:190].strip()),
    "sixty-with-all-long": (60, WEEKDAYS, NOTE[:190].strip()),
}
"""Hubs by their slugs: how many sessions there are in a week, on which days, and the note of each."""
WALLS = {"on its side": (1920, 1080, 7), "upright": (1080, 1920, 12), "small": (1280, 720, 7)}
CUT_OFF = """() => [...document.querySelectorAll('.board *')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width > 0 && (box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.left < -1);
}).map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def hubs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with these hubs, early on a Monday."""
    folder = tmp_path_factory.mktemp("busy")
    listings = {slug: (HUB + HOURS).replace("Brackenhill Family", slug.capitalize()) for slug in BUSY}
    for slug, (count, days, note) in BUSY.items():
        title = LONG_TITLE if slug == "sixty-with-all-long" else "Talk and play for toddlers"
        listings |= busy(count, days, note, slug, title)
    with served(write_hub(folder / "content", listings), folder, MONDAY_MORNING) as address:
        yield address


@pytest.mark.parametrize("slug", BUSY)
def test_a_week_is_one_sheet_of_paper_however_much_is_on(page: Page, hubs: str, slug: str) -> None:
    for prefix in PREFIXES.values():
        page.goto(f"{hubs}{prefix}/hubs/{slug}/week")
        paper = page.pdf(prefer_css_page_size=True)
        assert len(SHEETS.findall(paper)) == 1, prefix
        assert A4_ON_ITS_SIDE.search(paper), prefix


def test_the_sheet_holds_the_week_and_nothing_of_the_site(page: Page, hubs: str) -> None:
    page.goto(f"{hubs}/hubs/thirty/week")
    page.emulate_media(media="print")
    text = page.locator("main").inner_text()
    for told in ("18 Foundry Street", "TB5 3DY", "01632 960100", "As of 8:30am", "Open 9am to 5pm", "number 29"):
        assert told in text
    expect(page.locator(".sheet__code svg")).to_be_visible()
    for hidden in (".top", ".tongues", "footer", "main a.row[href^='/hubs']"):
        assert page.locator(hidden).count()
        assert not any(one.is_visible() for one in page.locator(hidden).all()), hidden


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize(("width", "height", "rows"), WALLS.values(), ids=WALLS)
def test_the_board_fills_a_screen_and_does_not_scroll(
    page: Page, hubs: str, width: int, height: int, rows: int, prefix: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{hubs}{prefix}/hubs/sixty-on-one-day/board")
    assert page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]") == [
        height,
        width,
    ]
    assert page.evaluate(CUT_OFF) == []
    shown = [one for one in page.locator(".board__rows li").all() if one.is_visible()]
    assert len(shown) == rows
    more = [one.inner_text() for one in page.locator(".wide, p.tall").all() if one.is_visible()]
    assert [re.findall(r"\d+", one) for one in more] == [[str(60 - rows)]]
    assert all(one.locator(".board__room").bounding_box() for one in shown)


def test_the_board_renews_itself_and_keeps_the_last_while_the_site_is_away(page: Page, hubs: str) -> None:
    page.clock.install()
    page.goto(hubs + BOARD)
    about = page.locator(".board__about")
    expect(about).to_contain_text("As of 8:30am")
    page.route(f"**{BOARD}", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.clock.run_for(60_000)
    expect(about).to_contain_text("As of 8:30am")
    page.unroute_all()
    page.route(f"**{BOARD}", lambda route: route.fulfill(body=route.fetch().text().replace("8:30am", "8:32am")))
    page.clock.run_for(60_000)
    expect(about).to_contain_text("As of 8:32am")
    expect(page.locator("h1")).to_have_count(1)


def test_a_board_that_was_stopped_stays_as_it_is(page: Page, hubs: str) -> None:
    page.clock.install()
    page.goto(hubs + BOARD)
    page.get_by_role("link", name="Stop this page changing by itself").click()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(180_000)
    assert asked == []


def test_the_board_asks_again_without_a_script(browser: Browser, hubs: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    board = context.new_page()
    board.goto(hubs + BOARD)
    assert board.locator("meta[http-equiv=refresh]").get_attribute("content") == "60"
    context.close()
