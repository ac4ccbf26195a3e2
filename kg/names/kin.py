"""Given names behind words of kinship: "Skripal and his daughter Yulia", "his sons Adel and Samir".

A relative is often named by the given name alone, which no model takes for a person. The word of kinship with its pronoun, or
the family of a named person in brackets ("the sons of X (A and B)"), says that a name follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.arabic import fold, unclitic
from kg.language.latin import known_names
from kg.language.wordclasses import shipped
from kg.lexicon import Lexicon
from kg.model import EntityType, Name, Origin, Span
from kg.names.gazetteer import Gazetteer
from kg.names.sheet import Sheet
from kg.names.shortforms import NAME_POS

_WORDS = shipped("namewords")
_PRONOUNS = ("ه", "ها")
_ONE = frozenset(stem + pronoun for stem in _WORDS["kin_one"] for pronoun in _PRONOUNS)
_SEVERAL = frozenset(stem + pronoun for stem in _WORDS["kin_several"] for pronoun in _PRONOUNS)
_OF_NAMED = _WORDS["kin_of_named"]
# Which of them: adjectives between the word and the name.
_WHICH = _WORDS["which_relative"]
_KIN_NOUNS = _WORDS.readings("kin_nouns")
# The most letters before a title in which such a noun is looked for.
_NOUN = 12
# Words from the head of a family to a bracket with the names of its members.
_REACH = 8


def relatives(names: Sequence[Name], sheet: Sheet, lexicon: Lexicon, gazetteer: Gazetteer) -> list[Name]:
    """The given names of relatives, outside of `names`."""
    taken = {w for name in names for w in range(name.first, name.last)}
    persons_end = {name.last for name in names if name.type is EntityType.PERSON}
    found: list[Name] = []
    for i in range(len(sheet.words)):
        if i in taken:
            continue
        readings = {rest for _, rest in unclitic(sheet.words[i].folded)}
        if readings & (_ONE | _SEVERAL):
            k = i + 1
            while k < len(sheet.words) and sheet.words[k].folded in _WHICH:
                k += 1
            found += _listed(k, bool(readings & _SEVERAL), taken, sheet, lexicon, gazetteer)
        elif readings & _OF_NAMED:
            behind = next((k for k in range(i + 1, min(i + _REACH, len(sheet.words))) if k in persons_end), None)
            if behind is not None and sheet.words[behind].gap.strip() == "(":
                found += _listed(behind, True, taken, sheet, lexicon, gazetteer)
    return found


def kin_before(text: str, start: int) -> str:
    """The relation that a noun of kinship right before an offset of a text says ("the daughter of [the president]"), or empty."""
    before = text[max(0, start - _NOUN) : start].split()
    if not before or text[start - 1 : start] != " ":
        return ""
    return next((_KIN_NOUNS[(rest,)] for _, rest in unclitic(fold(before[-1])) if (rest,) in _KIN_NOUNS), "")


def _listed(k: int, several: bool, taken: set[int], sheet: Sheet, lexicon: Lexicon, gazetteer: Gazetteer) -> Iterator[Name]:
    """The name at word `k`, and with `several` those that are joined to it by "and"."""
    first = True
    while k < len(sheet.words) and (first or sheet.words[k].folded.startswith("و")):
        word = sheet.words[k]
        cut = 0 if first else 1
        form = word.folded[cut:]
        if k in taken or not word.joins or not _given(k, form, first, sheet, lexicon, gazetteer):
            return
        span = Span(word.start + cut, word.end)
        yield Name(k, k + 1, span, sheet.article.cut(span), EntityType.PERSON, Origin.PATTERN)
        if not several:
            return
        first = False
        k += 1


def _given(k: int, form: str, whole: bool, sheet: Sheet, lexicon: Lexicon, gazetteer: Gazetteer) -> bool:
    """A word that can be a given name: a common one, or a foreign word, without article, and no name of something else."""
    if len(form) < 3 or form.startswith("ال") or lexicon.nisbas.at(sheet.words, k, first=form) or sheet.verb(k):
        return False
    if any(lexicon.heads.at(sheet.words, k, first=rest) for _, rest in unclitic(form)) or form in lexicon.ranks:
        return False
    if sheet.pos(k) in {"ADP", "PART", "SCONJ", "ADV"} or sheet.article.text[sheet.words[k].start : sheet.words[k].end].endswith("لى"):
        return False  # a preposition that is written like a name (على)
    if form in known_names():
        return True
    if whole and form[0] in "بلك" and sheet.token_at(sheet.words[k].start) != sheet.token_at(sheet.words[k].end - 1):
        return False  # "with gas": what the analysis takes for a preposition and a noun
    following = sheet.words[k + 1] if k + 1 < len(sheet.words) else None
    if whole and form[0] in "بلك" and following and not following.gap.strip() and following.folded.startswith(("ال", "لل")):
        return False  # "with the gas of …": a preposition and a noun
    return sheet.pos(k) in NAME_POS and (not whole or gazetteer.at(sheet.words, k, clitics=True) is None)
