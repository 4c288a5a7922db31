"""The shapes of the API's answers."""

import datetime
from uuid import UUID

from ninja import Field, Schema


class Language(Schema):
    """A language that content can be read in."""

    code: str = Field(description="BCP 47 tag in lower case, as it stands in addresses.")
    name: str = Field(description="What its speakers call it.")
    direction: str = Field(description='"ltr" or "rtl".')


class Text(Schema):
    """Words, with the language they really are in: where nobody has translated them yet, the source language."""

    text: str = Field(description="Plain text.")
    language: str
    direction: str
    html: str | None = Field(None, description="The same with its formatting, where one entry is asked for.")


class Value(Schema):
    """One value of a fact."""

    value: str | int | bool = Field(description="A stable key, a number, a day, a time: the same everywhere.")
    label: str = Field(description="What people read, in the language that was asked for.")


class Fact(Schema):
    """Something known about an entry. No values: nobody has said."""

    label: str
    values: list[Value]


class Reference(Schema):
    """Another page."""

    id: UUID
    slug: str
    title: Text
    url: str


class Alternate(Schema):
    """The same entry in another language."""

    language: str
    url: str


class Entry(Schema):
    """One page. ``id`` and ``slug`` are the same in every language."""

    id: UUID
    slug: str
    kind: str
    language: str
    url: str
    texts: dict[str, Text]
    facts: dict[str, Fact]
    owner: Reference | None
    region: Reference | None
    next_start: datetime.datetime | None = Field(
        description="When it takes place next, for kinds with dates."
    )
    next_end: datetime.datetime | None
    published: datetime.datetime | None
    updated: datetime.datetime | None


class FullEntry(Entry):
    """One page with everything."""

    alternates: list[Alternate]


class EntryList(Schema):
    """A part of what was found."""

    total: int
    limit: int
    offset: int
    items: list[Entry]


class KindDescription(Schema):
    """One kind of content."""

    slug: str
    labels: dict[str, str] = Field(description="What the kind is called, by language.")
    facets: list[str] = Field(description="Parameters by which its list is narrowed.")
    has_dates: bool
    url: str = Field(description="Address of its list in the source language.")


class Description(Schema):
    """What there is."""

    languages: list[Language]
    kinds: list[KindDescription]


class Problem(Schema):
    """Why there is no answer."""

    detail: str
