"""The site's own words: its name and people, content pages, and words that mean the same."""

from typing import Annotated

from pydantic import Field

from directory.model.fields import Email, Line, Name, Note, PageText, PhoneNumber, Slug, Url, Value
from directory.model.freshness import ReviewRules
from directory.model.listing import LanguageCode


class SiteTranslation(Value):
    """The site's name and strapline in another language."""

    title: Name
    strapline: Line
    notice: Line | None = None


class Contact(Value):
    """Whom to ask about the site itself."""

    name: Name
    email: Email | None = None
    phone: PhoneNumber | None = None
    url: Url | None = None


class Site(Value):
    """Everything ``site.yaml`` holds. ``notice`` stands at the top of every page, as on an invented borough."""

    title: Name
    strapline: Line
    area: Name
    notice: Line | None = None
    contact: Contact
    security_contact: Line | None = None
    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1)] = ("en",)
    unchecked_languages: tuple[LanguageCode, ...] = ()
    review: ReviewRules = ReviewRules()
    translations: dict[LanguageCode, SiteTranslation] = Field(default_factory=dict)


class PageTranslation(Value):
    """A content page in another language."""

    title: Name
    summary: Line
    body: PageText


class Page(Value):
    """A content page, written in Markdown.

    ``audience`` decides where it is linked; ``in_footer`` whether every page links to it.
    """

    slug: Slug
    title: Name
    summary: Line
    body: PageText
    audience: str = Field(default="everyone", pattern="^(everyone|practitioners)$")
    in_footer: bool = False
    translations: dict[LanguageCode, PageTranslation] = Field(default_factory=dict)


class WordGroup(Value):
    """Words that mean the same to a search. ``one_way``: the first word finds the others, not the reverse."""

    words: Annotated[tuple[Name, ...], Field(min_length=2)]
    one_way: bool = False
    note: Line | None = None


class Words(Value):
    """Everything ``words.yaml`` holds."""

    synonyms: tuple[WordGroup, ...] = ()


class SearchCheck(Value):
    """A promise: a person who types ``words`` sees one of ``shows`` in the first ``within`` results."""

    words: Note
    shows: Annotated[tuple[Slug, ...], Field(min_length=1)]
    within: Annotated[int, Field(ge=1, le=10)] = 3
    why: Line | None = None


class SearchChecks(Value):
    """Everything ``search_checks.yaml`` holds."""

    promises: tuple[SearchCheck, ...] = ()
