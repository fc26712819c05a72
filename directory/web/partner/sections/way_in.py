"""How people get in: what to do first."""

from typing import Any

from directory.model.fields import Url
from directory.moderation import Fields
from directory.web.partner.sections.boxes import line, lines, several, sound, web_address
from directory.web.partner.sections.section import SectionForm, Taken, in_own_order, without_empty
from directory.web.translate import gettext, lazy_gettext
from directory.web.words import WAYS

WEB_ADDRESS = lazy_gettext("Write a whole web address, such as https://www.example.org/groups")


class WayIn(SectionForm):
    """Which ways are open, where to start, and what happens first."""

    slug = "way-in"
    heading = lazy_gettext("How to join in")
    keys = ("access",)

    ways = several(
        lazy_gettext("What do people do first?"),
        lazy_gettext("Choose every way that works."),
        WAYS.items(),
    )
    access_url = line(
        lazy_gettext("Web page with the form to apply or join (optional)"),
        lazy_gettext("Only if there is one. A page to book a place goes under “How to get in touch”."),
        sound(Url, WEB_ADDRESS),
        limit=500,
        tidied_by=web_address,
        inputmode="url",
    )
    application_process = lines(
        lazy_gettext("What happens then? (optional)"),
        lazy_gettext("For example: “Somebody rings you within a week and asks what you need.”"),
        rows=3,
    )

    @staticmethod
    def filled(fields: Fields) -> dict[str, Any]:
        """What the form shows of a listing."""
        access = fields.get("access", {})
        return {
            "ways": list(access.get("ways", ())),
            "access_url": access.get("url", ""),
            "application_process": access.get("application_process", ""),
        }

    def taken(self, fields: Fields) -> Taken:
        """The key of the listing as it is now."""
        before = fields.get("access", {})
        access = {
            **before,
            "ways": in_own_order(before.get("ways", ()), self.ways.data or [], WAYS),
            "url": self.access_url.data,
            "application_process": self.application_process.data,
        }
        return {"access": without_empty(access) or None}

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well: whoever says how it goes on says how it begins."""
        is_sound = bool(super().validate(extra_validators))
        if (self.access_url.data or self.application_process.data) and not self.ways.data:
            self.blame("ways", gettext("Choose what people do first"))
            return False
        return is_sound
