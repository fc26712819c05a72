"""The settings of the directory: how often listings are looked at, and whose small changes are trusted."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request
from flask_babel import LazyString
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovCheckboxInput, GovSelect, GovTextInput
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms import Form as AnyForm
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import ValidationError

from directory.content import ForHandsOnly
from directory.model.freshness import ReviewRules
from directory.moderation import NotWritten, Ruled, RulesMoved
from directory.web.access import signed_in
from directory.web.sent_forms import Form
from directory.web.showing import showing, shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext

pages = Blueprint("settings", __name__)

_BOUNDS = ReviewRules.model_json_schema()["properties"]


def _whole_number(low: int, high: int) -> Callable[[AnyForm, Field], None]:
    """Refuses what is no whole number between the two."""

    def check(_form: AnyForm, field: Field) -> None:
        text = (field.data or "").strip()
        if not (text.isascii() and text.isdecimal() and len(text) <= 4 and low <= int(text) <= high):
            raise ValidationError(gettext("Write a whole number from %(low)s to %(high)s", low=low, high=high))

    return check


def _number(name: str, label: LazyString, hint: LazyString) -> Field:
    """A field for a rule, with the bounds that the rule itself has."""
    bounds = _BOUNDS[name]
    check = _whole_number(bounds["minimum"], bounds["maximum"])
    return StringField(label, description=hint, validators=[check], widget=GovTextInput())


class SettingsForm(Form):
    """Every rule, and who is trusted. ``seen``: the mark of what they were when the page was opened."""

    building_months = _number(
        "building_months",
        lazy_gettext("Hubs and spokes: months between two checks"),
        lazy_gettext("Doors and opening hours of buildings seldom change."),
    )
    service_months = _number(
        "service_months",
        lazy_gettext("Services: months between two checks"),
        lazy_gettext("For example advice or a clinic."),
    )
    activity_months = _number(
        "activity_months",
        lazy_gettext("Activities: months between two checks"),
        lazy_gettext("Times and phone numbers of groups and clubs change most often."),
    )
    link_months = _number(
        "link_months",
        lazy_gettext("Websites and helplines: months between two checks"),
        lazy_gettext("What others run, far away."),
    )
    risky_months = _number(
        "risky_months",
        lazy_gettext("Sensitive and urgent listings: months between two checks"),
        lazy_gettext("A wrong number does most harm here."),
    )
    ask_days_before = _number(
        "ask_days_before",
        lazy_gettext("Days before the review date on which providers are first asked"),
        lazy_gettext("They get one mail about all that is due."),
    )
    ask_again_after_days = _number(
        "ask_again_after_days",
        lazy_gettext("Days until providers are asked again"),
        lazy_gettext("Counted from the mail before."),
    )
    hub_takes_over_after_asks = _number(
        "hub_takes_over_after_asks",
        lazy_gettext("Mails without an answer until the hub takes over"),
        lazy_gettext("It is then on the list of what the hub is to check."),
    )
    letters_every_days = _number(
        "letters_every_days",
        lazy_gettext("Days between two mails to the same person"),
        lazy_gettext("Nobody gets mails about their listings more often than this."),
    )
    sinks_after_days = _number(
        "sinks_after_days",
        lazy_gettext("Days after the review date on which a listing goes below all others"),
        lazy_gettext("People still find it, with a warning."),
    )
    leaves_after_days = _number(
        "leaves_after_days",
        lazy_gettext("Days after the review date on which a listing leaves the results"),
        lazy_gettext("Its own page stays and says why. Hubs and urgent help always stay."),
    )
    answer_working_days = _number(
        "answer_working_days",
        lazy_gettext("Working days in which we promise an answer"),
        lazy_gettext("To changes and to reports. People read this promise."),
    )
    reports_for_notice = _number(
        "reports_for_notice",
        lazy_gettext("Open reports of one kind that put a notice on a listing"),
        lazy_gettext("The notice goes when somebody has looked."),
    )
    cancellations_at_once = BooleanField(
        lazy_gettext("Trusted providers cancel and move single dates at once"),
        description=lazy_gettext("People see it within a second. You find what was published in the queue."),
        widget=GovCheckboxInput(),
    )
    trusted = SelectMultipleField(
        lazy_gettext("Providers that are trusted now"),
        description=lazy_gettext("Take a tick away to look at all of their changes again."),
        validate_choice=False,
        widget=GovCheckboxesInput(),
    )
    one_more = SelectField(
        lazy_gettext("Trust one more provider"), validate_choice=False, default="", widget=GovSelect()
    )
    seen = HiddenField()

    def offer(self, ruled: Ruled) -> None:
        """Fills in who may be chosen."""
        every = sorted(showing().snapshot.providers.values(), key=lambda one: one.name.casefold())
        self.trusted.choices = [SelectChoice(one.slug, one.name) for one in every if one.slug in ruled.trusted]
        rest = (SelectChoice(one.slug, one.name) for one in every if one.slug not in ruled.trusted)
        self.one_more.choices = [SelectChoice("", gettext("Nobody more")), *rest]

    def wanted(self) -> Ruled | None:
        """What is to hold; None, with the faults beside their fields, where that makes no sense."""
        if not self.validate():
            return None
        # A tick is 1 or 0, as a number that was typed is one.
        review = ReviewRules.model_validate({name: int(self[name].data) for name in ReviewRules.model_fields})
        if review.leaves_after_days < review.sinks_after_days:
            self.blame("leaves_after_days", gettext("Write no fewer days than until it goes below all others"))
            return None
        return Ruled(review, frozenset({*(self.trusted.data or ()), *filter(None, [self.one_more.data])}))


@pages.route("/settings", methods=["GET", "POST"])
def settings() -> str | Response | tuple[str, int]:
    """Shows what holds, and changes it."""
    rules = shown().services.rules
    form = SettingsForm()
    if not form.is_submitted():
        return _page(_filled(rules.now()))
    wanted = form.wanted()
    if wanted is None:
        form.offer(rules.now())
        return _page(form), 422
    try:
        rules.change(who=signed_in(), wanted=wanted, seen=form.seen.data or "", now=shown().clock())
    except (RulesMoved, ForHandsOnly, NotWritten) as error:
        return _page(_filled(rules.now()), _why_not(error)), 409
    flash(gettext("The settings are saved."))
    return redirect(f"{request.script_root}/settings", 303)


def _filled(ruled: Ruled) -> SettingsForm:
    values = {
        name: value if isinstance(value, bool) else str(value) for name, value in ruled.review.model_dump().items()
    }
    form = SettingsForm(formdata=None, trusted=sorted(ruled.trusted), seen=ruled.mark, **values)
    form.offer(ruled)
    return form


def _page(form: SettingsForm, trouble: str = "") -> str:
    return staff_page("administrator/settings.html", title=gettext("Settings"), form=form, trouble=trouble)


def _why_not(error: RulesMoved | ForHandsOnly | NotWritten) -> str:
    if isinstance(error, RulesMoved):
        return gettext("Somebody else changed the settings meanwhile. This is how they are now.")
    if isinstance(error, ForHandsOnly):
        return gettext(
            "The file %(file)s has notes that would be lost, or a fault. "
            "Ask whoever looks after the files to change it there.",
            file=error.path,
        )
    return gettext("It could not be written just now. Nothing was changed: try again.")
