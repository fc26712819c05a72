"""The two-level tree of categories, in plain English, with the words that people use for each."""

from typing import Annotated

from pydantic import Field

from directory.model.fields import Line, Name, Slug, Value


class CategoryTranslation(Value):
    """A category's label and one-line summary in another language."""

    name: Name
    summary: Line | None = None


class Category(Value):
    """A category under one of the ten doors.

    ``words`` are what people type for it; ``taxonomy_terms`` are its names in the national list.
    """

    slug: Slug
    name: Name
    words: tuple[Name, ...] = ()
    taxonomy_terms: tuple[Name, ...] = ()
    sensitive: bool = False
    hidden: bool = False
    translations: dict[str, CategoryTranslation] = Field(default_factory=dict)


class TopCategory(Category):
    """One of the doors on the home page."""

    summary: Line
    categories: Annotated[tuple[Category, ...], Field(min_length=1, max_length=9)]


class Categories(Value):
    """Everything ``categories.yaml`` holds."""

    categories: tuple[TopCategory, ...]
