"""What a title that names no state or body is of: "the foreign minister X", "the president Y", "the spokesman Z".

Told by what the reference data knows of the bearer, where the article names that or its state; by the title right before; for
a minister whom it does not know, by the state that an article is about without doubt.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.arabic import fold
from kg.language.wordclasses import shipped
from kg.model import Article, EntityType, Mentions, Title
from kg.reference import OfficeRow, Reference
from kg.resolution.naming import HEADS_OF_STATES, STATE_OFFICES
from kg.tables import last_day

# Who is named for a post is called by it before he takes it, and who lost it is for a time.
_SOON = dt.timedelta(days=60)
_LATELY = dt.timedelta(days=365)
# So many times as often as any other an article names the state that it is about without doubt.
_BY_FAR = 3
# Words behind a title in which that state has to be named, where it is not before.
_NEAR = 40
# Words before a title in the accusative in which who gives it is looked for.
_REACH = 30
# Who speaks for these does not speak for a state.
_OPPOSING = "المعارضه"
# In whose parliament the parties sit that an adjective names.
_PARTIES = shipped("titlewords").readings("party_states")
# Who runs a company, or shares a government.
_EXECUTIVE = "الرييس التنفيذي"
# Posts of which a state has one.
_OF_CABINETS = frozenset({"army_chief", "intelligence_chief", "speaker_of_parliament"})


@dataclass(frozen=True, slots=True)
class _Naming:
    """Something that may name a state: the word at which it begins, and its id."""

    first: int
    of: str


def _given(title: Title) -> bool:
    """In the accusative and indefinite, as the post of who is appointed."""
    word = fold(title.text).split()[0]
    return word.endswith("ا") and not word.startswith("ال")


@dataclass(frozen=True)
class Context:
    """One article; `keys` are those of its names, by their number."""

    article: Article
    found: Mentions
    reference: Reference
    keys: Mapping[int, str]
    day: dt.date

    def placed(self, title: Title, before: Sequence[Title]) -> Title:
        """The title with what it is of, where the context tells; `before` are the titles before it."""
        if title.name is not None and (served := self._served(title)):
            return served
        if title.office in {"official", *STATE_OFFICES} and (state := self._beside(title, before)):
            return replace(title, of=state)
        if (title.office == "minister" or title.portfolio in _OF_CABINETS) and (cabinet := self._same_cabinet(title, before)):
            return replace(title, of=cabinet)
        if title.office in {"official", *STATE_OFFICES} and _given(title) and (state := self._appointer(title, before)):
            return replace(title, of=state)
        if title.office in {"official", *STATE_OFFICES} and (state := self._voiced(title)):
            return replace(title, of=state)
        if title.office == "spokesperson":
            return self._spokesperson(title, before)
        if title.portfolio == "deputy_spokesperson" and _OPPOSING not in fold(title.text).split():
            return replace(title, of=self.about(title.last))
        if title.portfolio == "member_of_parliament" and (state := _PARTIES.get((fold(title.text).split()[-1],), "")) and state in self._named_states:
            return replace(title, of=state)
        return self._of_the_scene(title) if title.name is not None else title

    def _spokesperson(self, title: Title, before: Sequence[Title]) -> Title:
        """Of the title or the organ before, else of the state in which the article plays."""
        for other in reversed(before):
            if other.of:
                return replace(title, of=other.of)
        for organ in reversed(self.found.organs):
            if organ.last <= title.first and organ.of:
                return replace(title, of=organ.of)
        return replace(title, of=self._scene())

    def _of_the_scene(self, title: Title) -> Title:
        """ "The minister of education X", whom nobody knows, in an article that is about one state: a minister of it, unless
        another is known to be that."""
        deputy = title.portfolio == "deputy_head_of_state" or (title.portfolio.startswith("deputy_") and any(word.endswith(("وزير", "الوزراء")) for word in fold(title.text).split()))
        if title.office != "minister" and not deputy and title.portfolio not in _OF_CABINETS:
            return title
        state = self.about(title.last)
        if self._rows(title) or not state:
            return title
        known = self.reference.holders(title.office, state, self.day, title.portfolio) if title.portfolio and not _given(title) else ()
        return title if known and title.office == "minister" and not title.former else replace(title, of=state)

    def about(self, word: int) -> str:
        """The state that the article is about without doubt, if it is named before or soon behind a word."""
        state, at = self._about
        return state if at <= word + _NEAR else ""

    @cached_property
    def _about(self) -> tuple[str, int]:
        """The state that the article names by far most, and the word at which it does so first; empty where there is none."""
        named = sorted((item.first, state) for item in self._namings() for state in [self._stands_for(item)] if state)
        counted = [*Counter(state for _, state in named).most_common(2), ("", 0)]
        first = counted[0][0]
        return (first, min(at for at, state in named if state == first)) if named and counted[0][1] >= _BY_FAR * counted[1][1] else ("", 0)

    def _namings(self) -> Iterator[_Naming]:
        yield from (_Naming(self.found.names[n].first, key.removeprefix("ref:")) for n, key in self.keys.items())
        yield from (_Naming(organ.first, organ.of) for organ in self.found.organs)
        yield from (_Naming(title.first, title.of) for title in self.found.titles)

    def _stands_for(self, item: _Naming) -> str:
        """The state that a name, an organ or a title names or stands for: its own, that of a place or a body; no group, no person."""
        thing = self.reference.things.get(item.of)
        if thing is None or thing.type not in {EntityType.COUNTRY, EntityType.PLACE, EntityType.ORGANIZATION}:
            return ""
        return self.reference.capitals.get(thing.id) or (thing.id if thing.type is EntityType.COUNTRY else thing.country)

    def _rows(self, title: Title) -> tuple[OfficeRow, ...]:
        """The posts of the bearer that the reference data knows."""
        return tuple(self.reference.by_person.get(self.keys.get(title.name, "").removeprefix("ref:"), ())) if title.name is not None else ()

    def _appointer(self, title: Title, before: Sequence[Title]) -> str:
        """The state of who heads one and is named last before the name of who is given the title: "May appointed X minister"."""
        heads = [(t.first, t.of) for t in before if t.office in HEADS_OF_STATES and t.of]
        for n, key in self.keys.items():
            posts = self.reference.posts(key.removeprefix("ref:"), self.day)
            heads += [(self.found.names[n].first, row.of) for row in posts if row.office in HEADS_OF_STATES and n != title.name]
        near = [(first, of) for first, of in heads if title.first - _REACH <= first < title.first]
        return max(near)[1] if near else ""

    def _voiced(self, title: Title) -> str:
        """ "(Said) Paris by the tongue of the minister X": of the state that speaks, named right before."""
        before = fold(self.article.text[: title.span.start]).split()[-2:]
        if before != ["علي", "لسان"]:
            return ""
        speaking = [item for item in self._ending(title.first - 2) if self._stands_for(item)]
        return self._stands_for(speaking[0]) if speaking else ""

    def _ending(self, word: int) -> Iterator[_Naming]:
        """What ends right before a word and may name a state."""
        yield from (_Naming(name.first, self.keys[n].removeprefix("ref:")) for n, name in enumerate(self.found.names) if name.last == word and n in self.keys)
        yield from (_Naming(organ.first, organ.of) for organ in self.found.organs if organ.last == word)

    def _beside(self, title: Title, before: Sequence[Title]) -> str:
        """The state of another title of the same person right before: "the spokesman of the government of X, the deputy premier Y"."""
        last = before[-1] if before else None
        if last is None or last.name is None or last.name != title.name or last.last != title.first:
            return ""
        if title.office == "official" and not title.portfolio.startswith("deputy_"):
            return ""
        thing = self.reference.things.get(last.of)
        return last.of if thing and thing.type is EntityType.COUNTRY else self._state_of(last.of)

    def _served(self, title: Title) -> Title | None:
        """The title with what its bearer heads or serves on the day, where the article names that or its state."""
        named = self._named_states
        for row in self._rows(title):
            if not (row.held_on(self.day) or row.held_on(self.day + _SOON)) and not title.former:
                continue
            if row.office == title.office or {row.office, title.office} <= set(STATE_OFFICES):
                if row.of in named:
                    return replace(title, of=row.of, portfolio=title.portfolio or row.portfolio)
            elif row.portfolio == "chief_executive" and fold(title.text) == _EXECUTIVE and row.of in named:
                return replace(title, of=row.of, office="official", portfolio=row.portfolio)
            elif title.portfolio == "adviser" and row.office == "head_of_government" and title.definite and row.of in named:
                return replace(title, of=row.of, office=row.office, portfolio="")  # "Chancellor Merkel", which is "adviser" of others
            elif {row.office, title.office} <= {"official", "leader"} and row.of in self._served_by(row, named):
                return replace(title, of=row.of, office=row.office)
        return self._lately_served(title, named) or self._once_served(title, named)

    def _lately_served(self, title: Title, named: set[str]) -> Title | None:
        """ "The dismissal of the foreign minister X": who held that office until not long ago."""
        if title.office not in STATE_OFFICES:
            return None
        rows = [row for row in self._rows(title) if row.office == title.office and row.of in named]
        rows = [row for row in rows if not title.portfolio or row.portfolio in {"", title.portfolio}]
        recent = (row for row in rows if row.until and self.day - _LATELY <= last_day(row.until) < self.day)
        return next((replace(title, of=row.of) for row in recent), None)

    def _served_by(self, row: OfficeRow, named: set[str]) -> set[str]:
        """What the article names; for an office below the head also what is of a state that it names."""
        below = row.office == "official" and self._state_of(row.of) in named
        return named | {row.of} if below else named

    def _once_served(self, title: Title, named: set[str]) -> Title | None:
        """ "The fall of President X": who headed one state only, and does no more, is a former head of it."""
        if title.office not in HEADS_OF_STATES or title.name is None:
            return None
        rows = [row for row in self._rows(title) if row.office == title.office]
        states = {row.of for row in rows}
        over = all(row.until and row.until < self.day.isoformat() for row in rows)
        return replace(title, of=next(iter(states)), former=True) if len(states) == 1 and states <= named and over else None

    def _state_of(self, id: str) -> str:
        thing = self.reference.things.get(id)
        return thing.country if thing else ""

    def _same_cabinet(self, title: Title, before: Sequence[Title]) -> str:
        """The state of the officer of state whose name stands right before: "the Lebanese premier X and the minister Y"."""
        last = before[-1] if before else None
        if last is None or last.name is None or last.office not in STATE_OFFICES:
            return ""
        joined = self.found.names[last.name].last == title.first and self.article.text[title.span.start - 1] == "و"
        return last.of if joined else ""

    def _scene(self) -> str:
        """The state in which an article plays: that of the first place or state that it names."""
        for n in sorted(self.keys):
            thing = self.reference.things.get(self.keys[n].removeprefix("ref:"))
            if thing and thing.type is EntityType.COUNTRY:
                return thing.id
            if thing and thing.type is EntityType.PLACE and thing.country:
                return thing.country
        return ""

    @cached_property
    def _named_states(self) -> set[str]:
        named = {o.of for o in self.found.organs} | {t.of for t in self.found.titles}
        for key in self.keys.values():
            thing = self.reference.things.get(key.removeprefix("ref:"))
            if thing:
                named |= {thing.id, self.reference.capitals.get(thing.id, "")}
                if thing.type is EntityType.ORGANIZATION:
                    named.add(thing.country)
        return named
