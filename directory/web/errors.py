"""What people see when a page cannot be shown: kind words, a way on, and the number to call when it is urgent."""

import logging

from flask import Flask, Response, make_response, render_template
from werkzeug.exceptions import Forbidden, HTTPException, InternalServerError, NotFound

from directory.accounts import NoSuchPerson
from directory.model.errors import DirectoryError
from directory.moderation import NoSuchProposal, NotAllowed
from directory.web.forms import search_form
from directory.web.page import page
from directory.web.translate import gettext

logger = logging.getLogger(__name__)


def _not_shown(error: HTTPException) -> Response:
    """A request that cannot be answered: a page that is not there, or an address that makes no sense."""
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    title = gettext("This page is not here") if status == 404 else gettext("We could not do that")
    body = page("errors/not_shown.html", title=title, status=status, form=search_form(), is_hidden_from_robots=True)
    answer = Response(body, status)
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def _not_theirs(_error: NoSuchProposal | NoSuchPerson) -> Response:
    """A proposal of somebody else's is as good as none: whoever guesses numbers learns nothing."""
    return _not_shown(NotFound())


def _not_allowed(_error: NotAllowed) -> Response:
    """What a room refuses to the person who asks, as the gate would have."""
    return _not_shown(Forbidden())


def _back_soon(error: Exception) -> Response:
    """Content or index cannot be read: nothing of either is used to say so."""
    logger.error("cannot show a page: %s", error)
    body = render_template("errors/back_soon.html", title=gettext("We will be back soon"))
    return Response(body, 503, {"Retry-After": "120"})


def _broken(_error: InternalServerError) -> Response:
    """A fault of ours. It is logged by Flask with its cause; the visitor is told plainly."""
    return Response(render_template("errors/back_soon.html", title=gettext("Sorry, something went wrong")), 500)


def handle_errors(app: Flask) -> None:
    """Gives every error of the application a page."""
    app.register_error_handler(HTTPException, _not_shown)
    app.register_error_handler(InternalServerError, _broken)
    app.register_error_handler(NoSuchProposal, _not_theirs)
    app.register_error_handler(NoSuchPerson, _not_theirs)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(DirectoryError, _back_soon)
