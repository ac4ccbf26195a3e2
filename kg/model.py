"""The frozen values that the stages pass on. All offsets are Unicode code points of `Article.text`, end exclusive."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from enum import StrEnum


class EntityType(StrEnum):
    """What kind of thing an entity is; the values are the local names of the ontology's classes."""

    PERSON = "Person"
    COUNTRY = "Country"
    ORGANIZATION = "Organization"
    ARMED_GROUP = "ArmedGroup"
    PLACE = "Place"
    EVENT = "Event"
    AGREEMENT = "Agreement"
    TOPIC = "Topic"


class Polarity(StrEnum):
    """Whether the text says that the relation holds or that it does not."""

    POSITIVE = "Positive"
    NEGATIVE = "Negative"


class Modality(StrEnum):
    """How the text puts a claim; only `ASSERTED` claims can become direct edges."""

    ASSERTED = "Asserted"
    PLANNED = "Planned"
    HYPOTHETICAL = "Hypothetical"
    REQUESTED = "Requested"
    DENIED = "Denied"
    REPORTED = "Reported"  # at a distance: "allegedly", "according to unconfirmed reports"


class Granularity(StrEnum):
    """What an expression of time names: a day, a longer unit of the calendar, or from one day to another."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


class Origin(StrEnum):
    """What evidence a mention rests on."""

    MODEL = "ner"
    GAZETTEER = "gazetteer"
    TITLE = "title"
    PATTERN = "pattern"
    REFERENCE = "reference"  # a pronoun, a definite noun, a dropped subject


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A stretch of an article's text."""

    start: int
    end: int

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """The two have a code point in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it is stored and analysed.

    `text` is the headline, an empty line and the body; `headline` says how many code points of it are the headline
    (0 when there is none). `published` is the day of publication where it is known.
    """

    id: str
    text: str
    title: str = ""
    published: dt.date | None = None
    source: str = ""
    url: str = ""
    author: str = ""
    path: str = ""
    language: str = "ar"

    @property
    def headline(self) -> int:
        """How many code points of the text are the headline; 0 where there is none."""
        return len(self.title) if self.title and self.text.startswith(self.title) else 0

    @property
    def digest(self) -> str:
        """The SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def cut(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in an article, before it is known whose it is.

    `first` and `last` (exclusive) number its surface words. `ids` are the entries of the reference data that bear it,
    none for a name that is unknown there; `short` marks a surname alone.
    """

    first: int
    last: int
    span: Span
    text: str
    type: EntityType
    origin: Origin
    ids: tuple[str, ...] = ()
    short: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A title: the office it names, of whom, and the name it belongs to.

    `office` is one of head_of_state, head_of_government, minister, spokesperson, leader, official, counterpart or empty (a
    title that says only that its bearer is a person). `of` is an id of the reference data or, with `of_name`, the number
    of the name in `Mentions.names`; both empty where the text does not say. `name` is the number of the bearer's name.
    """

    first: int
    last: int
    span: Span
    text: str
    office: str
    portfolio: str = ""
    of: str = ""
    of_name: int | None = None
    former: bool = False
    name: int | None = None
    definite: bool = False
    masculine: bool = True
    owner: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Organ:
    """Words that stand for a state or a group without being its name: "the Syrian army", "Russian", "fighters of X".

    `adjective` is true for a nisba alone (الروسي), which modifies the word before it; `kind` is the id of the lexicon entry.
    """

    first: int
    last: int
    span: Span
    text: str
    of: str = ""
    of_name: int | None = None
    adjective: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that names or stands for something in one article, in the order of the text.

    `references` are definite nouns that stand for what was named before ("the country"); their `of` is empty.
    """

    names: tuple[Name, ...]
    titles: tuple[Title, ...]
    organs: tuple[Organ, ...]
    references: tuple[Organ, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """When something happened: the first and the last day that it can be, and the words it was read from."""

    first: dt.date
    last: dt.date
    granularity: Granularity
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of one article that names or refers to an entity.

    `key` is the canonical key of the entity (see `Entity.key`); `note` says how it was resolved where that is not
    plain from the words, such as "office: head_of_state russia on 2021-08-23".
    """

    span: Span
    text: str
    type: EntityType
    origin: Origin
    key: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One real-world thing as one article shows it.

    `key` is `ref:ID` for an entity of the reference data, else `TYPE:FOLDED NAME`, such as `person:جون سميث`.
    `label_en` is a transliteration when `transliterated` is true. `names` are the spellings seen, sorted.
    """

    key: str
    type: EntityType
    label_ar: str
    label_en: str = ""
    transliterated: bool = False
    names: tuple[str, ...] = ()
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A title that the text gives to a person: who (an entity key), which office, of whom (an entity key, or empty where
    the text does not say)."""

    person: str
    office: str
    of: str
    portfolio: str
    position: str
    former: bool
    title: Span
    name: Span
    origin: Origin = Origin.TITLE


@dataclass(frozen=True, slots=True)
class Entities:
    """The entities of one article and all the words that stand for them.

    `mentions` are names, resolved titles, organs and references; `adjectives` are nisbas (الروسي), which stand for a
    state only as modifiers of another word. Mentions may lie inside one another: a title holds the name it is of.
    """

    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    adjectives: tuple[Mention, ...]
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation as one sentence of one article states it.

    `subject` and `object` are entity keys. `evidence` is the sentence; `subject_span`, `trigger` and `object_span`
    are the words in it that the claim was read from (None where the word is not in the sentence, such as a dropped
    subject). `attributed_to` is the entity that says so when it is not the article itself; `source_text` the words
    that attribute it when the speaker is no entity ("a diplomatic source"). `position` is the post for
    standing facts ("وزير الخارجية"), `portfolio` its kind, `former` true for a post that is past. `place` is the entity
    where it took place, `topic` the words for what talks were about, `about` the entities that these words name.
    """

    article: str
    subject: str
    relation: str
    object: str
    rule: str
    confidence: float
    evidence: Span
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED
    subject_span: Span | None = None
    trigger: Span | None = None
    object_span: Span | None = None
    attributed_to: str = ""
    source_text: str = ""
    time: Time | None = None
    position: str = ""
    portfolio: str = ""
    former: bool = False
    extractor: str = "rules"
    place: str = ""
    topic: str = ""
    about: tuple[str, ...] = ()

    @property
    def asserted(self) -> bool:
        """The sentence states the relation as a fact: neither negated, nor planned, denied, asked for or possible."""
        return self.polarity is Polarity.POSITIVE and self.modality is Modality.ASSERTED


@dataclass(frozen=True, slots=True)
class Quotation:
    """Direct speech: the words between quotation marks and who says them."""

    span: Span
    speaker: str = ""


class Status(StrEnum):
    """What an article says of a named event."""

    SCHEDULED = "Scheduled"
    HELD = "Held"
    CANCELLED = "Cancelled"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an article tells of a named event (an entity key): whether it is planned, was held or was cancelled (None where
    the article does not say), who hosts it, where and when it takes place, and who takes part."""

    event: str
    status: Status | None = None
    host: str = ""
    place: str = ""
    time: Time | None = None
    participants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """What an extractor reads from one article."""

    claims: tuple[Claim, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    occasions: tuple[Occasion, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one article."""

    article: Article
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    occasions: tuple[Occasion, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """The provenance of a build: what made the claims. `started` is the only field that changes between equal runs."""

    version: str
    models: str
    settings: tuple[tuple[str, str], ...] = field(default=())
    started: dt.datetime | None = None
