"""Doc + Entities -> units: the stretches of tokens that denote one entity, a name with its titles, an organ, a nisba."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.language.gender import feminine
from kg.model import Article, Entities, EntityType, Mention, Span


@dataclass(frozen=True, slots=True)
class Unit:
    """Tokens `first` to `last` (exclusive) that denote the entity `key`; `span` are the words that name it, `extent` all
    of its words, titles too. `also` are further entities that the same words denote ("the two presidents").

    `inside` are the organisations that the name of an event holds ("the summit of the League"), which act in it, `within` the
    persons ("the summit of X and Y"), `states` the states by their nisbas or together ("the Russian-American summit", "the two Koreas").

    `prefix` are the proclitics written onto the first word (و، ب، ل), whether or not the analysis has split them.
    """

    first: int
    last: int
    key: str
    type: EntityType
    span: Span
    extent: Span
    prefix: str = ""
    adjective: bool = False
    organ: bool = False
    feminine: bool | None = None
    also: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    within: tuple[Unit, ...] = ()
    states: tuple[Unit, ...] = ()


def collect(article: Article, doc: Doc, entities: Entities) -> list[Unit]:
    """The units of an article in their order, none overlapping another."""
    return _with_women(_merged(article, _outermost(_units(article, doc, entities))))


def _with_women(units: list[Unit]) -> list[Unit]:
    """A person whose title is feminine once («المستشارة الألمانية فلانة») is feminine wherever she is named."""
    women = {u.key for u in units if u.type is EntityType.PERSON and u.feminine and u.extent.start < u.span.start}
    return [replace(u, feminine=True) if u.key in women and u.type is EntityType.PERSON else u for u in units]


def _units(article: Article, doc: Doc, entities: Entities) -> list[Unit]:
    starts: Sequence[int] = doc.user_data["starts"]
    ends: Sequence[int] = doc.user_data["ends"]
    kinds = {e.key: e.type for e in entities.entities}
    tokens = _TokenIndex(starts, ends)
    whole = []
    for post in entities.posts:
        span = Span(min(post.title.start, post.name.start), max(post.title.end, post.name.end))
        whole.append((span, post.name, post.person, kinds.get(post.person, EntityType.PERSON), False, False))
    for m in entities.mentions:
        if _forces_in(m):
            continue
        whole.append((m.span, m.span, m.key, m.type, False, m.note.startswith(("stands", "headed"))))
    for m in entities.adjectives:
        whole.append((m.span, m.span, m.key, m.type, True, False))
    units = []
    for span, name, key, kind, adjective, organ in whole:
        if found := tokens.cover(span):
            prefix = prefix_of(article.text, span.start)
            units.append(
                Unit(*found, key, kind, name, span, prefix, adjective, organ, feminine(article.cut(span), kind, key))
            )
    return units


def _forces_in(mention: Mention) -> bool:
    """ "Forces in Poland" are not Poland's."""
    return mention.type in {EntityType.COUNTRY, EntityType.PLACE} and mention.note.startswith(("stands", "headed")) and " في " in mention.text


@dataclass(frozen=True)
class _TokenIndex:
    starts: Sequence[int]
    ends: Sequence[int]

    def cover(self, span: Span) -> tuple[int, int] | None:
        """The tokens that a span touches."""
        first = bisect_left(self.ends, span.start + 1)
        last = bisect_left(self.starts, span.end)
        return (first, last) if first < last else None


def _outermost(units: list[Unit]) -> list[Unit]:
    """Units without those inside of larger ones; of two that overlap the longer one stays."""
    taken: set[int] = set()
    kept = []
    for unit in sorted(units, key=lambda u: (u.first - u.last, u.adjective, u.first)):
        cover = set(range(unit.first, unit.last))
        if not cover & taken:
            kept.append(unit)
            taken |= cover
            continue
        for n, other in enumerate(kept):
            if (other.first, other.last) == (unit.first, unit.last) and unit.key not in {other.key, *other.also}:
                kept[n] = replace(other, also=(*other.also, unit.key))
            elif other.type is EntityType.EVENT and unit.type is EntityType.ORGANIZATION and cover <= set(range(other.first, other.last)):
                kept[n] = replace(other, inside=(*other.inside, unit.key))
            elif other.type is EntityType.EVENT and unit.type is EntityType.PERSON and cover <= set(range(other.first, other.last)):
                kept[n] = replace(other, within=(*other.within, unit))
            elif other.type is EntityType.EVENT and unit.type is EntityType.COUNTRY and cover <= set(range(other.first, other.last)):
                kept[n] = replace(other, states=(*other.states, unit))
    return sorted(kept, key=lambda u: u.first)


_APPOSED = re.compile(r"[\s(،,\"«“]*")


def _merged(article: Article, units: list[Unit]) -> list[Unit]:
    """Neighbours that denote the same entity as one unit: "the Afghan capital Kabul", "the Kremlin (the Kremlin)"."""
    out: list[Unit] = []
    for unit in units:
        last = out[-1] if out else None
        if last and last.key == unit.key and not last.adjective and not unit.adjective:
            gap = article.text[last.extent.end : unit.extent.start]
            if _APPOSED.fullmatch(gap) and not unit.prefix:
                extent = Span(last.extent.start, unit.extent.end)
                out[-1] = replace(last, last=unit.last, span=unit.span, extent=extent)
                continue
        out.append(unit)
    return out


def prefix_of(text: str, start: int) -> str:
    """The letters of the word before the offset `start`: proclitics written onto a name."""
    k = start
    while k > 0 and text[k - 1].isalpha():
        k -= 1
    return text[k:start]


def mention_of(unit: Unit, mentions: Sequence[Mention]) -> Mention | None:
    """The mention that a unit's name comes from."""
    return next((m for m in mentions if m.span == unit.span and m.key == unit.key), None)


def unique(units: list[Unit]) -> list[Unit]:
    """Units without those that denote the same entity as one before."""
    found: dict[str, Unit] = {}
    for unit in units:
        found.setdefault(unit.key, unit)
    return list(found.values())
