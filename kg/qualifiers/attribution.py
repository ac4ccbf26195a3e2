"""Who says so: the speaker of a clause, and direct speech with its speaker.

An *act* is a verb of speech (or "according to", or a headline's "X:") with a speaker and the tokens that it reports: what
follows أن, إن, a colon or a quotation mark, or what stands before «كما قال فلان» and «، قال فلان». Acts lie inside one another; a
token is said by the innermost act that reports it. An open quotation reaches over sentences, and a verb such as «وأضاف» without a
subject goes on with the last speaker. The words are data: `kg/data/lexicon/attribution.toml`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from kg.arabic import bare
from kg.language.particles import RELATIVES
from kg.language.speech import cues, quoted, verbs_of_speech
from kg.language.wordclasses import shipped
from kg.model import EntityType, Quotation, Span
from kg.qualifiers.speakers import SPEAKING, Act, Said, Speaker, Speakers, State
from kg.rules import RuleSet
from kg.slots.frames import Frames
from kg.syntax.clauses import Reading, Unit

# Without a word of speech beside it, a quotation of fewer words is a word set apart.
SHORTEST = 4
# Tokens after a verb of speech in which "that" is looked for.
REACH = 32
_OPENING = {'"', "«", "“"}
_WORDS = shipped("told")
_CLOSING = {'"', "»", "”"}


@lru_cache(maxsize=1024)
def _beginning(phrases: tuple[str, ...], letter: str) -> tuple[str, ...]:
    """Those of the phrases that begin with a letter; all of them where none is given."""
    return tuple(phrase for phrase in phrases if phrase.startswith(letter))


class Attribution:
    """Speakers of one article."""

    def __init__(self, reading: Reading, rules: RuleSet, frames: Frames, capitals: Mapping[str, str] | None = None) -> None:
        """`capitals` are the ids of cities that speak for their state, with the state's."""
        self._reading = reading
        self._rules = rules
        self._cues = cues()
        self._speech = verbs_of_speech(rules.speech)
        self._speakers = Speakers(reading, rules, frames, capitals or {})
        self._quotes = self._quoted_tokens()
        self._acts = self._find()

    # -- what is asked ----------------------------------------------------------------------------------------------------

    def of(self, i: int) -> Said:
        """Who says what the trigger at token `i` states; nobody when it is the act of speech itself."""
        act = self._innermost(i)
        return act.said if act else Said()

    def verb_of(self, i: int) -> int | None:
        """The verb of speech in the sentence of token `i` that reports it."""
        act = self._innermost(i)
        begin, end = self._reading.bounds(i)
        return act.verb if act and begin <= act.verb < end else None

    def speaker_unit(self, i: int, relays: Callable[[Unit], bool] = lambda unit: False) -> Unit | None:
        """The named speaker of the clause of token `i`; not one that only `relays` what another says."""
        covering = sorted((a for a in self._acts if a.first <= i < a.last and a.verb != i), key=lambda a: (-a.first, -a.verb))
        if covering:
            own = [a.unit for a in covering if a.unit is None or not relays(a.unit)]
            return own[0] if own else None
        begin, _ = self._reading.bounds(i)
        before = [a.unit for a in self._acts if begin <= a.verb < i and a.unit and not relays(a.unit) and not self.alleged(a.verb, i)]
        return before[0] if before else None

    def quotations(self) -> tuple[Quotation, ...]:
        """Direct speech with its speaker; the speaker is empty where the text does not say."""
        found = []
        for span, first, last in self._quotes:
            speech, words = self._direct(first, last), len(self._reading.article.cut(span).split())
            if words >= SHORTEST or (speech and words > 1):
                found.append(Quotation(span, speech.said.key if speech else ""))
        return tuple(found)

    def _direct(self, first: int, last: int) -> Act | None:
        act = self._innermost(first)
        direct = act is not None and any(self._reading.doc[k].text == ":" or k == act.verb for k in range(max(0, first - 2), first))
        return act if act and (direct or last - first > SHORTEST) else None

    def _innermost(self, i: int) -> Act | None:
        covering = [a for a in self._acts if a.first <= i < a.last and a.verb != i]
        return max(covering, key=lambda a: (a.first, a.verb), default=None)

    # -- quotation marks ----------------------------------------------------------------------------------------------------

    def _quoted_tokens(self) -> list[tuple[Span, int, int]]:
        """The outermost quotations of the text with the tokens inside them."""
        starts: Sequence[int] = self._reading.doc.user_data["starts"]
        found = []
        for span in quoted(self._reading.article.text):
            first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
            if first < last:
                found.append((span, first, last))
        return found

    def _quote_from(self, k: int, limit: int) -> tuple[int, int] | None:
        """The quotation that opens within a few tokens after token `k`."""
        return next(((first, last) for _, first, last in self._quotes if k <= first <= min(k + 3, limit)), None)

    def _open_quote(self, k: int) -> tuple[int, int] | None:
        """The quotation that token `k` is inside of, the first token not counting."""
        return next(((first, last) for _, first, last in self._quotes if first < k < last), None)

    # -- acts -------------------------------------------------------------------------------------------------------------

    def _find(self) -> list[Act]:
        state = State()
        for sent in self._reading.doc.sents:
            begin, end = sent.start, sent.end
            for act in self._acts_of(begin, end, state):
                inner = any(a.first <= act.verb < a.last and a.verb >= begin for a in state.acts)
                state.acts.append(act)
                if act.said and not (inner and state.last):
                    state.last = Speaker(act.said, act.unit)
        return state.acts

    def _acts_of(self, begin: int, end: int, state: State) -> Iterator[Act]:
        if headline := self._headline(begin, end):
            yield headline
        for i in range(begin, end):
            if self._is_speech(i):
                yield from self._reported(i, begin, end, state)
        yield from self._according(begin, end, state)

    def _is_speech(self, i: int) -> bool:
        r = self._reading
        word = r.norm(i)
        if i in r.unit_at or word in self._cues.words["impersonal"]:
            return False
        if word in self._cues.words["appears"] and r.norm(i + 1) in {"في", "علي"}:
            return True
        if r.pos(i) == "VERB":
            return word in self._speech
        # a participle that goes on with a sentence is indefinite and accusative: "affirming", not "headquarters" (مقر)
        return word in self._speech and r.pos(i) in {"ADJ", "NOUN"} and word.endswith(("ا", "ه", "ين")) and not word.startswith("ال")

    def _reported(self, i: int, begin: int, end: int, state: State) -> Iterator[Act]:
        """What the verb at token `i` reports: behind "that", a colon or a quotation mark, or before it."""
        r = self._reading
        opened = self._opens(i, end)
        speaker = self._speakers.of_verb(i, begin, opened[0] if opened else end, state)
        if speaker is None:
            return
        if opened:
            first, last = opened
            yield Act(i, first, last, speaker.said, speaker.unit)
        elif r.pos(i) == "VERB" and self._postposed(i, begin) and not self._with_object(i):
            last = i - 1 if r.norm(i - 1) in self._cues.words["as_said"] else i
            yield Act(i, self._back_to(begin, last), last, speaker.said, speaker.unit)
        elif r.pos(i) == "VERB" and (named := self._announced(i, end)):
            yield Act(i, *named, speaker.said, speaker.unit)

    def _opens(self, i: int, end: int) -> tuple[int, int] | None:
        """The first token of what is reported behind the verb, and the end of it."""
        r = self._reading
        for k in range(i + 1, min(end, i + REACH)):
            if r.doc[k].text == ":" or (r.doc[k].text in _OPENING and self._quote_from(k, end)):
                if quote := self._quote_from(k, end):
                    return quote[0], self._quote_end(quote[1], end, r.doc[k].text == ":")
                return (k + 1, end) if k + 1 < end else None
            if r.norm(k) in self._cues.words["that"] and not self._nearer(i, k):
                return k + 1, self._content_end(k + 1, end, self._subordinate(i))
        return None

    def _subordinate(self, i: int) -> bool:
        """ "After the Kremlin announced that": the verb's own clause ends with the next comma."""
        begin, _ = self._reading.bounds(i)
        return any(self._phrase(self._cues.subordinating, k) == i - k for k in range(max(begin, i - 3), i))

    def _quote_end(self, last: int, end: int, colon: bool) -> int:
        """Direct speech ends with its quotation mark; a quotation inside of reported speech ends with the sentence."""
        return last if colon else max(last, self._content_end(last, end))

    def _nearer(self, i: int, k: int) -> bool:
        """Another verb of speech between the verb and the word "that" is the one which it belongs to; so is an allegation of
        somebody else: "called Kiev's claims that … a farce"."""
        r = self._reading
        return self.alleged(i, k) or any(self._is_speech(m) and r.pos(m) == "VERB" for m in range(i + 1, k))

    def alleged(self, i: int, k: int) -> bool:
        """An allegation with its own "that" at token `k` stands between."""
        r = self._reading
        return any(bare(r.norm(m)) in _WORDS["allegations"] and m + 1 < k and r.pos(m + 1) != "PRON" for m in range(i + 1, k))

    def _content_end(self, first: int, end: int, subordinate: bool = False) -> int:
        """Reported speech goes on to the end of the sentence, or to a comma and "while"."""
        r = self._reading
        for k in range(first, end):
            if r.doc[k].text in {"،", ","} and (subordinate or self._phrase(self._cues.contrast, k + 1)):
                return k
        for _, q_first, q_last in self._quotes:
            if first <= q_first < end < q_last:
                return q_last
        return end

    def _phrase(self, phrases: tuple[str, ...], k: int) -> int:
        """How many tokens of a phrase stand at token `k`; 0 where none does. The tokenizer splits what looks like a particle
        (و + فقا, في + ما) or leaves it (للكرملين), so that letters are compared and not tokens."""
        r = self._reading
        for phrase in _beginning(phrases, r.norm(k)[:1]):
            seen, n = "", 0
            while len(seen) < len(phrase) and phrase.startswith(seen) and k + n < len(r.doc):
                if seen and phrase[len(seen) :] == "ل" and r.norm(k + n) != "ل" and r.norm(k + n).startswith("ل"):
                    return n
                seen += r.norm(k + n)
                n += 1
            if seen == phrase:
                return n
        return 0

    def _postposed(self, i: int, begin: int) -> bool:
        """«…»، قال فلان; كما قال فلان: a quotation mark and a comma, or "as", right before the verb."""
        r = self._reading
        if r.norm(i - 1) in self._cues.words["as_said"]:
            # «ما» alone says little: بعدما, فيما
            return i - 1 > begin and (r.norm(i - 1) != "ما" or r.norm(i - 2) in self._cues.words["before_what"])
        marks = {r.doc[k].text for k in range(max(begin, i - 2), i)}
        return bool(marks & _CLOSING) and i - 2 > begin

    def _with_object(self, i: int) -> bool:
        """ "What experts called": a pronoun on the verb is what it speaks of."""
        surface = self._reading.doc.user_data["surface"]
        return self._reading.pos(i + 1) == "PRON" and surface[i + 1] == surface[i]

    def _back_to(self, begin: int, last: int) -> int:
        """The beginning of what a verb behind it reports: of the quotation before it, else of the sentence."""
        quote = next((first for _, first, q_last in reversed(self._quotes) if first < last and q_last >= last - 3), None)
        return min(begin, quote) if quote is not None else begin

    def _announced(self, i: int, end: int) -> tuple[int, int] | None:
        """ "The White House announced the visit of": a noun that says an event, right behind the speaker, up to a clause."""
        r = self._reading
        for k in range(i + 1, min(end, i + 12)):
            if (unit := r.unit_at.get(k)) and not unit.adjective:
                continue
            if r.pos(k) == "NOUN" and k - 1 in r.unit_at and r.norm(k) in self._rules.triggers:
                return k, next((m for m in range(k, end) if r.pos(m) in {"SCONJ", "PUNCT"} or r.norm(m) in RELATIVES), end)
            if r.pos(k) not in {"NOUN", "ADJ", "DET", "PUNCT"}:
                return None
        return None

    def _headline(self, begin: int, end: int) -> Act | None:
        """A sentence that begins with a speaker and a colon."""
        r = self._reading
        unit = r.unit_at.get(begin)
        if not unit or unit.first != begin or unit.last >= end - 1 or r.doc[unit.last].text != ":":
            return None
        if unit.type not in SPEAKING or (unit.type is EntityType.COUNTRY and not unit.organ):
            return None
        return Act(unit.last, unit.last + 1, end, Said(unit.key), unit)

    # -- "according to" -------------------------------------------------------------------------------------------------------

    def _according(self, begin: int, end: int, state: State) -> Iterator[Act]:
        for k in range(begin, end):
            if self._phrase(self._cues.his_words, k):
                speaker = self._speakers.of_sentence(begin, k) or state.last
                if speaker:
                    yield Act(k, begin, k, speaker.said, speaker.unit)
                return
            length = self._phrase(self._cues.according, k)
            if length and (found := self._speakers.source(k + length, end)):
                yield Act(k, self._back_to(begin, k), end, found.said, found.unit)
                return
