"""Reference data: what the world holds, from the tables in `kg/data/reference`.

Countries take their Arabic names from CLDR by way of Babel; all else is in the tables. The folder may hold several
files of one kind (`persons_west.tsv`, `persons_world.tsv`). `Reference` is built once a process and never changes.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from babel import Locale

from kg import files
from kg.arabic import fold
from kg.errors import DataError
from kg.identity import key as canonical
from kg.identity import parts, same_person, sounds
from kg.model import EntityType
from kg.tables import Names, PartialDate, Row, first_day, last_day, read_table

# The Arabic locales of CLDR whose names of states differ from one another.
LOCALES = ("ar", "ar_EG", "ar_LB", "ar_SA", "ar_DZ", "ar_AE")

Office = Literal["head_of_state", "head_of_government", "minister", "spokesperson", "leader", "official"]


class CountryRow(Row):
    """A state, of countries.tsv."""

    id: str
    iso2: str
    names_ar: Names = ()
    names_en: Names
    demonyms: Names = ()
    plurals: Names = ()
    capital: str = ""
    metonyms: Names = ()
    wikidata: str = ""


class PlaceRow(Row):
    """A place, of places*.tsv, with the state it lies in."""

    id: str
    name_en: str
    names_ar: Names
    country: str = ""
    kind: Literal[
        "capital", "city", "region", "province", "district", "sea", "river", "strait", "island",
        "border_crossing", "base", "site", "continent", "area",
    ]  # fmt: skip
    part_of: str = ""
    wikidata: str = ""


class OrganizationRow(Row):
    """An organisation, of organizations*.tsv, with the state or body that it is part of."""

    id: str
    name_en: str
    names_ar: Names
    acronyms: Names = ()
    kind: Literal[
        "alliance", "international", "regional", "ministry", "parliament", "court", "party", "agency", "army",
        "police", "intelligence", "presidency", "government", "company", "news_agency", "media", "bank", "ngo",
        "university", "committee", "collective",
    ]  # fmt: skip
    country: str = ""
    part_of: str = ""
    wikidata: str = ""


class GroupRow(Row):
    """An armed group, of groups*.tsv."""

    id: str
    name_en: str
    names_ar: Names
    acronyms: Names = ()
    country: str = ""
    wikidata: str = ""


class TopicRow(Row):
    """A topic, of topics.tsv."""

    id: str
    name_en: str
    names_ar: Names


class AgreementRow(TopicRow):
    """An agreement, of agreements*.tsv, with the day on which it was signed where that is known."""

    signed: PartialDate = ""


class EventRow(TopicRow):
    """An event, of events*.tsv, with its days where they are known."""

    kind: str = ""
    since: PartialDate = ""
    until: PartialDate = ""


class PersonRow(Row):
    """A person, of persons*.tsv; `surnames_ar` are names that only an article which has introduced the person uses."""

    id: str
    name_en: str
    names_ar: Names
    surnames_ar: Names = ()
    wikidata: str = ""


class CoalitionRow(Row):
    """A coalition that newspapers call by that word alone, by whom it fights."""

    id: str
    against: str


class OfficeRow(Row):
    """An office that a person held, of offices*.tsv; a missing day is open."""

    person: str
    office: Office
    of: str
    portfolio: str = ""
    since: PartialDate = ""
    until: PartialDate = ""
    source: str = ""

    def held_on(self, day: dt.date) -> bool:
        """The office was held on the day, as far as the row says."""
        return (not self.since or first_day(self.since) <= day) and (not self.until or day <= last_day(self.until))


@dataclass(frozen=True, slots=True)
class Thing:
    """One entry of the reference data. `short` are names that identify it only where the article has introduced it."""

    id: str
    type: EntityType
    label_ar: str
    label_en: str
    names: tuple[str, ...]
    short: tuple[str, ...] = ()
    kind: str = ""
    country: str = ""
    part_of: str = ""
    wikidata: str = ""


@dataclass(frozen=True)
class Reference:
    """All reference data, with the look-ups that the stages need. Keys of the look-ups are folded names."""

    things: Mapping[str, Thing]
    names: Mapping[str, tuple[str, ...]]
    surnames: Mapping[str, tuple[str, ...]]
    demonyms: Mapping[str, str]
    peoples: frozenset[str]  # folded plurals with the article that name a people as a noun (الروس, الأتراك)
    capitals: Mapping[str, str]  # place id -> country id
    coalitions: Mapping[str, str]  # whom it fights -> the coalition that is called by that word alone
    offices: tuple[OfficeRow, ...]
    by_office: Mapping[tuple[str, str], tuple[OfficeRow, ...]]
    by_person: Mapping[str, tuple[OfficeRow, ...]]
    by_sound: Mapping[tuple[str, ...], tuple[str, ...]]  # the sounds of a full name (see kg.identity) -> persons
    by_key: Mapping[str, str]  # the keys that names of things would have if they were unknown -> id

    def identify(self, name: str, kind: EntityType) -> str:
        """The canonical key of a name alone: of the entry that bears it, by itself or in another spelling, else its own.

        A name that several entries bear is that of the only one of its kind; where there are more, it is nobody's.
        """
        ids = self.names.get(fold(name), ())
        fit = [i for i in ids if self.things[i].type is kind] or list(ids)
        if len(fit) == 1:
            return f"ref:{fit[0]}"
        key = canonical(name, kind)
        if key in self.by_key and not fit:
            return f"ref:{self.by_key[key]}"
        return f"ref:{self.spelt(name)}" if kind is EntityType.PERSON and self.spelt(name) else key

    def same(self, one: str, other: str, kind: EntityType) -> bool:
        """True when two names of a kind are taken for one thing: one key, or spellings of one person's name."""
        a, b = self.identify(one, kind), self.identify(other, kind)
        unknown = not a.startswith("ref:") and not b.startswith("ref:")
        return a == b or (unknown and kind is EntityType.PERSON and same_person(one, other))

    def spelt(self, name: str) -> str:
        """The only person of whose names `name` is another spelling, empty where there is none or more than one."""
        fit = [p for p in self.by_sound.get(sounds(name), ()) if any(same_person(name, n) for n in self.things[p].names)]
        return fit[0] if len(fit) == 1 and len(parts(name)) > 1 else ""

    def holders(self, office: str, of: str, day: dt.date, portfolio: str = "") -> tuple[str, ...]:
        """The persons who held an office on a day; a portfolio narrows it where it is given."""
        rows = self.by_office.get((office, of), ())
        fit = [r.person for r in rows if r.held_on(day) and (not portfolio or r.portfolio == portfolio)]
        return tuple(dict.fromkeys(fit))

    def posts(self, person: str, day: dt.date) -> tuple[OfficeRow, ...]:
        """The offices that a person held on a day."""
        return tuple(row for row in self.by_person.get(person, ()) if row.held_on(day))


