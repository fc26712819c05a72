"""Numbers keep their order on pages that read from right to left."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from directory.content import load

DUDLEY = Path(__file__).parents[2] / "content"
LOOSE_NUMBER = re.compile(r"\d \d")
"""Two groups of digits with a breaking space between them: from right to left, the second is read first."""


@pytest.mark.parametrize("path", ["/listings/toddler-tuesday", "/hubs", "/need-help-now"])
def test_a_number_on_a_button_keeps_its_own_direction(client: FlaskClient, path: str) -> None:
    labels = re.findall(r'<a class="govuk-button[^>]* href="tel:[^>]*>(.*?)</a>', client.get(f"/ur{path}").text)
    assert labels
    assert [label for label in labels if '<bdi dir="ltr">' not in label] == []


def test_a_price_has_no_sign_that_could_change_sides(client: FlaskClient) -> None:
    assert "£2.50" in client.get("/listings/toddler-tuesday").text
    assert "2.50 پاؤنڈ" in client.get("/ur/listings/toddler-tuesday").text


def test_a_number_in_urdu_text_holds_together(tmp_path: Path) -> None:
    snapshot = load(DUDLEY, tmp_path).snapshot
    assert snapshot is not None
    texts = {slug: page.translations["ur"].body for slug, page in snapshot.pages.items()}
    texts |= {card.slug: str(card.translations["ur"]) for card in snapshot.urgent}
    assert "0300\u00a0555\u00a02345" in texts["about"]
    assert [slug for slug, text in texts.items() if LOOSE_NUMBER.search(text)] == []
