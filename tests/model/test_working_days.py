"""Promises that are counted in working days."""

import datetime

import pytest

from directory.model.calendar import BankHoliday, Calendar
from directory.model.working_days import answer_by, is_working_day

CHRISTMAS = Calendar(
    bank_holidays=(
        BankHoliday(date=datetime.date(2026, 12, 25), name="Christmas Day"),
        BankHoliday(date=datetime.date(2026, 12, 28), name="Boxing Day (substitute day)"),
    )
)


@pytest.mark.parametrize(
    ("asked", "days", "by"),
    [
        pytest.param("2026-11-23", 2, "2026-11-25", id="monday"),
        pytest.param("2026-11-19", 2, "2026-11-23", id="thursday, over a weekend"),
        pytest.param("2026-11-20", 2, "2026-11-24", id="friday"),
        pytest.param("2026-11-21", 2, "2026-11-24", id="saturday counts as asked on friday"),
        pytest.param("2026-11-22", 1, "2026-11-23", id="sunday, one day"),
        pytest.param("2026-12-23", 2, "2026-12-29", id="over Christmas"),
        pytest.param("2026-12-26", 2, "2026-12-30", id="between bank holidays"),
    ],
)
def test_an_answer_is_promised_in_working_days(asked: str, days: int, by: str) -> None:
    day = datetime.date.fromisoformat
    assert answer_by(day(asked), days, CHRISTMAS) == day(by)


@pytest.mark.parametrize(
    ("day", "works"),
    [("2026-12-24", True), ("2026-12-25", False), ("2026-12-27", False), ("2026-12-29", True)],
)
def test_weekends_and_bank_holidays_are_no_working_days(day: str, works: bool) -> None:
    assert is_working_day(datetime.date.fromisoformat(day), CHRISTMAS) is works
