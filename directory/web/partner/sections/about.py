"""What it is: its name, what it says of itself, and what it is about."""

from typing import Any

from directory.model.snapshot import Snapshot
from directory.moderation import Fields
from directory.web.own_words import plain
from directory.web.partner.sections.boxes import CHOOSE, choices, line, lines, needed, pick, tidy
from directory.web.partner.sections.section import SectionForm, Taken
from directory.web.translate import gettext, lazy_gettext

NAMES_AT_MOST = 120


class About(SectionForm):
    """Title, other names, summary, description and categories."""

    slug = "about"
    heading = lazy_gettext("What it is")
    keys = ("title", "alternate_names", "summary", "description", "categories")

    title = line(
        lazy_gettext("Name"),
        lazy_gettext("What people call it. Say what it is, not only a name: “Little Stars stay and play”."),
        needed(lazy_gettext("Write the name that people know it by")),
        limit=NAMES_AT_MOST,
    )
    alternate_names = lines(
        lazy_gettext("Other names (optional)"),
        lazy_gettext("Old names or what local people say, one on each line. They help people to find it."),
        rows=2,
    )
    summary = line(
        lazy_gettext("In one sentence"),
        lazy_gettext(
            "People see this first. Say what happens and who it is for, in up to 200 letters and spaces. "
            "For example: “Play, songs and a cup of tea for under-fives and their grown-ups.”"
        ),
        needed(lazy_gettext("Write one sentence on what it is")),
        limit=200,
    )
    description = lines(
        lazy_gettext("More about it (optional)"),
        lazy_gettext(
            "What will people find when they come? What should they bring? Two or three short paragraphs are enough. "
            "Leave out times, prices and phone numbers: they have their own boxes below."
        ),
        limit=6000,
        rows=8,
    )
    category_1 = pick(
        lazy_gettext("What is it mostly about?"),
        lazy_gettext("Choose where people would look for it first."),
        (),
        needed(lazy_gettext("Choose what it is mostly about")),
    )
    category_2 = pick(lazy_gettext("What else is it about? (optional)"), "", ())
    category_3 = pick(lazy_gettext("And a third thing? (optional)"), "", ())

    @staticmethod
    def filled(fields: Fields) -> dict[str, Any]:
        """What the form shows of a listing."""
        categories = [*fields.get("categories", ()), "", "", ""]
        return {
            "title": fields.get("title", ""),
            "alternate_names": "\n".join(fields.get("alternate_names", ())),
            "summary": fields.get("summary", ""),
            "description": fields.get("description", ""),
            "category_1": categories[0],
            "category_2": categories[1],
            "category_3": categories[2],
        }

    def taken(self, fields: Fields) -> Taken:  # noqa: ARG002  # the same for every part of a listing
        """The keys of the listing as they are now."""
        names = [name.strip() for name in tidy(self.alternate_names.data).split("\n") if name.strip()]
        chosen = [self.category_1.data, self.category_2.data, self.category_3.data]
        return {
            "title": self.title.data,
            "alternate_names": names or None,
            "summary": self.summary.data,
            "description": self.description.data or None,
            "categories": list(dict.fromkeys(one for one in chosen if one)) or None,
        }

    def offer(self, snapshot: Snapshot, fields: Fields) -> None:  # noqa: ARG002  # the same for every part of a listing
        """Offers every category behind a door, under its door's name."""
        pairs = [
            (one.slug, f"{plain(top, 'name')}: {plain(one, 'name')}")
            for top in snapshot.categories
            for one in top.categories
        ]
        for field in (self.category_1, self.category_2, self.category_3):
            field.choices = choices([("", CHOOSE), *pairs])

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well, each of the other names with it."""
        is_sound = bool(super().validate(extra_validators))
        if any(len(name) > NAMES_AT_MOST for name in tidy(self.alternate_names.data).split("\n")):
            self.blame("alternate_names", gettext("Write one name on each line, with at most 120 letters"))
            return False
        return is_sound
