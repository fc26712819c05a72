"""The form that asks what is wrong with a listing: anybody can tell, without an account, and hears what is next."""

from flask import Blueprint, abort, redirect, request
from flask_wtf.csrf import CSRFError
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea, GovTextInput
from werkzeug.wrappers import Response
from wtforms import Form as AnyForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from directory.model.fields import CONTROL, EMAIL
from directory.model.listing import Listing
from directory.truth import LONGEST_REPORT, Wrong, is_reference
from directory.web.page import page
from directory.web.public.listings import known_listing
from directory.web.report_words import KINDS
from directory.web.sent_forms import Form
from directory.web.showing import showing, shown
from directory.web.translate import gettext, lazy_gettext
from directory.web.visitor import visitor_address

reporting = Blueprint("reporting", __name__)

HOUR = 3600
PER_LISTING, PER_ADDRESS = 30, 200
"""Reports an hour: of one listing, and from one address, which may be the Wi-Fi of a whole hub."""


def _tidy(text: str | None) -> str:
    """What was typed, without characters that nobody can see or type."""
    return CONTROL.sub("", (text or "").replace("\r\n", "\n")).strip()


def _says_something(form: AnyForm, field: Field) -> None:
    """Only somebody who names something else has to say in words what it is."""
    if not field.data and form["kind"].data == Wrong.OTHER:
        raise ValidationError(gettext("Tell us what is wrong"))


class ReportForm(Form):
    """What is wrong. ``company`` stays empty: people do not see it, programs that fill in everything do."""

    kind = RadioField(
        lazy_gettext("What is wrong?"),
        choices=[SelectChoice(one.value, KINDS[one]) for one in Wrong],
        validators=[InputRequired(lazy_gettext("Choose what is wrong"))],
        widget=GovRadioInput(),
    )
    text = TextAreaField(
        lazy_gettext("Tell us more"),
        description=lazy_gettext(
            "For example: there was a note on the door that it moved to Thursdays. Please do not write about your "
            "health or your family here."
        ),
        filters=[_tidy],
        validators=[
            _says_something,
            Length(max=LONGEST_REPORT, message=lazy_gettext("Write at most %(max)s characters")),
        ],
        widget=GovTextArea(),
    )
    answer_to = StringField(
        lazy_gettext("Your e-mail address, if you want an answer"),
        description=lazy_gettext(
            "You do not have to give it. We use it for this answer alone and forget it 30 days afterwards."
        ),
        filters=[_tidy],
        validators=[
            Optional(),
            Length(max=254, message=lazy_gettext("Write an e-mail address, such as name@example.org")),
            Regexp(
                rf"(?:{EMAIL.pattern})\Z", message=lazy_gettext("Write an e-mail address, such as name@example.org")
            ),
        ],
        widget=GovTextInput(),
    )
    company = StringField(lazy_gettext("Leave this empty"))


@reporting.route("/listings/<slug>/wrong", methods=["GET", "POST"])
def report(slug: str) -> str | Response | tuple[str, int]:
    """Asks what is wrong, and takes it."""
    listing, form = _listing(slug), ReportForm()
    if not form.validate_on_submit():
        return _asked(listing, form), 422 if form.is_submitted() else 200
    if form.company.data:
        form.company.data = None
        return _asked(listing, form, gettext("Press Send once more, so that we know that a person sent this.")), 422
    if not _may_send(slug):
        many = gettext("Very many people are telling us things just now. Wait an hour and send it again, or call us.")
        return _asked(listing, form, many), 429
    reference = shown().services.reports.take(
        slug=slug,
        kind=Wrong(form.kind.data),
        text=form.text.data or "",
        answer_to=form.answer_to.data or None,
        now=shown().clock(),
    )
    return redirect(f"{request.script_root}/listings/{slug}/wrong/sent?reference={reference}", 303)


@reporting.errorhandler(CSRFError)
def send_again(_error: CSRFError) -> tuple[str, int]:
    """Shows what was typed once more where the browser had lost the form's cookie: nothing is to be typed twice."""
    again = gettext("This page was open for too long, or your browser keeps no cookies. Press Send once more.")
    return _asked(_listing((request.view_args or {})["slug"]), ReportForm(), again), 400


@reporting.get("/listings/<slug>/wrong/sent")
def reported(slug: str) -> str:
    """Says thank you, the reference, and what happens next."""
    listing, reference = _listing(slug), request.args.get("reference", "")
    if not is_reference(reference):
        abort(404)
    return _page(
        "public/reported.html",
        listing,
        title=gettext("Thank you for telling us"),
        reference=reference,
        days=showing().snapshot.site.review.answer_working_days,
        hub=showing().snapshot.hub_for(listing),
    )


def _listing(slug: str) -> Listing:
    return known_listing(slug, showing()) or abort(404)


def _may_send(slug: str) -> bool:
    may_try, now = shown().services.accounts.may_try, shown().clock()
    return may_try(key=f"report listing {slug}", limit=PER_LISTING, seconds=HOUR, now=now) and may_try(
        key=f"report address {visitor_address()}", limit=PER_ADDRESS, seconds=HOUR, now=now
    )


def _asked(listing: Listing, form: ReportForm, trouble: str | None = None) -> str:
    return _page("public/report.html", listing, title=gettext("Is something wrong here?"), form=form, trouble=trouble)


def _page(template: str, listing: Listing, *, title: str, **words: object) -> str:
    """A page about one listing that stays on no device: somebody else may look at it next."""
    can_exit = showing().snapshot.is_sensitive(listing)
    return page(
        template, title=title, listing=listing, is_hidden_from_robots=True, is_private=True, can_exit=can_exit, **words
    )
