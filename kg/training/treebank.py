"""UD treebanks as the recipe reads them, and the ways in which it makes their sentences more varied.

A sentence is a tuple of surface tokens with their syntactic words; nothing of Stanza is needed here. Variation takes a
sentence and gives a new one, never changing the number of words, so that tags and trees stay right.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.arabic import MARKS
from kg.errors import InputError

_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_QUOTES = (("«", "»"), ("“", "”"), ("\"", "\""))
_MISSPELT = (
    str.maketrans("أإآ", "ااا"),
    str.maketrans("ىي", "ىى"),
    str.maketrans("ةى", "هي"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word: the columns of CoNLL-U from FORM to DEPREL; `head` counts from 1 in the sentence, 0 is the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str


@dataclass(frozen=True, slots=True)
class Token:
    """A surface token, its words, and whether a space follows."""

    text: str
    words: tuple[Word, ...]
    space: bool = True


Sentence = tuple[Token, ...]


def read(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL-U file. Raises InputError where it is not one."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    sentences: list[Sentence] = []
    rows: list[list[str]] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("#"):
            continue
        if line.strip():
            row = line.split("\t")
            if len(row) != 10:
                raise InputError(f"{path}, line {number}: not CoNLL-U ({len(row)} columns in place of 10)")
            rows.append(row)
        elif rows:
            sentences.append(_sentence(rows))
            rows = []
    return sentences


def _sentence(rows: list[list[str]]) -> Sentence:
    tokens: list[Token] = []
    pending: list[str] | None = None
    words: list[Word] = []
    last = 0
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            pending, words, last = row, [], int(row[0].split("-")[1])
            continue
        word = Word(row[1], row[2], row[3], row[4], row[5], int(row[6]) if row[6].isdigit() else 0, row[7])
        if pending is None:
            tokens.append(Token(row[1], (word,), "SpaceAfter=No" not in row[9]))
            continue
        words.append(word)
        if int(row[0]) == last:
            tokens.append(Token(pending[1], tuple(words), "SpaceAfter=No" not in pending[9]))
            pending = None
    return tuple(tokens)


def text(sentence: Sentence) -> str:
    """The sentence as it stands on the page, without a space at its end."""
    return "".join(t.text + " " * t.space for t in sentence).rstrip()


def words(sentence: Sentence) -> list[Word]:
    """All syntactic words in order."""
    return [word for token in sentence for word in token.words]


def conllu(sentences: Iterable[Sentence]) -> str:
    """The sentences in CoNLL-U."""
    out: list[str] = []
    for sentence in sentences:
        out.append(f"# text = {text(sentence)}")
        number = 1
        for token in sentence:
            misc = "_" if token.space else "SpaceAfter=No"
            if len(token.words) > 1:
                span = f"{number}-{number + len(token.words) - 1}"
                out.append("\t".join((span, token.text, *["_"] * 7, misc)))
            for word in token.words:
                own = misc if len(token.words) == 1 else "_"
                out.append(
                    f"{number}\t{word.form}\t{word.lemma}\t{word.upos}\t{word.xpos}\t{word.feats}"
                    f"\t{word.head}\t{word.deprel}\t_\t{own}"
                )
                number += 1
        out.append("")
    return "\n".join(out) + "\n"


def paragraphs(sentences: list[Sentence], size: int = 10, glued: bool = False) -> list[str]:
    """The raw text of a treebank that has lost its paragraphs: sentences joined by a space, `size` a paragraph; `glued`: no
    space after one that ends in a punctuation mark."""

    def end(sentence: Sentence) -> str:
        return "" if glued and not sentence[-1].text[-1].isalnum() else " "

    parts = [sentences[i : i + size] for i in range(0, len(sentences), size)]
    return ["".join(text(s) + end(s) for s in part).rstrip() for part in parts]


# --- variation -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Variation:
    """How often each change is made: a share of the sentences, or where it says so of the places in one."""

    plain: float = 0.5
    rename: float = 0.4
    misspell: float = 0.15
    requote: float = 0.3
    digits: float = 0.1
    stopless: float = 0.08
    glued: float = 0.03  # of the punctuation marks in a sentence


def vary(sentence: Sentence, how: Variation, names: tuple[str, ...], rng: random.Random) -> Sentence:
    """A new sentence with the same words and tree, written as somebody else would have written it."""
    if names and rng.random() < how.rename:
        sentence = rename(sentence, names, rng)
    if rng.random() < how.plain:
        sentence = respell(sentence, lambda form: MARKS.sub("", form) or form)
    if rng.random() < how.misspell:
        sentence = misspell(sentence, rng)
    if rng.random() < how.digits:
        sentence = respell(sentence, lambda form: form.translate(_ARABIC_INDIC))
    if rng.random() < how.requote:
        sentence = requote(sentence, rng.choice(_QUOTES))
    return glue(sentence, how.glued, rng) if how.glued else sentence


def respell(sentence: Sentence, change: Callable[[str], str]) -> Sentence:
    """`change` made in every token and word."""
    return tuple(
        Token(change(t.text), tuple(replace(w, form=change(w.form)) for w in t.words), t.space) for t in sentence
    )


def misspell(sentence: Sentence, rng: random.Random) -> Sentence:
    """One kind of careless spelling throughout: no hamza on alef, or alef maqsura for ya at the end, or both ta marbuta as
    ha and ya for alef maqsura."""
    kind = rng.randrange(len(_MISSPELT))
    return respell(sentence, lambda form: misspell_form(form, kind))


def misspell_form(form: str, kind: int) -> str:
    """`form` in careless spelling: 0 drops hamza, 1 writes final ya as alef maqsura, 2 final ta marbuta as ha and final
    alef maqsura as ya."""
    if kind == 0:
        return form.translate(_MISSPELT[0])
    return form[:-1] + form[-1:].translate(_MISSPELT[kind])


def requote(sentence: Sentence, pair: tuple[str, str]) -> Sentence:
    """Straight quotation marks replaced by a pair, opening and closing in turn."""
    out: list[Token] = []
    opened = False
    for token in sentence:
        if token.text in {'"', "«", "»", "“", "”"}:
            mark = pair[opened]
            opened = not opened
            out.append(Token(mark, tuple(replace(w, form=mark) for w in token.words), token.space))
        else:
            out.append(token)
    return tuple(out)


def glue(sentence: Sentence, rate: float, rng: random.Random) -> Sentence:
    """The space after some punctuation marks dropped."""
    return tuple(
        replace(t, space=False) if t.space and t.text in {"،", ",", ":", "؛", ".", "؟", "!"} and rng.random() < rate else t
        for t in sentence
    )


_LETTERS = re.compile("[\u0621-\u064a]{3,}$")
_BEFORE = {"و", "ف", "ب", "ل", "ك"}


def rename(sentence: Sentence, names: tuple[str, ...], rng: random.Random) -> Sentence:
    """The foreign names of a sentence (PADT's X) replaced by others, their proclitics staying or coming and going."""
    out: list[Token] = []
    for token in sentence:
        name = token.words[-1]
        if name.xpos[:1] not in {"X", "U"} or not _LETTERS.match(name.form):
            out.append(token)
            continue
        clitics = token.words[:-1]
        if any(w.form not in _BEFORE for w in clitics):
            out.append(token)
            continue
        new = rng.choice(names)
        word = replace(name, form=new, lemma=new)
        surface = "".join(w.form for w in clitics) + new
        if clitics and clitics[-1].form == "ل" and new.startswith("ال"):
            surface = "".join(w.form for w in clitics) + new[1:]
        out.append(Token(surface, (*clitics, word), token.space))
    return tuple(out)


def stream(sentences: list[Sentence], rng: random.Random) -> Iterator[int]:
    """Numbers of sentences without end, each pass in a new order."""
    order = list(range(len(sentences)))
    while True:
        rng.shuffle(order)
        yield from order
