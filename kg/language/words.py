"""Surface words of a text, folded, with their offsets: what names and titles are matched on.

Names are matched on surface words rather than on the models' tokens because a wrong split (و+ب+يلاروسيا) would hide them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.arabic import fold_word

_WORD = re.compile(r"(?:[^\W_]|[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d])+")
# What may stand between two words of one name: spaces, quotes, brackets, hyphens, hashtag signs.
_INSIDE_NAME = re.compile("[ \t\u00a0\"'«»“”„()#_ـ\u200e\u200f\u2066-\u2069-]*")
# What ends a sentence or a clause.
_STOP = re.compile(r"[.!?؟…:;؛\n]")


# Letters of the name of a letter in an abbreviation with points.
_LETTER = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One surface word: its offsets, its folded form and the text between the word before and itself."""

    start: int
    end: int
    folded: str
    gap: str

    @property
    def joins(self) -> bool:
        """True when the word can go on with a name that the word before is part of."""
        return bool(_INSIDE_NAME.fullmatch(self.gap)) or self.abbreviated

    @property
    def stops(self) -> bool:
        """True when a sentence or clause ends before the word."""
        return bool(_STOP.search(self.gap)) and not self.abbreviated

    @property
    def abbreviated(self) -> bool:
        """A further letter of an abbreviation with points (بي.بي.سي)."""
        return self.gap == "." and len(self.folded) <= _LETTER


def words(text: str) -> tuple[Word, ...]:
    """The surface words of `text` in order; words of punctuation and marks alone are left out."""
    found = []
    end = 0
    for match in _WORD.finditer(text):
        if folded := fold_word(match.group()):
            found.append(Word(match.start(), match.end(), folded, text[end : match.start()]))
            end = match.end()
    return tuple(found)
