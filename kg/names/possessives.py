"""Titles with a pronoun: "its president X", "his defence minister", "the one who speaks in its name".

    read(words, i, lexicon, raw) -> Possessed | None

The pronoun is written onto the head (رئيسها) or onto the word that completes it (وزير دفاعه، الناطق باسمها). Whose it is, is
found later (kg/posts/owners.py); here only the words are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.arabic import strip_marks, unclitic
from kg.language.wordclasses import shipped
from kg.language.words import Word
from kg.lexicon import Lexicon

_WORDS = shipped("titlewords")
# Third person; هم (their) is a party's or a group's own.
_PRONOUNS = ("ها", "هم", "ه")
_CABINET = _WORDS["cabinets"]
_BODIES = _WORDS["staffs"]
# Whose spokesmen speak for their state, before a pronoun.
_ORGANS = _WORDS["organs_with_spokesmen"]
# The office of a head when it is of a state; owners.py turns it into what it is of anything else.
_OFFICES = {
    "president": "head_of_state", "leader": "head_of_state", "monarch": "head_of_state", "prince": "head_of_state", "chief": "leader",
    "commander": "leader", "governor": "leader", "premier": "head_of_government", "minister": "minister",
    "spokesperson": "spokesperson", "deputy": "official", "official": "official", "chancellor": "official",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Possessed:
    """Code points of proclitics before the head, the word after the title, office, portfolio, pronoun, gender."""

    cut: int
    last: int
    office: str
    portfolio: str
    pronoun: str
    masculine: bool


def read(text: str, words: Sequence[Word], i: int, lexicon: Lexicon) -> Possessed | None:
    """The title with a pronoun that begins at word `i` of `text`."""
    for cut, word in unclitic(words[i].folded):
        for pronoun, stem in _owned(text, words[i], word):
            if found := lexicon.heads.at(words, i, first=stem):
                entry = lexicon.head_entries[found[0]]
                if office := _OFFICES.get(entry.class_):
                    return Possessed(cut, found[1], office, entry.portfolio, pronoun, stem not in lexicon.feminine)
        found = lexicon.heads.at(words, i, first=word)
        if found and found[1] < len(words) and words[found[1]].joins:
            entry = lexicon.head_entries[found[0]]
            if entry.class_ == "spokesperson" and words[found[1]].folded in _WORDS["in_the_name"] and found[1] + 1 < len(words) and words[found[1] + 1].joins:
                organ = found[1] + 1
                if pronoun := next((p for p, stem in _owned(text, words[organ], words[organ].folded) if stem in _ORGANS), ""):
                    return Possessed(cut, organ + 1, "spokesperson", "", pronoun, word.removeprefix("ال") not in lexicon.feminine)
            for pronoun, stem in _owned(text, words[found[1]], words[found[1]].folded):
                if completed := _completed(entry.class_, stem, words, found[1], lexicon):
                    office, portfolio, last = completed
                    return Possessed(cut, last, office, portfolio, pronoun, word.removeprefix("ال") not in lexicon.feminine)
    return None


def _owned(text: str, at: Word, word: str) -> Iterator[tuple[str, str]]:
    """The readings of a folded word as stem and pronoun; one that is written with ta marbuta has no pronoun."""
    if strip_marks(text[at.start : at.end]).endswith("ة"):
        return
    for pronoun in _PRONOUNS:
        stem = word.removesuffix(pronoun)
        if stem != word and len(stem) > 2 and not stem.startswith("ال"):
            yield pronoun, stem
            if stem.endswith("ت"):
                yield pronoun, f"{stem[:-1]}ه"
            return


def _completed(kind: str, stem: str, words: Sequence[Word], k: int, lexicon: Lexicon) -> tuple[str, str, int] | None:
    """Office, portfolio and the word after a head that is completed by `stem` with its pronoun at word `k`."""
    if kind == "minister" and (found := lexicon.portfolios.at(words, k, first=f"ال{stem}")):
        return "minister", found[0], found[1]
    if kind in {"president", "premier"} and stem in _CABINET:
        return "head_of_government", "", k + 1
    if kind == "spokesperson" and stem in _WORDS["in_the_name"]:
        return "spokesperson", "", k + 1
    if kind in {"president", "chief", "commander"} and stem in _BODIES:
        return "official", stem, k + 1
    return None
