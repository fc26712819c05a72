"""Signing in by a link: ask for one, confirm it, and sign out again."""

from typing import Any

from flask import Blueprint, redirect, request, session
from flask_wtf.csrf import CSRFError
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired

from directory.accounts import LinkNotGood, LinkState, NotAnAddress, TooOften, new_token
from directory.web.headers import never_keep
from directory.web.language import current_language, path_in
from directory.web.page import page
from directory.web.sent_forms import Form
from directory.web.showing import shown
from directory.web.signed_in import begin, device, forget, remember, token_of_request
from directory.web.signin.way_back import first_page, step, then
from directory.web.translate import gettext, lazy_gettext
from directory.web.visitor import visitor_address

signing_in = Blueprint("signing_in", __name__)
signing_in.before_request(never_keep)

ASKED = "asked"
"""The cookie that tells the browser that asked for a link from all others."""
ASKED_SECONDS = 60 * 60


class AskForm(Form):
    """Asks for a link."""

    email = StringField(
        lazy_gettext("Your e-mail address"),
        description=lazy_gettext("We send you a link that signs you in. You do not need a password."),
        validators=[InputRequired(lazy_gettext("Write your e-mail address"))],
        widget=GovTextInput(),
    )


@signing_in.route("/sign-in", methods=["GET", "POST"])
def ask() -> Response | str | tuple[str, int]:
    """Asks for an address, and sends a link to it where somebody has it. What is shown is the same if nobody has."""
    form = AskForm()
    if not form.validate_on_submit():
        return _asking(form)
    browser = token_of_request(ASKED) or new_token()
    try:
        shown().services.signing_in.ask(
            email=form.email.data or "",
            browser=browser,
            place=visitor_address(),
            page=path_in(current_language(), "/sign-in"),
            then=then(),
            now=shown().clock(),
        )
    except NotAnAddress:
        form.blame("email", gettext("Write an e-mail address, as in name@example.org"))
        return _asking(form)
    except TooOften as often:
        form.blame("email", _too_often(often))
        return _asking(form), 429
    answer = step("/sign-in/sent")
    remember(answer, browser, ASKED, ASKED_SECONDS)
    return answer


def _asking(form: AskForm, trouble: str = "") -> str:
    return _page("signin/ask.html", title=gettext("Sign in"), form=form, trouble=trouble, then=then())


def _too_often(often: TooOften) -> str:
    return gettext(
        "You have asked for many links. Use the newest one, or ask again after %(time)s.", time=f"{often.until:%H:%M}"
    )


@signing_in.get("/sign-in/sent")
def asked() -> str:
    """Says what to do next, whether or not a mail was sent."""
    return _page("signin/asked.html", title=gettext("Look at your e-mail"), then=then())


@signing_in.route("/sign-in/<token>", methods=["GET", "POST"])
def confirm(token: str) -> Response | str | tuple[str, int]:
    """Shows a button, and signs in once it is pressed: programs that look at every link in a mail press none."""
    links, now, browser = shown().services.signing_in, shown().clock(), token_of_request(ASKED)
    if request.method != "POST":
        return _link(links.look(token, browser=browser, now=now))
    try:
        entered = links.confirm(token, browser=browser, device=device(), now=now)
    except LinkNotGood as bad:
        return _link(bad.state)
    answer = step("/sign-in/code") if entered.needs_code else _to(first_page(entered.who))
    begin(answer, entered.token)
    return answer


def _link(state: LinkState) -> str | tuple[str, int]:
    if state is LinkState.GOOD:
        return _page("signin/confirm.html", title=gettext("Sign in"))
    if state is LinkState.OTHER_BROWSER:
        return _page(
            "signin/other_browser.html", title=gettext("Open the link where you asked for it"), then=then()
        ), 403
    return _page("signin/no_good.html", title=gettext("This link does not work any more"), then=then()), 410


@signing_in.post("/sign-out")
def sign_out() -> Response:
    """Signs this browser out."""
    shown().services.accounts.sign_out(token_of_request(), now=shown().clock())
    session.clear()
    answer = redirect(f"{request.script_root}/", 303)
    forget(answer)
    return answer


@signing_in.errorhandler(CSRFError)
def open_again(_error: CSRFError) -> tuple[str, int]:
    """The browser lost the form's cookie, or keeps none: the form is shown once more with what was typed."""
    again = gettext("This page was open for too long, or your browser keeps no cookies. Please try once more.")
    return _asking(AskForm(), again), 400


def _to(path: str) -> Response:
    return redirect(f"{request.script_root}{path}", 303)


def _page(template: str, *, title: str, **words: Any) -> str:
    return page(template, title=title, is_hidden_from_robots=True, is_private=True, **words)
