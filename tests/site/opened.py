"""A directory opened for a test: a copy of its content, an index of its own, and the application over both."""

import datetime
import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from flask.testing import FlaskClient

from directory.app import create_app
from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.services import Services
from directory.settings import Settings
from tests.web.rich_content import write_rich_content

ROOT = Path(__file__).parents[2]
ADDRESS = "https://directory.example.org"
NOW = datetime.datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/London"))
"""A Tuesday in term time."""

SOURCES: dict[str, Callable[[Path], object]] = {
    "dudley": lambda folder: shutil.copytree(ROOT / "content", folder),
    "testbridge": lambda folder: shutil.copytree(ROOT / "tests" / "data" / "testbridge" / "content", folder),
    # Small, but with each kind of listing, an address that safety hides, and one listing with every field filled in.
    "everything": write_rich_content,
}
POSTCODES = {"dudley": "DY5 3DY", "testbridge": "TB5 3DY", "everything": "TB5 3DY"}
COMMON_WORDS = {"dudley": "family", "testbridge": "family", "everything": "walking"}


@dataclass(frozen=True)
class OpenedSite:
    """One directory, served in this process. ``folder`` holds everything that it may read or write."""

    name: str
    folder: Path
    app: Flask
    services: Services

    @property
    def snapshot(self) -> Snapshot:
        """The content that it shows."""
        return self.services.snapshot

    @property
    def postcode(self) -> str:
        """A postcode that its content knows."""
        return POSTCODES[self.name]

    @property
    def common_word(self) -> str:
        """A word that finds more than one page of results."""
        return COMMON_WORDS[self.name]

    def client(self) -> FlaskClient:
        """A visitor who brings nothing along: no cookie, no language."""
        return self.app.test_client(use_cookies=True)

    def is_sensitive(self, listing: Listing) -> bool:
        """Whether the listing, one of its categories, or the door before one of them is marked sensitive or urgent."""
        tops = [top for top in self.snapshot.categories if top.sensitive]
        inside = {one.slug for top in tops for one in top.categories} | {top.slug for top in tops}
        marked = inside | {one.slug for one in self.snapshot.category_by_slug.values() if one.sensitive}
        return listing.sensitive or listing.urgent or bool(marked & set(listing.categories))

    def fingerprint(self) -> dict[str, str]:
        """A hash of every file of content, index and database."""
        files = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        return {str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def open_site(name: str, folder: Path, address: str | None = ADDRESS) -> OpenedSite:
    """The directory of that name, opened in an empty folder."""
    SOURCES[name](folder / "content")
    settings = Settings(
        content=folder / "content",
        index=folder / "search_index",
        database_url=f"sqlite:///{folder / 'directory.sqlite'}",
        site_url=address,
    )
    services = Services.open(settings)
    return OpenedSite(name, folder, create_app(services, lambda: NOW), services)
