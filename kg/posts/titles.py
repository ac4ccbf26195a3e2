"""Titles in a text: "the Russian foreign minister", "rather of the presidents of X, A, and of Y, B".

A title is read from left to right over surface words: head, what it is head of, adjectives, the name. The grammar follows
the classes of `kg/data/lexicon/titles.toml`; it knows words, not parses, because titles are long and the parser often
breaks them. What a title is of, kg/posts/wholes.py reads; who bears it, kg/posts/bearers.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.arabic import bare, unclitic
from kg.language.wordclasses import shipped
from kg.language.words import Word
from kg.lexicon import HeadEntry, Lexicon
from kg.model import EntityType, Name, Span, Title
from kg.names import possessives
from kg.posts.bearers import Bearers, given
from kg.posts.chains import CHAINED, LEADING, ChainReader
from kg.posts.governments import Governments
from kg.posts.ministers import Ministers
from kg.posts.owners import PRONOUNS
from kg.posts.sharers import Sharers
from kg.posts.spokesmen import Spokesmen
from kg.posts.titletext import TitleText
from kg.posts.wholes import Whole, Wholes
from kg.reference import Reference

_WORDS = shipped("titlewords")
_GOVERNMENT = _WORDS.phrases("governments")
_REPUBLIC = _WORDS["republic"]
# What the head of a state leads between two constitutions.
_TRANSITION = _WORDS.phrases("transition")
_STATE_HEADS = frozenset({"head_of_state", "head_of_government"})
# "Ruling", "opposing" behind the name of a party that a title is of.
_SIDES = _WORDS["party_sides"]
_CHANCELLOR_STATES = frozenset({"germany", "austria"})
# Classes of heads whose dual before a genitive ends like an adjective.
_WITH_DUALS = LEADING | {"minister", "governor", "deputy"}
# Posts that are held with a person: an aide of Kim, an adviser of Putin.
_STAFF = frozenset({"adviser", "envoy", "deputy", "ambassador"})
# Offices of which a person may have another one besides, told in the same breath.
_HELD_BY_OTHERS = frozenset({"official", "leader"})
# Verbs that one person is the subject of, and that nobody is the object of.
_SAID = _WORDS["said"]
# What stands behind the post of who is sent somewhere: ambassador to.
_SENT_TO = _WORDS["sent_to"]
_INTERNATIONAL = _WORDS["international"]
# What says of a representative that he is sent by those whose adjective he bears, and is no actor.
_SENT_AS = _WORDS["sent_as"]
# Posts of several words, the last of which may begin the name of what the bearer leads: director of the Office of X.
_OF_NAMED_BODIES = frozenset({"adviser", "intelligence_chief", "investigator"})
# Forces of a state whose commander the words alone do not place: of which state is told by what the article is about.
_FORCES = _WORDS["forces"]
# "Acting" before the title of the post that somebody holds for a time: القائم بأعمال وزير الخارجية.
_ACTING = _WORDS["acting"]
# Posts by which people are addressed behind another title of theirs: the spokesman, (the) ambassador X.
_ADDRESSES = _WORDS["addresses"]
# Heads that are occupations beside offices: actor, lawyer. With a nisba alone they are no post ("the Egyptian actor X").
_OCCUPATIONS = _WORDS["occupations"]


class TitleReader:
    """Reads the titles of one text. `names` are the names already found, in order."""

    def __init__(self, text: str, words: Sequence[Word], names: Sequence[Name], lexicon: Lexicon, reference: Reference) -> None:
        name_at = {name.first: n for n, name in enumerate(names)}
        self._text = TitleText(text, words, names, name_at, lexicon, reference)
        self._wholes = Wholes(self._text)
        self._bearers = Bearers(self._text)
        self._ministers = Ministers(self._text, self._wholes)
        self._governments = Governments(self._text, self._wholes)
        self._spokesmen = Spokesmen(self._text, self._wholes, self._title_at)
        self._sharers = Sharers(self._text, self._bearers, self._closed)
        self._persons_end = {name.last for name in names if name.type is EntityType.PERSON}
        self._chains = ChainReader(text, words, names, name_at, lexicon)

    def read(self) -> list[Title]:
        """All titles, left to right; a title inside another one (deputy of …) is not listed again."""
        titles: list[Title] = []
        i = 0
        while i < len(self._text.words):
            title = self._title(i) if i not in self._text.within_persons else None
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
        gap = self._text.words[title.first].gap.strip()
        if self._side_by_side(before, title, gap):
            return True
        address = title.last - title.first == 1 and title.definite and not title.of
        joined = gap in {"،", ","} or (not gap and (address or title.span.start == self._text.words[title.first].start + 1))
        spoken = address and before.office == "spokesperson" and self._text.folded(title.first) in _ADDRESSES
        return joined and (before.office in _HELD_BY_OTHERS or before.office == title.office == "minister" or spoken)

    def _side_by_side(self, before: Title, title: Title, gap: str) -> bool:
        """ "The spokesman of the government, the deputy premier X", without a comma: nobody but a spokesman has another post right
        behind his own, unless a verb says that one speaks: behind "met" the two may be whom it is said of."""
        if gap or title.span.start != self._text.words[title.first].start or not before.office or not title.office:
            return False
        verb = self._text.folded(before.first - 1) if before.first else ""
        said = bare(verb) in _SAID or verb.removeprefix("و") in _SAID
        return said or (before.office == "spokesperson" and not self._meets(verb)) or title.office == "spokesperson"

    def _meets(self, word: str) -> bool:
        return word.removeprefix("و").startswith(("التق", "استقبل", "يلتقي", "زار"))

    # -- one title ------------------------------------------------------------------------------------------------

    def _title(self, i: int) -> Title | None:
        if (own := possessives.read(self._text.text, self._text.words, i, self._text.lexicon)) and i not in self._text.name_at:
            span = Span(self._text.words[i].start + own.cut, self._text.words[own.last - 1].end)
            return self._closed(
                Title(i, own.last, span, "", own.office, own.portfolio, definite=True, masculine=own.masculine, owner=(own.pronoun, ""))
            )
        for cut, word in unclitic(self._text.words[i].folded):
            found = self._text.lexicon.heads.at(self._text.words, i, first=word)
            if not found:
                continue
            entry = self._text.lexicon.head_entries[found[0]]
            if self._no_head(i, word, entry):
                continue
            if entry.portfolio in _OF_NAMED_BODIES and found[1] > i + 1 and self._names_body(i + 1, found[1]) and (short := self._text.lexicon.heads.word(word)):
                found, entry = (short, i + 1), self._text.lexicon.head_entries[short]
            tail = self._text.folded(found[1] - 1) if found[1] > i + 1 else word
            definite = "ال" in {word[:2], tail[:2]} or entry.class_ == "counterpart"
            draft = Title(
                first=i,
                last=found[1],
                span=Span(self._text.words[i].start + cut, self._text.words[found[1] - 1].end),
                text="",
                office=entry.office,
                portfolio=entry.portfolio,
                definite=definite,
                masculine=word.removeprefix("ال") not in self._text.lexicon.feminine and not word.startswith("نظيرت"),
            )
            title = self._complete(entry, draft)
            if title := self._chained(entry, draft, title):
                return self._closed(title)
        return None

    def _no_head(self, i: int, word: str, entry: HeadEntry) -> bool:
        """ "The main (rival)" is no dual of "president", which has no article before what it is of; "the ruling (party)" is said of
        what stands before."""
        if word.startswith("ال") and word.endswith("ي") and entry.class_ in _WITH_DUALS and self._text.lexicon.heads.word(word[:-1]) == entry.id:
            return True
        close = i > 0 and self._text.words[i].joins and not self._text.words[i].gap.strip()
        if close and self._text.folded(i - 1).startswith("ال") and entry.class_ == "official" and word.startswith("ال") and word.endswith(("ي", "يه")):
            return True  # "the diplomatic conflict"
        return close and word in _SIDES and (self._text.folded(i - 1).startswith("ال") or i - 1 in self._text.inside)

    def _names_body(self, k: int, last: int) -> bool:
        """The second word of a head begins the name of a body that goes on: director of the Office of X, of no office."""
        number = self._text.name_at.get(k)
        return number is not None and self._text.names[number].type is EntityType.ORGANIZATION and self._text.names[number].last > last

    def _chained(self, entry: HeadEntry, draft: Title, title: Title | None) -> Title | None:
        """The title with what it is of behind words that are no name (see kg.posts.chains); as it is where it has that already."""
        if entry.class_ not in CHAINED or (title and (title.of or title.of_name is not None or title.owner[0] or self._sent(title))):
            return title
        if title and title.office not in {"official", "leader", "head_of_state"}:
            return title
        start = self._wholes.modifiers(title or draft)
        if start.definite and not self._text.folded(start.last).startswith(("ل", "ب", "في")):
            return title  # "the president X": the words behind are no part of it
        behind = draft.first in self._persons_end and self._text.words[draft.first].gap.strip() in {"،", ",", "(", ""}
        chain = self._chains.read(start.last, entry.class_ in LEADING, behind)
        if chain is None or (chain.type is EntityType.PERSON and not chain.of and chain.of_name is None and not self._serves(chain.last)):
            return title
        return replace(
            start, office="official", portfolio=start.portfolio or entry.portfolio, last=chain.last, of=chain.of, of_name=chain.of_name,
            former=start.former or self._text.folded(chain.last - 1) in self._text.lexicon.former,
        )  # fmt: skip

    def _serves(self, k: int) -> bool:
        """The person at word `k`, behind ranks, is known to hold an office: of whom is looked up later."""
        number = next((self._text.name_at[j] for j in range(k, min(k + 3, len(self._text.words))) if j in self._text.name_at), None)
        rows = [row for i in self._text.names[number].ids for row in self._text.reference.by_person.get(i, ())] if number is not None else []
        return any(row.office == "official" for row in rows)

    def _complete(self, entry: HeadEntry, draft: Title) -> Title | None:
        match entry.class_:
            case "president":
                return self._president(draft)
            case "chancellor":
                return self._chancellor(draft)
            case "minister":
                return self._ministers.read(draft)
            case "monarch" | "prince":
                return self._headed(draft, state="head_of_state", other="leader")
            case "leader":
                return self._governments.of_regime(draft) or self._headed(draft, state="head_of_state", other="leader")
            case "commander":
                return self._headed(draft, state="official", other="leader", portfolio="commander")
            case "premier":
                return self._of_state(draft, "head_of_government")
            case "fixed":
                return self._of_state(draft, entry.office)
            case "chief":
                return self._headed(draft, state="official", other="leader")
            case "governor":
                return self._wholes.of_capital(self._headed(draft, state="leader", other="leader", needed=True), draft.last)
            case "spokesperson":
                return self._spokesmen.read(draft)
            case "deputy":
                return self._deputy(draft)
            case "counterpart":
                return self._of_state(draft, "counterpart")
            case "scholar":
                return self._scholar(draft)
            case _:
                return self._official(draft)

    def _president(self, t: Title) -> Title | None:
        if after := self._governments.government_of_another(t.last):
            return self._of_state(replace(t, last=after, definite=True), "head_of_government")
        if (body := self._text.phrase(t.last, _GOVERNMENT)) and not self._governments.own_government(t.last, body):
            return self._of_state(replace(t, last=body, definite=True), "head_of_government")
        if after := self._text.phrase(t.last, _TRANSITION):
            return self._of_state(replace(t, last=after, definite=True), "head_of_state")
        if self._text.folded(t.last) in _REPUBLIC and t.last < len(self._text.words) and t.last not in self._text.name_at:
            return self._of_state(replace(t, last=t.last + 1, definite=True), "head_of_state")
        if regime := self._governments.of_regime(t):
            return regime
        return self._headed(t, state="head_of_state", other="leader")

    def _chancellor(self, t: Title) -> Title | None:
        of = self._wholes.of(t)
        if of and of.id in _CHANCELLOR_STATES:
            return self._wholes.placed(replace(t, office="head_of_government"), of)
        for phrase in ("الامن القومي", "الامن الوطني"):
            if after := self._text.phrase(t.last, (phrase,)):
                return self._of_state(
                    replace(t, last=after, definite=True, portfolio="national_security_adviser"), "official"
                )
        return self._official(replace(t, portfolio="adviser"))

    def _deputy(self, t: Title) -> Title | None:
        t = self._of_party(self._wholes.modifiers(replace(t, office="official")))
        if inner := self._title_at(t.last):
            portfolio = f"{t.portfolio}_{inner.portfolio or inner.office}"
            return replace(t, last=inner.last, of=inner.of, of_name=inner.of_name, portfolio=portfolio)
        of = self._wholes.of(t, person=True) or self._wholes.within(t) or self._wholes.elected_by(t)
        if of and (of.type != EntityType.PERSON or not t.definite):
            return self._wholes.placed(t, of)
        elected = self._text.folded(t.last - 1) in self._text.lexicon.parties and self._borne(t.last)
        return replace(t, portfolio="member_of_parliament") if elected else None  # "the Republican deputy X"

    def _of_party(self, t: Title) -> Title:
        """ "The Republican senator (X)": the title with the adjective of the party."""
        party = t.definite and t.last < len(self._text.words) and self._text.words[t.last].joins and self._text.folded(t.last) in self._text.lexicon.parties
        return self._wholes.modifiers(replace(t, last=t.last + 1)) if party else t

    def _official(self, t: Title) -> Title | None:
        t = self._of_party(self._wholes.modifiers(replace(t, office="official")))
        if inner := self._title_at(t.last):
            acting = self._text.folded(t.last - 1) in _ACTING and inner.office not in {"", "counterpart"}
            office, portfolio = (inner.office, inner.portfolio) if acting else (t.office, t.portfolio)
            return replace(t, last=inner.last, of=inner.of, of_name=inner.of_name, office=office, portfolio=portfolio)
        if self._text.folded(t.last) in self._text.lexicon.bodies and (of := self._wholes.of(replace(t, last=t.last + 1, definite=True))):
            return self._wholes.placed(t, of)
        if f"ال{self._text.folded(t.last)}" in self._text.lexicon.bodies and (of := self._wholes.of(replace(t, last=t.last + 1, definite=False))) and of.type is EntityType.COUNTRY:
            return self._wholes.placed(t, of)  # "the chief of staff of the army of Fiji"
        of = self._wholes.of(t, person=not t.definite and t.portfolio in _STAFF) or self._wholes.within(t) or self._wholes.elected_by(t) or self._international(t)
        head = unclitic(self._text.folded(t.first))
        special = of is not None and self._text.folded(of.after) in _SENT_AS
        if of and not special and t.last == t.first + 1 and self._wholes.nisba(t.last, False) and any(bare(w) in _OCCUPATIONS for _, w in head):
            return self._wholes.placed(replace(t, office="", portfolio=""), of)
        return self._wholes.placed(t, of) if of else t if t.definite or self._sent(t) else None

    def _scholar(self, t: Title) -> Title | None:
        """A researcher, a professor: of the institute behind "in", and of nothing else."""
        t = self._wholes.modifiers(replace(t, office="official"))
        of = self._wholes.within(t)
        return self._wholes.placed(t, of) if of else None

    def _international(self, t: Title) -> Whole | None:
        """ "The international envoy to X" is the United Nations'."""
        named = t.portfolio == "envoy" and t.definite and t.last < len(self._text.words) and self._text.words[t.last].joins
        return Whole("united_nations", None, EntityType.ORGANIZATION, t.last + 1) if named and self._text.folded(t.last) in _INTERNATIONAL else None

    def _sent(self, t: Title) -> bool:
        """ "(Was appointed) ambassador to X": of whom is told by who appoints."""
        return given(t, self._text.words) and self._text.folded(t.last) in _SENT_TO

    def _headed(self, t: Title, state: str, other: str, needed: bool = False, portfolio: str = "") -> Title | None:
        """A title whose office depends on what it is head of: a state, or an organisation, group or place."""
        t = self._wholes.modifiers(t)
        of = self._wholes.of(t) or self._wholes.state_within(t)
        portfolio = portfolio or t.portfolio
        if of is None and self._text.folded(t.last) in self._text.lexicon.bodies:
            branch = t.last + 1 + (self._text.folded(t.last + 1) in _WORDS["branches"])  # the (land) forces
            of = self._wholes.of(replace(t, last=branch, definite=True))
            if of:
                return replace(self._wholes.placed(t, of), office="official", portfolio=portfolio or self._text.folded(t.last))
        if of is None and state == "official" and self._text.folded(t.last) in _FORCES and self._borne(t.last + 1):
            return replace(t, last=t.last + 1, office="official", portfolio="army_chief")
        if of is None and other == "leader" and (known := self._bearers.known_leader(t)):
            return known
        if of is None and (through := self._wholes.through(t)):
            return replace(through, office="leader" if other == "leader" else "official", portfolio=portfolio)
        if of is None and state == "official" and (body := self._wholes.in_body(t)):
            return self._wholes.placed(replace(t, office="official", portfolio=portfolio), body)
        if of is None:
            office = state if not needed and t.definite else ""
            return replace(t, office=office, portfolio=portfolio) if t.definite and not needed else None
        if of.type == EntityType.PERSON:
            return None
        organ = state == "official" and self._wholes.organ_of_state(of.id)
        office = state if of.type == EntityType.COUNTRY or organ else other
        return self._wholes.placed(replace(t, office=office, portfolio=portfolio), of)

    def _borne(self, k: int) -> bool:
        """A person stands at word `k`, behind a rank."""
        k += self._text.folded(k) in self._text.lexicon.ranks and k not in self._text.name_at
        return self._text.is_person(k) and self._text.separated(k)

    def _of_state(self, t: Title, office: str) -> Title | None:
        of = self._wholes.of(t) or (self._wholes.state_within(t) if office in _STATE_HEADS else None)
        if of and of.type is EntityType.PLACE and of.id not in self._text.reference.capitals and office in _STATE_HEADS:
            office = "leader"  # the first minister of a land within a state
        t = replace(t, office=office)
        return self._wholes.placed(t, of) if of else t if t.definite else None

    def _title_at(self, i: int) -> Title | None:
        if i >= len(self._text.words) or not self._text.words[i].joins or i in self._text.name_at:
            return None
        return self._title(i)

    def _closed(self, t: Title) -> Title:
        t = self._wholes.modifiers(t)
        if (t.of or t.of_name is not None) and self._text.folded(t.last) in _SIDES and self._text.words[t.last].joins:
            t = replace(t, last=t.last + 1)
        if t.of and self._of_body(t.of) and self._text.words[t.last - 1].folded not in self._text.reference.demonyms and (near := self._nisba_behind(t)):
            t = replace(t, last=near)  # "the governor of the Mozambican province of X": in Arabic behind its name
        second = self._wholes.nisba(t.last, True) if self._text.words[t.last - 1].folded in self._text.reference.demonyms else None
        if second and self._text.words[t.last].joins:
            t = replace(t, office="", last=second.after)  # "the Tajik Afghan leader": of a people, not of a state
        if not t.of and t.of_name is None and self._text.folded(t.first) in self._text.lexicon.plurals:
            t = replace(t, office="")  # "the presidents" of nothing that is named: no single person
        start = t.span.start
        end = self._text.words[t.last - 1].end
        return replace(t, span=Span(start, end), text=self._text.text[start:end])

    def _of_body(self, id: str) -> bool:
        thing = self._text.reference.things.get(id)
        return thing is not None and thing.type in {EntityType.PLACE, EntityType.ORGANIZATION, EntityType.ARMED_GROUP}

    def _nisba_behind(self, t: Title) -> int | None:
        """The word after the adjective of the state that a body or a place is of, with the bearer behind it."""
        if t.last >= len(self._text.words) or not self._text.words[t.last].joins or self._text.words[t.last].gap.strip():
            return None
        nisba = self._wholes.nisba(t.last, True)
        return nisba.after if nisba and self._text.is_person(nisba.after) and self._text.separated(nisba.after) else None

    # -- the bearer ---------------------------------------------------------------------------------------------------

    def _with_name(self, title: Title) -> list[Title]:
        """The title with its name, followed by those that share its head ("… and the Russian, X")."""
        number = self._bearers.bearer(title)
        if number is not None and (staff := self._bearers.staff_of(title, number)):
            inner = self._within(title)
            return [staff, replace(inner, name=number)] if inner is not None and inner.office in _STATE_HEADS else [staff]
        if number is not None and (two := self._bearers.master_of(title, self._within(title), number)):
            return two
        if number is not None and self._bearers.prince(title) and not self._bearers.reigns(self._text.names[number], title.of):
            title = replace(title, office="")
        titles = [replace(title, name=number)]
        while next_title := self._sharers.next_to(titles[-1]):
            titles.append(next_title)
        return [*titles, *self._ending(title)]

    def _ending(self, title: Title) -> list[Title]:
        """The title with its bearer that another ends with: "(head of the campaign of) the Russian president X"."""
        number = next((n for n, name in enumerate(self._text.names) if name.last == title.last and name.type is EntityType.PERSON), None)
        first = self._text.names[number].first if number is not None else 0
        inner = (self._title(k) for k in range(title.first + 1, first) if k not in self._text.name_at)
        return [replace(t, name=number) for t in inner if t is not None and t.last == first and t.office in _STATE_HEADS][:1]

    def _within(self, title: Title) -> Title | None:
        """The title that another ends with: "(the spokesman of) the Russian president"."""
        inner = (self._title(k) for k in range(title.first + 1, title.last) if k not in self._text.name_at)
        return next((t for t in inner if t is not None and t.last == title.last), None)
