"""Closed classes of words, from data: `[[class]]` entries of a file of kg/data/lexicon, folded.

    shipped("particles")["relatives"]            the folded words of a class
    shipped("particles").readings("phrases")     folded words -> what they are read as, over the classes of one kind
    shipped("told").verbs_of("deeds")            folded nouns -> the forms of the verbs that tell them, over the classes of one kind

Raises DataError where an entry breaks the schema, and where a class is asked for that the file lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from kg import files
from kg.arabic import fold_word
from kg.errors import DataError
from kg.language.morphology import conjugate
from kg.tables import Row, read_toml

# A verb by its past and present, third person masculine.
Verb = Annotated[str, Field(pattern=r"^\S+ \S+$")]


class ClassRow(Row):
    """One class: its words in careful spelling, and verbs by their past and present. Classes `of` one kind are read together, each
    word as `reads`."""

    id: str
    gloss: str = Field(min_length=1)
    forms: tuple[str, ...] = ()
    verbs: tuple[Verb, ...] = ()
    of: str = ""
    reads: str = ""

    @model_validator(mode="after")
    def _has_words(self) -> ClassRow:
        if not self.forms and not self.verbs:
            raise ValueError("a class has forms or verbs")
        return self


@dataclass(frozen=True)
class Classes:
    """The classes of one file."""

    name: str
    words: Mapping[str, frozenset[str]]
    rows: tuple[ClassRow, ...]

    def __getitem__(self, id: str) -> frozenset[str]:
        try:
            return self.words[id]
        except KeyError:
            raise DataError(f"{self.name} has no class {id!r}; it has {', '.join(self.words)}") from None

    def readings(self, of: str) -> dict[tuple[str, ...], str]:
        """The folded words of each phrase of a kind, and what it is read as."""
        found = {_words(form): row.reads for row in self.rows if row.of == of for form in row.forms}
        if not found:
            raise DataError(f"{self.name} has no class of {of!r}")
        return found

    def phrases(self, id: str) -> tuple[str, ...]:
        """The folded words of a class, those of most words first."""
        return tuple(sorted(self[id], key=lambda phrase: (-len(phrase.split()), phrase)))

    def verbs_of(self, of: str) -> dict[str, frozenset[str]]:
        """The folded words of a kind, and the forms of the verbs that stand beside each in its class."""
        found = {" ".join(_words(form)): _conjugated(row) for row in self.rows if row.of == of for form in row.forms}
        if not found:
            raise DataError(f"{self.name} has no class of {of!r}")
        return found


def load(path: Path) -> Classes:
    """The classes of a TOML file."""
    rows = read_toml(path, "class", ClassRow)
    words: dict[str, frozenset[str]] = {}
    for row in rows:
        if row.id in words:
            raise DataError(f"{path.name}: two classes are called {row.id!r}")
        words[row.id] = frozenset(" ".join(_words(form)) for form in row.forms) | _conjugated(row)
    return Classes(path.name, words, rows)


def _conjugated(row: ClassRow) -> frozenset[str]:
    return frozenset().union(*(conjugate(*verb.split()) for verb in row.verbs))


def _words(form: str) -> tuple[str, ...]:
    return tuple(fold_word(word) or word for word in form.split())


@cache
def shipped(name: str) -> Classes:
    """The classes that come with the package under `name`, loaded once a process."""
    return load(files.DATA / "lexicon" / f"{name}.toml")
