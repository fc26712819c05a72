"""The least that a page can cost: a Flask view that returns bytes from memory, behind the directory's own gunicorn.

`python -m tests.bench.bare ADDRESS WORKERS FILE` serves the file's bytes at /search.
"""

import sys
from pathlib import Path

from flask import Flask

from directory.server import Server, gunicorn_options


def create(page: bytes) -> Flask:
    """An application that does nothing else."""
    app = Flask("bare", static_folder=None)

    @app.get("/search")
    def search() -> bytes:
        return page

    return app


if __name__ == "__main__":
    address, workers, file = sys.argv[1:]
    Server(create(Path(file).read_bytes()), gunicorn_options(address, int(workers))).run()
