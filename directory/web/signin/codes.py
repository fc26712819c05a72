"""The second step for moderators and administrators: a code of their phone, the phone's enrolment, recovery codes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import segno
from flask import redirect, request
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextInput
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired

from directory.accounts import Enrolment, HalfIn, NotHalfIn, TooOften, WrongCode
from directory.web.own_words import plain
from directory.web.page import page
from directory.web.sent_forms import Form
from directory.web.showing import showing, shown
from directory.web.signed_in import begin, device, token_of_request
from directory.web.signin.signing_in import signing_in
from directory.web.signin.way_back import first_page, step, then
from directory.web.translate import gettext, lazy_gettext

__all__ = ["signing_in"]


class CodeForm(Form):
    """Asks for what the phone shows."""

    code = StringField(
        lazy_gettext("Code"),
        description=lazy_gettext("Six digits, as in 123 456. They change every half minute."),
        validators=[InputRequired(lazy_gettext("Type the six digits that your phone shows"))],
        widget=GovTextInput(),
    )


class RecoveryForm(Form):
    """Asks for one of the ten codes that somebody wrote down."""

    code = StringField(
        lazy_gettext("Recovery code"),
        description=lazy_gettext("One of the ten codes that you kept. Each works once."),
        validators=[InputRequired(lazy_gettext("Type one of your recovery codes"))],
        widget=GovTextInput(),
    )
    has_lost_phone = BooleanField(
        lazy_gettext("I have lost my phone and want to set up another one now"), widget=GovCheckboxInput()
    )


@signing_in.route("/sign-in/code", methods=["GET", "POST"])
def code() -> Response | str:
    """Asks for the phone's code."""
    if not _half_in().has_phone:
        return step("/sign-in/enrol")
    form = CodeForm()
    if form.validate_on_submit():
        with _blaming(form, gettext("That is not the code that your phone shows now. Wait for the next one.")):
            return _entered(
                shown().services.signing_in.give_code(
                    token_of_request(), code=form.code.data or "", device=device(), now=shown().clock()
                )
            )
    return _page("signin/code.html", title=gettext("Type the code from your phone"), form=form, then=then())


@signing_in.route("/sign-in/enrol", methods=["GET", "POST"])
def enrol() -> Response | str:
    """Shows what to teach the phone, and takes the first code as the proof that it has learnt it."""
    if _half_in().has_phone:
        return step("/sign-in/code")
    form, token, rooms = CodeForm(), token_of_request(), shown().services.signing_in
    if form.validate_on_submit():
        with _blaming(form, gettext("That is not the code that your phone shows now. Wait for the next one.")):
            entered, made = rooms.enrol(token, code=form.code.data or "", device=device(), now=shown().clock())
            return _entered(entered, made)
    now = showing()
    enrolment = rooms.enrolment(token, issuer=plain(now.snapshot.site, "title"), now=shown().clock())
    return _page(
        "signin/enrol.html",
        title=gettext("Set up your phone"),
        form=form,
        picture=_picture(enrolment),
        key=" ".join(enrolment.secret[at : at + 4] for at in range(0, len(enrolment.secret), 4)),
        uri=enrolment.uri,
    )


@signing_in.route("/sign-in/recovery", methods=["GET", "POST"])
def recovery() -> Response | str:
    """Takes a recovery code in place of the phone's."""
    _half_in()
    form = RecoveryForm()
    if form.validate_on_submit():
        with _blaming(form, gettext("That is not one of your recovery codes, or it was used before.")):
            entered = shown().services.signing_in.give_recovery_code(
                token_of_request(),
                code=form.code.data or "",
                has_lost_phone=form.has_lost_phone.data,
                device=device(),
                now=shown().clock(),
            )
            return _entered(entered) if entered else step("/sign-in/enrol")
    return _page("signin/recovery.html", title=gettext("Use a recovery code"), form=form, then=then())


@signing_in.errorhandler(NotHalfIn)
def start_again(_error: NotHalfIn) -> Response:
    """Nobody waits here, or they have waited too long: back to the first step."""
    return step("/sign-in")


def _half_in() -> HalfIn:
    return shown().services.signing_in.half_in(token_of_request(), now=shown().clock())


@contextmanager
def _blaming(form: Form, wrong: str) -> Iterator[None]:
    """Says beside the code what is wrong with it."""
    try:
        yield
    except WrongCode:
        form.blame("code", wrong)
    except TooOften as often:
        until = f"{often.until:%H:%M}"
        form.blame("code", gettext("You have tried too often. Try again after %(time)s.", time=until))


def _entered(token: str, recovery_codes: tuple[str, ...] = ()) -> Response:
    """Signs in. Recovery codes are shown on the way: they are kept nowhere, so there is no other page to show them."""
    who = shown().services.accounts.signed_in(token, now=shown().clock())
    path = first_page(who) if who else "/desk"
    if recovery_codes:
        title = gettext("Keep your recovery codes")
        answer = Response(
            _page("signin/recovery_codes.html", title=title, codes=recovery_codes, path=path), mimetype="text/html"
        )
    else:
        answer = redirect(f"{request.script_root}{path}", 303)
    begin(answer, token)
    return answer


def _picture(enrolment: Enrolment) -> Markup:
    """The QR code as SVG, with a wide enough edge and both colours said: a dark page must not swallow it."""
    drawn = segno.make(enrolment.uri, error="m", micro=False)
    shown_as = drawn.svg_inline(border=4, light="#fff", svgclass="qr", lineclass=None, omitsize=True)
    return Markup(shown_as)  # noqa: S704  # nosec B704  # segno's own output: paths and numbers


def _page(template: str, *, title: str, **words: Any) -> str:
    return page(template, title=title, is_hidden_from_robots=True, is_private=True, **words)
