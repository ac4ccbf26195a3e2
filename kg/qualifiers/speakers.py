"""Who speaks: the speaker of a verb of speech, of "according to" and of "in his words".

Looked for are, the surest first: who stands behind "quoting" (نقلا عن), a source without a name, the subject of the verb, a document
("a statement of the Kremlin said"), a subject that is no entity; a verb without any of them goes on with the last speaker.
The words are data: `kg/data/lexicon/attribution.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kg.language.morphology import is_feminine
from kg.language.speech import cues, verbs_of_speech
from kg.model import EntityType
from kg.rules import RuleSet
from kg.slots.frames import Frames
from kg.syntax.clauses import Reading, Unit

SPEAKING = frozenset({EntityType.PERSON, EntityType.ORGANIZATION, EntityType.ARMED_GROUP, EntityType.COUNTRY})
# What stands around the words for a source and is none of them.
_AROUND = " ،,.:\"«»"


@dataclass(frozen=True, slots=True)
class Said:
    """Who says a clause: an entity key, or the words for a source that is no entity, or both (a nameless official by way of an
    agency); both empty for the article itself."""

    key: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.key or self.text)


@dataclass(frozen=True, slots=True)
class Act:
    """The tokens `first` to `last` (exclusive) are reported by the verb at token `verb`; `unit` is the speaker that is named."""

    verb: int
    first: int
    last: int
    said: Said
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, and the unit that names them where the text has one."""

    said: Said
    unit: Unit | None = None


@dataclass
class State:
    """What is carried from sentence to sentence: who has spoken last, and the acts found so far."""

    last: Speaker | None = None
    acts: list[Act] = field(default_factory=list)


