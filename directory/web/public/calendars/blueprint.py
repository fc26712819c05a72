"""Where the views of this package are put together."""

from flask import Blueprint

calendars = Blueprint("calendars", __name__)
