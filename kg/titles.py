"""Titles in a text: "the Russian foreign minister", "rather of the presidents of X, A, and of Y, B".

A title is read from left to right over surface words: head, what it is head of, adjectives, the name. The grammar follows
the classes of `kg/data/lexicon/titles.toml`; it knows words, not parses, because titles are long and the parser often
breaks them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg import possessives
from kg.arabic import bare, unclitic
from kg.chains import CHAINED, LEADING, ChainReader
from kg.lexicon import HeadEntry, Lexicon
from kg.model import EntityType, Name, Span, Title
from kg.owners import PRONOUNS
from kg.reference import Reference
from kg.words import Word

# Words between the end of a title and the name it belongs to, when they begin as a qualification of the title
# ("for the Middle East", "in London", "in charge of ..."); more than this many are not trusted.
MAX_TAIL = 7
# Words of the name of a body between the head of a title and what the body belongs to.
MAX_BODY = 3
_TAIL = frozenset({"في", "لدي", "الي", "المكلف", "المكلفه", "المسوول", "المسووله", "عن", "من", "علي", "شوون", "بشان"})
_GOVERNMENT = ("الوزراء", "الحكومه", "وزراء", "حكومه", "مجلس الوزراء", "الوزاره")
_REPUBLIC = frozenset({"الجمهوريه", "جمهوريه", "الدوله"})
# What the head of a state leads between two constitutions.
_TRANSITION = tuple(f"{noun} الانتقاليه" for noun in ("المرحله", "الفتره", "السلطه", "الاداره"))
# Those who are elected by a place.
_MEMBERS = frozenset({"member_of_parliament", "deputy"})
_STATE_HEADS = frozenset({"head_of_state", "head_of_government"})
# Kinds of definite nouns (kg/data/lexicon/references.toml) that have heads and spokesmen.
_BODIES = frozenset({"organisation", "group"})
# "The president-elect" holds no post yet; "the democratically elected president" does.
_ELECT = frozenset({"المنتخب", "المنتخبه"})
_BY_VOTE = frozenset({"ديمقراطيا", "شرعيا"})
# Kinds of organs whose commander or chief is an officer of the state.
_STATE_ORGANS = frozenset({"army", "police"})
# "Ruling", "opposing" behind the name of a party that a title is of.
_SIDES = frozenset({"الحاكم", "الحاكمه", "المعارض", "المعارضه"})
_CHANCELLOR_STATES = frozenset({"germany", "austria"})
_BODY_TYPES = frozenset({EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
_FIRST_PERSON_TYPES = frozenset({EntityType.PERSON})
# Posts that are held with a person: an aide of Kim, an adviser of Putin.
_STAFF = frozenset({"adviser", "envoy", "deputy"})
# Offices of which a person may have another one besides, told in the same breath.
_HELD_BY_OTHERS = frozenset({"official", "leader"})
# Deputies who are aides: none of them bears the name of a president.
_AIDES = frozenset({"مساعد", "مساعده", "مساعدي", "معاون"})
# Heads that are occupations beside offices: actor, lawyer. With a nisba alone they are no post ("the Egyptian actor X").
_OCCUPATIONS = frozenset({"ممثل", "ممثله", "محام", "محامي", "محاميه", "منسق", "موظف", "موظفه"})
_SEPARATORS = " \t\u00a0,،()\"'«»“”#_-–"


@dataclass(frozen=True, slots=True)
class _Of:
    """What a title is head of: an id of the reference data or the number of a name, and the word after it."""

    id: str
    name: int | None
    type: EntityType
    after: int
    owner: tuple[str, str] = ("", "")


class TitleReader:
    """Reads the titles of one text. `names` are the names already found, in order."""

    def __init__(self, text: str, words: Sequence[Word], names: Sequence[Name], lexicon: Lexicon, reference: Reference) -> None:
        self._text = text
        self._words = words
        self._names = names
        self._lexicon = lexicon
        self._reference = reference
        self._name_at: Mapping[int, int] = {name.first: n for n, name in enumerate(names)}
        self._persons_end = {name.last for name in names if name.type is EntityType.PERSON}
        self._chains = ChainReader(text, words, names, self._name_at, lexicon)

    def read(self) -> list[Title]:
        """All titles, left to right; a title inside another one (deputy of …) is not listed again."""
        titles: list[Title] = []
        i = 0
        while i < len(self._words):
            title = self._title(i)
            if not title:
                i += 1
                continue
            chain = self._with_name(title)
            if title.owner[0] in PRONOUNS and chain[0].name is None:
                i += 1  # "its president" without a name says nothing that is not said elsewhere
                continue
            if titles and self._same_bearer(titles[-1], chain[0]):
                titles[-1] = replace(titles[-1], name=chain[0].name)
            titles += chain
            end = max(t.last for t in chain)
            i = max(end, i + 1)
        return titles

    def _same_bearer(self, before: Title, title: Title) -> bool:
        """Two titles of one person: "deputy minister and envoy of the president, X"; "one of K's aides, the chief of Y, X"."""
        if before.name is not None or title.name is None or before.last != title.first:
            return False
        gap = self._words[title.first].gap.strip()
        address = not gap and title.last - title.first == 1 and title.definite and not title.of
        joined = gap in {"،", ","} or (not gap and title.span.start == self._words[title.first].start + 1) or address
        return joined and (before.office in _HELD_BY_OTHERS or before.office == title.office == "minister")

    # -- one title ------------------------------------------------------------------------------------------------

    def _title(self, i: int) -> Title | None:
        if (own := possessives.read(self._text, self._words, i, self._lexicon)) and i not in self._name_at:
            span = Span(self._words[i].start + own.cut, self._words[own.last - 1].end)
            return self._closed(
                Title(i, own.last, span, "", own.office, own.portfolio, definite=True, masculine=own.masculine, owner=(own.pronoun, ""))
            )
        for cut, word in unclitic(self._words[i].folded):
            found = self._lexicon.heads.at(self._words, i, first=word)
            if not found:
                continue
            entry = self._lexicon.head_entries[found[0]]
            if entry.portfolio == "adviser" and found[1] > i + 1 and self._names_body(i + 1, found[1]) and (short := self._lexicon.heads.word(word)):
                found, entry = (short, i + 1), self._lexicon.head_entries[short]
            tail = self._folded(found[1] - 1) if found[1] > i + 1 else word
            definite = "ال" in {word[:2], tail[:2]} or entry.class_ == "counterpart"
            draft = Title(
                first=i,
                last=found[1],
                span=Span(self._words[i].start + cut, self._words[found[1] - 1].end),
                text="",
                office=entry.office,
                portfolio=entry.portfolio,
                definite=definite,
                masculine=word.removeprefix("ال") not in self._lexicon.feminine,
            )
            title = self._complete(entry, draft)
            if title := self._chained(entry, draft, title):
                return self._closed(title)
        return None

    def _names_body(self, k: int, last: int) -> bool:
        """The second word of a head begins the name of a body that goes on: director of the Office of X, of no office."""
        number = self._name_at.get(k)
        return number is not None and self._names[number].type is EntityType.ORGANIZATION and self._names[number].last > last

    def _chained(self, entry: HeadEntry, draft: Title, title: Title | None) -> Title | None:
        """The title with what it is of behind words that are no name (see kg.chains); as it is where it has that already."""
        if entry.class_ not in CHAINED or (title and (title.of or title.of_name is not None or title.owner[0])):
            return title
        if title and title.office not in {"official", "leader", "head_of_state"}:
            return title
        start = self._modifiers(title or draft)
        if start.definite and not self._folded(start.last).startswith(("ل", "ب", "في")):
            return title  # "the president X": the words behind are no part of it
        behind = draft.first in self._persons_end and self._words[draft.first].gap.strip() in {"،", ",", "(", ""}
        chain = self._chains.read(start.last, entry.class_ in LEADING, behind)
        if chain is None or (chain.type is EntityType.PERSON and not chain.of and chain.of_name is None and not self._serves(chain.last)):
            return title
        return replace(
            start, office="official", portfolio=start.portfolio or entry.portfolio, last=chain.last, of=chain.of, of_name=chain.of_name
        )

    def _serves(self, k: int) -> bool:
        """The person at word `k`, behind ranks, is known to hold an office: of whom is looked up later."""
        number = next((self._name_at[j] for j in range(k, min(k + 3, len(self._words))) if j in self._name_at), None)
        rows = [row for i in self._names[number].ids for row in self._reference.by_person.get(i, ())] if number is not None else []
        return any(row.office == "official" for row in rows)

    def _complete(self, entry: HeadEntry, draft: Title) -> Title | None:
        match entry.class_:
            case "president":
                return self._president(draft)
            case "chancellor":
                return self._chancellor(draft)
            case "minister":
                return self._minister(draft)
            case "monarch" | "prince":
                return self._headed(draft, state="head_of_state", other="leader")
            case "leader":
                return self._headed(draft, state="head_of_state", other="leader")
            case "commander":
                return self._headed(draft, state="official", other="leader", portfolio="commander")
            case "premier":
                return self._of_state(draft, "head_of_government")
            case "fixed":
                return self._of_state(draft, entry.office)
            case "chief":
                return self._headed(draft, state="official", other="leader")
            case "governor":
                return self._of_capital(self._headed(draft, state="leader", other="leader", needed=True), draft.last)
            case "spokesperson":
                return self._spokesperson(draft)
            case "deputy":
                return self._deputy(draft)
            case "counterpart":
                return self._of_state(draft, "counterpart")
            case _:
                return self._official(draft)

    def _president(self, t: Title) -> Title | None:
        if (body := self._phrase(t.last, _GOVERNMENT)) and not self._own_government(t.last, body):
            return self._of_state(replace(t, last=body, definite=True), "head_of_government")
        if after := self._phrase(t.last, _TRANSITION):
            return self._of_state(replace(t, last=after, definite=True), "head_of_state")
        if self._folded(t.last) in _REPUBLIC and t.last < len(self._words) and t.last not in self._name_at:
            return self._of_state(replace(t, last=t.last + 1, definite=True), "head_of_state")
        return self._headed(t, state="head_of_state", other="leader")

    def _own_government(self, k: int, body: int) -> bool:
        """The words are the name of a government that is not simply that of its state: the Government of National Accord."""
        number = self._name_at.get(k)
        if number is None or self._names[number].last <= body:
            return False
        return not self._nisba(body, True) and self._name_at.get(body) is None

    def _chancellor(self, t: Title) -> Title | None:
        of = self._of(t)
        if of and of.id in _CHANCELLOR_STATES:
            return self._placed(replace(t, office="head_of_government"), of)
        for phrase in ("الامن القومي", "الامن الوطني"):
            if after := self._phrase(t.last, (phrase,)):
                return self._of_state(
                    replace(t, last=after, definite=True, portfolio="national_security_adviser"), "official"
                )
        return self._official(replace(t, portfolio="adviser"))

    def _minister(self, t: Title) -> Title | None:
        t = replace(t, office="minister")
        found = self._lexicon.portfolios.at(self._words, t.last)
        if found:
            t = replace(t, last=found[1], portfolio=found[0], definite=t.definite or self._folded(t.last).startswith("ال"))
            t = self._more_portfolios(t)
        of = self._of(t)
        if of is None and not found and not t.definite:
            skipped = self._unknown_portfolio(t)
            of = self._of(skipped)
            t = replace(skipped, portfolio="other")
            if of is None:
                return None
        if of and of.type is EntityType.ORGANIZATION:
            t = replace(t, office="official")  # the European foreign minister
        return self._placed(t, of) if of else t if t.definite else None

    def _more_portfolios(self, t: Title) -> Title:
        """"… of foreign affairs and defence": further portfolios joined by و."""
        word = self._folded(t.last)
        if word.startswith("وال") and (more := self._lexicon.portfolios.at(self._words, t.last, first=word[1:])):
            return replace(t, last=more[1])
        return t

    def _unknown_portfolio(self, t: Title) -> Title:
        last = t.last
        while last < min(t.last + 4, len(self._words)) and self._words[last].joins:
            if not self._folded(last).removeprefix("و").startswith("ال") or self._nisba(last, True):
                break
            last += 1
        return replace(t, last=last, definite=True)

    def _spokesperson(self, t: Title) -> Title | None:
        t = self._modifiers(replace(t, office="spokesperson"))
        if self._folded(t.last) in {"باسم", "بلسان"}:
            return self._spoken_for(replace(t, last=t.last + 1))
        if self._folded(t.last) in {"العسكري", "الحكومي"}:
            t = replace(t, last=t.last + 1)
        of = self._of(replace(t, definite=True)) or self._of(t)
        return self._placed(t, of) if of else t if t.definite else None

    def _spoken_for(self, t: Title) -> Title:
        if inner := self._title_at(t.last):
            return replace(t, last=inner.last, of=inner.of, of_name=inner.of_name)
        organ = self._lexicon.organs.at(self._words, t.last)
        if t.last not in self._name_at and organ:
            inner_of = self._of(replace(t, last=organ[1], definite=True))
            moved = replace(t, last=organ[1])
            return self._placed(moved, inner_of) if inner_of else moved
        of = self._of(t)
        if of:
            return self._placed(t, of)
        return replace(t, last=t.last + 1) if self._folded(t.last).startswith("ال") else t

    def _deputy(self, t: Title) -> Title | None:
        t = self._modifiers(replace(t, office="official"))
        if inner := self._title_at(t.last):
            portfolio = f"{t.portfolio}_{inner.portfolio or inner.office}"
            return replace(t, last=inner.last, of=inner.of, of_name=inner.of_name, portfolio=portfolio)
        of = self._of(t, person=True) or self._within(t) or self._elected_by(t)
        if of and (of.type != EntityType.PERSON or not t.definite):
            return self._placed(t, of)
        return None

    def _official(self, t: Title) -> Title | None:
        t = self._modifiers(replace(t, office="official"))
        if inner := self._title_at(t.last):
            return replace(t, last=inner.last, of=inner.of, of_name=inner.of_name)
        if self._folded(t.last) in self._lexicon.bodies and (of := self._of(replace(t, last=t.last + 1, definite=True))):
            return self._placed(t, of)
        of = self._of(t, person=not t.definite and t.portfolio in _STAFF) or self._within(t) or self._elected_by(t)
        head = unclitic(self._folded(t.first))
        if of and t.last == t.first + 1 and self._nisba(t.last, False) and any(bare(w) in _OCCUPATIONS for _, w in head):
            return self._placed(replace(t, office="", portfolio=""), of)
        return self._placed(t, of) if of else t if t.definite else None

    def _within(self, t: Title) -> _Of | None:
        """ "The foreign policy chief in the European Union": a body behind في."""
        number = self._name_at.get(t.last + 1) if self._folded(t.last) == "في" else None
        if number is None or self._names[number].type not in _BODY_TYPES:
            return None
        return self._of(replace(t, last=t.last + 1, definite=True))

    def _elected_by(self, t: Title) -> _Of | None:
        """ "The senator from (the province of) X": a member of a parliament serves the state of the place."""
        k = t.last + 1
        k += self._folded(k) in self._lexicon.place_heads and k not in self._name_at
        number = self._name_at.get(k) if self._folded(t.last) == "عن" and t.portfolio in _MEMBERS else None
        if number is None or len(self._names[number].ids) != 1:
            return None
        thing = self._reference.things[self._names[number].ids[0]]
        place = thing.type is EntityType.PLACE and bool(thing.country)
        return _Of(thing.country, None, EntityType.COUNTRY, self._names[number].last) if place else None

    def _state_within(self, t: Title) -> _Of | None:
        """ "The transitional president in Gabon, X": a state behind في, and its officer right behind."""
        number = self._name_at.get(t.last + 1) if t.definite and self._folded(t.last) == "في" else None
        if number is None or self._names[number].type is not EntityType.COUNTRY:
            return None
        k = self._names[number].last
        while k < len(self._words) and self._folded(k) in self._lexicon.ranks and k not in self._name_at:
            k += 1
        return self._of(replace(t, last=t.last + 1)) if self._is_person(k) and self._separated(k) else None

    def _headed(self, t: Title, state: str, other: str, needed: bool = False, portfolio: str = "") -> Title | None:
        """A title whose office depends on what it is head of: a state, or an organisation, group or place."""
        t = self._modifiers(t)
        of = self._of(t) or self._state_within(t)
        portfolio = portfolio or t.portfolio
        if of is None and self._folded(t.last) in self._lexicon.bodies:
            of = self._of(replace(t, last=t.last + 1, definite=True))
            if of:
                return replace(self._placed(t, of), office="official", portfolio=portfolio or self._folded(t.last))
        if of is None and (through := self._through(t)):
            return replace(through, office="leader" if other == "leader" else "official", portfolio=portfolio)
        if of is None:
            office = state if not needed and t.definite else ""
            return replace(t, office=office, portfolio=portfolio) if t.definite and not needed else None
        if of.type == EntityType.PERSON:
            return None
        organ = state == "official" and self._organ_of_state(of.id)
        office = state if of.type == EntityType.COUNTRY or organ else other
        return self._placed(replace(t, office=office, portfolio=portfolio), of)

    def _of_capital(self, t: Title | None, k: int) -> Title | None:
        """ "The mayor of the Russian capital": of the city, not of the state."""
        if t is None or self._folded(k) not in {"العاصمه", "عاصمه"}:
            return t
        city = next((c for c, state in self._reference.capitals.items() if state == t.of and c in self._reference.things), "")
        return replace(t, of=city) if city else t

    def _organ_of_state(self, id: str) -> bool:
        """An army or a police of a state; not a force whose leader the reference data knows as such (the army of Haftar)."""
        thing = self._reference.things.get(id)
        return thing is not None and thing.kind in _STATE_ORGANS and not self._reference.by_office.get(("leader", id))

    def _through(self, t: Title) -> Title | None:
        """The head of a body of something: "head of the political bureau of the movement", "of the board of X"."""
        k = t.last
        while k < min(t.last + MAX_BODY, len(self._words)) and self._words[k].joins and k not in self._name_at:
            if not self._folded(k).startswith("ال"):
                break
            k += 1
        if k == t.last or k >= len(self._words) or not self._folded(k).startswith("ل"):
            return None
        of = self._of(replace(t, last=k, definite=True))
        return self._placed(t, of) if of and of.type in _BODY_TYPES else None

    def _of_state(self, t: Title, office: str) -> Title | None:
        of = self._of(t) or (self._state_within(t) if office in _STATE_HEADS else None)
        t = replace(t, office=office)
        return self._placed(t, of) if of else t if t.definite else None

    def _title_at(self, i: int) -> Title | None:
        if i >= len(self._words) or not self._words[i].joins or i in self._name_at:
            return None
        return self._title(i)

    # -- what a title is of -----------------------------------------------------------------------------------------

    def _of(self, t: Title, person: bool = False) -> _Of | None:
        k = self._modifiers(t).last
        if k >= len(self._words) or not self._words[k].joins:
            return None
        if self._folded(k) in self._lexicon.place_heads and k not in self._name_at and k + 1 < len(self._words):
            k += 1
        if nisba := self._nisba(k, t.definite):
            return nisba
        number = self._name_at.get(k)
        if number is None:
            return self._definite(k, t)
        if not self._genitive(k, t):
            return None
        name = self._names[number]
        if name.type in {EntityType.TOPIC, EntityType.AGREEMENT} or (name.type is EntityType.PERSON and not person):
            return None
        if len(name.ids) != 1:
            return _Of("", number, name.type, name.last)
        thing = self._reference.things[name.ids[0]]
        if thing.type == EntityType.PLACE and thing.id in self._reference.capitals and t.office != "leader":
            return _Of(thing.id, None, thing.type, name.last)
        return _Of(thing.id, None, thing.type, name.last)

    def _definite(self, k: int, t: Title) -> _Of | None:
        """A definite noun that stands for a body named before: "the secretary-general of the alliance"."""
        for cut, word in unclitic(self._words[k].folded)[:3]:
            found = self._lexicon.references.at(self._words, k, first=word)
            if found and found[0] in _BODIES and cut == (1 if t.definite else 0):
                return _Of("", None, EntityType.ORGANIZATION, found[1], (found[0], self._said(word, k)))
        return None

    def _said(self, word: str, k: int) -> str:
        return word if self._folded(k) != word else self._text[self._words[k].start : self._words[k].end]

    def _genitive(self, k: int, t: Title) -> bool:
        """A name is what a title is of when it stands in the genitive: no و or ب before it; ل only after a definite head."""
        cut = self._text[self._words[k].start : self._names[self._name_at[k]].span.start]
        return cut == "" or cut.startswith("ل")

    def _nisba(self, k: int, definite: bool) -> _Of | None:
        found = self._lexicon.nisbas.at(self._words, k) if k < len(self._words) else None
        if not found or (definite and not self._folded(k).startswith("ال")):
            return None
        kind = self._reference.things[found[0]].type if found[0] in self._reference.things else EntityType.ORGANIZATION
        return _Of(found[0], None, kind, found[1])

    def _placed(self, t: Title, of: _Of) -> Title:
        return replace(t, last=of.after, of=of.id, of_name=of.name, owner=of.owner)

    def _modifiers(self, t: Title) -> Title:
        last, former, office = t.last, t.former, t.office
        while last < len(self._words) and self._words[last].joins and self._folded(last) in self._lexicon.modifiers | _ELECT:
            former = former or self._folded(last) in self._lexicon.former
            if self._folded(last) in _ELECT and self._folded(last + 1) not in _BY_VOTE:
                office = ""  # elected, and not yet in office
            last += 1
        return replace(t, last=last, former=former, office=office)

    def _closed(self, t: Title) -> Title:
        t = self._modifiers(t)
        if (t.of or t.of_name is not None) and self._folded(t.last) in _SIDES and self._words[t.last].joins:
            t = replace(t, last=t.last + 1)
        if not t.of and t.of_name is None and self._folded(t.first) in self._lexicon.plurals:
            t = replace(t, office="")  # "the presidents" of nothing that is named: no single person
        start = t.span.start
        end = self._words[t.last - 1].end
        return replace(t, span=Span(start, end), text=self._text[start:end])

    # -- the bearer ---------------------------------------------------------------------------------------------------

    def _with_name(self, title: Title) -> list[Title]:
        """The title with its name, followed by those that share its head ("… and the Russian, X")."""
        number = self._bearer(title)
        if number is not None and (staff := self._staff_of(title, number)):
            return [staff]
        if number is not None and self._prince(title) and not self._reigns(self._names[number], title.of):
            title = replace(title, office="")
        titles = [replace(title, name=number)]
        while next_title := self._sharing(titles[-1]):
            titles.append(next_title)
        return titles

    def _staff_of(self, title: Title, number: int) -> Title | None:
        """ "Adviser of the president Putin, X": the person behind the title is the one whose aide he is, where the reference
        data knows him to have been president; the aide is the next one, over a comma."""
        name = self._names[number]
        aide = title.portfolio in {"adviser", "envoy"} or any(bare(w) in _AIDES for _, w in unclitic(self._folded(title.first)))
        if title.of or not aide or title.last - title.first < 2:
            return None
        heads = {row.office for person in name.ids for row in self._reference.by_person.get(person, ())}
        if len(name.ids) != 1 or not heads & {"head_of_state", "head_of_government"}:
            return None
        moved = replace(title, last=name.last, of=name.ids[0], of_name=None)
        k = name.last
        while k < min(name.last + MAX_TAIL, len(self._words)) and not self._words[k].stops and not self._words[k].gap.strip(_SEPARATORS):
            if self._is_person(k) and self._words[k].gap.strip() in {"،", ","}:
                return replace(moved, name=self._name_at[k])
            if self._ends_tail(k) or k in self._name_at or self._words[k].folded.startswith("و"):
                break
            k += 1
        return replace(moved, name=None)

    def _prince(self, title: Title) -> bool:
        """ "The prince", "the Saudi prince": one of many; "the emir of Qatar" is the head of that state."""
        heads = (self._lexicon.heads.at(self._words, title.first, first=rest) for _, rest in unclitic(self._folded(title.first)))
        return title.definite and any(found and self._lexicon.head_entries[found[0]].class_ == "prince" for found in heads)

    def _reigns(self, name: Name, state: str) -> bool:
        rows = [row for person in name.ids for row in self._reference.by_person.get(person, ())]
        return any(row.office == "head_of_state" and row.of == (state or row.of) for row in rows)

    def _bearer(self, title: Title) -> int | None:
        k = title.last
        while k < len(self._words) and self._separated(k) and self._folded(k) in self._lexicon.ranks:
            if k in self._name_at:
                break
            k += 1
        if k in self._name_at and self._words[k].gap.strip() in {"(", '"', "«", "“"}:
            aside = self._names[self._name_at[k]]
            if aside.type in {EntityType.ORGANIZATION, EntityType.COUNTRY} and self._is_person(aside.last):
                k = aside.last
        if self._is_person(k) and self._separated(k):
            name = self._names[self._name_at[k]]  # one with و before it is another person than the title's
            return self._name_at[k] if name.span.start == self._words[k].start else None
        return self._behind_tail(title)

    def _behind_tail(self, title: Title) -> int | None:
        """The bearer behind a qualification: "the Russian ambassador in London X"."""
        k = title.last
        if k >= len(self._words) or not (self._folded(k) in _TAIL or self._folded(k).startswith(("ل", "ب"))):
            return None
        if not self._words[k].joins or self._is_person(k):
            return None
        for j in range(k, min(k + MAX_TAIL, len(self._words))):
            if self._ends_tail(j):
                return None
            if j == k:
                continue
            gap = self._words[j].gap.strip(_SEPARATORS.replace(",", "").replace("،", ""))
            if gap.strip("،,") or self._words[j].stops:
                return None
            if self._is_person(j):
                name = self._names[self._name_at[j]]
                return self._name_at[j] if name.span.start == self._words[j].start else None
        return None

    def _ends_tail(self, j: int) -> bool:
        """Words that cannot stand inside a qualification: another title, "with", a verb of speech's أن."""
        word = self._folded(j)
        if word.startswith("ي") and len(word) > 2 and j not in self._name_at:
            return True  # a verb: "the ambassador to X describes …"
        if word in {"مع", "ان", "انه", "الذي", "التي", "قبل", "بعد", "خلال", "حيث", "ضد", "بان"}:
            return True
        return j not in self._name_at and any(
            self._lexicon.heads.at(self._words, j, first=reading) for _, reading in unclitic(word)
        )

    def _is_person(self, k: int) -> bool:
        return k in self._name_at and self._names[self._name_at[k]].type in _FIRST_PERSON_TYPES

    def _separated(self, k: int) -> bool:
        return k < len(self._words) and not self._words[k].gap.strip(_SEPARATORS)

    def _sharing(self, title: Title) -> Title | None:
        """A title that shares the head of `title`: و + nisba or country, as in "the presidents of X, A, and of Y, B"."""
        after = self._names[title.name].last if title.name is not None else title.last
        if after >= len(self._words) or not self._separated(after) or not self._folded(after).startswith("و"):
            return None
        first = self._folded(after)[1:]
        found = self._lexicon.nisbas.at(self._words, after, first=first)
        if found and first.startswith("ال"):
            of, last, cut = found[0], found[1], 1
        elif not title.definite and (number := self._name_at.get(after)) is not None:
            name = self._names[number]
            if name.type != EntityType.COUNTRY or len(name.ids) != 1 or name.span.start == self._words[after].start:
                return None
            of, last, cut = name.ids[0], name.last, name.span.start - self._words[after].start
        else:
            return None
        span = Span(self._words[after].start + cut, self._words[last - 1].end)
        shared = replace(
            title, first=after, last=last, of=of, of_name=None, name=None, former=False, span=span,
            text=self._text[span.start : span.end],
        )  # fmt: skip
        shared = self._closed(shared)
        bearer = self._bearer(shared)
        if bearer is None and title.name is not None:
            return None
        return replace(shared, name=bearer)

    # -- words ------------------------------------------------------------------------------------------------------

    def _folded(self, k: int) -> str:
        return self._words[k].folded if k < len(self._words) else ""

    def _phrase(self, k: int, options: Sequence[str]) -> int | None:
        for option in options:
            parts = option.split()
            if [self._folded(k + n) for n in range(len(parts))] == parts:
                return k + len(parts)
        return None
