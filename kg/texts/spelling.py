"""Careless spelling put right before the analysis, letter for letter, so that offsets stay.

Some papers drop the hamza of alef, write ha for ta marbuta or alef maqsura for ya throughout. The models know the careful
spelling. A kind of carelessness is put right only in a text that shows it throughout: where the careful letter is all but
absent and most of the words that could have it are known with it.

A word is read as a known word, alone or with proclitics and a pronoun, and takes the spelling of the most frequent reading;
of the words beside it depends what the most frequent reading leaves open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf, log

from kg import files
from kg.tables import Row, read_settings

_WORD = re.compile("[\u0621-\u064a]{2,}")
# A text must have so many words that could be careless before anything is concluded from it.
LEAST = 5
# And at most this share of the words of the kind may have the careful letter.
CAREFUL = 0.1
# Costs are natural logarithms. A word shows carelessness when its careful spelling is this much more frequent.
CLEARLY = log(4)
# A name of the reference data that the models have no vector of counts as a word of this rank.
NAME_RANK = 20_000
# Letters of a word that may bear something before or behind it, at least.
SHORTEST = 3
# What is known only with something before or behind it is rarer than every known word, and of such the rarer costs this share.
BORNE = 0.5
# A reading that supposes a slip of a kind that the text does not show; a pronoun behind an adjective in ya.
SLIP, ODD = 4.0, 4.0

_ALEFS = str.maketrans("أإآ", "ااا")
_LAST = str.maketrans("ةى", "هي")


@dataclass(frozen=True, slots=True)
class Kind:
    """One carelessness: the letter that is written, the letters that it may stand for, and whether only at the end."""

    written: str
    careful: str
    last: bool

    def could(self, word: str) -> bool:
        """The word may be carelessly spelt in this way."""
        return word[-1] == self.written if self.last else self.written in word

    def shows(self, word: str) -> bool:
        """True for a word in careful spelling."""
        return word[-1] == self.careful if self.last else any(letter in word for letter in self.careful)


HAMZA = Kind("ا", "أإآ", last=False)
TA_MARBUTA = Kind("ه", "ة", last=True)
YA = Kind("ى", "ي", last=True)
KINDS = (HAMZA, TA_MARBUTA, YA)


class _Last(Row):
    pronoun: tuple[str, ...]
    verb: tuple[str, ...]


class _That(Row):
    saying: frozenset[str]
    telling: frozenset[str]
    directly: frozenset[str]
    opening: frozenset[str]


class Habits(Row):
    """The data of this module: clitics and endings with their shares, and what tells spellings apart."""

    before: dict[str, float]
    behind: dict[str, float]
    last: _Last
    that: _That


@lru_cache(maxsize=1)
def habits() -> Habits:
    """The habits of careless spelling that come with the package, read once a process."""
    return read_settings(files.DATA / "lexicon" / "spelling.toml", Habits)


def bare(word: str) -> str:
    """`word` without what careless spelling drops: words are looked up by it.

    >>> bare("إعادة"), bare("على")
    ('اعاده', 'علي')
    """
    return (word[:-1] + word[-1:].translate(_LAST)).translate(_ALEFS)


@dataclass(frozen=True, slots=True)
class Reading:
    """A spelling that a word may have, and how unlikely it is: the logarithm of a rank."""

    spelling: str
    cost: float


class Speller:
    """Puts careless spelling right by the words that are known: `ranks`, the most frequent lowest, and words of `names`."""

    def __init__(self, ranks: Mapping[str, int], names: Iterable[str] = ()) -> None:
        self._ranks = ranks
        self._names = tuple(names)
        self._rare = log(max(len(ranks), 1))
        self._readings: dict[str, tuple[Reading, ...]] = {}

    def restore(self, text: str) -> str:
        """`text` with its careless spelling put right; as long as before."""
        words = _WORD.findall(text)
        kinds = tuple(kind for kind in KINDS if self._ranks and self._shown(kind, words))
        if not kinds:
            return text
        return _WORD.sub(lambda m: self._right(m, kinds), text)

    def _shown(self, kind: Kind, words: list[str]) -> bool:
        """True when the words show this carelessness throughout."""
        careful = sum(kind.shows(w) for w in words)
        possible = [w for w in words if kind.could(w)]
        if careful > CAREFUL * (careful + len(possible)):
            return False
        careless = sum(self._careless(w, kind) for w in possible)
        return careless >= LEAST and careful <= CAREFUL * (careful + careless)

    def _careless(self, word: str, kind: Kind) -> bool:
        spelt = self._spelt(word, (kind,))
        own = spelt.pop(word, self._rare + CLEARLY)
        return min(spelt.values(), default=inf) + CLEARLY < min(own, self._rare + CLEARLY)

    def _right(self, match: re.Match[str], kinds: tuple[Kind, ...]) -> str:
        word = match[0]
        spelt = self._spelt(word, kinds)
        if opening := spelt.keys() & habits().that.opening:
            before = match.string[max(0, match.start() - _FAR) : match.start()]
            if _opens(before) and not _WISHED.match(match.string, match.end()):
                return next(iter(opening))
            spelt = {s: cost for s, cost in spelt.items() if s not in opening} or spelt
        return min(spelt, key=spelt.__getitem__, default=_guess(word, kinds))

    def _spelt(self, word: str, kinds: tuple[Kind, ...]) -> dict[str, float]:
        """The spellings of `word` with what they change by these kinds of carelessness, and their costs."""
        spelt: dict[str, float] = {}
        for reading in self.readings(word):
            pairs = list(zip(word, reading.spelling, strict=True))
            slips = sum(a != b and not _pardons(kinds, a, b) for a, b in pairs)
            if slips and not all(a == b or _pardons(KINDS, a, b) for a, b in pairs):
                continue
            spelling = "".join(b if _pardons(kinds, a, b) else a for a, b in pairs)
            spelt[spelling] = min(reading.cost + SLIP * slips, spelt.get(spelling, inf))
        return spelt

    def readings(self, word: str) -> tuple[Reading, ...]:
        """The spellings in which `word` is known."""
        if word not in self._readings:
            best: dict[str, float] = {}
            for reading in self._read(word):
                best[reading.spelling] = min(reading.cost, best.get(reading.spelling, inf))
            self._readings[word] = tuple(Reading(s, c) for s, c in best.items())
        return self._readings[word]

    def _read(self, word: str) -> Iterator[Reading]:
        plain = bare(word)
        yield from (Reading(known, cost) for known, cost in self._index.get(plain, ()))
        for before, cost in _costs("before"):
            if plain.startswith(before) and len(plain) >= len(before) + SHORTEST:
                yield from self._behind(word, plain, before, cost)

    def _behind(self, word: str, plain: str, before: str, cost: float) -> Iterator[Reading]:
        """`word` as `before` with a known word behind it, which may have something behind it in its turn."""
        hidden = before.endswith("لل")
        rest = "ال" + plain[len(before) :] if hidden else plain[len(before) :]
        if rest.endswith("يه"):
            # The feminine of a known adjective.
            for known, rank in self._index.get(rest[:-1], ()):
                if known[-1] == "ي":
                    yield self._borne(word[: len(before)] + known[2 * hidden :] + "ة", cost + rank)
        endings = _costs("behind")[:1] if hidden or before.endswith("ال") else _costs("behind")[not before:]
        for behind, more in endings:
            if word.endswith(behind) and len(rest) >= len(behind) + SHORTEST:
                for known, rank in self._stems(rest[: len(rest) - len(behind)], bool(behind)):
                    spelling = word[: len(before)] + known[2 * hidden :] + behind
                    odd = ODD if behind and known[-1] == "ي" else 0
                    yield self._borne(spelling, cost + rank + more + odd)

    def _borne(self, spelling: str, cost: float) -> Reading:
        return Reading(spelling, self._rare + BORNE * cost)

    def _stems(self, stem: str, bears: bool) -> Iterator[tuple[str, float]]:
        """The known words that `stem` is the bare form of. With something behind it ta marbuta is ta, alef maqsura as it is."""
        if not bears:
            yield from self._index.get(stem, ())
            return
        for known, cost in self._index.get(bare(stem), ()):
            if known[-1] != "ة" and not known.startswith("ال"):
                yield known[:-1] + (stem[-1] if known[-1] in "ىي" else known[-1]), cost
        if stem[-1] == "ت":
            yield from ((known[:-1] + "ت", cost) for known, cost in self._index.get(stem[:-1] + "ه", ()) if known[-1] == "ة")

    @cached_property
    def _index(self) -> Mapping[str, tuple[tuple[str, float], ...]]:
        """The known words with their costs by their bare form."""
        costs = {name: log(NAME_RANK) for name in self._names}
        costs.update((word, log(rank)) for word, rank in self._ranks.items())
        index: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for word, cost in costs.items():
            if _WORD.fullmatch(word):
                index[bare(word)].append((word, cost))
        return {plain: tuple(words) for plain, words in index.items()}


def _guess(word: str, kinds: tuple[Kind, ...]) -> str:
    """An unknown word: its last letter is careless, but for a ha that is a pronoun by the letters around it."""
    last = habits().last
    for kind in kinds:
        pronoun = kind is TA_MARBUTA and (word.endswith(last.pronoun) or word.startswith(last.verb))
        if kind.last and kind.could(word) and len(word) > SHORTEST and not pronoun:
            return word[:-1] + kind.careful
    return word


# Code points before a word in which it is looked for whether it opens a speech.
_FAR = 100
# A verb in the subjunctive behind it: no statement.
_WISHED = re.compile(" ي")
_QUOTED = tuple("«»\"“")


def _opens(before: str) -> bool:
    """True when a sentence, a quotation or what somebody says begins behind this text."""
    left = before.rstrip()
    if not left or left[-1] in ".!?؟:«“" or before.endswith(_QUOTED):
        return True
    words = [bare(word) for word in reversed(_WORD.findall(re.split(r"[.!?؟\n]", left)[-1]))]
    if words and words[0] in _bare(habits().that.directly):
        return False
    saying, telling = _bare(habits().that.saying), _bare(habits().that.telling)
    heard = (form in saying for word in words for form in (word, word[1:]) if form in saying or form in telling)
    return next(heard, False)


@lru_cache(maxsize=4)
def _bare(words: frozenset[str]) -> frozenset[str]:
    return frozenset(bare(word) for word in words)


def _pardons(kinds: tuple[Kind, ...], written: str, meant: str) -> bool:
    return any(written == kind.written and meant in kind.careful for kind in kinds)


@lru_cache(maxsize=2)
def _costs(shares: str) -> tuple[tuple[str, float], ...]:
    """What may stand before or behind a word, with its cost; nothing first."""
    listed: Mapping[str, float] = getattr(habits(), shares)
    return (("", 0.0), *((clitic, log(100 / share)) for clitic, share in listed.items()))
