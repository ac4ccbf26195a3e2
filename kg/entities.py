"""Mentions -> Entities: who or what each name, title and organ of an article is. Names are resolved by kg/resolution/naming.py, offices of
titles by kg/resolution/offices.py, who bears them by kg/resolution/holders.py.

The order in which evidence is taken, better first:
1. a name that one entry of the reference data bears;
2. a name that several bear: the one named in full in the article, then the one in office on the article's date;
3. a title without a name: the holder of the office on the article's date ("the Russian president");
4. an unknown name: an earlier, fuller form of it in the article; a holder of the office in the title before it whose name
   it spells in another way; else an entity of its own, whose key is made from the folded name.
What cannot be resolved stays unresolved: no guess enters the graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.arabic import fold
from kg.language.latin import latin
from kg.language.particles import LEADING
from kg.model import (
    Article,
    Claim,
    Entities,
    Entity,
    EntityType,
    Mention,
    Mentions,
    Organ,
    Origin,
    Post,
    Span,
)
from kg.names.eventnames import forms
from kg.reference import Reference, Thing
from kg.resolution.context import Context
from kg.resolution.coreference import DUALS, Antecedents
from kg.resolution.english import english
from kg.resolution.holders import Holders
from kg.resolution.naming import Naming
from kg.resolution.offices import Offices

# Things whose names are made of words that mean something: their English labels are translated as far as may be.
_TRANSLATED = frozenset({EntityType.ORGANIZATION, EntityType.ARMED_GROUP, EntityType.EVENT, EntityType.AGREEMENT})


def resolve(article: Article, mentions: Mentions, reference: Reference) -> Entities:
    """The entities of one article. A pure function of the article, its mentions and the reference data."""
    return _Resolver(article, mentions, reference).resolve()


def stood_for(entities: Entities, claims: Iterable[Claim], reference: Reference) -> tuple[Entity, ...]:
    """The entities of an article and those that its claims name through something else: the state whose army acted, the
    city that a government is called after."""
    have = {entity.key for entity in entities.entities}
    used = {key for claim in claims for key in (claim.subject, claim.object, claim.attributed_to) if key}
    ids = sorted(key.removeprefix("ref:") for key in used - have)
    return (*entities.entities, *(known(reference.things[id], ()) for id in ids if id in reference.things))


def known(thing: Thing, seen: Iterable[str]) -> Entity:
    """An entity of the reference data, with the spellings seen."""
    return Entity(f"ref:{thing.id}", thing.type, thing.label_ar, thing.label_en, False, tuple(sorted(seen)), thing.wikidata)


@dataclass
class _Resolver:
    article: Article
    found: Mentions
    reference: Reference

    def __post_init__(self) -> None:
        self.naming = Naming(self.article, self.found, self.reference)
        self.keys = self.naming.keys  # number of a name -> key
        self.day = self.naming.day

    def resolve(self) -> Entities:
        self.naming.known_names()
        titles = Offices(self.naming).titles()
        self.naming.unknown_names(titles)
        mentions = [self.naming.mention(n) for n in self.keys]
        posts, by_title = Holders(self.naming).read(titles)
        mentions += by_title
        organs = [m for m in map(self._organ, self.found.organs) if m]
        adjectives = {o.span for o in self.found.organs if o.adjective}
        mentions += [m for m in organs if m.span not in adjectives]
        mentions += self._references(mentions, [m for m in organs if m.span in adjectives])
        mentions.sort(key=lambda m: (m.span.start, -m.span.end))
        nisbas = tuple(m for m in organs if m.span in adjectives)
        return Entities(self._entities([*mentions, *nisbas], posts), tuple(mentions), nisbas, tuple(posts))

    # -- references -----------------------------------------------------------------------------------------------------

    def _references(self, mentions: list[Mention], adjectives: list[Mention]) -> list[Mention]:
        """Definite nouns for what was named before (see kg.resolution.coreference); a noun that something else was read from is taken."""
        taken = [m.span for m in mentions]
        finder = Antecedents(self.reference, sorted([*mentions, *adjectives], key=lambda m: m.span.start), self.day)
        found = []
        for reference in self.found.references:
            if any(reference.span.overlaps(span) for span in taken):
                continue
            if reference.kind in DUALS:
                for key in finder.two(reference, self.article.text):
                    if kind := self.naming.kind_of(key):
                        found.append(Mention(reference.span, reference.text, kind, Origin.REFERENCE, key, "one of two named before"))
                continue
            if (key := finder.of(reference) or self._home_army(reference)) and (kind := self.naming.kind_of(key)):
                note = f"{reference.kind} named before"
                found.append(Mention(reference.span, reference.text, kind, Origin.REFERENCE, key, note))
        return found

    def _home_army(self, reference: Organ) -> str:
        """ "The army", in an article that is about one state without doubt: that state's."""
        state = Context(self.article, self.found, self.reference, self.keys, self.day).about(reference.first) if reference.kind == "army" or (reference.kind == "regime" and " " in reference.text) else ""
        return f"ref:{state}" if state else ""

    # -- organs and entities --------------------------------------------------------------------------------------------

    def _organ(self, organ: Organ) -> Mention | None:
        key = self.keys.get(organ.of_name, "") if organ.of_name is not None else f"ref:{organ.of}" if organ.of else ""
        if not key:
            return None
        thing = self.reference.things.get(key.removeprefix("ref:"))
        unknown = self.found.names[organ.of_name].type if organ.of_name is not None else EntityType.ORGANIZATION
        kind = thing.type if thing else unknown
        if kind is EntityType.PERSON:
            return self._organ_of_person(organ.span, organ.text, key)
        if organ.kind == "capital":
            return self._capital(organ.span, organ.text, organ.of)
        return Mention(organ.span, organ.text, kind, Origin.PATTERN, key, "stands for it")

    def _capital(self, span: Span, text: str, country: str) -> Mention | None:
        place = next((p for p, c in self.reference.capitals.items() if c == country), "")
        if not place or place not in self.reference.things:
            return None
        return Mention(span, text, EntityType.PLACE, Origin.REFERENCE, f"ref:{place}", f"the capital of {country}")

    def _organ_of_person(self, span: Span, text: str, key: str) -> Mention | None:
        """"The Assad regime", "Putin's government": the state that the person heads on the day; not "headed by X"."""
        words = fold(self.article.text[span.start - 1 : span.end]).split()
        if words and words[0].startswith("ب") and words[0][1:] in LEADING:
            return None
        for row in self.reference.posts(key.removeprefix("ref:"), self.day):
            if row.office in {"head_of_state", "head_of_government", "leader"}:
                kind = self.reference.things[row.of].type
                return Mention(span, text, kind, Origin.PATTERN, f"ref:{row.of}", f"headed by {key} on {self.day}")
        return None

    def _entities(self, mentions: Iterable[Mention], posts: Iterable[Post]) -> tuple[Entity, ...]:
        names: dict[str, set[str]] = {}
        kinds: dict[str, EntityType] = {}
        for mention in mentions:
            seen = names.setdefault(mention.key, set())
            kinds.setdefault(mention.key, mention.type)
            if mention.origin in {Origin.MODEL, Origin.GAZETTEER} or (
                mention.origin in {Origin.PATTERN, Origin.TITLE} and not mention.note
            ):
                seen.add(self.naming.written(mention.span))
                if mention.type is EntityType.EVENT and not mention.key.startswith("ref:"):
                    seen.update(forms(self.naming.written(mention.span)))
        for post in posts:
            if post.of:
                names.setdefault(post.of, set())
        return tuple(self._entity(key, kinds.get(key), seen) for key, seen in sorted(names.items()))

    def _entity(self, key: str, kind: EntityType | None, seen: set[str]) -> Entity:
        if thing := self.reference.things.get(key.removeprefix("ref:")) if key.startswith("ref:") else None:
            return known(thing, seen)
        label = max(seen, key=lambda name: (len(name), name)) if seen else key.partition(":")[2]
        kind = kind or EntityType.ORGANIZATION
        made_up = english(label, self.reference) if kind in _TRANSLATED else latin(label)
        return Entity(key, kind, label, made_up, True, tuple(sorted(seen)))
