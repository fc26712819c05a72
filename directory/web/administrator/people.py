"""Everybody who may sign in: who they are, what they may do, and how that begins and ends."""

from flask import Blueprint, abort, flash, redirect, request
from werkzeug.wrappers import Response
from wtforms import HiddenField

from directory.accounts import (
    Held,
    HereAlready,
    Invited,
    LastAdministrator,
    NotAnAddress,
    NotOneself,
    Role,
    Who,
)
from directory.model.calendar import LONDON
from directory.web import asked
from directory.web.access import signed_in
from directory.web.administrator.role_form import InviteForm, RoleForm
from directory.web.pagination import paginate
from directory.web.roles import role_words
from directory.web.sent_forms import Form
from directory.web.showing import shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext

pages = Blueprint("people", __name__)

ON_A_PAGE = 25
ROLES = {
    Role.PARTNER.value: lazy_gettext("Partners"),
    Role.MODERATOR.value: lazy_gettext("Moderators"),
    Role.ADMINISTRATOR.value: lazy_gettext("Administrators"),
}
HERE, LEFT = "here", "left"
STATES = {HERE: lazy_gettext("People who are here"), LEFT: lazy_gettext("People who have left")}


class TakeAway(Form):
    """What is taken away: a role with its provider or hub, or a session. ``sure``: it was asked about."""

    role = HiddenField()
    scope = HiddenField()
    session = HiddenField()
    sure = HiddenField()


@pages.get("/people")
def people() -> str:
    """Everybody by name; those alone whom the filters ask for."""
    accounts = shown().services.accounts
    wanted = {"q": asked.words("q"), "role": request.args.get("role", ""), "state": request.args.get("state") or HERE}
    told = [(who, sorted(map(role_words, who.held))) for who in accounts.people()]
    found = [(who, roles) for who, roles in told if _is_wanted(who, roles, wanted)]
    pagination = paginate(asked.page_number(), len(found), ON_A_PAGE, wanted.items())
    start = (pagination.current - 1) * ON_A_PAGE
    return staff_page(
        "administrator/people.html",
        title=gettext("People"),
        found=found[start : start + ON_A_PAGE],
        total=len(found),
        records=accounts.records(),
        asked=wanted,
        roles=ROLES.items(),
        states=STATES.items(),
        pagination=pagination,
        zone=LONDON,
    )


def _is_wanted(who: Who, roles: list[str], wanted: dict[str, str]) -> bool:
    if who.is_active != (wanted["state"] != LEFT):
        return False
    if wanted["role"] and not any(one.role.value == wanted["role"] for one in who.held):
        return False
    words = " ".join((who.name, who.email, *roles)).casefold()
    return all(word in words for word in wanted["q"].casefold().split())


@pages.route("/people/invite", methods=["GET", "POST"])
def invite() -> str | Response | tuple[str, int]:
    """Asks who is to come and as what, and sends them a link."""
    form = InviteForm()
    if not form.is_submitted():
        return _inviting(form)
    held = form.held()
    invited = _invited(form, held) if held else None
    if invited is None:
        return _inviting(form), 422
    if not shown().services.settings.smtp_url:
        title = gettext("Give them this link")
        return staff_page("administrator/link.html", title=title, invited=invited, name=form.name.data)
    flash(gettext("We have sent %(name)s a link.", name=form.name.data))
    return _to(invited.person)


def _inviting(form: InviteForm) -> str:
    return staff_page("administrator/invite.html", title=gettext("Invite somebody"), form=form)


def _invited(form: InviteForm, held: Held) -> Invited | None:
    accounts, site = shown().services.accounts, shown().services.settings.address
    email, name = form.email.data or "", form.name.data or ""
    try:
        return accounts.invite(email=email, name=name, held=held, by=signed_in().id, site=site, now=shown().clock())
    except NotAnAddress:
        form.blame("email", gettext("Write an e-mail address, as in name@example.org"))
    except HereAlready as error:
        here = accounts.person(error.person)
        name = here.name if here else ""
        form.blame(
            "email", gettext("%(name)s has this address and is here already. Find them among people.", name=name)
        )
    return None


@pages.get("/people/<int:number>")
def person(number: int) -> str:
    """One person: what they may do, where they are signed in, and what can be changed of it."""
    return _page(number)


