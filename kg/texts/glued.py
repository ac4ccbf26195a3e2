"""Proclitics that the tokenizer leaves on a word (بلافروف "with Lavrov"): known by how frequent it is without them.

A word that is rare or unknown, and many times as frequent without its first letters, where these can be a conjunction or
preposition, is marked as one of several words, for the expander to divide.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kg import files
from kg.tables import Row, read_settings

# Words as frequent as this are left as the tokenizer has them.
FAMILIAR = 4_000
# A rest that is rarer than this is no evidence.
RARE = 25_000
SHORTEST = 3
MARK = "MWT=Yes"


class _Words(Row):
    whole: frozenset[str]
    endings: tuple[str, ...]


class _Proclitics(Row):
    times: dict[str, int]
    words: _Words


@lru_cache(maxsize=1)
def _data() -> _Proclitics:
    return read_settings(files.DATA / "lexicon" / "proclitics.toml", _Proclitics)


class Glue:
    """Finds words with a proclitic on them by the `ranks` of words, the most frequent lowest; `wholes` have none."""

    def __init__(self, ranks: Mapping[str, int], wholes: frozenset[str] = frozenset()) -> None:
        self._ranks = ranks
        self._wholes = wholes | _data().words.whole
        self._found: dict[str, str] = {}

    def mark(self, document: Any) -> None:
        """Marks the tokens of a divided `stanza.Document` that are several words and are not known as such."""
        for sentence in document.sentences if self._ranks else ():
            for token in sentence.tokens:
                if not token.misc and self.proclitic(token.text):
                    token.misc = MARK

    def proclitic(self, word: str) -> str:
        """The proclitics that are glued on `word`, empty where there are none."""
        if word not in self._found:
            self._found[word] = self._proclitic(word)
        return self._found[word]

    def _proclitic(self, word: str) -> str:
        unknown = 4 * len(self._ranks)
        own = self._ranks.get(word, unknown)
        if own < FAMILIAR or word in self._wholes:
            return ""
        for before, times in _data().times.items():
            rest = ("ال" if before.endswith("لل") else "") + word.removeprefix(before)
            rank = self._ranks.get(rest, unknown)
            if word.startswith(before) and len(rest) >= SHORTEST and rank < RARE and times * rank < own and not self._inflected(word, rank):
                return before
        return ""

    def _inflected(self, word: str, rank: int) -> bool:
        """True for a form of a word that is more frequent than the word of `rank`."""
        stems = (word.removesuffix(end) for end in _data().words.endings if word.endswith(end))
        return any(self._ranks.get(stem, rank) < rank for stem in stems if len(stem) > 1)
