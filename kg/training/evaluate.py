"""How good a set of models is: end to end on treebanks, on names, on careless spelling, on the ends of sentences, and fast.

Everything is measured through a `stanza.Pipeline` of the set, from raw text, its words divided as the package divides them.
Figures are F1 in per cent by the metrics of the CoNLL 2018 shared task as Stanza carries them, and entity F1 for names.
"""

from __future__ import annotations

import io
import random
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from stanza.models.common.doc import Document
from stanza.models.common.utils import ud_scores

from kg.analysis import Analyser, tag_name
from kg.arabic import MARKS
from kg.errors import InputError
from kg.model import Article
from kg.modelset import ModelSet, pipeline
from kg.reference import shipped
from kg.texts.namewords import name_words
from kg.training import ner, treebank
from kg.training.ner import Tagged
from kg.training.treebank import Sentence

METRICS = ("Tokens", "Sentences", "Words", "UPOS", "UFeats", "Lemmas", "UAS", "LAS", "CLAS")
# Stanza's own published figures for Arabic-PADT, end to end from raw text (its performance page, version 1.10).
PUBLISHED: Mapping[str, float] = {
    "Tokens": 99.98, "Sentences": 80.43, "Words": 97.88, "UPOS": 94.89, "UFeats": 91.86, "Lemmas": 93.27, "UAS": 83.27,
    "LAS": 79.33, "CLAS": 76.24,
}  # fmt: skip
SYNTAX = ("tokenize", "mwt", "pos", "lemma", "depparse")


@dataclass(frozen=True)
class Figures:
    """Figures of one test, in per cent, and the words a second that went through."""

    values: Mapping[str, float]
    words: int
    seconds: float

    @property
    def pace(self) -> float:
        return self.words / self.seconds if self.seconds else 0.0


def on_treebank(pipe: Any, sentences: list[Sentence], size: int = 10) -> Figures:
    """Analyses a treebank's text and compares.

    A treebank whose files have lost their paragraphs is read as its sentences joined by a space, `size` a paragraph.
    """
    started = time.monotonic()
    analysed = pipe("\n\n".join(treebank.paragraphs(sentences, size)))
    seconds = time.monotonic() - started
    return Figures(_scores(treebank.conllu(sentences), f"{analysed:C}\n\n"), analysed.num_words, seconds)


def _scores(gold: str, system: str) -> dict[str, float]:
    scores = ud_scores(io.StringIO(gold), io.StringIO(system))
    return {name: round(100 * scores[name].f1, 2) for name in METRICS}


def names(pipe: Any, sentences: list[Tagged]) -> list[set[tuple[int, int, str]]]:
    """The names that the set finds in sentences whose tokens are given: first token, token after the last, type."""
    document = Document([[{"id": i + 1, "text": word} for i, (word, _) in enumerate(s)] for s in sentences])
    analysed = pipe.processors["ner"].process(document)
    found = []
    for sentence in analysed.sentences:
        tags = [tag_name(token.ner) for token in sentence.tokens]
        found.append(set(ner.entities(tuple(("", tag) for tag in _bio(tags)))))
    return found


def _bio(tags: Iterable[str]) -> list[str]:
    """BIOES -> BIO."""
    return [{"S": "B", "E": "I"}.get(tag[0], tag[0]) + tag[1:] if tag != "O" else tag for tag in tags]


def on_names(pipe: Any, sentences: list[Tagged]) -> Figures:
    """Entity F1, and the F1 of each type, on tagged sentences; tokens are given."""
    started = time.monotonic()
    found = names(pipe, sentences)
    seconds = time.monotonic() - started
    gold = [set(ner.entities(s)) for s in sentences]
    values = {"F1": _f1(found, gold, lambda _: True)}
    for kind in sorted({kind for s in gold for _, _, kind in s}):
        values[kind] = _f1(found, gold, lambda k, kind=kind: k == kind)  # type: ignore[misc]
    return Figures(values, sum(len(s) for s in sentences), seconds)


