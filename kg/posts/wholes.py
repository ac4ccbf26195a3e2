"""What a title is of: a nisba, a name in the genitive or behind a preposition, a definite noun that stands for a body."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.arabic import unclitic
from kg.language.wordclasses import shipped
from kg.model import EntityType, Title
from kg.posts.titletext import TitleText

_WORDS = shipped("titlewords")
# Words of the name of a body between the head of a title and what the body belongs to.
MAX_BODY = 3
# Kinds of definite nouns (kg/data/lexicon/references.toml) that have heads and spokesmen.
_BODIES = frozenset({"organisation", "group"})
# "The president-elect" holds no post yet; "the democratically elected president" does.
_ELECT = _WORDS["elect"]
_BY_VOTE = _WORDS["by_vote"]
# Kinds of organs whose commander or chief is an officer of the state.
_STATE_ORGANS = frozenset({"army"})
_BODY_TYPES = frozenset({EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
# Those who are elected by a place.
_MEMBERS = frozenset({"member_of_parliament", "deputy"})


@dataclass(frozen=True, slots=True)
class Whole:
    """What a title is head of: an id of the reference data or the number of a name, and the word after it."""

    id: str
    name: int | None
    type: EntityType
    after: int
    owner: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Wholes:
    """Reads what the titles of one text are of."""

    text: TitleText

    def within(self, t: Title) -> Whole | None:
        """ "The foreign policy chief in the European Union": a body behind في."""
        k = t.last + 1
        if self.text.folded(t.last) == "في" and k not in self.text.name_at and self.text.lexicon.generics.at(self.text.words, k):
            k += 1  # "in the movement Hamas"
        number = self.text.name_at.get(k) if self.text.folded(t.last) == "في" else None
        if number is None or self.text.names[number].type not in _BODY_TYPES:
            return None
        return self.of(replace(t, last=t.last + 1, definite=True))

    def elected_by(self, t: Title) -> Whole | None:
        """ "The senator from (the province of) X": a member of a parliament serves the state of the place."""
        k = t.last + 1
        k += self.text.folded(k) in self.text.lexicon.place_heads and k not in self.text.name_at
        number = self.text.name_at.get(k) if self.text.folded(t.last) == "عن" and t.portfolio in _MEMBERS else None
        if number is None or len(self.text.names[number].ids) != 1:
            return None
        thing = self.text.reference.things[self.text.names[number].ids[0]]
        place = thing.type is EntityType.PLACE and bool(thing.country)
        return Whole(thing.country, None, EntityType.COUNTRY, self.text.names[number].last) if place else None

    def state_within(self, t: Title) -> Whole | None:
        """ "The transitional president in Gabon, X": a state behind في, and its officer right behind."""
        number = self.text.name_at.get(t.last + 1) if t.definite and self.text.folded(t.last) == "في" else None
        if number is None or self.text.names[number].type is not EntityType.COUNTRY:
            return None
        k = self.text.names[number].last
        while k < len(self.text.words) and self.text.folded(k) in self.text.lexicon.ranks and k not in self.text.name_at:
            k += 1
        return self.of(replace(t, last=t.last + 1)) if self.text.is_person(k) and self.text.separated(k) else None

    def behind_noun(self, t: Title) -> Whole | None:
        """ "(The spokesman of) the ministry of health of Libya": the state of a body without a name, by its adjective."""
        k = t.last
        if self.text.folded(k).startswith("ال") or k in self.text.name_at:
            return None
        return self.behind_nouns(k)

    def behind_nouns(self, k: int) -> Whole | None:
        """The state by its adjective, behind definite nouns that follow word `k`: (the ministry) of petroleum of Egypt."""
        for at in range(k + 1, min(k + MAX_BODY + 2, len(self.text.words))):
            if not self.text.words[at].joins or at in self.text.name_at or not self.text.folded(at).removeprefix("و").startswith("ال"):
                return None
            if nisba := self.nisba(at, True):
                return nisba
        return None

    def of_capital(self, t: Title | None, k: int) -> Title | None:
        """ "The mayor of the Russian capital": of the city, not of the state."""
        if t is None or self.text.folded(k) not in {"العاصمه", "عاصمه"}:
            return t
        city = next((c for c, state in self.text.reference.capitals.items() if state == t.of and c in self.text.reference.things), "")
        return replace(t, of=city) if city else t

    def organ_of_state(self, id: str) -> bool:
        """An army of a state; not a force whose leader the reference data knows as such (the army of Haftar)."""
        thing = self.text.reference.things.get(id)
        return thing is not None and thing.kind in _STATE_ORGANS and not self.text.reference.by_office.get(("leader", id))

    def through(self, t: Title) -> Title | None:
        """The head of a body of something: "head of the political bureau of the movement", "of the board of X"."""
        k = t.last
        while k < min(t.last + MAX_BODY, len(self.text.words)) and self.text.words[k].joins and k not in self.text.name_at:
            if not self.text.folded(k).startswith("ال"):
                break
            k += 1
        if k == t.last or k >= len(self.text.words) or not self.text.folded(k).startswith("ل"):
            return None
        of = self.of(replace(t, last=k, definite=True))
        return self.placed(t, of) if of and of.type in _BODY_TYPES else None

    def in_body(self, t: Title) -> Whole | None:
        """ "The director of communications in the White House": the body behind what a chief is in charge of."""
        k = t.last
        if k not in self.text.name_at and k < len(self.text.words) and self._construct(k):
            k += 1  # "the director of planning policy in the ministry"
        while k < min(t.last + MAX_BODY, len(self.text.words)) and self._plain(k):
            k += 1
        at = k + (self.text.folded(k) == "في")
        number = self.text.name_at.get(at) if k > t.last and at < len(self.text.words) and self.text.words[at].joins else None
        name = self.text.names[number] if number is not None else None
        if name is None or name.type is not EntityType.ORGANIZATION:
            return None
        cut = self.text.text[self.text.words[at].start : name.span.start]
        if cut != ("" if at > k else "ب"):
            return None
        known = len(name.ids) == 1
        return Whole(name.ids[0] if known else "", None if known else number, name.type, name.last)

    def _construct(self, k: int) -> bool:
        """A noun without article before a definite one, no title, no state, and no unit, which long titles are read over."""
        word = self.text.folded(k)
        bare_ = word not in _WORDS["units"] and not word.startswith(("ال", "ل", "و")) and len(word) > 2 and self.text.words[k].joins and not self.text.words[k].gap.strip()
        return bare_ and self._plain(k + 1) and not self.text.lexicon.head_classes(self.text.words, k) and self.nisba(k, False) is None

    def _plain(self, k: int) -> bool:
        """A definite word of no name, no title and no state."""
        if k >= len(self.text.words):
            return False
        word = self.text.folded(k).removeprefix("و")
        named = k in self.text.name_at or self.nisba(k, True) is not None
        heads = self.text.lexicon.head_classes(self.text.words, k)
        return self.text.words[k].joins and not self.text.words[k].gap.strip() and word.startswith("ال") and not named and not heads

    def of(self, t: Title, person: bool = False) -> Whole | None:
        """What the title is of, right behind it; a person only with `person`."""
        k = self.modifiers(t).last
        if k >= len(self.text.words) or not self.text.words[k].joins:
            return None
        if self.text.folded(k) in self.text.lexicon.place_heads and k not in self.text.name_at and k + 1 < len(self.text.words):
            k += 1
        if nisba := self.nisba(k, t.definite):
            return nisba
        number = self.text.name_at.get(k)
        if number is None and (number := self._behind_generic(k, t)) is not None:
            named = self.text.names[number]
            nisba = self.nisba(named.last, True) if named.last < len(self.text.words) and self.text.words[named.last].joins else None
            of = named.ids[0] if len(named.ids) == 1 else ""
            return Whole(of, None if of else number, named.type, nisba.after if nisba else named.last)
        if number is None:
            return self._definite(k, t)
        if not self._genitive(k, t):
            return None
        name = self.text.names[number]
        if name.type in {EntityType.TOPIC, EntityType.AGREEMENT} or (name.type is EntityType.PERSON and not person):
            return None
        if len(name.ids) != 1:
            return Whole("", number, name.type, name.last)
        thing = self.text.reference.things[name.ids[0]]
        if thing.type == EntityType.PLACE and thing.id in self.text.reference.capitals and t.office != "leader":
            return Whole(thing.id, None, thing.type, name.last)
        return Whole(thing.id, None, thing.type, name.last)

    def _behind_generic(self, k: int, t: Title) -> int | None:
        """ "The head of the group X": the number of the name of a body or group behind its generic noun, which is no part of it."""
        number = self.text.name_at.get(k + 1)
        word = self.text.folded(k).removeprefix("ل") if t.definite else self.text.folded(k)
        if number is None or not self.text.words[k + 1].joins or not self.text.lexicon.generics.at(self.text.words, k, first=word):
            return None
        name = self.text.names[number]
        return number if name.type in _BODY_TYPES and name.span.start == self.text.words[k + 1].start else None

    def named_before(self, t: Title) -> Whole | None:
        """ "(The spokesman of) the forces of the alliance": a definite noun in the genitive for a body named before."""
        joined = t.last < len(self.text.words) and self.text.words[t.last].joins and t.last not in self.text.name_at
        return self._definite(t.last, replace(t, definite=False)) if joined else None

    def _definite(self, k: int, t: Title) -> Whole | None:
        """A definite noun that stands for a body named before: "the secretary-general of the alliance"."""
        for cut, word in unclitic(self.text.words[k].folded)[:3]:
            found = self.text.lexicon.references.at(self.text.words, k, first=word)
            if found and found[0] in _BODIES and cut == (1 if t.definite else 0) and not self._named_further(found[1]):
                return Whole("", None, EntityType.ORGANIZATION, found[1], (found[0], self._said(word, k)))
        return None

    def _named_further(self, k: int) -> bool:
        """Behind a definite noun stands more of a name: the general authority, which is not that named before."""
        word = self.text.folded(k)
        further = word.startswith(("ال", "لل")) and word not in {"الي", "التي", "الذي", "الان"} | self.text.lexicon.ranks and word not in self.text.lexicon.former and not word.startswith("الحاكم")
        return further and self.text.words[k].joins and not self.text.words[k].gap.strip() and k not in self.text.name_at

    def _said(self, word: str, k: int) -> str:
        return word if self.text.folded(k) != word else self.text.text[self.text.words[k].start : self.text.words[k].end]

    def _genitive(self, k: int, t: Title) -> bool:
        """A name is what a title is of when it stands in the genitive: no و or ب before it; ل only after a definite head."""
        cut = self.text.text[self.text.words[k].start : self.text.names[self.text.name_at[k]].span.start]
        return cut == "" or cut.startswith("ل")

    def nisba(self, k: int, definite: bool) -> Whole | None:
        """The state or body that the adjective at word `k` stands for."""
        found = self.text.lexicon.nisbas.at(self.text.words, k) if k < len(self.text.words) else None
        if not found or (definite and not self.text.folded(k).startswith("ال")):
            return None
        kind = self.text.reference.things[found[0]].type if found[0] in self.text.reference.things else EntityType.ORGANIZATION
        return Whole(found[0], None, kind, found[1])

    def placed(self, t: Title, of: Whole) -> Title:
        """The title with what it is of."""
        return replace(t, last=of.after, of=of.id, of_name=of.name, owner=of.owner)

    def modifiers(self, t: Title) -> Title:
        """The title with the words behind it that say when and how it is held: former, acting, new."""
        last, former, office = t.last, t.former, t.office
        while last < len(self.text.words) and self.text.words[last].joins and self.text.folded(last) in self.text.lexicon.modifiers | _ELECT:
            former = former or self.text.folded(last) in self.text.lexicon.former
            if self.text.folded(last) in _ELECT and self.text.folded(last + 1) not in _BY_VOTE:
                office = ""  # elected, and not yet in office
            last += 1
        return replace(t, last=last, former=former, office=office)
