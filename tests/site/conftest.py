"""Three directories, and the walk through each, made once a run."""

from dataclasses import dataclass

import pytest

from tests.site.opened import SOURCES, OpenedSite, open_site
from tests.site.walk import Visit, walk


@dataclass(frozen=True)
class Walked:
    """A directory, everything that a walk found, and what lay on disk before and after it."""

    site: OpenedSite
    visits: dict[str, Visit]
    before: dict[str, str]
    after: dict[str, str]

    @property
    def pages(self) -> list[Visit]:
        """Every page for people that was shown."""
        return [one for one in self.visits.values() if one.is_page and one.status == 200]


@pytest.fixture(scope="session", params=sorted(SOURCES))
def walked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """A directory that somebody has walked through."""
    site = open_site(request.param, tmp_path_factory.mktemp(request.param))
    before = site.fingerprint()
    visits = walk(site)
    return Walked(site, visits, before, site.fingerprint())


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> OpenedSite:
    """The small directory with one of each kind, at whatever address the visitor names."""
    return open_site("everything", tmp_path_factory.mktemp("everything"), address=None)