def inflections(demonym: str) -> tuple[str, ...]:
    """The forms of a nisba adjective (روسي): both genders, dual, sound plurals, with and without the article.

    Of two words, adjectives (كوري شمالي) are inflected both, with the article before both; a noun before the adjective
    (جنوب أفريقي) stays as it is and bears the article alone (الجنوب أفريقية).

    >>> {"الروسية", "روسيون"} <= set(inflections("روسي")) and "الكورية الشمالية" in inflections("كوري شمالي")
    True
    >>> {"جنوب أفريقية", "الجنوب أفريقي"} <= set(inflections("جنوب أفريقي"))
    True
    """
    words = demonym.split()
    plain = [" ".join(_inflect(word, ending) for word in words) for ending in _ENDINGS]
    definite = [" ".join(_definite(n, word, words, ending) for n, word in enumerate(words)) for ending in _ENDINGS[:-1]]
    return tuple(plain + definite)


_ENDINGS = ("", "ة", "ون", "ين", "ات", "ان", "تان", "تين", "ا")


def _inflect(word: str, ending: str) -> str:
    return word + ending if word.endswith(("ي", "ى")) or (word == "أبيض" and not ending) else word


def _definite(n: int, word: str, words: list[str], ending: str) -> str:
    adjectives = all(w.endswith(("ي", "ى")) for w in words)
    return ("ال" if adjectives or n == 0 else "") + _inflect(word, ending)


def load(folder: Path = files.REFERENCE) -> Reference:
    """The reference data of a folder. Raises DataError where an entry breaks the schema or names what is not there."""
    countries = _read(folder, "countries", CountryRow)
    places = _read(folder, "places", PlaceRow)
    offices = _read(folder, "offices", OfficeRow)
    things = _index(
        [_country(row) for row in countries]
        + [
            Thing(r.id, EntityType.PLACE, r.names_ar[0], r.name_en, r.names_ar, (), r.kind, r.country, r.part_of, r.wikidata)
            for r in places
        ]
        + [
            Thing(
                r.id, EntityType.ORGANIZATION, r.names_ar[0], r.name_en, r.names_ar + r.acronyms, (), r.kind, r.country,
                r.part_of, r.wikidata,
            )
            for r in _read(folder, "organizations", OrganizationRow)
        ]
        + [
            Thing(
                r.id, EntityType.ARMED_GROUP, r.names_ar[0], r.name_en, r.names_ar + r.acronyms, (), "", r.country, "",
                r.wikidata,
            )
            for r in _read(folder, "groups", GroupRow)
        ]
        + [Thing(r.id, EntityType.TOPIC, r.names_ar[0], r.name_en, r.names_ar) for r in _read(folder, "topics", TopicRow)]
        + [
            Thing(r.id, EntityType.AGREEMENT, r.names_ar[0], r.name_en, r.names_ar)
            for r in _read(folder, "agreements", AgreementRow)
        ]
        + [Thing(r.id, EntityType.EVENT, r.names_ar[0], r.name_en, r.names_ar) for r in _read(folder, "events", EventRow)]
        + [
            Thing(r.id, EntityType.PERSON, r.names_ar[0], r.name_en, r.names_ar, r.surnames_ar, wikidata=r.wikidata)
            for r in _read(folder, "persons", PersonRow)
        ]
    )  # fmt: skip
    _check_offices(offices, things)
    return Reference(
        things=things,
        names=_by_name((form, thing.id) for thing in things.values() for name in thing.names for form in _joined(name)),
        surnames=_by_name((name, thing.id) for thing in things.values() for name in thing.short),
        demonyms=_demonyms(countries),
        peoples=frozenset(fold(f"ال{plural}") for row in countries for plural in row.plurals),
        capitals={row.capital: row.id for row in countries if row.capital},
        coalitions={row.against: row.id for row in _read(folder, "coalitions", CoalitionRow)},
        offices=offices,
        by_office=_by(offices, lambda r: (r.office, r.of)),
        by_person=_by(offices, lambda r: r.person),
        by_sound=_by_sound(things.values()),
        by_key=_by_key(things.values()),
    )


