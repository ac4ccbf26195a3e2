"""Figures for names and entities: mentions against gold spans, clusters (CEAF-e, B³), and links against gold entities.

Two kinds of gold. **Samples** have spans (`MentionRow`): mention F1, CEAF-e, B³ and link accuracy are exact. **Entity lists**
(`entities.tsv` with spellings, as the relation gold has them) have none: every whole-word occurrence of a spelling in the
text of an article is a name to be found; it is linked right when the entity found there bears one of the gold entity's
names. A spelling of several gold entities may be any of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.arabic import fold, unclitic
from kg.language.words import Word, words
from kg.model import Article, Entity, Extraction, Mention, Origin, Span

# Mentions of these origins are names; of patterns and titles only those that do not stand for something else.
NAMES = frozenset({Origin.MODEL, Origin.GAZETTEER})
_PERHAPS = frozenset({Origin.PATTERN, Origin.TITLE})


def is_name(mention: Mention) -> bool:
    """True for a name; titles, organs and references stand for an entity without naming it, and their notes say why."""
    if mention.origin in NAMES:
        return True
    return mention.origin in _PERHAPS and (not mention.note or "spelling" in mention.note)


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision and recall of counts that may be fractions (CEAF-e and B³ add up shares)."""

    right: float
    found: float
    gold: float
    right_gold: float | None = None  # where recall counts another way than precision (B³)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 1 where there is no gold."""
        right = self.right if self.right_gold is None else self.right_gold
        return right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where both are."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def __add__(self, other: Figure) -> Figure:
        mine = self.right if self.right_gold is None else self.right_gold
        theirs = other.right if other.right_gold is None else other.right_gold
        return Figure(self.right + other.right, self.found + other.found, self.gold + other.gold, mine + theirs)


NOTHING = Figure(0, 0, 0, 0)
Clusters = Mapping[Hashable, frozenset[Hashable]]


def clusters(pairs: Iterable[tuple[Hashable, Hashable]]) -> dict[Hashable, frozenset[Hashable]]:
    """Pairs of item and label -> label: the items that bear it."""
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for item, label in pairs:
        found[label].add(item)
    return {label: frozenset(items) for label, items in found.items()}


def b_cubed(system: Clusters, gold: Clusters) -> Figure:
    """B³ of one article: the mean, over items, of the share of its cluster that is right; items of one side alone count 0.

    >>> one = clusters([("a", 1), ("b", 1), ("c", 2)])
    >>> b_cubed(one, one).f1
    1.0
    """
    ours = {item: cluster for cluster in system.values() for item in cluster}
    theirs = {item: cluster for cluster in gold.values() for item in cluster}
    both = ours.keys() & theirs.keys()
    precision = sum(len(ours[i] & theirs[i]) / len(ours[i]) for i in both)
    recall = sum(len(ours[i] & theirs[i]) / len(theirs[i]) for i in both)
    return Figure(precision, len(ours), len(theirs), recall)


def ceaf_e(system: Clusters, gold: Clusters) -> Figure:
    """CEAF-e of one article: the best one-to-one alignment of clusters, likeness by Dice of their items (phi 4)."""
    if not system or not gold:
        return Figure(0, len(system), len(gold))
    pairs = nx.Graph()
    for a, ours in enumerate(system.values()):
        for b, theirs in enumerate(gold.values()):
            if common := len(ours & theirs):
                pairs.add_edge(("system", a), ("gold", b), weight=2 * common / (len(ours) + len(theirs)))
    aligned = sum(pairs.edges[edge]["weight"] for edge in nx.max_weight_matching(pairs))
    return Figure(aligned, len(system), len(gold))


# -- samples with spans ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One name or reference in a sample: its span, the gold entity and its type, and its kind: name, title, reference."""

    article: str
    span: Span
    entity: str
    type: str = ""
    kind: str = "name"


@dataclass(frozen=True, slots=True)
class SampleScore:
    """The figures of samples: names, names with their type, clusters of all mentions, and links of the names found."""

    mentions: Figure
    typed: Figure
    ceaf: Figure
    b3: Figure
    linked: Figure

    def __add__(self, other: SampleScore) -> SampleScore:
        return SampleScore(
            self.mentions + other.mentions, self.typed + other.typed, self.ceaf + other.ceaf, self.b3 + other.b3,
            self.linked + other.linked,
        )  # fmt: skip


