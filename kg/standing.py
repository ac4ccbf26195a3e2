"""Standing facts that need no rule of their own: posts from titles, kinship in them, where groups are at home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.actors import Actors
from kg.arabic import fold
from kg.clauses import Reading
from kg.inventory import RELATIONS
from kg.lands import Lands
from kg.model import Article, Claim, Entities, EntityType, Post
from kg.parts import Parts
from kg.reference import Reference
from kg.wordclasses import shipped

_WORDS = shipped("standing")
_POST_CONFIDENCE = 0.95
# Words of kinship, folded, as they stand before a pronoun.
_CHILDREN = _WORDS["children"]
_KIN = _CHILDREN | _WORDS["relatives"]
# With whom it is somewhere for a day.
_MEETING = _WORDS["meeting"]
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
        yield from self.kin()
        yield from Lands(self.article, self.entities, self.reading, self.reference).claims()
        yield from Parts(self.article, self.reading, self.reference).claims()
        yield from self.presence()

    def posts(self) -> Iterator[Claim]:
        """Standing facts that titles state."""
        for post in self.entities.posts:
            relation = RELATIONS.get(f"{post.office}_of")
            if house := self._house(post):
                post, relation = replace(post, office="leader", of=house), RELATIONS["leader_of"]
            if not post.of or relation is None:
                continue
            own = relation.name if relation.name == "leader_of" else ""  # an army has a leader of its own, a ministry none
            of = self.actors.as_(post.of, relation.range, relation=own)
            if of is None or of == post.person:
                continue
            yield Claim(
                self.article.id, post.person, relation.name, of, f"post-{post.office}", _POST_CONFIDENCE,
                self.reading.sentence(post.title), subject_span=post.name, trigger=post.title, position=post.position,
                portfolio=post.portfolio, former=post.former,
            )  # fmt: skip

    def kin(self) -> Iterator[Claim]:
        """ "The adviser of the American president and his son-in-law X": of the president of the day, whom the title does not name."""
        for post in self.entities.posts:
            state, day = post.of.removeprefix("ref:"), self.article.published
            words = fold(self.article.text[post.title.end : post.name.start]).split()
            if len(words) != 1 or not words[0].startswith("و") or words[0][1:].removesuffix("ها").removesuffix("ه") not in _KIN:
                continue
            title = fold(self.article.cut(post.title))
            office = "head_of_government" if "الوزراء" in title or "الحكومه" in title else "head_of_state" if "الرييس" in title else ""
            heads = self._heads(office, state, day) if office else ()
            relation = "child_of" if words[0][1:].removesuffix("ها").removesuffix("ه") in _CHILDREN else "relative_of"
            if len(heads) == 1 and f"ref:{heads[0]}" != post.person:
                yield Claim(
                    self.article.id, post.person, relation, f"ref:{heads[0]}", "kin-01", 0.85, self.reading.sentence(post.title),
                    subject_span=post.name, trigger=post.title,
                )  # fmt: skip

    def _heads(self, office: str, state: str, day: dt.date | None) -> tuple[str, ...]:
        """Who headed the state on the day; of an article without one, who is named in it of those that ever did."""
        if day is not None:
            return self.reference.holders(office, state, day)
        named = {m.key.removeprefix("ref:") for m in self.entities.mentions}
        return tuple(dict.fromkeys(r.person for r in self.reference.by_office.get((office, state), ()) if r.person in named))

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
        """ "The Houthi group in Yemen", with the preposition written onto the place: where a group is at home. A delegation, a meeting
        is where it is for a day."""
        r = self.reading
        for unit in r.units:
            place = r.unit_at.get(unit.last) or (r.unit_at.get(unit.last + 1) if r.norm(unit.last) == "ب" else None)
            if unit.type is not EntityType.ARMED_GROUP or unit.adjective or place is None or place.adjective or place.organ:
                continue
            written = place.prefix == "ب" and place.type in _LANDS
            before = {r.norm(k).removeprefix("ال") for k in range(max(0, unit.first - 3), unit.first + 1)}
            if written and not before & _MEETING and not any(r.pos(k) == "VERB" for k in range(max(0, unit.first - 1), unit.first)):
                yield Claim(
                    self.article.id, unit.key, "active_in", place.key, "active-05", 0.75, r.sentence(unit.span),
                    subject_span=unit.span, trigger=place.span,
                )  # fmt: skip
