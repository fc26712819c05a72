"""Runs the site behind gunicorn: content and index are made ready once, then each worker watches for changes."""

import datetime
import gc
import os
import socket
import struct
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from directory.app import create_app, draw_each_kind_of_page
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings, from_environment

SILENT_SECONDS = 60
"""How long a connection on which nothing was said yet waits outside."""
STUCK_SECONDS = 5
"""How long a worker waits for more of a request, or for a visitor to take more of a page, before it hangs up."""

IN_MEMORY = Path("/dev/shm")  # noqa: S108  # nosec B108  # gunicorn's own advice: workers say there that they live
TURN_SECONDS = 0.0005
"""How long a thread that takes in a change may keep a page waiting at a time; Python's own 5 ms are a whole page."""


class Server(BaseApplication):
    """Gunicorn with its options given in code."""

    def __init__(self, application: Callable[..., Any], options: dict[str, Any]) -> None:
        self._application = application
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Takes the options; gunicorn asks for it."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """The application; gunicorn asks for it."""
        return self._application


def gunicorn_options(address: str, workers: int) -> dict[str, Any]:
    """How gunicorn serves, whatever it serves.

    Each worker makes one page after the other in one thread, while another looks after open connections. More threads
    fight over the interpreter's lock: two made four fifths as many pages a second, four made seven tenths. Gunicorn's
    plain workers made a tenth more, but wait up to two seconds after every page until the visitor has hung up.
    """
    return {
        "bind": [address],
        "workers": workers,
        "worker_class": "gthread",
        "threads": 1,
        "keepalive": 5,
        "preload_app": True,
        "when_ready": _wait_for_nobody,
        "timeout": 30,
        "graceful_timeout": 10,
        "forwarder_headers": "",  # nobody but a proxy should name the path, and a proxy can rewrite it
        "loglevel": "warning",
        "worker_tmp_dir": str(IN_MEMORY) if IN_MEMORY.is_dir() else None,
    }


def _wait_for_nobody(arbiter: Arbiter) -> None:
    """Has the system hand over a connection only once something was said on it, and end one that got stuck.

    Browsers open connections in advance, and a phone with a poor signal takes seconds to ask: without this, two of them
    would keep the site from everybody else. Connections take both from the listener on Linux.
    """
    stuck = struct.pack("ll", STUCK_SECONDS, 0)
    for listener in arbiter.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, stuck)
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, stuck)
        if hasattr(socket, "TCP_DEFER_ACCEPT"):
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENT_SECONDS)


def run(settings: Settings, address: str, workers: int) -> None:
    """Serves until a signal says stop. Raises ``BrokenContent`` where there is no content to serve."""
    services = Services.open(settings)
    stop = threading.Event()

    def start_watch(_arbiter: Arbiter, _worker: Worker) -> None:
        threading.Thread(target=services.watch, args=(stop,), name="content-watch", daemon=True).start()

    def write_what_waits(_arbiter: Arbiter, _worker: Worker) -> None:
        stop.set()
        services.write_counts(datetime.datetime.now(LONDON).date())

    options = gunicorn_options(address, workers) | {"post_fork": start_watch, "worker_exit": write_what_waits}
    sys.setswitchinterval(TURN_SECONDS)
    app = create_app(services)
    draw_each_kind_of_page(app, services)
    services.searches.prepare()
    services.database.close()  # no process may share another's connections
    server = Server(app, options)
    # All that is loaded by now lives as long as the process: neither the garbage collector nor, by its marks in every
    # object, the memory that workers share has to pay for it. A changed file shows a third sooner for it.
    gc.collect()
    gc.freeze()
    server.run()


def run_reloading(settings: Settings, address: str) -> None:
    """Serves for development: takes the place of this process by one that starts anew when code changes.

    The new process must not have loaded any of our code before it forks, or it would keep the old code.
    """
    command = [sys.executable, "-m", "gunicorn", "--reload", "--bind", address, "directory.server:development_app()"]
    # No shell reads it, and nobody typed any of it.
    environ = settings.as_environment()
    os.execve(sys.executable, command, environ)  # noqa: S606  # nosec B606


def development_app() -> Callable[..., Any]:
    """The site as the environment describes it, for the reloading server."""
    services = Services.open(from_environment())
    threading.Thread(target=services.watch, args=(threading.Event(),), name="content-watch", daemon=True).start()
    return create_app(services)
