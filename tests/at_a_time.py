"""Serves the site at a moment that stands still: ``python -m tests.at_a_time 2026-11-23T09:00 127.0.0.1:5000``.

Everything else is as in life. What is on this week must not hang on the week in which the tests run.
"""

import datetime
import sys

from directory.app import create_app
from directory.model.calendar import LONDON
from directory.server import Server, gunicorn_options
from directory.services import Services
from directory.settings import from_environment


def main(moment: str, address: str) -> None:
    """Serves what the environment names until a signal says stop."""
    now = datetime.datetime.fromisoformat(moment).replace(tzinfo=LONDON)
    Server(create_app(Services.open(from_environment()), clock=lambda: now), gunicorn_options(address, 1)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
