"""What the process was told: the only reader of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parent.parent
_PACKAGE = Path(__file__).resolve().parent
_NO = ("no", "off", "0", "false")


def resources(name: str) -> Path:
    """The folder of templates, static files or translations.

    It lies beside the package in a checkout and inside it when installed.
    """
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _CHECKOUT / name


@dataclass(frozen=True)
class Settings:
    """Every choice that whoever runs the site can make."""

    content: Path
    index: Path
    database_url: str
    site_url: str | None = None
    watch_seconds: float = 1.0
    count_searches: bool = True
    smtp_url: str | None = None
    mail_from: str = "directory@localhost"
    mail_folder: Path = Path("instance/mail")
    commit_approvals: bool = False
    proxies: int = 0
    """How many proxies of ours stand before the site: that many last entries of ``X-Forwarded-For`` are true."""
    served_at: str = "http://127.0.0.1:5000"
    """Where the site listens: its address for as long as it has no name."""

    @property
    def address(self) -> str:
        """The site's address for links in mails, without a slash at its end."""
        return self.site_url or self.served_at

    def with_folders(self, content: str | None, index: str | None, database_url: str | None) -> "Settings":
        """The same settings with what a command line said in place of the environment."""
        return replace(
            self,
            content=Path(content) if content else self.content,
            index=Path(index) if index else self.index,
            database_url=database_url or self.database_url,
        )

    def as_environment(self) -> dict[str, str]:
        """The environment of this process, with these settings in it, for a process that takes its place."""
        folders = {"DIRECTORY_CONTENT": str(self.content), "DIRECTORY_INDEX": str(self.index)}
        return {**os.environ, **folders, "DIRECTORY_DATABASE_URL": self.database_url}


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings that the environment names, with defaults that suit a checkout."""
    index = Path(environ.get("DIRECTORY_INDEX") or "search_index")
    return Settings(
        content=Path(environ.get("DIRECTORY_CONTENT") or "content"),
        index=index,
        database_url=environ.get("DIRECTORY_DATABASE_URL") or "sqlite:///instance/directory.sqlite",
        site_url=(environ.get("DIRECTORY_SITE_URL") or "").rstrip("/") or None,
        watch_seconds=float(environ.get("DIRECTORY_WATCH_SECONDS") or 1.0),
        count_searches=_is_on(environ, "DIRECTORY_COUNT_SEARCHES", default="yes"),
        smtp_url=environ.get("DIRECTORY_SMTP_URL") or None,
        mail_from=environ.get("DIRECTORY_MAIL_FROM") or "directory@localhost",
        mail_folder=Path(environ.get("DIRECTORY_MAIL_FOLDER") or "instance/mail"),
        proxies=int(environ.get("DIRECTORY_PROXIES") or 0),
        commit_approvals=_is_on(environ, "DIRECTORY_COMMIT_APPROVALS", default="no"),
    )


def _is_on(environ: Mapping[str, str], name: str, *, default: str) -> bool:
    return (environ.get(name) or default).strip().lower() not in _NO
