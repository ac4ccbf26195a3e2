"""Arabic text, str -> str: folding for comparison, proclitics, the article, transliteration.

Folding is for comparing only; the text of the graph keeps its spelling. What is folded, and why:
hamza seats (writers drop and move them), alef maqsura and ya (Egyptian papers write the one for the other),
ta marbuta and ha, tatweel and diacritics (ornament), Persian and Urdu letters (names), Arabic-Indic digits,
and the invisible marks that web pages carry.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Harakat, Quranic marks, superscript alef, tatweel, zero-width and bidirectional controls.
MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",  # alef with hamza, madda, wasla -> bare alef
        "ى": "ي", "ئ": "ي", "ی": "ي", "ې": "ي",  # alef maqsura, hamza on ya, Persian ya -> ya
        "ؤ": "و", "ۆ": "و",  # hamza on waw -> waw
        "ة": "ه", "ھ": "ه", "ہ": "ه", "ۀ": "ه",  # ta marbuta, Persian and Urdu ha -> ha
        "ک": "ك", "ڪ": "ك",  # Persian kaf -> kaf
        "گ": "غ", "ڤ": "ف", "پ": "ب", "چ": "ج", "ژ": "ز",  # letters of loan words -> how Arabic papers write them
        **{chr(0x0660 + d): str(d) for d in range(10)},
        **{chr(0x06F0 + d): str(d) for d in range(10)},
    }
)
_WORD = re.compile(r"[^\W_]+")
# Letters in the form that they have at a place of a word, and ligatures.
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")

# Proclitics that can stand before a name, longest first: conjunctions, prepositions, both; `لل` hides the article.
PROCLITICS = ("وبال", "وكال", "فبال", "وبـ", "ولل", "فلل", "وب", "ول", "وك", "فب", "فل", "لل", "و", "ف", "ب", "ل", "ك")


def strip_marks(text: str) -> str:
    """`text` without diacritics, tatweel and invisible controls; shorter than `text`."""
    return MARKS.sub("", text)


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """The form of `text` for comparing: letters folded, marks and punctuation dropped, words divided by one space.

    >>> fold("إردوغان") == fold("أردوغان")
    True
    >>> fold("«منظمة معاهدة الأمن الجماعى»")
    'منظمه معاهده الامن الجماعي'
    """
    plain = MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(_LETTERS).lower()
    return " ".join(_WORD.findall(plain.replace("-", " ").replace("‐", " ")))


def fold_word(word: str) -> str:
    """`fold` for one word, keeping it one word: punctuation inside is dropped, not turned into a space."""
    plain = MARKS.sub("", unicodedata.normalize("NFKC", word)).translate(_LETTERS).lower()
    return "".join(_WORD.findall(plain))


def standard(text: str) -> str:
    """`text` with the letters of presentation forms, as some PDF readers and old systems give them, as plain letters.

    >>> standard("\ufe91\ufee0\ufeaa") == "بلد", standard("\ufefb") == "لا"
    (True, True)
    """
    return _FORMS.sub(lambda m: unicodedata.normalize("NFKC", m[0]).strip(), text)


def is_arabic(text: str) -> bool:
    """True when most letters of `text` are Arabic, and it is in no other language that is written with them."""
    letters = [c for c in standard(text) if c.isalpha()]
    return bool(letters) and 2 * sum("\u0600" <= c <= "\u06ff" for c in letters) > len(letters) and not _is_neighbour(letters)


def _is_neighbour(letters: list[str]) -> bool:
    """True for Persian, Urdu and their kin: the letters that Arabic lacks in one of a hundred, and their forms of ya and kaf
    in one of twenty. Either alone is an Arabic text with Persian names, or one that was typed on another keyboard."""
    return 100 * sum(c in "پچژگٹڈڑںے" for c in letters) > len(letters) and 20 * sum(c in "یک" for c in letters) > len(letters)


@lru_cache(maxsize=1 << 16)
def unclitic(word: str) -> tuple[tuple[int, str], ...]:
    """All readings of a folded word as proclitics + rest: pairs of (code points taken off, rest), itself first.

    `لل` + X is read as ل + ال + X, so that rest has its article again; two code points are taken off all the same.

    >>> unclitic("وبروسيا")[:3]
    ((0, 'وبروسيا'), (1, 'بروسيا'), (2, 'روسيا'))
    """
    readings = [(0, word)]
    if len(word) > 2 and word[0] in "وف":
        readings.append((1, word[1:]))
    for cut, rest in list(readings):
        if len(rest) > 3 and rest.startswith("لل"):
            readings.append((cut + 1, "ا" + rest[1:]))
        if len(rest) > 2 and rest[0] in "بلك":
            readings.append((cut + 1, rest[1:]))
    return tuple(readings)


def bare(word: str) -> str:
    """A folded word without the article `ال`, where enough is left of it."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


# Transliteration: a plain scheme readable by someone who knows no Arabic (after the news agencies' usage, not
# a scholarly system): no diacritics, w and y as consonants at the start of a syllable, u and i as vowels.
_LATIN = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d",
    "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh",
    "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "w", "ي": "y", "ى": "a",
    "ئ": "i", "ؤ": "u", "ء": "", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ڤ": "v", "ک": "k", "ی": "y", "ۆ": "o",
}  # fmt: skip
_VOWELS = set("aeiou")


def transliterate(name: str) -> str:
    """A readable Latin form of an Arabic name, in title case; Latin letters and digits stay.

    >>> transliterate("كوفي عنان")
    'Kufi Anan'
    >>> transliterate("عبد الله السبيعي")
    'Abd Allah al-Sabiai'
    """
    return " ".join(_latin_word(word) for word in strip_marks(name).split())


def _latin_word(word: str) -> str:
    if word in {"الله"}:
        return "Allah"
    if word.startswith("ال") and len(word) > 3:
        return "al-" + _capital(_letters(word[2:]))
    return _capital(_letters(word))


def _capital(latin: str) -> str:
    return latin[:1].upper() + latin[1:]


def _letters(word: str) -> str:
    out: list[str] = []
    for i, letter in enumerate(word):
        last = out[-1][-1:] if out and out[-1] else ""
        if letter == "و":
            latin = "w" if not last or last in _VOWELS else "u"
        elif letter in "يی":
            latin = "y" if not last or (last in _VOWELS and i + 1 < len(word)) else "i"
        else:
            latin = _LATIN.get(letter, letter if letter.isalnum() or letter in "-'" else "")
        if letter == "ة" and last in _VOWELS:
            latin = "h"
        if latin and latin[0] not in _VOWELS and last and last not in _VOWELS and _needs_vowel(out, latin, word, i):
            out.append("a")
        out.append(latin)
    return re.sub(r"(a)\1+", r"\1", "".join(out))


def _needs_vowel(out: list[str], latin: str, word: str, i: int) -> bool:
    """Arabic writes no short vowels: put an `a` between two consonants, but not before the last of a cluster."""
    consonants = 0
    for part in reversed(out):
        if not part or part[-1] in _VOWELS:
            break
        consonants += 1
    return consonants >= (1 if i == 1 else 2) or (i + 1 < len(word) and consonants >= 1 and i <= 2)
