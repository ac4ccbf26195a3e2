"""Who says so: the speaker of a sentence or of a clause, and what pronouns refer to.

Speech is read from verbs of speech with أن, إن or a colon after them, and from "according to X". A sentence inside a
quotation that was opened earlier, and a verb of speech without a subject, go to the last speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.clauses import Reading, Unit
from kg.frames import Frames
from kg.model import Quotation, Span
from kg.rules import RuleSet

_SOURCE = re.compile(r"(?:وفقا? ?ل|وفقاً? ?ل|بحسب|حسب|نقلا عن|نقلاً عن)\s*((?:\S+\s*){1,5})")
# Direct speech: at least this many words between quotation marks, else it is a word set apart.
_QUOTE = re.compile(r"[\"«“]([^\"«»“”\n]{25,1500})[\"»”]")
_COMPLEMENT = {"ان", "انه", "انها", "انهم", "بان"}


@dataclass(frozen=True, slots=True)
class Said:
    """Who says a clause: an entity key, or the words for a source that is no entity; both empty for the article itself."""

    key: str = ""
    text: str = ""


class Attribution:
    """Speakers of one article."""

    def __init__(self, reading: Reading, rules: RuleSet, frames: Frames) -> None:
        self._reading = reading
        self._rules = rules
        self._frames = frames
        self._speakers = self._find()

    def _find(self) -> dict[int, tuple[int, Unit]]:
        """sentence start -> the first verb of speech in it that has a complement, and its speaker."""
        r = self._reading
        found: dict[int, tuple[int, Unit]] = {}
        last: Unit | None = None
        for sent in r.doc.sents:
            for i in range(sent.start, sent.end):
                if r.norm(i) not in self._rules.speech or r.pos(i) not in {"VERB", "ADJ", "NOUN"} or i in r.unit_at:
                    continue
                if not self._complements(i, sent.end):
                    continue
                unit = self._subject(i) or (last if r.pos(i) == "VERB" and i <= sent.start + 2 else None)
                if unit and sent.start not in found:
                    found[sent.start] = (i, unit)
                    last = unit
        return found

    def _complements(self, i: int, end: int) -> bool:
        r = self._reading
        return any(r.norm(k) in _COMPLEMENT or r.doc[k].text in {":", '"', "«", "“"} for k in range(i + 1, min(end, i + 25)))

    def _subject(self, i: int) -> Unit | None:
        fillers = [f for f in self._frames.verb(i).slots.get("subj", []) if not f.through or f.units[0].organ]
        return fillers[0].units[0] if fillers else None

    def speaker_unit(self, i: int) -> Unit | None:
        """The speaker of the clause of token `i`."""
        start, _ = self._reading.bounds(i)
        verb = self._speakers.get(start)
        return verb[1] if verb and verb[0] < i else None

    def of(self, i: int, subject: str) -> Said:
        """Who says what the trigger at token `i` states; nobody when it is the act of speech itself."""
        start, end = self._reading.bounds(i)
        verb = self._speakers.get(start)
        if verb and verb[0] != i and (verb[0] < i or self._quoted(verb[0], end)):
            return Said(verb[1].key)
        span = self._reading.span(start, end)
        if found := _SOURCE.search(self._reading.article.cut(span)):
            at = span.start + found.start(1)
            unit = next((u for u in self._reading.units if at <= u.span.start <= at + 12 and not u.adjective), None)
            return Said(unit.key) if unit else Said("", " ".join(found.group(1).split()[:3]).strip("،.\"»"))
        return Said()

    def quotations(self) -> tuple[Quotation, ...]:
        """Direct speech with its speaker: that of the sentence in which it begins, else of the one before."""
        r = self._reading
        sents = [(r.span(s.start, s.end), s.start) for s in r.doc.sents]
        found = []
        for match in _QUOTE.finditer(r.article.text):
            span = Span(match.start(1), match.end(1))
            here = [n for n, (sent, _) in enumerate(sents) if sent.start <= match.start() < sent.end]
            speaker = ""
            for n in here + [h - 1 for h in here if h]:
                if verb := self._speakers.get(sents[n][1]):
                    speaker = verb[1].key
                    break
            found.append(Quotation(span, speaker))
        return tuple(found)

    def _quoted(self, verb: int, end: int) -> bool:
        """The verb of speech stands after what it reports: «…», قال فلان."""
        return self._reading.doc[verb - 1].text in {'"', "»", "”", "،", ","} if verb else False
