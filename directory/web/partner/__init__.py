"""What partners do: their desk, changes, new listings, and what they proposed."""

from flask import Flask

from directory.web.partner import (  # noqa: F401  # their views hang on the blueprints below
    cancelling,
    checking,
    closing,
    next_term,
    one_date,
    title_hints,
)
from directory.web.partner.adding import adding
from directory.web.partner.changing import changing
from directory.web.partner.desk import pages as desk
from directory.web.partner.proposals import proposals


def register(app: Flask) -> None:
    """Adds these pages to the application."""
    for pages in (desk, adding, changing, proposals):
        app.register_blueprint(pages)
