"""The lexicons of names and titles (`kg/data/lexicon`), folded and indexed by phrase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from kg import files
from kg.arabic import bare, fold, unclitic
from kg.language.words import Word
from kg.model import EntityType
from kg.reference import Reference, shipped
from kg.tables import Row, read_toml

TitleClass = Literal[
    "president", "chancellor", "premier", "minister", "monarch", "prince", "fixed", "leader", "commander", "chief", "governor",
    "spokesperson", "deputy", "official", "counterpart", "scholar",
]  # fmt: skip


class _Entry(Row):
    id: str
    gloss: str
    forms: tuple[str, ...]


class HeadEntry(_Entry):
    """The head of a title; `class` says how the rest is read."""

    class_: TitleClass = Field(alias="class")
    office: str = ""
    portfolio: str = ""


class _DualEntry(_Entry):
    of: tuple[str, ...]


class GenericEntry(_Entry):
    """Generic heads of names of organisations, with the type of what they make."""

    type: EntityType


@dataclass(frozen=True)
class Phrases:
    """Folded phrases with a value, found at a word; `bare_forms` compares both sides without the article."""

    index: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    bare_forms: bool = False

    def at(self, text: Sequence[Word], i: int, first: str | None = None) -> tuple[str, int] | None:
        """The value of the longest phrase that begins at word `i`, and the word after it; `first` replaces the word."""
        if i >= len(text):
            return None
        key = self._form(first if first is not None else text[i].folded)
        for rest, value in self.index.get(key, ()):
            last = i + 1 + len(rest)
            if last <= len(text) and all(self._goes_on(text[k], word) for k, word in enumerate(rest, i + 1)):
                return value, last
        return None

    def _goes_on(self, word: Word, wanted: str) -> bool:
        return self._form(word.folded) == wanted and not word.gap.strip(" \t\"'«»()#_")

    def word(self, word: str) -> str:
        """The value of a phrase of one word, empty where there is none."""
        return next((value for rest, value in self.index.get(self._form(word), ()) if not rest), "")

    def _form(self, word: str) -> str:
        return bare(word) if self.bare_forms else word


def phrases(pairs: Iterable[tuple[str, str]], bare_forms: bool = False) -> Phrases:
    """An index of pairs of phrase and value."""
    index: dict[str, dict[tuple[str, ...], str]] = {}
    for phrase, value in pairs:
        first, *rest = (bare(word) if bare_forms else word for word in fold(phrase).split())
        index.setdefault(first, {}).setdefault(tuple(rest), value)
    ordered = {k: tuple(sorted(v.items(), key=lambda item: -len(item[0]))) for k, v in index.items()}
    return Phrases(ordered, bare_forms)


@dataclass(frozen=True)
class Lexicon:
    """What titles and organs are read with."""

    heads: Phrases
    head_entries: Mapping[str, HeadEntry]
    feminine: frozenset[str]
    portfolios: Phrases
    former: frozenset[str]
    modifiers: frozenset[str]
    ranks: frozenset[str]
    parties: frozenset[str]  # of which party a member of parliament is
    place_heads: frozenset[str]
    bodies: frozenset[str]
    discriminators: frozenset[str]
    organs: Phrases
    references: Phrases
    generics: Phrases
    generic_types: Mapping[str, EntityType]
    common: Phrases  # phrases that begin like the name of an organisation and are none
    never: frozenset[str]
    nouns: frozenset[str]  # common nouns that no model's word alone is a name
    allied: frozenset[str]  # words between an organ and a name that is not its own: loyal to, backed by
    ends: frozenset[str]  # words that no name of an organisation ends with
    company: frozenset[str]
    company_states: frozenset[str]
    before: frozenset[tuple[str, str]]  # a name, and the beginning of a word behind it that makes it an ordinary word
    behind: frozenset[tuple[str, str]]  # a word, and a name behind it that is an ordinary word there
    plurals: frozenset[str]
    duals: Phrases  # a dual or plural that names several states -> their ids, divided by |
    local_bodies: Mapping[str, str]  # the folded head of the words for a body of a place -> its kind
    nisbas: Phrases  # folded adjective, one or two words, with or without article -> id of the reference data

    def head_classes(self, text: Sequence[Word], i: int) -> set[str]:
        """The classes of the heads of titles that begin at word `i`, perhaps behind proclitics; none behind the end of the text."""
        readings = unclitic(text[i].folded) if i < len(text) else ()
        return {self.head_entries[found[0]].class_ for _, word in readings if (found := self.heads.at(text, i, first=word))}


def load(folder: Path, reference: Reference) -> Lexicon:
    """The lexicons of a folder. Raises DataError where an entry breaks the schema."""
    heads = read_toml(folder / "titles.toml", "head", HeadEntry)
    modifiers = {e.id: e for e in read_toml(folder / "modifiers.toml", "modifier", _Entry)}
    generics = read_toml(folder / "generic.toml", "generic", GenericEntry)
    ordinary = {e.id: e.forms for e in read_toml(folder / "ordinary.toml", "ordinary", _Entry)}
    nisbas = list(reference.demonyms.items())
    for entry in read_toml(folder / "nisba.toml", "nisba", _Entry):
        nisbas += [(f, entry.id) for form in entry.forms for f in (form, "ال" + form)]

    def words_of(name: str) -> frozenset[str]:
        return frozenset(fold(form) for form in modifiers[name].forms)

    return Lexicon(
        heads=phrases(((form, e.id) for e in heads for form in e.forms), bare_forms=True),
        head_entries={e.id: e for e in heads},
        feminine=frozenset(fold(form).split()[0] for e in heads for form in e.forms if form.split()[0].endswith("ة")),
        portfolios=phrases(
            (form, e.id) for e in read_toml(folder / "portfolios.toml", "portfolio", _Entry) for form in e.forms
        ),
        former=words_of("former"),
        modifiers=words_of("present") | words_of("former"),
        ranks=words_of("rank"),
        parties=words_of("party"),
        place_heads=words_of("place_head"),
        bodies=words_of("of_body"),
        discriminators=words_of("discriminator"),
        organs=phrases((form, e.id) for e in read_toml(folder / "organs.toml", "organ", _Entry) for form in e.forms),
        references=phrases(
            (form, e.id) for e in read_toml(folder / "references.toml", "reference", _Entry) for form in e.forms
        ),
        generics=phrases((form, e.id) for e in generics for form in e.forms),
        generic_types={e.id: e.type for e in generics},
        common=phrases((form, "common") for form in ordinary["common"]),
        never=frozenset(map(fold, ordinary["never"])),
        nouns=frozenset(map(fold, ordinary["nouns"])),
        allied=frozenset(map(fold, ordinary["allied"])),
        ends=frozenset(map(fold, ordinary["ends"])),
        company=frozenset(map(fold, ordinary["company"])),
        company_states=frozenset(ordinary["states"]),
        before=frozenset((first, second) for form in ordinary["before"] for first, second in [fold(form).split()]),
        behind=frozenset((first, second) for form in ordinary["behind"] for first, second in [fold(form).split()]),
        plurals=words_of("plural"),
        duals=phrases((form, "|".join(e.of)) for e in read_toml(folder / "duals.toml", "dual", _DualEntry) for form in e.forms),
        local_bodies={fold(form): e.id for e in read_toml(folder / "localbodies.toml", "body", _Entry) for form in e.forms},
        nisbas=phrases(nisbas),
    )


@lru_cache(maxsize=1)
def shipped_lexicon() -> Lexicon:
    """The lexicons that come with the package, loaded once a process."""
    return load(files.DATA / "lexicon", shipped())
