"""What people have decided about identity: a small text file beside the graph, and what follows from it.

`decisions.tsv` has one decision a line, in columns: `same KEY KEY` (two are one; the first is kept), `different KEY KEY`
(they are two; the proposal does not come back), `split KEY ARTICLE` (what that article calls so is somebody else). A later
line overrides an earlier one of the same two; to undo a decision, take its line out. The decisions are one function, key ->
key, between extraction and graph; no other stage knows of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

from kg.arabic import fold
from kg.errors import DataError, OutputError
from kg.model import Entity, Extraction
from kg.reference import Reference
from kg.store import Store
from kg.tables import Row, read_table
from kg.vocab import KG

FILE = "decisions.tsv"
APPLIED = "decisions.applied.tsv"
_HEAD = "# Decisions about identity; see docs/entities.md. To undo one, take its line out.\n"
_COLUMNS = ("decision", "one", "other", "note")


class Decision(Row):
    """`one` is an entity key; `other` another one or, of a split, the id of an article."""

    decision: Literal["same", "different", "split"]
    one: str
    other: str
    note: str = ""

    @property
    def about(self) -> frozenset[str]:
        """The two keys that the decision is about."""
        return frozenset({self.one, self.other})


def read(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, none where there is no file. Raises DataError that names the line."""
    if not path.exists():
        return ()
    rows = read_table(path, Decision)
    for row in rows:
        if not row.one or not row.other or row.one == row.other:
            raise DataError(f"{path.name}: `{row.decision} {row.one} {row.other}` needs two different keys")
    return rows


def write(path: Path, decisions: Iterable[Decision]) -> None:
    """Writes the file anew. Raises OutputError where it cannot be written."""
    lines = ["\t".join(_COLUMNS)]
    lines += ["\t".join((d.decision, d.one, d.other, " ".join(d.note.split()))) for d in decisions]
    try:
        path.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from error


def decide(decisions: Iterable[Decision], new: Decision) -> tuple[Decision, ...]:
    """The decisions with a new one, which takes the place of any about the same two."""
    return (*(d for d in decisions if d.about != new.about), new)


def undo(decisions: Iterable[Decision], one: str, other: str) -> tuple[Decision, ...]:
    """The decisions without those about the two."""
    return tuple(d for d in decisions if d.about != frozenset({one, other}))


def targets(decisions: Iterable[Decision]) -> dict[str, str]:
    """Key -> the key that takes its place, of all decisions that two are the same.

    The key kept is that of an entry of the reference data, where one of them is one; else the one that was named first.

    >>> a, b = Decision(decision="same", one="person:x", other="person:y"), Decision(decision="same", one="ref:z", other="person:x")
    >>> targets([a, b]) == {"person:y": "ref:z", "person:x": "ref:z"}
    True
    """
    groups: list[list[str]] = []
    for decision in decisions:
        if decision.decision == "same":
            joined = [g for g in groups if decision.one in g or decision.other in g]
            groups = [g for g in groups if g not in joined]
            groups.append(list(dict.fromkeys([*(key for g in joined for key in g), decision.one, decision.other])))
    found: dict[str, str] = {}
    for group in groups:
        kept = next((key for key in group if key.startswith("ref:")), group[0])
        found |= {key: kept for key in group if key != kept}
    return found


def apply(extraction: Extraction, decisions: Iterable[Decision], reference: Reference) -> Extraction:
    """The extraction of an article with its keys as people have decided. A pure function."""
    decided = tuple(decisions)
    moved = _moves(extraction, decided)
    if not moved:
        return extraction

    def of(key: str) -> str:
        return moved.get(key, key)

    claims = (replace(c, subject=of(c.subject), object=of(c.object), attributed_to=of(c.attributed_to)) for c in extraction.claims)
    return replace(
        extraction,
        entities=_joined(extraction.entities, moved, reference),
        mentions=tuple(replace(m, key=of(m.key)) for m in extraction.mentions),
        claims=tuple(c for c in claims if c.subject != c.object),
        quotations=tuple(replace(q, speaker=of(q.speaker)) for q in extraction.quotations),
    )


def _moves(extraction: Extraction, decisions: tuple[Decision, ...]) -> dict[str, str]:
    """Key -> key in one article: first its own splits, then what is the same everywhere."""
    keys = {e.key: e for e in extraction.entities}
    split = {
        d.one: apart(keys[d.one], extraction.article.id)
        for d in decisions
        if d.decision == "split" and d.other == extraction.article.id and d.one in keys
    }
    same = targets(decisions)
    moved = {key: same.get(split.get(key, key), split.get(key, key)) for key in keys}
    return {key: target for key, target in moved.items() if key != target}


def apart(entity: Entity, article: str) -> str:
    """The key of what one article alone calls by the name of an entity."""
    return f"{entity.type.value.lower()}:{fold(entity.label_ar)} {fold(article)}"


def _joined(entities: Iterable[Entity], moved: Mapping[str, str], reference: Reference) -> tuple[Entity, ...]:
    found: dict[str, Entity] = {}
    for entity in sorted(entities, key=lambda e: e.key in moved):
        key = moved.get(entity.key, entity.key)
        before = found.get(key)
        if before is None:
            found[key] = _renamed(entity, key, reference)
        else:
            found[key] = replace(before, names=tuple(sorted({*before.names, *entity.names})))
    return tuple(found[key] for key in sorted(found))


def _renamed(entity: Entity, key: str, reference: Reference) -> Entity:
    thing = reference.things.get(key.removeprefix("ref:")) if key.startswith("ref:") else None
    if key == entity.key or thing is None:
        return replace(entity, key=key, wikidata="" if key != entity.key else entity.wikidata)
    return Entity(key, thing.type, thing.label_ar, thing.label_en, False, entity.names, thing.wikidata)


def changed(old: Iterable[Decision], new: Iterable[Decision]) -> frozenset[str]:
    """The keys, and of splits the article ids, that a change of decisions is about; notes do not count."""
    plain = [{(d.decision, d.one, d.other) for d in side if d.decision != "different"} for side in (old, new)]
    parts = ((other,) if kind == "split" else (one, other) for kind, one, other in plain[0] ^ plain[1])
    return frozenset(part for both in parts for part in both)


def stale(store: Store, old: Iterable[Decision], new: Iterable[Decision]) -> frozenset[str]:
    """The ids of the articles of a store that were written under other decisions about what they name.

    After a merge an article names the key that was kept, so all that the old and the new decisions put in the place of a
    changed key counts too.
    """
    before, after = tuple(old), tuple(new)
    keys = changed(before, after)
    keys |= {of[key] for of in (targets(before), targets(after)) for key in keys if key in of}
    graphs = {q.graph_name.value for key in keys if ":" in key for q in store.pattern(store.iris.entity(key), KG.mention)}
    return frozenset(i for i in store.known() if keys and (i in keys or str(store.iris.article_graph(i)) in graphs))