def score_sample(
    found: Sequence[Mention], gold: Sequence[GoldMention], bears: Mapping[str, frozenset[str]], types: Iterable[str]
) -> SampleScore:
    """The figures of one article.

    `bears` says which gold entities share a name with one of ours; `types` are the types that the gold marks, others are
    left out. Names are held against names, clusters are of all that is marked on either side.
    """
    marked = [m for m in found if m.type.value in set(types)]
    ours = {(m.span.start, m.span.end): m for m in marked if is_name(m)}
    theirs = {(g.span.start, g.span.end): g for g in gold if g.kind == "name"}
    both = ours.keys() & theirs.keys()
    typed = sum(ours[s].type.value == theirs[s].type for s in both)
    linked = sum(theirs[s].entity in bears.get(ours[s].key, frozenset()) for s in both)
    spans = {(g.span.start, g.span.end) for g in gold}
    system = clusters(((m.span.start, m.span.end), m.key) for m in marked if is_name(m) or (m.span.start, m.span.end) in spans)
    wanted = clusters(((g.span.start, g.span.end), g.entity) for g in gold)
    return SampleScore(
        Figure(len(both), len(ours), len(theirs)),
        Figure(typed, len(ours), len(theirs)),
        ceaf_e(system, wanted),
        b_cubed(system, wanted),
        Figure(linked, len(both), len(theirs)),
    )


# -- lists of entities ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity of a gold list: its id there and all names that it bears."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One occurrence of a gold name: the gold entities that it may be, and what we found there (key, gold ids it bears)."""

    article: str
    span: Span
    text: str
    gold: frozenset[str]
    key: str = ""
    bears: frozenset[str] = frozenset()

    @property
    def found(self) -> bool:
        """An entity was found where the gold name stands."""
        return bool(self.key)

    @property
    def right(self) -> bool:
        """The entity found bears a name of one that the gold name may be."""
        return bool(self.gold & self.bears)


@dataclass(frozen=True, slots=True)
class LinkScore:
    """The links of some articles and what follows from them."""

    links: tuple[Link, ...]
    merged: tuple[str, ...]
    split: tuple[str, ...]
    reference: frozenset[str] = frozenset()

    @property
    def found(self) -> Figure:
        """How many of the gold names had an entity found where they stand."""
        return Figure(sum(link.found for link in self.links), len(self.links), len(self.links))

    @property
    def accuracy(self) -> float:
        """The share of names found that are linked to the right entity."""
        found = [link for link in self.links if link.found]
        return sum(link.right for link in found) / len(found) if found else 1.0

    @property
    def overall(self) -> float:
        """The share of all names that are found and linked to the right entity."""
        return sum(link.right for link in self.links) / len(self.links) if self.links else 1.0

    @property
    def on_reference(self) -> float:
        """`overall` on names of gold entities that the reference data knows."""
        known = [link for link in self.links if link.gold & self.reference]
        return sum(link.right for link in known) / len(known) if known else 1.0


def score_links(extractions: Iterable[Extraction], gold: Sequence[GoldEntity], known_names: Iterable[str] = ()) -> LinkScore:
    """The links of articles against a list of entities. `known_names` are the folded names of the reference data."""
    by_name = names_of(gold)
    index = _Index(by_name)
    links: list[Link] = []
    for extraction in extractions:
        bears = borne(extraction.entities, by_name)
        links += _links(extraction, index, bears)
    known = set(known_names)
    reference = frozenset(e.id for e in gold if any(fold(name) in known for name in e.names))
    return LinkScore(tuple(links), _merged(links), _split(links), reference)


