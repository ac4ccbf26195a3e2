"""Gold relations: relations.tsv and entities.tsv of a folder -> facts, and the entities that bear a name.

Names are folded here as the scorer of the gold folds them, not with kg.arabic: a measure does not move with what it measures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.errors import InputError
from kg.inventory import RELATIONS
from kg.model import EntityType, Modality, Polarity
from kg.tables import Names, Row, read_table

# What the note of a gold claim says of it, and how a claim must then be put.
_NOTED: Mapping[str, Modality | Polarity] = {
    "planned": Modality.PLANNED, "conditional": Modality.HYPOTHETICAL, "hypothetical": Modality.HYPOTHETICAL,
    "requested": Modality.REQUESTED, "denied": Modality.DENIED, "alleged": Modality.REPORTED, "distant": Modality.REPORTED,
    "reported": Modality.REPORTED, "negated": Polarity.NEGATIVE,
}  # fmt: skip
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ی": "ي", "ک": "ك", "گ": "غ", "ڤ": "ف", "پ": "ب"}
)


def key(name: str) -> str:
    """A name folded for comparing, as the gold's scorer folds it.

    >>> key("أردوغان") == key("إردوغان")
    True
    """
    plain = _MARKS.sub("", name).translate(_LETTERS).lower()
    return " ".join(re.sub(r"[^\w\s]", " ", plain).split())


class EntityRow(Row):
    """A row of entities.tsv."""

    id: str
    type: EntityType
    name_en: str = ""
    names_ar: Names = ()


class RelationRow(Row):
    """A row of relations.tsv."""

    article: str
    subject: Names
    relation: str
    object: Names
    status: Literal["yes", "maybe", "claim"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One gold row; any of `subjects` and any of `objects` is right."""

    subjects: frozenset[str]
    relation: str
    objects: frozenset[str]
    status: str
    article: str
    note: str = ""

    @property
    def content(self) -> tuple[frozenset[str], str, frozenset[str]]:
        """The folded names of the subject, the relation, and those of the object: what two rows of one edge share."""
        return self.subjects, self.relation, self.objects

    @property
    def put(self) -> frozenset[Modality | Polarity]:
        """How the note says that the claim is put; empty where it does not say."""
        return frozenset(how for word, how in _NOTED.items() if re.search(rf"\b{word}\b", self.note.lower()))

    def __str__(self) -> str:
        return f"{'/'.join(sorted(self.subjects))} {self.relation} {'/'.join(sorted(self.objects))} ({self.article})"


@dataclass(frozen=True)
class Gold:
    """Gold relations: the rows, and the entities that bear a folded name."""

    facts: tuple[Fact, ...]
    names: Mapping[str, frozenset[str]]
    types: Mapping[str, EntityType]

    def of(self, status: str) -> list[Fact]:
        """The rows of a status (yes, maybe or claim), in the order of the files."""
        return [fact for fact in self.facts if fact.status == status]


def read_gold(folders: Iterable[Path]) -> Gold:
    """The gold of some folders. Raises InputError or DataError that says which folder, file and row is at fault."""
    names: dict[str, set[str]] = defaultdict(set)
    types: dict[str, EntityType] = {}
    facts: list[Fact] = []
    for folder in folders:
        for name in ("entities.tsv", "relations.tsv"):
            if not (folder / name).is_file():
                raise InputError(f"{folder}: no {name}; a gold folder has relations.tsv and entities.tsv")
        ids = set()
        for entity in read_table(folder / "entities.tsv", EntityRow):
            ids.add(entity.id)
            types[entity.id] = entity.type
            for spelling in (entity.name_en, *entity.names_ar):
                if spelling.strip():
                    names[key(spelling)].add(entity.id)
        for row in read_table(folder / "relations.tsv", RelationRow):
            facts.append(_fact(folder, row, ids))
    return Gold(tuple(facts), {name: frozenset(ids) for name, ids in names.items()}, types)


def _fact(folder: Path, row: RelationRow, ids: set[str]) -> Fact:
    if missing := [id for id in (*row.subject, *row.object) if id not in ids]:
        raise InputError(f"{folder}: relations.tsv of {row.article} names {missing[0]!r}, which entities.tsv lacks")
    if row.relation not in RELATIONS:
        raise InputError(f"{folder}: relations.tsv of {row.article} has the unknown relation {row.relation!r}")
    return Fact(frozenset(row.subject), row.relation, frozenset(row.object), row.status, row.article, row.note)
