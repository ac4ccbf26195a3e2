"""Gold for names and entities, and what a store holds to set against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rdflib import URIRef

from kg.asking.lookup import Thing, thing
from kg.errors import InputError
from kg.measure.entity_scores import GoldEntity, GoldMention
from kg.model import Article, Entity, EntityType, Extraction, Mention, Origin, Span
from kg.store import Store
from kg.tables import Names, Row, read_table
from kg.vocab import KG

_MENTIONS = """
SELECT ?entity ?exact ?start ?end ?origin ?note WHERE { GRAPH ?g {
  ?article dcterms:identifier ?id . ?entity kg:mention ?m . ?m kg:foundBy ?origin ; oa:hasTarget ?t .
  ?t oa:hasSelector ?q , ?p . ?q oa:exact ?exact . ?p oa:start ?start ; oa:end ?end . OPTIONAL { ?m kg:note ?note }
} } ORDER BY ?start ?end ?entity"""


class _EntityRow(Row):
    id: str
    type: str
    name_en: str = ""
    names_ar: Names = ()


class _MentionRow(Row):
    article: str
    start: int
    end: int
    text: str
    entity: str
    kind: Literal["name", "title", "reference"]


@dataclass(frozen=True)
class Gold:
    """Entities of one or more folders, and, by article, the mentions that are marked (none where a folder has no
    mentions.tsv)."""

    entities: tuple[GoldEntity, ...]
    types: frozenset[str]
    mentions: dict[str, list[GoldMention]]


def read(folders: Iterable[Path]) -> Gold:
    """The gold of folders with `entities.tsv` and perhaps `mentions.tsv`. Raises InputError where there is none."""
    entities: list[GoldEntity] = []
    types: dict[str, str] = {}
    marked: defaultdict[str, list[GoldMention]] = defaultdict(list)
    for folder in folders:
        if not (folder / "entities.tsv").is_file():
            raise InputError(f"{folder}: no entities.tsv there; give a folder of gold")
        for row in read_table(folder / "entities.tsv", _EntityRow):
            entities.append(GoldEntity(row.id, tuple(name for name in (*row.names_ar, row.name_en) if name)))
            types[row.id] = row.type
        if (folder / "mentions.tsv").is_file():
            for m in read_table(folder / "mentions.tsv", _MentionRow):
                marked[m.article].append(
                    GoldMention(m.article, Span(m.start, m.end), m.entity, types.get(m.entity, ""), m.kind)
                )
    return Gold(tuple(entities), frozenset(types.values()), dict(marked))


def extractions(store: Store, wanted: Iterable[str] | None = None) -> list[Extraction]:
    """Articles of a store with their entities and mentions (no claims), all or those wanted."""
    ids = set(wanted) if wanted is not None else None
    cache: dict[str, Thing | None] = {}
    return [_extraction(store, id, cache) for id in sorted(store.known()) if ids is None or id in ids]


def _extraction(store: Store, id: str, cache: dict[str, Thing | None]) -> Extraction:
    graph = store.iris.article_graph(id)
    text = next(str(store.term(q.object)) for q in store.pattern(store.iris.article(id), KG.text, graph=graph))
    mentions = []
    for entity, exact, start, end, origin, note in store.query(_MENTIONS, g=graph).rows:
        known = cache.setdefault(str(entity), thing(store, URIRef(str(entity))))
        if known is not None:
            span = Span(int(str(start)), int(str(end)))
            kind = EntityType(known.type)
            mentions.append(Mention(span, str(exact), kind, Origin(str(origin)), known.key, str(note or "")))
    return Extraction(Article(id, text), tuple(_entities(store, mentions, cache)), tuple(mentions))


def _entities(store: Store, mentions: Iterable[Mention], cache: dict[str, Thing | None]) -> Iterable[Entity]:
    for key in sorted({m.key for m in mentions}):
        if known := cache.get(str(store.iris.entity(key))):
            label = known.english or known.latin
            yield Entity(key, EntityType(known.type), known.arabic, label, bool(known.latin), known.names, known.wikidata)
