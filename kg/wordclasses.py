"""Closed classes of words, from data: `[[class]]` entries of a file of kg/data/lexicon, folded.

    shipped("particles")["relatives"]            the folded words of a class
    shipped("particles").readings("phrases")     folded words -> what they are read as, over the classes of one kind

Raises DataError where an entry breaks the schema, and where a class is asked for that the file lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from kg import files
from kg.arabic import fold_word
from kg.errors import DataError
from kg.tables import Row, read_toml


class ClassRow(Row):
    """One class: its words in careful spelling. Classes `of` one kind are read together, each word as `reads`."""

    id: str
    gloss: str = Field(min_length=1)
    forms: tuple[str, ...] = Field(min_length=1)
    of: str = ""
    reads: str = ""


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


def load(path: Path) -> Classes:
    """The classes of a TOML file."""
    rows = read_toml(path, "class", ClassRow)
    words: dict[str, frozenset[str]] = {}
    for row in rows:
        if row.id in words:
            raise DataError(f"{path.name}: two classes are called {row.id!r}")
        words[row.id] = frozenset(" ".join(_words(form)) for form in row.forms)
    return Classes(path.name, words, rows)


def _words(form: str) -> tuple[str, ...]:
    return tuple(fold_word(word) or word for word in form.split())


@cache
def shipped(name: str) -> Classes:
    """The classes that come with the package under `name`, loaded once a process."""
    return load(files.DATA / "lexicon" / f"{name}.toml")