def _page(number: int, form: RoleForm | None = None, trouble: str = "") -> str:
    accounts = shown().services.accounts
    who = accounts.person(number) or abort(404)
    return staff_page(
        "administrator/person.html",
        title=who.name,
        who=who,
        held=sorted((role_words(one), one) for one in who.held),
        record=accounts.records()[number],
        sessions=accounts.sessions_of(number, now=shown().clock()) if who.is_active else (),
        form=form or RoleForm(formdata=None),
        trouble=trouble,
        zone=LONDON,
    )


@pages.post("/people/<int:number>/grant")
def grant(number: int) -> str | Response | tuple[str, int]:
    """Gives somebody one more role, once the administrator has read what that means."""
    form, who = RoleForm(), _here(number)
    held = form.held()
    if held is None:
        return _page(number, form), 422
    role = role_words(held)
    if not form.sure.data:
        kept = {"role": held.role.value, "provider": form.provider.data, "hub": form.hub.data}
        title = gettext("Give %(name)s this role?", name=who.name)
        return _ask(number, "grant", title, gettext("New role: %(role)s", role=role), gettext("Give this role"), kept)
    accounts = shown().services.accounts
    if accounts.grant(person=number, held=held, by=signed_in().id, now=shown().clock()):
        flash(gettext("%(name)s has a new role: %(role)s", name=who.name, role=role))
    return _to(number)


@pages.post("/people/<int:number>/revoke")
def revoke(number: int) -> str | Response | tuple[str, int]:
    """Takes a role away, or ends a session; asks first."""
    form, who = TakeAway(), _here(number)
    if form.session.data:
        return _sign_out(who, form)
    held = next((one for one in who.held if (one.role, one.scope) == (form.role.data, form.scope.data or "")), None)
    if held is None:
        return _to(number)
    role = role_words(held)
    if not form.sure.data:
        kept = {"role": held.role.value, "scope": held.scope}
        title = gettext("Take this role away from %(name)s?", name=who.name)
        means = gettext("Role: %(role)s. They lose it at once. What they did with it stays.", role=role)
        return _ask(number, "revoke", title, means, gettext("Take this role away"), kept)
    try:
        shown().services.accounts.revoke(person=number, held=held, by=signed_in().id, now=shown().clock())
    except (LastAdministrator, NotOneself) as error:
        return _page(number, trouble=_why_not(error)), 409
    flash(gettext("%(name)s does not have this role any more: %(role)s", name=who.name, role=role))
    return _to(number)


def _sign_out(who: Who, form: TakeAway) -> str | Response:
    if not form.sure.data:
        title = gettext("Sign %(name)s out there?", name=who.name)
        means = gettext("They can sign in again with a new link.")
        return _ask(who.id, "revoke", title, means, gettext("Sign out there"), {"session": form.session.data or ""})
    handle, now = form.session.data or "", shown().clock()
    if shown().services.accounts.revoke_session(person=who.id, handle=handle, by=signed_in().id, now=now):
        flash(gettext("%(name)s is signed out there.", name=who.name))
    return _to(who.id)


@pages.post("/people/<int:number>/leave")
def leave(number: int) -> str | Response | tuple[str, int]:
    """Somebody has left: takes away all that lets them in; asks first."""
    form, who = TakeAway(), _here(number)
    if not form.sure.data:
        title = gettext("Has %(name)s left?", name=who.name)
        means = gettext("They lose every role and are signed out everywhere, at once. What they did stays.")
        return _ask(number, "leave", title, means, gettext("Yes, they have left"), {})
    try:
        shown().services.accounts.leave(person=number, by=signed_in().id, now=shown().clock())
    except (LastAdministrator, NotOneself) as error:
        return _page(number, trouble=_why_not(error)), 409
    flash(gettext("%(name)s has left. Nothing signs them in any more.", name=who.name))
    return _to(number)


def _why_not(error: LastAdministrator | NotOneself) -> str:
    if isinstance(error, NotOneself):
        return gettext("You cannot take this away from yourself. Ask another administrator to do it.")
    return gettext("This is the only administrator. Make somebody else an administrator first.")


def _here(number: int) -> Who:
    who = shown().services.accounts.person(number)
    return who if who and who.is_active else abort(404)


def _ask(number: int, act: str, title: str, means: str, button: str, kept: dict[str, str]) -> str:
    """The page that says what is about to be done, with the button that does it."""
    path = f"/people/{number}"
    return staff_page(
        "administrator/sure.html", title=title, means=means, button=button, kept=kept, act=f"{path}/{act}", back=path
    )


def _to(number: int) -> Response:
    return redirect(f"{request.script_root}/people/{number}", 303)
