"""The boxes of a form: what each looks like, how it tidies what is typed, and what it refuses."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from pydantic import TypeAdapter, ValidationError
from wtforms import BooleanField, Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import RadioField, SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import StopValidation

from directory.model.fields import CONTROL, TAG
from directory.web.translate import gettext, lazy_gettext

Words: TypeAlias = Any
"""A sentence, or one that is looked up when it is shown (``lazy_gettext``)."""
Check = Callable[[Any, Field], None]
CHOOSE = lazy_gettext("Choose")


def tidy(text: str | None) -> str:
    """Text without spaces at its ends, and with the line ends that files have."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(text: str | None) -> str:
    """Text as one line."""
    return " ".join(tidy(text).split())


def web_address(text: str | None) -> str:
    """An address with the https:// that people leave out."""
    bare = one_line(text)
    return f"https://{bare}" if bare and "://" not in bare else bare


def needed(message: Words) -> Check:
    """Refuses an empty field."""

    def check(_form: Any, field: Field) -> None:
        if not field.data:
            raise StopValidation(str(message))

    return check


def at_most(limit: int) -> Check:
    """Refuses more than so many characters, HTML, and characters that nobody can see."""

    def check(_form: Any, field: Field) -> None:
        text = field.data or ""
        if len(text) > limit:
            raise StopValidation(
                gettext("Write at most %(limit)s characters. This has %(count)s.", limit=limit, count=len(text))
            )
        if TAG.search(text):
            raise StopValidation(gettext("Write plain words, without HTML code such as <b>"))
        if CONTROL.search(text):
            raise StopValidation(gettext("There is an invisible character in this. Type the text again."))

    return check


def sound(kind: Any, message: Words) -> Check:
    """Refuses what the listing could not hold: ``kind`` is a type of ``directory.model.fields``."""
    adapter = TypeAdapter(kind)

    def check(_form: Any, field: Field) -> None:
        if not field.data:
            return
        try:
            adapter.validate_python(field.data)
        except ValidationError as error:
            raise StopValidation(str(message)) from error

    return check


def read_by(reader: Callable[[str], Any], message: Words) -> Check:
    """Refuses what a reader of ``spoken`` cannot read."""

    def check(_form: Any, field: Field) -> None:
        if field.data:
            try:
                reader(field.data)
            except ValueError as error:
                raise StopValidation(str(message)) from error

    return check


def line(label: Words, hint: Words = "", *checks: Check, limit: int = 200, **look: Any) -> StringField:
    """A box for one line. ``look``: width (in characters, as GOV.UK's classes count), prefix, and HTML attributes."""
    filters = [look.pop("tidied_by", one_line)]
    params: dict[str, Any] = {}
    if width := look.pop("width", None):
        params["classes"] = f"govuk-input--width-{width}"
    if prefix := look.pop("prefix", None):
        params["prefix"] = {"text": prefix}
    attributes = {"autocomplete": "off", "dir": "auto", **look, **({"params": params} if params else {})}
    return StringField(
        label,
        [at_most(limit), *checks],
        filters=filters,
        description=hint,
        widget=GovTextInput(),
        render_kw=attributes,
    )


def lines(label: Words, hint: Words = "", *checks: Check, limit: int = 600, rows: int = 4) -> TextAreaField:
    """A box for several lines."""
    return TextAreaField(
        label,
        [at_most(limit), *checks],
        filters=[tidy],
        description=hint,
        widget=GovTextArea(),
        render_kw={"dir": "auto", "params": {"rows": rows}},
    )


def choices(pairs: Iterable[tuple[str, Words]]) -> list[SelectChoice]:
    """Choices out of pairs of a value and its words."""
    return [SelectChoice(value, label) for value, label in pairs]


def _or_empty(value: Any) -> str:
    return str(value or "")


class OneOf(RadioField):
    """One of a few; none is an answer too."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # the same for every field
        """Refuses what was not on offer."""
        if self.data and self.data not in [one[0] for one in self.iter_choices()]:
            raise StopValidation(gettext("Choose one of these"))


class Pick(SelectField):
    """One out of a list that drops down."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # the same for every field
        """Refuses what was not on offer."""
        if self.data and self.data not in [one[0] for one in self.iter_choices()]:
            raise StopValidation(gettext("Choose from the list"))


class Several(SelectMultipleField):
    """Any number of a few."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # the same for every field
        """Refuses what was not on offer."""
        if not set(self.data or ()) <= {one[0] for one in self.iter_choices()}:
            raise StopValidation(gettext("Choose from these"))


def one_of(label: Words, hint: Words, pairs: Iterable[tuple[str, Words]], *checks: Check) -> OneOf:
    """Radio buttons."""
    return OneOf(
        label,
        list(checks),
        coerce=_or_empty,
        choices=choices(pairs),
        description=hint,
        widget=GovRadioInput(),
    )


def pick(label: Words, hint: Words, pairs: Iterable[tuple[str, Words]], *checks: Check) -> Pick:
    """A list that drops down."""
    return Pick(label, list(checks), coerce=_or_empty, choices=choices(pairs), description=hint, widget=GovSelect())


def several(label: Words, hint: Words, pairs: Iterable[tuple[str, Words]], *checks: Check) -> Several:
    """Checkboxes."""
    return Several(label, list(checks), choices=choices(pairs), description=hint, widget=GovCheckboxesInput())


def yes(label: Words, hint: Words = "") -> BooleanField:
    """One checkbox."""
    return BooleanField(label, description=hint, widget=GovCheckboxInput())
