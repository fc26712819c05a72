"""Counts what a process does to the disk and the database, step by step, and has it killed before one of them.

The code under test knows nothing of it: Python itself tells of every call into C. What only reads is no step: to be
killed before it is the same as to be killed before the next thing that writes. So are writes in a row, which wait in
the process's own memory until a file is flushed or closed.
"""

import io
import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import BuiltinFunctionType, FrameType
from typing import Any

ON_THE_DISK = frozenset(
    {"fsync", "rename", "replace", "unlink", "remove", "link", "symlink", "mkdir", "rmdir", "chmod", "flock"}
)
IN_A_FILE = frozenset({"write", "flush"})
IN_THE_DATABASE = frozenset({"execute", "executemany", "executescript", "commit"})
READING = ("SELECT", "PRAGMA")


def _is_step(called: BuiltinFunctionType, frame: FrameType) -> bool:
    name, owner = called.__name__, called.__self__
    if isinstance(owner, sqlite3.Connection | sqlite3.Cursor):
        statement = frame.f_locals.get("statement")
        return name in IN_THE_DATABASE and not (isinstance(statement, str) and statement.lstrip().startswith(READING))
    if called.__module__ in ("posix", "fcntl"):
        return name in ON_THE_DISK
    return name in IN_A_FILE and isinstance(owner, io.BufferedWriter | io.BufferedRandom | io.FileIO | io.TextIOWrapper)


@contextmanager
def killed_before(step: int) -> Iterator[list[str]]:
    """Has this process killed before its step of that number, from 0; gives the names of the steps that it came to."""
    names: list[str] = []

    def look(frame: FrameType, event: str, called: Any) -> None:
        if event != "c_call" or not isinstance(called, BuiltinFunctionType) or not _is_step(called, frame):
            return
        if called.__name__ == "write" and names[-1:] == ["write"]:
            return
        if len(names) == step:
            os.kill(os.getpid(), signal.SIGKILL)
        names.append(called.__name__)

    sys.setprofile(look)
    try:
        yield names
    finally:
        sys.setprofile(None)
