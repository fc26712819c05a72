"""Houses: one that stays as it is, and one for each test that changes something."""

from pathlib import Path

import pytest

from tests.security.house import House


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house in which nothing changes, whatever anybody tries."""
    return House(tmp_path_factory.mktemp("house"))


@pytest.fixture
def own_house(tmp_path: Path) -> House:
    """A house of the test's own."""
    return House(tmp_path)
