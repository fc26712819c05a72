"""The form by which a moderator decides on a proposal: which fields to take, with which words, and why.

It is made for one proposal at a time: nothing but the fields that it changes can be sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput, GovTextArea, GovTextInput
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from directory.model.fields import CONTROL
from directory.moderation import Comparison, FieldChange, Fields, What
from directory.web.listing_words import fault, name, top_key
from directory.web.sent_forms import Form
from directory.web.translate import gettext, lazy_gettext

TEXTS = (
    ("title", lazy_gettext("Title")),
    ("summary", lazy_gettext("Summary")),
    ("description", lazy_gettext("Description")),
    ("eligibility.eligibility_description", lazy_gettext("Who it is for, in words")),
    ("eligibility.not_for", lazy_gettext("Who it is not for")),
    ("access.application_process", lazy_gettext("What happens first")),
    ("cost.fees_description", lazy_gettext("About the cost, in words")),
    ("opening_note", lazy_gettext("Note on times")),
    ("email", lazy_gettext("Email")),
    ("url", lazy_gettext("Website")),
    ("booking_url", lazy_gettext("Booking page")),
    ("interpretation_services", lazy_gettext("Interpreters")),
    ("accessibility.description", lazy_gettext("Getting in and around, in words")),
)
"""The texts of a listing that a moderator can put right while approving, by where they stand."""
_ON_ONE_LINE = frozenset({"title", "email", "url", "booking_url"})
LONGEST_REASON = 2000
KEEP, TAKE = "keep", "take"


def _readable(typed: str | None) -> str:
    """What was typed, without characters that nobody can see."""
    return CONTROL.sub("", typed or "").strip()


class Deciding(Form):
    """What every decision needs; ``form_for`` adds what one proposal changes.

    ``version`` and ``seen`` tell what the person saw: somebody else may be quicker.
    """

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    seen = HiddenField()
    reason = TextAreaField(
        lazy_gettext("Reason or note for the person who sent it"),
        description=lazy_gettext(
            "They will read it. You need one to send it back or to decline it. "
            "Say what to do, for example: Please add the price, then send it again."
        ),
        filters=[_readable],
        widget=GovTextArea(),
        validators=[Length(max=LONGEST_REASON, message=lazy_gettext("Write at most 2,000 characters"))],
    )

    def says_why(self) -> bool:
        """Whether it is sound and has the reason that sending back and declining need."""
        if self.validate_on_submit() and not _lines(self.reason.data):
            self.blame("reason", gettext("Write a reason: the person who sent it will read it"))
        return not self.errors

    def has_chosen(self, comparison: Comparison) -> bool:
        """Whether it is sound and answers every question that an approval needs an answer to."""
        self.validate_on_submit()
        for change in comparison.changes:
            if change.is_contested and part(self, "choose", change.key).data not in (KEEP, TAKE):
                message = gettext("Choose which one is right: %(field)s", field=name(change.key))
                self.blame(_field("choose", change.key), message)
        ticks = [one for one in comparison.changes if not one.is_contested and part(self, "accept", one.key)]
        if ticks and len(ticks) == len(comparison.changes) and not any(_is_taken(self, one) for one in ticks):
            message = gettext("Take at least one change, or send it back or decline it")
            self.blame(_field("accept", ticks[0].key), message)
        return not self.errors

    def renew(self, comparison: Comparison) -> None:
        """Makes it about the proposal as it is now; what was typed stays."""
        self.version.data, self.version.raw_data = comparison.proposal.version, None
        self.seen.data = comparison.seen

    def blame_faults(self, faults: Iterable[tuple[str, str]]) -> None:
        """Shows what would be wrong with the listing beside the fields that it is about."""
        for path, message in faults:
            key = top_key(path)
            fields = (_field("amend", path), _field("accept", key), _field("choose", key), "reason")
            self.blame(next(one for one in fields if one in self), fault(path, message))


class Saying(Form):
    """A message about a proposal."""

    text = TextAreaField(
        lazy_gettext("Your message"),
        filters=[_readable],
        widget=GovTextArea(),
        validators=[
            DataRequired(message=lazy_gettext("Write a message")),
            Length(max=LONGEST_REASON, message=lazy_gettext("Write at most 2,000 characters")),
        ],
    )


@dataclass(frozen=True)
class Decision:
    """What a moderator chose: the keys to take, None for all; and values in place of the proposed ones."""

    accepted: tuple[str, ...] | None
    amended: Fields


def form_for(comparison: Comparison) -> Deciding:
    """The form for a proposal, with what was sent in it."""
    fields: dict[str, Any] = {}
    for change in comparison.changes:
        if change.is_contested:
            fields[_field("choose", change.key)] = _choice(change)
        elif comparison.proposal.kind is not What.NEW:
            fields[_field("accept", change.key)] = _tick(change)
        for path, label in texts_of(change):
            fields[_field("amend", path)] = _box(path, str(label), _text_at(change, path))
    made: type[Deciding] = type("DecidingOn", (Deciding,), fields)
    return made(data={"version": comparison.proposal.version, "seen": comparison.seen})


def texts_of(change: FieldChange) -> list[tuple[str, object]]:
    """The texts in a proposed value that can be amended, by where they stand."""
    return [(path, label) for path, label in TEXTS if path.split(".")[0] == change.key and _text_at(change, path)]


def decision(form: Deciding, comparison: Comparison) -> Decision:
    """What was chosen in a form that is sound."""
    is_new = comparison.proposal.kind is What.NEW
    taken = tuple(change.key for change in comparison.changes if is_new or _is_taken(form, change))
    values = {change.key: _amended(form, change) for change in comparison.changes if change.key in taken}
    amended = {one.key: values[one.key] for one in comparison.changes if values.get(one.key, one.wanted) != one.wanted}
    return Decision(None if is_new else taken, amended)


def part(form: Deciding, kind: str, key: str) -> Any:
    """The field of a form for a key: its ``accept`` tick, its ``choose`` radios or its ``amend`` box; or None."""
    return form._fields.get(_field(kind, key))


def _field(kind: str, path: str) -> str:
    return f"{kind}_{path.replace('.', '__')}"


def _tick(change: FieldChange) -> BooleanField:
    label = gettext("Take this change: %(field)s", field=name(change.key))
    return BooleanField(label, default=True, widget=GovCheckboxInput())


def _choice(change: FieldChange) -> RadioField:
    return RadioField(
        gettext("Which one is right? %(field)s", field=name(change.key)),
        choices=[
            SelectChoice(KEEP, gettext("Keep what is there now")),
            SelectChoice(TAKE, gettext("Take what is proposed")),
        ],
        validators=[Optional()],  # only an approval needs an answer
        widget=GovRadioInput(),
    )


def _box(path: str, label: str, text: str) -> StringField:
    is_line = path in _ON_ONE_LINE
    kind, widget = (StringField, GovTextInput()) if is_line else (TextAreaField, GovTextArea())
    return kind(label, default=text, widget=widget)


def _text_at(change: FieldChange, path: str) -> str:
    _, _, inner = path.partition(".")
    value = change.wanted.get(inner) if inner and isinstance(change.wanted, Mapping) else change.wanted
    return value if isinstance(value, str) else ""


def _is_taken(form: Deciding, change: FieldChange) -> bool:
    field = part(form, "choose" if change.is_contested else "accept", change.key)
    return bool(field.data == TAKE if change.is_contested else field.data)


def _amended(form: Deciding, change: FieldChange) -> Any:
    """The proposed value with the words that the moderator put in; None where they took all of it out."""
    value = change.wanted
    for path, _ in texts_of(change):
        said = _lines(part(form, "amend", path).data)
        if said == _lines(_text_at(change, path)):
            continue
        _, _, inner = path.partition(".")
        value = _with(value, inner, said) if inner else said or None
    return value


def _with(group: Mapping[str, Any], key: str, text: str) -> dict[str, Any] | None:
    kept = {**group, key: text} if text else {name: value for name, value in group.items() if name != key}
    return kept or None


def _lines(text: str | None) -> str:
    """A text as a file has it: browsers send the ends of lines in their own way."""
    return (text or "").replace("\r\n", "\n").strip()