def names_of(gold: Iterable[GoldEntity]) -> dict[str, set[str]]:
    """Folded name -> the gold entities that bear it."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for entity in gold:
        for name in entity.names:
            by_name[fold(name)].add(entity.id)
    return by_name


def borne(entities: Iterable[Entity], by_name: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """The key of each of our entities -> the gold entities that share a name with it."""
    return {
        e.key: frozenset(i for name in {e.label_ar, e.label_en, *e.names} if name for i in by_name.get(fold(name), ()))
        for e in entities
    }


class _Index:
    """Folded names by their first word, the longest first."""

    def __init__(self, by_name: Mapping[str, set[str]]) -> None:
        self._names: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = defaultdict(list)
        for name, ids in by_name.items():
            first, *rest = name.split() or [""]
            self._names[first].append((tuple(rest), frozenset(ids)))
        for options in self._names.values():
            options.sort(key=lambda option: -len(option[0]))

    def at(self, text: Sequence[Word], i: int) -> tuple[int, int, frozenset[str]] | None:
        """The end (a word) of the longest name at word `i`, the proclitic code points before it, and the ids it names."""
        for cut, word in unclitic(text[i].folded):
            for rest, ids in self._names.get(word, ()):
                last = i + 1 + len(rest)
                if tuple(w.folded for w in text[i + 1 : last]) == rest and all(w.joins for w in text[i + 1 : last]):
                    return last, cut, ids
        return None


def _links(extraction: Extraction, index: _Index, bears: Mapping[str, frozenset[str]]) -> list[Link]:
    text = words(extraction.article.text)
    links: list[Link] = []
    i = 0
    while i < len(text):
        if hit := index.at(text, i):
            last, cut, ids = hit
            span = Span(text[i].start + cut, text[last - 1].end)
            links.append(_link(extraction.article, span, ids, extraction.mentions, bears))
            i = last
        else:
            i += 1
    return links


def _link(
    article: Article, span: Span, ids: frozenset[str], mentions: Sequence[Mention], bears: Mapping[str, frozenset[str]]
) -> Link:
    """The occurrence with the mention that lies nearest over it; where that is none of the gold entity's, a title is found
    with the name beside it."""

    def right(mention: Mention) -> bool:
        return bool(bears.get(mention.key, frozenset()) & ids)

    over = [m for m in mentions if m.span.overlaps(span)]
    over.sort(key=lambda m: (abs(m.span.start - span.start) + abs(m.span.end - span.end), not right(m), m.origin not in NAMES))
    beside = [m for m in mentions if m.origin in NAMES and right(m) and _beside(article.text, span, m.span)]
    exact = [m for m in over if m.span == span]
    best = next(iter([*over[:1], *beside] if exact or (over and right(over[0])) else [*beside, *over]), None)
    if best is None:
        return Link(article.id, span, article.cut(span), ids)
    return Link(article.id, span, article.cut(span), ids, best.key, bears.get(best.key, frozenset()))


def _beside(text: str, one: Span, other: Span) -> bool:
    """True when nothing but a space or a comma stands between two spans."""
    first, second = sorted((one, other))
    return first.end < second.start <= first.end + 3 and not text[first.end : second.start].strip(" (،\"«»)")


def _merged(links: Iterable[Link]) -> tuple[str, ...]:
    """Our entities that stand for names of two or more gold entities that share no name."""
    gold: dict[str, set[frozenset[str]]] = defaultdict(set)
    for link in links:
        if link.found:
            gold[link.key].add(link.gold)
    return tuple(sorted(key for key, sets in gold.items() if len(sets) > 1 and not frozenset.intersection(*sets) and not _chained(sets)))


def _chained(sets: Iterable[frozenset[str]]) -> bool:
    """Names of one entity may have different sets of candidates: they are one when each shares one with another."""
    rest = sorted(sets, key=len, reverse=True)
    whole = set(rest.pop(0))
    while rest:
        near = next((s for s in rest if s & whole), None)
        if near is None:
            return False
        whole |= near
        rest.remove(near)
    return True


def _split(links: Iterable[Link]) -> tuple[str, ...]:
    """Gold entities whose names, where they name nothing else, were given to two or more of our entities."""
    keys: dict[str, Counter[str]] = defaultdict(Counter)
    for link in links:
        if link.found and len(link.gold) == 1:
            keys[next(iter(link.gold))][link.key] += 1
    return tuple(sorted(entity for entity, counts in keys.items() if len(counts) > 1))
