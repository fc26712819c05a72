"""What people look for, in their own words, and how a listing that answers it is told."""

from typing import Annotated

from pydantic import Field

from directory.model.fields import Name, Slug, Value
from directory.model.listing import LanguageCode


class Need(Value):
    """One thing that people look for.

    ``name`` is how the site calls it; ``words`` are what people type for it. A listing answers it where it has one of
    the words or phrases in ``finds`` (providers' words; the nearer its title, the better), lies in one of the
    ``categories``, or is one of the ``listings``.
    """

    slug: Slug
    name: Name
    words: Annotated[tuple[Name, ...], Field(min_length=1)]
    finds: tuple[Name, ...] = ()
    categories: tuple[Slug, ...] = ()
    listings: tuple[Slug, ...] = ()


class Needs(Value):
    """Everything that a file of ``needs/`` holds: the needs behind one of the doors of the home page."""

    slug: Slug
    needs: tuple[Need, ...] = ()


class NeedInLanguage(Value):
    """What people type for a need in another language, in its own script or in Latin letters."""

    need: Slug
    words: Annotated[tuple[Name, ...], Field(min_length=1)]


class SearchLanguage(Value):
    """Everything that a file of ``languages/`` holds: what people type in one language. The file's name is its code.

    ``says_little`` are words that stand around any need ("I am looking for", "my son"), none of which English has.
    """

    slug: LanguageCode
    says_little: tuple[Name, ...] = ()
    needs: tuple[NeedInLanguage, ...] = ()
