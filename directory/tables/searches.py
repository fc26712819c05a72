"""Rows for where postcodes are, and for what people search for."""

import datetime

from sqlmodel import Field, SQLModel

from directory.model.fields import Postcode as PostcodeText


class Postcode(SQLModel, table=True):
    """A full postcode, with one space, and where it is: WGS84 degrees."""

    # The postcode is the only key that is ever asked for, so SQLite can keep the rows in its index: half the size.
    __table_args__ = {"sqlite_with_rowid": False}

    postcode: PostcodeText = Field(primary_key=True, max_length=8)
    latitude: float
    longitude: float


class SearchSalt(SQLModel, table=True):
    """What turns the words of a month's searches into keys that nobody can turn back once it is gone."""

    month: str = Field(primary_key=True, max_length=7)
    salt: str


class SearchCount(SQLModel, table=True):
    """How often a search was asked on a day, how many results it had last, and how often one of them was opened.

    Which search, only the key tells, and only as long as the month's salt is there.
    """

    key: str = Field(primary_key=True, max_length=32)
    day: datetime.date = Field(primary_key=True, index=True)
    asked: int
    opened: int
    results: int


class SearchWords(SQLModel, table=True):
    """The words behind a key, written down once they were asked often enough in a month to be nobody's own."""

    key: str = Field(primary_key=True, max_length=32)
    month: str = Field(index=True, max_length=7)
    language: str
    words: str