class Speakers:
    """Who speaks in one article."""

    def __init__(self, reading: Reading, rules: RuleSet, frames: Frames, capitals: Mapping[str, str]) -> None:
        """`capitals` are the ids of cities that speak for their state, with the state's."""
        self._reading = reading
        self._capitals = capitals
        self._frames = frames
        self._cues = cues()
        self._speech = verbs_of_speech(rules.speech)

    def of_verb(self, i: int, begin: int, limit: int, state: State) -> Speaker | None:
        """Whose words the verb at token `i` reports; `limit` is where what is reported begins."""
        r = self._reading
        if r.norm(i) in self._cues.verbs["relaying"] and (relayed := self._relayed(i, limit)):
            return relayed
        if r.norm(i) in self._cues.words["appears"]:
            return self._named_within(i + 1, min(limit, i + 9)) or state.last
        if r.norm(i + 1) in self._cues.words["sources"] and (voice := r.in_name_of(i + 1)):
            return Speaker(Said(voice.key, r.article.cut(r.span(i + 1, voice.last)).strip(_AROUND)), voice)
        if nameless := self._nameless(i + 1, min(limit, i + 4)):
            return state.last if nameless.text.startswith("ال") and state.last else Speaker(nameless)
        participle = r.pos(i) != "VERB"
        if participle and (outer := self._outer(i, begin, state)):
            return outer
        if (unit := self._subject(i)) and self._beside(unit, i, limit):
            return Speaker(Said(unit.key), unit)
        if document := self._document(i, limit, state):
            return document
        if not participle and (stranger := self._stranger(i, limit)):
            return stranger
        if not participle and (i <= begin + 2 or r.norm(i - 1) == "و"):
            return state.last if state.last and self._agrees(state.last.unit, i) else None
        main = self._of_main_clause(i, begin)
        if main and self._agrees(main.unit, i):
            return main
        return state.last if participle and r.norm(begin) in self._speech | {"و"} else None

    def _stranger(self, i: int, limit: int) -> Speaker | None:
        """A subject that is no entity: the noun right behind the verb, with what belongs to it."""
        r = self._reading
        if r.pos(i + 1) != "NOUN" or i + 1 in r.unit_at or i + 1 >= limit or not self._goes_on(i + 1):
            return None
        if r.norm(i + 1) in self._cues.words["not_speakers"] or r.norm(i + 1).endswith("ا"):
            return None
        stop = i + 2
        while stop < min(limit, i + 7) and self._goes_on(stop):
            stop += 1
        return Speaker(Said("", r.article.cut(r.span(i + 1, stop)).strip(_AROUND)))

    def _outer(self, i: int, begin: int, state: State) -> Speaker | None:
        """Who speaks in the sentence that a participle goes on with: "said that …, adding that"."""
        acts = [a for a in state.acts if a.verb >= begin and a.first <= i < a.last]
        outer = min(acts, key=lambda a: a.first, default=None)
        return Speaker(outer.said, outer.unit) if outer else None

    def _agrees(self, unit: Unit | None, i: int) -> bool:
        """A verb can have the unit as its subject: in gender where that is known, and one person takes no plural."""
        if unit is None or self._reading.pos(i) != "VERB":
            return True
        if unit.type is EntityType.PERSON and self._reading.norm(i).endswith(("ون", "وا")):
            return False
        if unit.feminine is None:
            return True
        return unit.feminine == is_feminine(self._reading.norm(i))

    def _beside(self, unit: Unit, i: int, limit: int) -> bool:
        """The unit stands behind the verb before what is reported, or before the verb with no other between: a subject that
        is inherited from what another verb reports ("Moscow said that Turkey …, and added that") is not the speaker."""
        if unit.first > i:
            return unit.first < limit
        if unit.first < self._reading.bounds(i)[0]:
            return False  # carried over from a sentence before: who has spoken last is known better
        return not any(self._reading.pos(k) == "VERB" for k in range(unit.last, i))

    def _subject(self, i: int) -> Unit | None:
        fillers = [f for f in self._frames.verb(i).slots.get("subj", []) if not f.through or f.units[0].organ]
        unit = self._as_speaker(fillers[0].units[0]) if fillers else None
        return unit if unit and unit.type in SPEAKING and not unit.adjective else None

    def _as_speaker(self, unit: Unit) -> Unit:
        """A capital that speaks ("Washington announced") is its government."""
        state = self._capitals.get(unit.key.removeprefix("ref:"))
        return replace(unit, key=f"ref:{state}", type=EntityType.COUNTRY) if state and unit.type is EntityType.PLACE else unit

    def _document(self, i: int, limit: int, state: State) -> Speaker | None:
        """ "A statement of the Kremlin said": the unit behind the noun; "the statement added": whose statement it was."""
        word = self._reading.norm(i + 1)
        if word.removeprefix("ال") not in self._cues.words["documents"]:
            return None
        return self._named_within(i + 2, min(limit, i + 8)) or (state.last if word.startswith("ال") else None)

    def _named_within(self, first: int, last: int) -> Speaker | None:
        for k in range(first, last):
            unit = self._reading.unit_at.get(k)
            if unit and unit.type in SPEAKING:
                return Speaker(Said(unit.key), unit)
        return None

    def _relayed(self, i: int, limit: int) -> Speaker | None:
        """The speaker behind "from"; a source without a name keeps the agency that passes its words on."""
        r = self._reading
        for k in range(i + 1, min(limit, i + 14)):
            if r.norm(k) != "عن":
                continue
            if nameless := self._nameless(k + 1, min(limit, k + 3)):
                agency = self._subject(i)
                return Speaker(Said(nameless.key or (agency.key if agency else ""), nameless.text), agency)
            return self._named_within(k + 1, min(limit, k + 6))
        return None

    def _nameless(self, first: int, last: int) -> Said | None:
        """A source without a name that begins within these tokens: its words, up to a verb or "that"."""
        r = self._reading
        for k in range(first, last):
            unit = r.unit_at.get(k)
            if unit and unit.first == k and unit.organ and r.norm(k) in self._cues.words["sources"]:
                return Said(unit.key, r.article.cut(unit.extent))
            if unit and not unit.adjective:
                return None
            if r.norm(k) in self._cues.words["sources"]:
                stop = k + 1
                while stop < min(len(r.doc), k + 5) and self._goes_on(stop):
                    stop += 1
                span = r.span(k, stop)
                return Said("", r.article.cut(span).strip(_AROUND))
            if r.pos(k) in {"VERB", "SCONJ"}:
                return None
        return None

    def _goes_on(self, k: int) -> bool:
        r = self._reading
        return r.norm(k) not in self._cues.words["ends_source"] and r.pos(k) not in {"VERB", "PUNCT", "SCONJ", "ADP", "CCONJ"} and r.doc[k].is_sent_start is not True

    def _of_main_clause(self, i: int, begin: int) -> Speaker | None:
        """A participle ("affirming that") has the subject of the verb before it."""
        r = self._reading
        for k in range(i - 1, begin - 1, -1):
            if r.pos(k) == "VERB" and (unit := self._subject(k)):
                return Speaker(Said(unit.key), unit)
        return None

    def of_sentence(self, begin: int, k: int) -> Speaker | None:
        """Whose words "in his words" at token `k` speaks of: the first subject of the sentence that can speak."""
        r = self._reading
        for i in range(begin, k):
            if r.pos(i) == "VERB" and (unit := self._subject(i)):
                return Speaker(Said(unit.key), unit)
        return None

    def source(self, k: int, end: int) -> Speaker | None:
        """The speaker that stands at token `k`, perhaps behind "the statement of", "what … said"."""
        r = self._reading
        if nameless := self._nameless(k, min(end, k + 2)):
            return Speaker(nameless)
        for m in range(k, min(end, k + 5)):
            unit = r.unit_at.get(m)
            if unit and not unit.adjective:
                unit = self._as_speaker(unit)
                return Speaker(Said(unit.key), unit) if unit.type in SPEAKING else None
            if r.norm(m) not in self._cues.words["word_of"] and r.pos(m) not in {"ADP", "DET", "VERB", "NOUN", "PRON", "X"}:
                return None
        return None
