"""How to get in touch."""

from collections.abc import Mapping
from typing import Any

from wtforms import FormField, HiddenField

from directory.model.fields import Email, PhoneNumber, Url
from directory.moderation import Fields
from directory.web.partner.sections.boxes import line, sound, web_address, yes
from directory.web.partner.sections.section import RowList, Rows, SectionForm, Taken, was_before, without_empty
from directory.web.partner.sections.way_in import WEB_ADDRESS
from directory.web.translate import gettext, lazy_gettext


class Phone(Rows):
    """One number, what it is for and when it is answered. An empty row is no number."""

    was = HiddenField()
    number = line(
        lazy_gettext("Phone number"),
        lazy_gettext("For example: 01632 960123"),
        sound(PhoneNumber, lazy_gettext("Check the digits of the phone number, and write it as in 01632 960123")),
        width=20,
        inputmode="tel",
        autocomplete="work tel",
    )
    label = line(
        lazy_gettext("What is this number for? (optional)"),
        lazy_gettext("For example: “Bookings” or “Ask for Sam”."),
        limit=120,
    )
    hours = line(lazy_gettext("When is it answered? (optional)"), lazy_gettext("For example: “Weekdays, 9am to 4pm”."))
    takes_texts = yes(lazy_gettext("People can text this number"))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not (self.number.data or self.label.data or self.hours.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well: no words about a number that is not there."""
        if self.is_empty:
            return True
        is_sound = super().validate(extra_validators)
        if not self.number.data:
            self.number.errors = [gettext("Write the phone number, or empty the boxes about it")]
            return False
        return is_sound


class Contact(SectionForm):
    """Phones, e-mail, website and booking page."""

    slug = "contact"
    heading = lazy_gettext("How to get in touch")
    keys = ("phones", "email", "url", "booking_url")
    row_lists = ("phones",)

    phones = RowList(FormField(Phone))
    email = line(
        lazy_gettext("E-mail address (optional)"),
        lazy_gettext("Everybody can see it. Use one of the organisation, not your own."),
        sound(Email, lazy_gettext("Write an e-mail address, such as name@example.org")),
        limit=254,
        inputmode="email",
        autocomplete="work email",
        spellcheck="false",
    )
    url = line(
        lazy_gettext("Website (optional)"),
        lazy_gettext("The page about this, if it has one. For example: www.example.org/groups"),
        sound(Url, WEB_ADDRESS),
        limit=500,
        tidied_by=web_address,
        inputmode="url",
        spellcheck="false",
    )
    booking_url = line(
        lazy_gettext("Web page to book a place (optional)"),
        "",
        sound(Url, WEB_ADDRESS),
        limit=500,
        tidied_by=web_address,
        inputmode="url",
        spellcheck="false",
    )

    @staticmethod
    def filled(fields: Fields) -> dict[str, Any]:
        """What the form shows of a listing."""
        phones = [
            {
                "was": str(number),
                "number": one["number"],
                "label": one.get("description", ""),
                "hours": one.get("hours", ""),
                "takes_texts": one.get("takes_texts", False),
            }
            for number, one in enumerate(fields.get("phones", ()))
        ]
        return {"phones": phones, **{key: fields.get(key, "") for key in ("email", "url", "booking_url")}}

    def taken(self, fields: Fields) -> Taken:
        """The keys of the listing as they are now."""
        before = fields.get("phones", ())
        phones = [_phone(one.form, was_before(one.form, before)) for one in self.phones if not one.form.is_empty]
        return {
            "phones": phones or None,
            "email": self.email.data or None,
            "url": self.url.data or None,
            "booking_url": self.booking_url.data or None,
        }


def _phone(row: Phone, was: Mapping[str, Any]) -> dict[str, Any]:
    words = {"number": row.number.data, "description": row.label.data, "hours": row.hours.data}
    takes_texts = {"takes_texts": row.takes_texts.data}
    is_silent = {"takes_calls": False} if was.get("takes_calls") is False else {}
    return {**without_empty({**was, **words, **takes_texts}), **is_silent}
