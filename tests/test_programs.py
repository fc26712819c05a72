"""The tests' own tools: they must find faults, and must say what is missing rather than skip."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.html_checker import NuChecker
from tests.programs import CHROMIUM, JAVA, Program, ProgramMissing


@pytest.mark.parametrize("program", [CHROMIUM, JAVA], ids=lambda program: program.name)
def test_a_missing_program_is_named_with_what_to_install(program: Program, tmp_path: Path) -> None:
    with pytest.raises(ProgramMissing) as told:
        program.find({"PATH": str(tmp_path)})

    assert program.packages[0] in str(told.value)
    assert program.variable in str(told.value)


def test_a_wrong_variable_is_a_fault_even_where_the_program_is_on_the_path(tmp_path: Path) -> None:
    beside = tmp_path / "java"
    beside.write_text("#!/bin/sh\n")
    beside.chmod(0o755)

    assert JAVA.find({"PATH": str(tmp_path)}) == beside
    with pytest.raises(ProgramMissing, match="DIRECTORY_JAVA"):
        JAVA.find({"PATH": str(tmp_path), "DIRECTORY_JAVA": str(tmp_path / "none")})


def test_the_checker_finds_what_is_wrong_in_a_page(nu_checker: NuChecker) -> None:
    valid = '<!doctype html><html lang="en"><title>Hubs</title><p>Brierley Hill</p></html>'

    assert nu_checker.errors(valid) == []
    assert "Unclosed element" in " ".join(nu_checker.errors(valid.replace("</p>", "<b></p>")))


def test_the_browser_shows_a_page_at_the_width_of_a_phone(page: Page) -> None:
    page.set_content("<h1>Hubs</h1>")

    assert page.get_by_role("heading", name="Hubs").is_visible()
    assert page.evaluate("innerWidth") == 360
