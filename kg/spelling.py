"""Careless spelling put right before the analysis, letter for letter, so that offsets stay.

Some papers drop the hamza of alef, write ha for ta marbuta or alef maqsura for ya throughout. The models know the careful
spelling. A kind of carelessness is put right only in a text that shows it throughout: where the careful letter is all but
absent and most of the words that could have it are known with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_WORD = re.compile("[\u0621-\u064a]{3,}")
# A text must have so many words that could be careless before anything is concluded from it.
LEAST = 5
# And at most this share of the words of the kind may have the careful letter.
CAREFUL = 0.1
# A spelling is preferred when it is this many times as high in the list of words.
BETTER = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """One carelessness: whether a word has the careful letter, whether it could be careless, how it would be right."""

    careful: Callable[[str], bool]
    possible: Callable[[str], bool]
    variants: Callable[[str], Iterator[str]]


def _hamza(word: str) -> Iterator[str]:
    for place in range(min(4, len(word))):
        if word[place] == "ا":
            for letter in "أإآ":
                yield word[:place] + letter + word[place + 1 :]


KINDS: Mapping[str, Kind] = {
    "hamza": Kind(lambda w: any(c in "أإآ" for c in w[:4]), lambda w: "ا" in w[:4], _hamza),
    "ta marbuta": Kind(lambda w: w[-1] == "ة", lambda w: w[-1] == "ه", lambda w: iter((w[:-1] + "ة",))),
    "ya": Kind(lambda w: w[-1] == "ي", lambda w: w[-1] == "ى", lambda w: iter((w[:-1] + "ي",))),
}


def restore(text: str, ranks: Mapping[str, int]) -> str:
    """`text` with its careless spelling put right; as long as before. `ranks`: known words, the most frequent lowest."""
    for kind in KINDS.values():
        text = _restore(text, kind, ranks)
    return text


def _restore(text: str, kind: Kind, ranks: Mapping[str, int]) -> str:
    words = _WORD.findall(text)
    careful = sum(kind.careful(w) for w in words)
    better = {w: b for w in set(words) if kind.possible(w) and (b := _better(w, kind, ranks))}
    careless = sum(w in better for w in words)
    if careless < LEAST or careful > CAREFUL * (careful + careless):
        return text
    return _WORD.sub(lambda m: better.get(m[0], m[0]), text)


def _better(word: str, kind: Kind, ranks: Mapping[str, int]) -> str | None:
    missing = len(ranks) * BETTER
    own = ranks.get(word, missing)
    best = min(kind.variants(word), key=lambda v: ranks.get(v, missing), default=word)
    return best if ranks.get(best, missing) * BETTER < own else None
