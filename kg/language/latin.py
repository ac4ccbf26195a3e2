"""Arabic names in Latin letters: usual forms of common names from data, the rest by transliteration.

The data (`kg/data/lexicon/names.tsv`) also says which spellings are one name (دميتري, ديمتري) and which look alike and are
two (حسن and حسين), which no rule over consonants can tell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from kg import files
from kg.arabic import fold, strip_marks, transliterate
from kg.language.wordclasses import shipped
from kg.tables import Names, Row, read_table

_WORDS = shipped("namewords")
# Particles inside names, folded, as newspapers write them in English.
_PARTICLES = {word: latin for (word,), latin in _WORDS.readings("latin_particles").items()}
# Endings of foreign surnames, folded, and how English papers write them; in such words و is o and غ is g.
_ENDINGS = {ending: latin for (ending,), latin in _WORDS.readings("latin_endings").items()}
_FOREIGN = str.maketrans({"غ": "گ", "و": "ۆ"})
_ABD = re.compile(r"\bعبد ال(?=\w)")


class NameRow(Row):
    """A given name in Latin letters with its Arabic spellings, of names.tsv."""

    latin: str
    arabic: Names


@lru_cache(maxsize=1)
def known_names() -> Mapping[str, str]:
    """Folded Arabic spelling -> usual Latin form."""
    rows = read_table(files.DATA / "lexicon" / "names.tsv", NameRow)
    return {fold(spelling): row.latin for row in rows for spelling in row.arabic}


def latin(name: str) -> str:
    """A readable Latin form of a name.

    >>> latin("دميتري كوزين"), latin("عبد الرحمن بن سالم")
    ('Dmitry Kuzin', 'Abdul Rahman bin Salem')
    >>> latin("أبو بكر الناصري")
    'Abu Bakr al-Nasseri'
    """
    words = _ABD.sub("عبدال", strip_marks(name)).split()
    out = []
    skip = False
    for n, word in enumerate(words):
        if skip:
            skip = False
            continue
        two = f"{word} {words[n + 1]}" if n + 1 < len(words) else ""
        skip = bool(two) and fold(two) in known_names()
        out.append(_word(two if skip else word, first=n == 0))
    return " ".join(out)


def _word(word: str, first: bool) -> str:
    folded = fold(word)
    if known := known_names().get(folded):
        return known
    if (not first and folded in _PARTICLES) or folded in {"ابو", "ام", "ابن"}:
        return _PARTICLES[folded]
    if folded.startswith("عبدال") and len(folded) > 6:
        return "Abdul " + _word(word[word.index("ال") + 2 :], first=True)
    if "-" in word:
        return "-".join(_word(part, first=True) for part in word.split("-") if part)
    article, stem = ("al-", folded[2:]) if word.startswith("ال") and len(folded) > 4 else ("", folded)
    if known := known_names().get(stem):
        return article + known
    if stem.endswith("ي") and (known := known_names().get(stem[:-1])) and known[-1] not in "aeiou":
        return f"{article}{known}i"
    if word[:1] in {"أ", "إ", "آ"} and folded[:1] == "ا":
        folded = word[0] + folded[1:]  # أليكس has no article
    return _foreign(folded) if not article else transliterate(word)


def _foreign(word: str) -> str:
    """A word without article: with a foreign ending, read as foreign; else by the plain scheme."""
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            return transliterate(stem.translate(_FOREIGN)) + _ENDINGS[ending]
    return transliterate(word)


def one_name(one: str, other: str) -> bool | None:
    """Whether two folded words are spellings of one name by the data; None where the data know neither.

    Of a known and an unknown word, at most one letter may differ.

    >>> one_name("دميتري", "ديمتري"), one_name("حسن", "حسين"), one_name("فلاديمر", "فلاديمير"), one_name("كوزين", "كوذين")
    (True, False, True, None)
    """
    names = known_names()
    if one in names and other in names:
        return names[one] == names[other]
    if one in names or other in names:
        return len(one) > 4 and Levenshtein.distance(one, other, score_cutoff=1) <= 1
    return None