def _f1(found: list[set[Any]], gold: list[set[Any]], of: Callable[[str], bool]) -> float:
    right = sum(sum(of(e[2]) for e in f & g) for f, g in zip(found, gold, strict=True))
    total = sum(of(e[2]) for s in found for e in s) + sum(of(e[2]) for s in gold for e in s)
    return round(200 * right / total, 2) if total else 0.0


# --- careless spelling -----------------------------------------------------------------------------------------------

_HARAKAT = "\u064e\u064f\u0650\u0652"


def _diacritics(form: str) -> str:
    rng = random.Random(form)
    return "".join(c + rng.choice(_HARAKAT) if "\u0621" <= c <= "\u064a" else c for c in form)


def _tatweel(form: str) -> str:
    # After a letter that joins the next one.
    for i in range(1, len(form) - 1):
        if "\u0621" <= form[i] <= "\u064a" and form[i] not in "اأإآدذرزوؤةىء":
            return form[: i + 1] + "ـ" + form[i + 1 :]
    return form


# Each way of writing and what it does to a word; `joined` is not about words.
PERTURBATIONS: Mapping[str, Callable[[str], str]] = {
    "hamza dropped": lambda form: treebank.misspell_form(form, 0),
    "final ya as alef maqsura": lambda form: form[:-1] + form[-1:].replace("ي", "ى"),
    "alef maqsura as ya": lambda form: form[:-1] + form[-1:].replace("ى", "ي"),
    "ta marbuta as ha": lambda form: form[:-1] + form[-1:].replace("ة", "ه"),
    "tatweel": _tatweel,
    "full diacritics": _diacritics,
}
JOINED = "no space after punctuation"


def perturbed(sentences: list[Sentence], change: Callable[[str], str] | None) -> list[Sentence]:
    """The treebank rewritten by `change`, or with no space after punctuation; marks are taken off as `kg` takes them off."""
    if change is None:
        punctuation = {"،", ",", ".", ":", "؛", "؟", "!", "»", ")"}
        sentences = [tuple(replace(t, space=False) if t.text in punctuation else t for t in s) for s in sentences]
        return _plain(sentences)
    return _plain([treebank.respell(_plain([s])[0], change) for s in sentences])


def _plain(sentences: list[Sentence]) -> list[Sentence]:
    return [treebank.respell(s, lambda form: MARKS.sub("", form) or form) for s in sentences]


@dataclass(frozen=True, slots=True)
class Spelt:
    """LAS and entity F1 on text in one way of writing: as `kg build` reads it, its spelling put right, and by the models alone."""

    las: float
    names: float
    alone_las: float
    alone_names: float


# Puts the spelling of a text right, letter for letter.
Right = Callable[[str], str]


def robustness(pipe: Any, sentences: list[Sentence], tagged: list[Tagged], right: Right) -> dict[str, Spelt]:
    """The figures on clean text and on each perturbation of it; `right` is how spelling is put right, ten sentences a text.

    Letters that only spelling tells apart count as the same.
    """
    out: dict[str, Spelt] = {}
    ways: dict[str, Callable[[str], str] | None] = {"clean": lambda form: form, **PERTURBATIONS, JOINED: None}
    bare, parsed, named = _without_names(pipe), {}, {}

    def las(text: str, gold: str) -> float:
        if text not in parsed:
            parsed[text] = _scores(_spelt_alike(gold), _spelt_alike(f"{bare(text):C}\n\n"))["LAS"]
        return parsed[text]

    def f1(found: list[Tagged]) -> float:
        key = tuple(found)
        if key not in named:
            named[key] = on_names(pipe, found).values["F1"] if found else 0.0
        return named[key]

    for name, change in ways.items():
        trees = perturbed(sentences, change)
        paragraphs, gold = treebank.paragraphs(trees, glued=change is None), treebank.conllu(trees)
        rewritten = [tuple((MARKS.sub("", change(w)) or w, t) for w, t in s) for s in tagged] if change else tagged
        las_right = las("\n\n".join(map(right, paragraphs)), gold)
        out[name] = Spelt(las_right, f1(put_right(rewritten, right)), las("\n\n".join(paragraphs), gold), f1(rewritten))
    return out


_ALIKE = str.maketrans("أإآةى", "اااهي")


