"""What is good to know: languages and access."""

from typing import Any

from directory.model.snapshot import Snapshot
from directory.moderation import Fields
from directory.web.language import current_language, name_of
from directory.web.partner.sections.boxes import choices, line, lines, several
from directory.web.partner.sections.section import SectionForm, Taken, in_own_order, without_empty
from directory.web.translate import lazy_gettext
from directory.web.words import FACILITIES

SPOKEN = ("ar", "bn", "zh", "fa", "fr", "gu", "hi", "ku", "pl", "pt", "pa", "ro", "so", "es", "ti", "uk", "ur")
"""The languages most spoken in England's towns, English apart; those that a listing has are offered too."""


class GoodToKnow(SectionForm):
    """Languages spoken, interpreters, facilities."""

    slug = "good-to-know"
    heading = lazy_gettext("Good to know")
    keys = ("languages", "interpretation_services", "accessibility")

    languages = several(
        lazy_gettext("Which languages do staff speak, besides English? (optional)"),
        lazy_gettext("Choose only those in which somebody there can really talk with people."),
        (),
    )
    interpretation_services = line(
        lazy_gettext("Interpreters (optional)"),
        lazy_gettext("For example: “Ask us three days before, and we bring an interpreter.”"),
    )
    facilities = several(
        lazy_gettext("What is there? (optional)"),
        lazy_gettext("Choose only what you have seen yourself. What is not chosen counts as not known."),
        FACILITIES.items(),
    )
    accessibility_description = lines(
        lazy_gettext("More about getting in and around (optional)"),
        lazy_gettext("For example: “There is a ramp at the back door. Ring the bell and we open it.”"),
        rows=3,
    )

    @staticmethod
    def filled(fields: Fields) -> dict[str, Any]:
        """What the form shows of a listing."""
        access = fields.get("accessibility", {})
        return {
            "languages": list(fields.get("languages", ())),
            "interpretation_services": fields.get("interpretation_services", ""),
            "facilities": list(access.get("facilities", ())),
            "accessibility_description": access.get("description", ""),
        }

    def taken(self, fields: Fields) -> Taken:
        """The keys of the listing as they are now."""
        before = fields.get("accessibility", {})
        offered = [one[0] for one in self.languages.iter_choices()]
        access = {
            "facilities": in_own_order(before.get("facilities", ()), self.facilities.data or [], FACILITIES),
            "description": self.accessibility_description.data,
        }
        return {
            "languages": in_own_order(fields.get("languages", ()), self.languages.data or [], offered) or None,
            "interpretation_services": self.interpretation_services.data or None,
            "accessibility": without_empty(access) or None,
        }

    def offer(self, snapshot: Snapshot, fields: Fields) -> None:  # noqa: ARG002  # the same for every part of a listing
        """Offers languages, and those that the listing has, by their names in the language of the page."""
        codes = {*SPOKEN, *(self.languages.object_data or ())}
        pairs = sorted(((code, name_of(code, current_language())) for code in codes), key=lambda one: one[1])
        self.languages.choices = choices(pairs)
