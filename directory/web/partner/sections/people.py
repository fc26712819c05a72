"""Who it is for: ages, needs, and who is meant."""

from typing import Any

from directory.model import age as ages
from directory.moderation import Fields
from directory.web import spoken
from directory.web.partner.sections.boxes import line, lines, one_of, read_by, several
from directory.web.partner.sections.section import SectionForm, Taken, in_own_order, without_empty
from directory.web.translate import gettext, lazy_gettext
from directory.web.words import SEND_NEEDS

_AGE = lazy_gettext("Write an age, such as 18 months, 4 years, birth or pregnancy")
_READABLE = read_by(spoken.age, _AGE)


class People(SectionForm):
    """Ages, special needs, who it is for and not for, and whether it is for practitioners."""

    slug = "people"
    heading = lazy_gettext("Who it is for")
    keys = ("eligibility",)

    minimum_age = line(
        lazy_gettext("Youngest age (optional)"),
        lazy_gettext("For example: 6 months, 4 years, birth or pregnancy. Leave it empty if any age may come."),
        _READABLE,
        width=10,
    )
    maximum_age = line(
        lazy_gettext("Oldest age (optional)"),
        lazy_gettext("For example: 4 years. A child who is four may still come."),
        _READABLE,
        width=10,
    )
    eligibility_description = lines(
        lazy_gettext("Who may come? (optional)"),
        lazy_gettext("One or two sentences, if it is not for everybody. For example: “Dads and other male carers.”"),
        rows=3,
    )
    not_for = lines(
        lazy_gettext("Who is it not for? (optional)"),
        lazy_gettext("Say it if people might come in vain. For example: “Not for children at school.”"),
        rows=2,
    )
    send_needs = several(
        lazy_gettext("Is it meant for children with special needs or disabilities? (optional)"),
        lazy_gettext("Choose only what it is made for. What is welcome everywhere need not be said."),
        SEND_NEEDS.items(),
    )
    audience = one_of(
        lazy_gettext("Who should find it?"),
        "",
        (
            ("everyone", lazy_gettext("Everybody")),
            ("practitioners", lazy_gettext("Only people who work with children and their carers")),
        ),
    )

    @staticmethod
    def filled(fields: Fields) -> dict[str, Any]:
        """What the form shows of a listing."""
        who = fields.get("eligibility", {})
        return {
            "minimum_age": who.get("minimum_age", ""),
            "maximum_age": who.get("maximum_age", ""),
            "eligibility_description": who.get("eligibility_description", ""),
            "not_for": who.get("not_for", ""),
            "send_needs": list(who.get("send_needs", ())),
            "audience": who.get("audience", "everyone"),
        }

    def taken(self, fields: Fields) -> Taken:
        """The key of the listing as it is now."""
        before = fields.get("eligibility", {})
        chosen = self.send_needs.data or []
        who = {
            **before,
            "minimum_age": _written(self.minimum_age.data),
            "maximum_age": _written(self.maximum_age.data),
            "eligibility_description": self.eligibility_description.data,
            "not_for": self.not_for.data,
            "send_needs": in_own_order(before.get("send_needs", ()), chosen, SEND_NEEDS),
            "audience": "practitioners" if self.audience.data == "practitioners" else None,
        }
        return {"eligibility": without_empty(who) or None}

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well, and the ages in order."""
        if not super().validate(extra_validators):
            return False
        low, high = self.minimum_age.data, self.maximum_age.data
        if low and high and spoken.age(high) < spoken.age(low):
            self.blame("maximum_age", gettext("The oldest age is below the youngest. Swap the two."))
            return False
        return True


def _written(text: str | None) -> str | None:
    return ages.written(spoken.age(text)) if text else None