def _spelt_alike(conllu: str) -> str:
    """The forms of CoNLL-U without what careless spelling drops."""
    rows = [line.split("\t") for line in conllu.split("\n") if not line.startswith("#")]
    return "\n".join("\t".join((row[0], row[1].translate(_ALIKE), *row[2:])) if len(row) > 1 else "" for row in rows)


def put_right(tagged: list[Tagged], right: Right, size: int = 10) -> list[Tagged]:
    """Tagged sentences in right spelling, `size` of them read as one text."""
    out: list[Tagged] = []
    for start in range(0, len(tagged), size):
        part = tagged[start : start + size]
        lines = right("\n".join(" ".join(word for word, _ in s) for s in part)).split("\n")
        out += [tuple(zip(line.split(" "), [tag for _, tag in s], strict=True)) for line, s in zip(lines, part, strict=True)]
    return out


# --- ends of sentences -----------------------------------------------------------------------------------------------


def sentence_ends(analyse: Callable[[str], Sequence[int]], articles: Sequence[Sequence[Sequence[str]]]) -> Figures:
    """F1 of sentence ends on marked articles: paragraphs, each its sentences in order.

    `analyse` takes a text and gives the offsets after the last letter of each sentence.
    """
    right = found_total = gold_total = 0
    started, words = time.monotonic(), 0
    for paragraphs in articles:
        text, gold = "", set()
        for paragraph in paragraphs:
            text += "\n" if text else ""
            for number, sentence in enumerate(paragraph):
                text += (" " if number else "") + sentence
                gold.add(len(text))
        found = set(analyse(text))
        words += len(text.split())
        right += len(found & gold)
        found_total += len(found)
        gold_total += len(gold)
    total = found_total + gold_total
    return Figures({"F1": round(200 * right / total, 2) if total else 0.0}, words, time.monotonic() - started)


# --- the whole -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Test:
    """What to measure on: a treebank or a file of names, by its name in the table."""

    name: str
    sentences: tuple[Sentence, ...] = ()
    tagged: tuple[Tagged, ...] = ()


def load(models: ModelSet, gpu: bool = False) -> tuple[Any, float]:
    """The pipeline of a set and how long it took to load."""
    started = time.monotonic()
    return pipeline(models, gpu=gpu), time.monotonic() - started


def table(pipe: Any, tests: Sequence[Test]) -> dict[str, Figures]:
    """Figures of each test by its name."""
    out = {}
    for test in tests:
        if test.sentences:
            out[test.name] = on_treebank(_without_names(pipe), list(test.sentences))
        else:
            out[test.name] = on_names(pipe, list(test.tagged))
    return out


class _without_names:
    """A pipeline that leaves out the recogniser of names, and divides words as the package does (see kg.analysis)."""

    def __init__(self, pipe: Any) -> None:
        self._analyser = Analyser(pipe, name_words(shipped()))
        self._processors = [name for name in SYNTAX if name in pipe.processors]

    def __call__(self, text: str) -> Any:
        return self._analyser.documents([text], self._processors)[0]


def ends_of(pipe: Any) -> Callable[[str], list[int]]:
    """Text -> the offsets after each sentence, as the package divides articles (see kg.analysis)."""
    analyser = Analyser(pipe)

    def ends(text: str) -> list[int]:
        ((_, doc),) = analyser.analyse([Article(id="x", text=text)])
        return [doc.user_data["ends"][sentence[-1].i] for sentence in doc.sents]

    return ends


_ITEM = re.compile(r"(- |\d+\) )")


def read_marked(folder: Path) -> list[list[list[str]]]:
    """The marked articles of a folder: files with a sentence a line and an empty line between paragraphs; # is a comment.

    An item of a list (`- `, `1) `) is a paragraph of its own: in the article it begins a line.
    """
    articles = []
    for path in sorted(folder.glob("*.txt")):
        paragraphs: list[list[str]] = [[]]
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            if _ITEM.match(line) and paragraphs[-1]:
                paragraphs.append([])
            if line.strip():
                paragraphs[-1].append(line.strip())
            elif paragraphs[-1]:
                paragraphs.append([])
        articles.append([p for p in paragraphs if p])
    if not articles:
        raise InputError(f"{folder}: no marked articles (*.txt) there")
    return articles