@lru_cache(maxsize=1)
def shipped() -> Reference:
    """The reference data that comes with the package, loaded once a process."""
    return load()


def _by_sound(things: Iterable[Thing]) -> dict[tuple[str, ...], tuple[str, ...]]:
    index: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for thing in things:
        if thing.type is EntityType.PERSON:
            for key in {sounds(name) for name in thing.names}:
                index[key].append(thing.id)
    return {key: tuple(ids) for key, ids in index.items()}


def _by_key(things: Iterable[Thing]) -> dict[str, str]:
    index: dict[str, set[str]] = defaultdict(set)
    for thing in things:
        for name in thing.names:
            index[canonical(name, thing.type)].add(thing.id)
    return {key: next(iter(ids)) for key, ids in index.items() if len(ids) == 1}


R = TypeVar("R", bound=Row)
K = TypeVar("K", bound=Hashable)


def _read(folder: Path, kind: str, schema: type[R]) -> tuple[R, ...]:
    paths = sorted(p for p in folder.glob(f"{kind}*.tsv") if p.stem == kind or p.stem.startswith(f"{kind}_"))
    return tuple(row for path in paths for row in read_table(path, schema))


def _country(row: CountryRow) -> Thing:
    cldr = _cldr_names(row.iso2)
    names = tuple(dict.fromkeys(cldr + row.names_ar + row.metonyms))
    if not names:
        raise DataError(f"countries.tsv ({row.id}): no Arabic name, in CLDR or in names_ar; check iso2 {row.iso2!r}")
    return Thing(row.id, EntityType.COUNTRY, names[0], row.names_en[0], names, wikidata=row.wikidata)


def _cldr_names(iso2: str) -> tuple[str, ...]:
    found = (_locale(name).territories.get(iso2, "") for name in LOCALES)
    return tuple(dict.fromkeys(name for name in found if name))


@lru_cache(maxsize=len(LOCALES))
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def _index(things: Iterable[Thing]) -> dict[str, Thing]:
    index: dict[str, Thing] = {}
    for thing in things:
        if thing.id in index:
            raise DataError(f"reference data: two entries have the id {thing.id!r}; give one of them another")
        index[thing.id] = thing
    return index


def _check_offices(offices: Iterable[OfficeRow], things: Mapping[str, Thing]) -> None:
    for row in offices:
        for column, value in (("person", row.person), ("of", row.of)):
            if value not in things:
                raise DataError(f"offices ({row.person}, {row.office}): {column} {value!r} is in no table")


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = defaultdict(list)
    for name, thing in pairs:
        if (key := fold(name)) and thing not in index[key]:
            index[key].append(thing)
    return {key: tuple(ids) for key, ids in index.items() if ids}


def _joined(name: str) -> tuple[str, ...]:
    """A name as it is, and with عبد written as one word with what follows it, and apart from it (عبدالله, عبد الله)."""
    if "عبد" not in name:
        return (name,)
    return tuple(dict.fromkeys((name, name.replace("عبد ال", "عبدال"), name.replace("عبدال", "عبد ال"))))


def _by(rows: Iterable[OfficeRow], key: Callable[[OfficeRow], K]) -> dict[K, tuple[OfficeRow, ...]]:
    index: dict[K, list[OfficeRow]] = defaultdict(list)
    for row in rows:
        index[key(row)].append(row)
    return {k: tuple(v) for k, v in index.items()}


def _accusative(plural: str) -> tuple[str, ...]:
    """The indefinite accusative of a broken plural, if that is written with a letter: روسا، أتراكا."""
    return () if plural.endswith(("ة", "ون", "ا")) else (plural + "ا",)


def _demonyms(countries: Iterable[CountryRow]) -> dict[str, str]:
    """Folded form -> country; a form that is a country's own name (روسيا, the accusative of روسي) is left out."""
    names = {fold(name) for row in countries for name in _country(row).names}
    index: dict[str, str] = {}
    for row in countries:
        forms = [form for demonym in row.demonyms for form in inflections(demonym)]
        forms += [form for plural in row.plurals for form in (plural, "ال" + plural, *_accusative(plural))]
        for form in forms:
            if (key := fold(form)) not in names:
                index.setdefault(key, row.id)
    return index
