"""A PostgreSQL server for the tests: Debian's own, in a folder that goes with it, heard on this machine alone."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.programs import initdb
from tests.served import free_port

START_SECONDS = 30
STOP_SECONDS = 20
USER = "nobody"
"""Who runs the server where the tests are root's: PostgreSQL refuses to be root's."""
SETTINGS = {
    "fsync": "off",  # nothing here outlives the tests
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
}

NewDatabase = Callable[[], str]
"""Makes an empty database and gives its address."""


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that the server's user may write in: below the system's own, as pytest's is for one user alone."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    return USER if os.geteuid() == 0 else None


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError as fault:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from fault
            time.sleep(0.05)
        else:
            return


@contextmanager
def _server() -> Iterator[str]:
    """The address of a server that runs until the block ends, without the name of a database."""
    program, port = initdb().resolve(), free_port()
    with _folder() as folder:
        data, log = folder / "data", folder / "log.txt"
        make = [str(program), "-D", str(data), "-U", "tests", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        subprocess.run(make, check=True, capture_output=True, cwd=folder, user=_user())
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [str(program.with_name("postgres")), "-D", str(data), "-p", str(port), *options]
        with (
            log.open("wb") as output,
            subprocess.Popen(command, stdout=output, stderr=output, cwd=folder, user=_user()) as process,
        ):
            address = f"postgresql://tests@127.0.0.1:{port}"
            try:
                _wait_until_ready(f"{address}/postgres", process, log)
                yield address
            finally:
                process.send_signal(signal.SIGINT)  # a fast end: whoever is connected is cut off
                process.wait(STOP_SECONDS)


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[NewDatabase]:
    """Makes empty databases on one server, which runs until the last test."""
    with _server() as address:
        names = (f"test_{number}" for number in range(10_000))

        def make() -> str:
            name = next(names)
            with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            return f"{address}/{name}"

        yield make


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: SQLite, unless a test asks for PostgreSQL by an indirect parameter."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'directory.sqlite'}"
    new_database: NewDatabase = request.getfixturevalue("new_postgres")
    return new_database()
