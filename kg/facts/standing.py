"""Standing facts that need no rule of their own: posts from titles, where groups are at home."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.arabic import fold
from kg.facts.kinship import Kinship
from kg.facts.lands import Lands
from kg.facts.parts import Parts
from kg.facts.successions import Successions
from kg.inventory import RELATIONS
from kg.language.wordclasses import shipped
from kg.model import Article, Claim, Entities, EntityType, Post
from kg.pairing.actors import Actors
from kg.reference import Reference
from kg.syntax.clauses import Reading, Unit

_WORDS = shipped("standing")
_POST_CONFIDENCE = 0.95
# With whom it is somewhere for a day.
_MEETING = _WORDS["meeting"]
_INSIDE = _WORDS["inside"]
_AROUND = _WORDS["sided"] | _WORDS["on_a_side"] | _WORDS["sorts"] | _WORDS["place_heads"]
_LANDS = {EntityType.PLACE, EntityType.COUNTRY}


@dataclass(frozen=True)
class Standing:
    """Reads the standing facts of one article."""

    article: Article
    entities: Entities
    reading: Reading
    reference: Reference
    actors: Actors

    def claims(self) -> Iterator[Claim]:
        """All of them."""
        yield from self.posts()
        yield from Kinship(self.article, self.entities, self.reading, self.reference).claims()
        yield from Lands(self.article, self.entities, self.reading, self.reference).claims()
        yield from Parts(self.article, self.reading, self.reference).claims()
        yield from Successions(self.article, self.entities, self.reading, self.reference, self.actors).claims()
        yield from self.presence()

    def posts(self) -> Iterator[Claim]:
        """Standing facts that titles state."""
        for post in self.entities.posts:
            relation = RELATIONS.get(f"{post.office}_of")
            if house := self._house(post):
                post, relation = replace(post, office="leader", of=house), RELATIONS["leader_of"]
            if not post.of or relation is None:
                continue
            yield from self._where(post)
            own = relation.name if relation.name == "leader_of" else ""  # an army has a leader of its own, a ministry none
            of = self.actors.as_(post.of, relation.range, relation=own)
            if of is None or of == post.person:
                continue
            if self._of_party(post):
                yield Claim(
                    self.article.id, of, "member", post.person, "post-member", _POST_CONFIDENCE, self.reading.sentence(post.title),
                    trigger=post.title, object_span=post.name, former=post.former,
                )  # fmt: skip
                continue
            yield Claim(
                self.article.id, post.person, relation.name, of, f"post-{post.office}", _POST_CONFIDENCE,
                self.reading.sentence(post.title), subject_span=post.name, trigger=post.title, position=post.position,
                portfolio=post.portfolio, former=post.former,
            )  # fmt: skip

    def _of_party(self, post: Post) -> bool:
        """ "A member of the party": it has the person as its member, and no post is told."""
        thing = self.reference.things.get(post.of.removeprefix("ref:"))
        words = fold(self.article.cut(post.title)).split()
        party = thing.kind == "party" if thing else any(word.removeprefix("ال") == "حزب" for word in words)
        return party and post.office == "official" and words[0] in _WORDS["members"]

    def _where(self, post: Post) -> Iterator[Claim]:
        """ "The governor of the Afghan province of X": the adjective of the state, in Arabic behind the name of the place, says where it is."""
        state = self.reference.demonyms.get(fold(self.article.cut(post.title)).split()[-1], "")
        place = self.actors.as_(post.of, frozenset({EntityType.PLACE})) if post.office == "leader" and state else None
        thing = self.reference.things.get(post.of.removeprefix("ref:"))
        if place and (thing is None or (thing.country in {"", state} and thing.kind != "capital")):
            yield Claim(
                self.article.id, place, "part_of", f"ref:{state}", "part_of-08", 0.85, self.reading.sentence(post.title), trigger=post.title,
            )  # fmt: skip

    def _house(self, post: Post) -> str:
        """The parliament that a speaker heads: the one that the title names, else the only one of the state."""
        if post.portfolio != "speaker_of_parliament" or not post.of:
            return ""
        named = self.reference.names.get(fold(post.position).partition(" ")[2], ())
        state = post.of.removeprefix("ref:")
        houses = [t.id for t in self.reference.things.values() if t.kind == "parliament" and t.country == state]
        found = [i for i in named if i in houses] or houses
        return f"ref:{found[0]}" if len(found) == 1 else ""

    def presence(self) -> Iterator[Claim]:
        """ "The Houthi group in Yemen", "the fighters of X inside the city of Y": where a group is, by what stands right behind its name.
        A delegation, a meeting is where it is for a day."""
        r = self.reading
        for unit in r.units:
            if unit.type is not EntityType.ARMED_GROUP or unit.adjective:
                continue
            place = self._place_behind(unit)
            before = {r.norm(k).removeprefix("ال") for k in range(max(0, unit.first - 3), unit.first + 1)}
            if place and not before & _MEETING and (self._at_home(unit, place) or not self._done_there(unit)):
                yield Claim(
                    self.article.id, unit.key, "active_in", place.key, "active-05", 0.75, r.sentence(unit.span),
                    subject_span=unit.span, trigger=place.span,
                )  # fmt: skip

    def _at_home(self, unit: Unit, place: Unit) -> bool:
        """The reference data knows the group to be of the state in which it is said to be."""
        group, land = (self.reference.things.get(u.key.removeprefix("ref:")) for u in (unit, place))
        return group is not None and land is not None and bool(group.country) and group.country in {land.id, land.country}

    def _done_there(self, unit: Unit) -> bool:
        """A verb stands right before the group, with its object pronoun perhaps: the place is that of what it does."""
        k = unit.first - 1
        k -= self.reading.pos(k) == "PRON"
        return self.reading.pos(k) == "VERB"

    def _place_behind(self, unit: Unit) -> Unit | None:
        """The land or place that "in" right behind a unit, or behind its adjectives, says that it is in."""
        r = self.reading
        k = unit.last
        while k in r.unit_at and r.unit_at[k].adjective:
            k = r.unit_at[k].last
        place = r.unit_at.get(k)
        inside = place is not None and place.prefix == "ب"
        if place is None and r.norm(k) in _INSIDE:
            k, inside = k + 1, True
            while r.norm(k) in _AROUND and k not in r.unit_at:
                k += 1
            place = r.unit_at.get(k)
        return place if place and inside and place.type in _LANDS and not place.adjective and not place.organ else None
