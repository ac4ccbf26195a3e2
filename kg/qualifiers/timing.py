"""Which expression of time belongs to which claim.

A clause has one verb, and what it says of the time belongs to it, and to a past that "and" joins to it: in Arabic news after it («التقى بوتين الثلاثاء …»), or before it
at the beginning of the clause. A verb of speech keeps its own time («قال الثلاثاء إن …»). A verbal noun shares the time of the
clause that it stands in. The tense decides between readings: what has happened lies before the day of publication, what is
planned after it, and an expression that cannot be so is not the claim's.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kg import files
from kg.arabic import fold
from kg.dates import times
from kg.language.wordclasses import shipped
from kg.model import Claim, Granularity, Modality, Span, Time
from kg.qualifiers.stance import Stance
from kg.syntax.clauses import Reading
from kg.tables import Row, read_settings

# Standing facts that begin and end; a capital or a border has no time of its own in the news.
TENURES = frozenset(
    {"head_of_state_of", "head_of_government_of", "minister_of", "spokesperson_of", "leader_of", "official_of", "member"}
)
WORDS = frozenset({"accused", "condemned", "warned", "threatens", "called_on", "denied_accusation_of", "opposes"})
TIMELESS = frozenset({"part_of", "capital_of", "borders", "child_of", "relative_of"})
PRESENT = ("ي", "ت", "ن", "س")
# Tokens over which a noun that no verb carries shares the time of its clause.
FAR = 14
# Code points behind a title in which "since 2010" is said of the post.
NEAR = 40

_CLASSES = shipped("particles")
# Words before a present that make a past of it: did not, had been.
_PAST = _CLASSES["timing_past"]


class TimingFile(Row):
    """The schema of timing.toml; see there."""

    opens: tuple[str, ...]
    bounds: tuple[str, ...]
    after: tuple[str, ...]
    then: tuple[str, ...]


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    data = read_settings(files.DATA / "lexicon" / "timing.toml", TimingFile)
    return {name: frozenset(fold(word) for word in words) for name, words in data.model_dump().items()}


class Timing:
    """The expressions of time of one article, and the claims that they belong to."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._published = reading.article.published
        self._found = times.readings(reading.article.text, self._published)
        ends: Sequence[int] = reading.doc.user_data["ends"]
        self._at = [bisect_left(ends, r.time.span.start + 1) if r.time.span else 0 for r in self._found]

    def candidate(self, i: int, host: int | None = None, last: int = 0, relation: str = "") -> times.Reading | None:
        """The expression of time in the clause of the trigger at token `i`; of several the nearest, rather behind it than
        before. `host` is the verb that a verbal noun hangs on, `last` the end of a name of several tokens, `relation` what the
        trigger states: words have the deed that they are about behind them, with a time of its own."""
        r, noun = self._reading, self._reading.pos(i) != "VERB"
        begin, end = r.bounds(i)
        homes = {self._home(i, begin, end) if noun else i} | ({host} if host is not None else set())
        # a noun under "after" is no part of what the clause tells, but for a time right behind it
        later = noun and any(r.norm(k) in _words()["after"] and k not in self._at for k in range(max(begin, i - 2), i))
        best: tuple[int, times.Reading] | None = None
        for reading, t in zip(self._found, self._at, strict=True):
            if not begin <= t < end or self._bound(t, begin) or (later and t < i):
                continue
            owner = self._owned(t, begin)
            if owner is not None:
                if not i <= owner <= max(i + 1, last):
                    continue
            elif self._home(t, begin, end) not in homes or (relation in WORDS and self._deed(i, t)):
                continue
            distance = abs(t - i) + (0 if t > i else 3)
            if noun and host is None and distance > FAR:
                continue
            if best is None or distance < best[0]:
                best = distance, reading
        return best[1] if best else self._joined(i, begin)

    def _joined(self, i: int, begin: int) -> times.Reading | None:
        """The day of the clause before, with which a past behind "and" goes on: "spoke on Tuesday and agreed that"."""
        r = self._reading
        if r.pos(i) != "VERB" or r.norm(i - 1) != "و" or "Aspect=Imp" in str(r.doc[i].morph):
            return None
        verb = self._home(i - 1, begin, i - 1)
        found = self.candidate(verb) if verb is not None and verb < i and "Aspect=Imp" not in str(r.doc[verb].morph) else None
        return found if found and found.back.granularity is Granularity.DAY else None

    def ahead(self, reading: times.Reading | None, i: int | None = None) -> Span | None:
        """Where an expression stands that can only mean what is to come, or, beside a verb `i` in the present, can mean it: who
        visits on Tuesday has not yet been there."""
        today = self._published
        if reading is None or today is None:
            return None
        present = i is not None and "Aspect=Imp" in str(self._reading.doc[i].morph) and self._reading.norm(i - 1) not in _PAST
        return reading.time.span if (reading.ahead if present else reading.back).first > today else None

    def fits(self, reading: times.Reading | None, how: Stance, i: int | None = None) -> Time | None:
        """The time of a claim that is put in this way: what has happened lies before the day of publication, what is planned
        after it; None where the expression cannot mean that. `i` is the trigger: a noun that is asked for or planned in a
        sentence of the past does not have the weekday of that past."""
        if reading is None:
            return None
        today = self._published
        if how.modality in {Modality.PLANNED, Modality.HYPOTHETICAL, Modality.REQUESTED}:
            if i is not None and reading.back != reading.ahead and self._told_in_the_past(i):
                return None
            return None if today and reading.ahead.last < today else reading.ahead
        if how.asserted:
            # what begins today and lies ahead ("within two weeks") is no time of what has happened either
            ahead = today and reading.back.first >= today and reading.back.last > today and reading.back.granularity is Granularity.RANGE
            return None if (today and reading.back.first > today) or ahead else reading.back
        return reading.time

    def _told_in_the_past(self, i: int) -> bool:
        r = self._reading
        verb = self.home(i) if r.pos(i) != "VERB" else None
        if verb is None:
            return False
        morph = str(r.doc[verb].morph)
        # a verb that the tokenizer has split and the reading put together has no features: its first letter tells
        return "Aspect=Perf" in morph or ("Aspect" not in morph and r.norm(verb)[:1] not in PRESENT)

    def home(self, t: int) -> int | None:
        """The verb of the clause of a token; None where the clause has none."""
        return self._home(t, *self._reading.bounds(t))

    def _home(self, t: int, begin: int, end: int) -> int | None:
        """The verb of the clause of a token: the last one before it, unless a word that opens a clause stands between; then,
        or where there is none, the first one after it. None where the clause has no verb."""
        r = self._reading
        k = t - 1
        while k >= begin:
            if r.pos(k) == "VERB":
                return k
            if r.norm(k) in _words()["opens"] or r.doc[k].text in {":", "؛", ";"}:
                break
            k -= 1
        for k in range(t + 1, end):
            if r.pos(k) == "VERB":
                return k
            if r.norm(k) in _words()["opens"] and k > t + 1:
                break
        return None

    def _deed(self, i: int, t: int) -> bool:
        """ "Accused him of plotting the coup in 2016": a noun behind ب stands between the verb and the time."""
        r = self._reading
        return any(r.norm(k) == "ب" and r.pos(k + 1) == "NOUN" and k + 1 not in r.unit_at and k + 1 not in self._at for k in range(i + 1, t - 1))

    def _bound(self, t: int, begin: int) -> bool:
        """ "Before", "until", "by": the time is a bound and not when it happened."""
        return t > begin and self._reading.norm(t - 1) in _words()["bounds"]

    def _owned(self, t: int, begin: int) -> int | None:
        """The noun that a time is an attribute of: "the agreement concluded in 2015", "the elections of 2016"; its token."""
        r = self._reading
        k = t - 1 - (r.pos(t - 1) == "ADP")
        if k > begin and r.pos(k) == "ADJ" and r.norm(k).startswith("الم") and r.unit_at.get(k) is None:
            while k > begin and r.pos(k) in {"ADJ", "DET"}:
                k -= 1
            return k
        if r.pos(t) == "NUM" and r.pos(t - 1) == "NOUN" and not r.norm(t - 1).startswith("ال") and r.norm(t - 1) not in {"عام", "سنه", "يوم"}:
            return t - 1
        return None

    # -- standing facts ---------------------------------------------------------------------------------------------------

    def dated(self, claim: Claim) -> Claim:
        """A claim of a post or a membership with the time at which it holds: since the time that the text gives, else on the
        day of publication. A former post, and one that was held "at that time", has a time only where the text says when; kin,
        borders and the like have none."""
        if claim.relation in TIMELESS:
            return replace(claim, time=None)
        if claim.relation not in TENURES or claim.time is not None or claim.trigger is None:
            return claim
        words = claim.trigger
        if claim.subject_span:
            words = Span(min(words.start, claim.subject_span.start), max(words.end, claim.subject_span.end))
        since, then = self._beside(words), bool(claim.position) and self._then(words)
        if then:
            return replace(claim, former=True, time=self._before(words))
        if since or claim.former or claim.modality is not Modality.ASSERTED:
            return replace(claim, time=since)
        day = self._published
        return replace(claim, time=Time(day, day, Granularity.DAY) if day else None)

    def _beside(self, span: Span) -> Time | None:
        """A stretch of time right behind some words: "president since 2010", "who ruled from 2001 to 2005"."""
        text = self._reading.article.text
        for reading in self._found:
            at = reading.time.span
            if at and reading.time.granularity is Granularity.RANGE and 0 <= at.start - span.end < NEAR:
                between = text[span.end : at.start]
                if not any(char in between for char in ".:؛\n") and self._no_verb(span.end, at.start):
                    return reading.back
        return None

    def _no_verb(self, start: int, end: int) -> bool:
        r = self._reading
        first = bisect_left(r.doc.user_data["ends"], start + 1)
        last = bisect_left(r.doc.user_data["starts"], end)
        return not any(r.pos(k) == "VERB" for k in range(first, last))

    def _then(self, span: Span) -> bool:
        """ "The then president": a word for "at that time" right behind the title or the name."""
        following = self._reading.article.text[span.end : span.end + 30]
        words = [fold(word) for word in following.split()]
        return any(" ".join(words[:n]) in _words()["then"] for n in (1, 2, 3))

    def _before(self, span: Span) -> Time | None:
        """The last time named before some words that lies before the day of publication."""
        today: dt.date | None = self._published
        past = [r.back for r in self._found if r.time.span and r.time.span.start < span.end and (not today or r.back.last < today)]
        return past[-1] if past else None
