"""One's own account: what one may do, where one is signed in, and new recovery codes."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from directory.model.calendar import LONDON
from directory.web.access import signed_in
from directory.web.roles import role_words
from directory.web.showing import shown
from directory.web.signed_in import token_of_request
from directory.web.staff_page import staff_page
from directory.web.translate import gettext

account_pages = Blueprint("account", __name__)


@account_pages.get("/account")
def account() -> str:
    """Says who is signed in, as what, and where."""
    who, now = signed_in(), shown().clock()
    found = shown().services.accounts.sessions_of(who.id, now=now, token=token_of_request())
    return staff_page(
        "signin/account.html",
        title=gettext("Your account"),
        roles=sorted(role_words(one) for one in who.held),
        sessions=found,
        zone=LONDON,
    )


@account_pages.post("/account/revoke/<handle>")
def revoke(handle: str) -> Response:
    """Signs the person out of another browser."""
    who = signed_in()
    shown().services.accounts.revoke_session(person=who.id, handle=handle, by=who.id, now=shown().clock())
    return redirect(f"{request.script_root}/account", 303)


@account_pages.post("/account/codes")
def new_codes() -> str:
    """Makes ten new recovery codes and shows them this once."""
    made = shown().services.signing_in.new_recovery_codes(person=signed_in().id, now=shown().clock())
    title = gettext("Keep your recovery codes")
    return staff_page("signin/recovery_codes.html", title=title, codes=made, path="/account")
