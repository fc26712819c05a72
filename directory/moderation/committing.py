"""Where content lies in a git checkout: each publication as a commit of that one file, with the proposer as author.

A courtesy to whoever keeps content in git, switched on by a setting. Whatever git says, the publication stands.
"""

import logging
import re
import shutil
import subprocess  # nosec B404  # git alone, and never through a shell
from pathlib import Path

from directory.content import listing_path
from directory.moderation.values import Act

SECONDS = 20
"""How long git may take: others wait meanwhile."""
_COMMITTER = ("-c", "user.name=Family directory", "-c", "user.email=directory@localhost")

logger = logging.getLogger(__name__)


def commit(folder: Path, slug: str, *, act: Act, number: int | None, name: str) -> bool:
    """Commits the file of a listing as it is now; False where git does not, for whatever reason.

    The message tells what was done and to what. Of the author it has the name and number in the directory, no address.
    """
    git = shutil.which("git")
    if git is None:
        logger.warning("approvals are not committed: there is no git")
        return False
    path = str(listing_path(folder, slug).relative_to(folder))
    author = f"{_one_line(name)} <person-{number or 0}@directory.invalid>"
    message = f"{act.capitalize()}: {slug}"
    added = _run(git, folder, "add", "--", path)
    return added and _run(git, folder, *_COMMITTER, "commit", "-q", "-m", message, "--author", author, "--", path)


def _one_line(name: str) -> str:
    return " ".join(re.sub(r"[<>\x00-\x1f\x7f]", " ", name).split()) or "Somebody"


def _run(git: str, folder: Path, *arguments: str) -> bool:
    command = [git, "-C", str(folder), *arguments]
    try:
        # No shell reads it, and what people wrote is one argument of its own.
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # nosec B603
    except (OSError, subprocess.SubprocessError):
        logger.warning("git did not answer in %d seconds", SECONDS)
        return False
    return done.returncode == 0
