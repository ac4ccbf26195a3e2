"""Article -> spaCy `Doc`: Stanza's analysis with the source offsets of every token.

The tokens of the `Doc` are Stanza's syntactic words; `lemma_` is the folded lemma, `norm_` the folded form, `ent_iob_` and
`ent_type_` the model's names (PER, LOC, ORG, MISC) with proclitics outside of them. Of what spaCy has no place for,
`user_data` keeps, one value a token: `starts` and `ends` (offsets into `Article.text`) and `surface` (the number of the
surface token that the word is part of). Sentences never run over a paragraph break or a heading.

Diacritics and tatweel are taken out before the analysis and hashtags opened (#دونالد_ترمب), with a map of offsets back to
the original text, because the models were trained on plain text; the text itself is not changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from spacy.tokens import Doc
from spacy.vocab import Vocab
from stanza.models.common.doc import Document

from kg.arabic import MARKS, fold_word, standard
from kg.model import Article
from kg.texts.glued import Glue
from kg.texts.namewords import NameWords
from kg.texts.spelling import Speller

# Articles handed to Stanza at a time: it batches over them; more costs memory and gains nothing measurable.
BATCH = 16
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
# Words from which a sentence is cut: the parser's time and memory grow with the square of its length and more, and what has
# no full stop for so long (a transcript, a table, a list of names) is no sentence.
LONGEST = 200
_PAUSES = frozenset("،؛,;:")
# A proclitic word at the start of a surface token that is no part of a name.
_PROCLITIC_POS = {"CCONJ", "ADP", "PART", "SCONJ", "AUX"}
_TAG_NAMES = {"PERS": "PER", "MIS": "MISC", "MIS0": "MISC", "MIS1": "MISC", "MIS2": "MISC", "MIS3": "MISC"}


_NO_NAMES = NameWords()


class Pipeline(Protocol):
    """What is needed of `stanza.Pipeline`: its processors in their order."""

    processors: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plain:
    """The text as the models get it, and for each of its code points (and its end) the offset in the article."""

    text: str
    offsets: tuple[int, ...]


def plain(text: str) -> Plain:
    """`text` without marks, hashtags opened, each paragraph break an empty line."""
    out: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(text):
        if MARKS.match(char):
            continue
        new = "\n\n" if char == "\n" else " " if char in "#_\t\r\u00a0\v\f" else MARKS.sub("", standard(char))
        out.append(new)
        offsets.extend([i] * len(new))
    offsets.append(len(text))
    return Plain("".join(out), tuple(offsets))


class Analyser:
    """Analyses articles with one Stanza pipeline.

    `pipeline` is a loaded `stanza.Pipeline` with tokenize, mwt, pos, lemma, depparse and ner. `names` are words of known names:
    the tokenizer takes the ل of لافروف or the ب of بشار for a preposition. One analyser belongs to one process; a second
    thread gains nothing (torch is kept to one).
    """

    def __init__(self, pipeline: Pipeline, names: NameWords = _NO_NAMES, vocab: Vocab | None = None) -> None:
        self._pipeline = pipeline
        self._names = names.joined
        self.vocab = vocab or Vocab()
        words = ranks(pipeline)
        self._speller = Speller(words, names.spelt)
        self._glue = Glue(words, names.whole)

    def analyse(self, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
        """The articles in order, each with its `Doc`."""
        stream = iter(articles)
        while batch := list(islice(stream, BATCH)):
            plains = [self._respelt(plain(article.text)) for article in batch]
            for article, text, analysed in zip(batch, plains, self.documents(p.text for p in plains), strict=True):
                yield article, to_doc(analysed, text, self.vocab)

    def _respelt(self, text: Plain) -> Plain:
        """`text` with careless spelling put right, letter for letter (see kg.texts.spelling)."""
        return Plain(self._speller.restore(text.text), text.offsets)

    def documents(self, texts: Iterable[str], processors: Iterable[str] = PROCESSORS) -> list[Any]:
        """Stanza's own `bulk_process`, but glued proclitics are found before tokens are expanded, and the words of known names
        put together again before they are tagged."""
        documents = [Document([], text=text) for text in texts]
        for name in processors:
            documents = self._pipeline.processors[name].bulk_process(documents)
            if name == "tokenize":
                for document in documents:
                    self._glue.mark(document)
            if name == "mwt":
                documents = [short_sentences(whole_names(document, self._names)) for document in documents]
        return documents


def ranks(pipeline: Pipeline) -> dict[str, int]:
    """The words that the tagger has vectors of, the most frequent lowest; none where it has none."""
    pretrain = getattr(pipeline.processors.get("pos"), "pretrain", None)
    return {word: rank for rank, word in enumerate(pretrain.vocab, 1)} if pretrain is not None else {}


def whole_names(document: Any, names: frozenset[str]) -> Any:
    """`document` with every multi-word token whose surface is a word of a name made one word again."""
    if not any(len(t.words) > 1 and fold_word(t.text) in names for s in document.sentences for t in s.tokens):
        return document
    sentences = [_whole(sentence, names) for sentence in document.to_dict()]
    return Document(sentences, text=document.text)


def _whole(entries: list[dict[str, Any]], names: frozenset[str]) -> list[dict[str, Any]]:
    """One sentence of `Document.to_dict()`: a multi-word token has an id of two numbers and its words follow it."""
    out: list[dict[str, Any]] = []
    skip_to = 0
    number = 0
    for entry in entries:
        first, last = entry["id"][0] if isinstance(entry["id"], tuple) else entry["id"], 0
        if isinstance(entry["id"], tuple) and len(entry["id"]) > 1:
            last = entry["id"][-1]
            if fold_word(entry["text"]) in names:
                skip_to = last
                number += 1
                out.append({**entry, "id": number})
            else:
                out.append({**entry, "id": (number + 1, number + 1 + last - first)})
            continue
        if first <= skip_to:
            continue
        number += 1
        out.append({**entry, "id": number})
    return out


def short_sentences(document: Any, most: int = LONGEST) -> Any:
    """`document` with every sentence of more than `most` words cut, behind a comma where there is one."""
    if all(len(sentence.words) <= most for sentence in document.sentences):
        return document
    pieces = [piece for sentence in document.to_dict() for piece in _pieces(sentence, most)]
    return Document(pieces, text=document.text)


def _pieces(entries: list[dict[str, Any]], most: int) -> Iterator[list[dict[str, Any]]]:
    tokens: list[list[dict[str, Any]]] = []
    open_until = 0
    for entry in entries:
        ids = entry["id"] if isinstance(entry["id"], tuple) else (entry["id"],)
        if ids[0] > open_until or len(ids) > 1:
            tokens.append([])
        open_until = max(open_until, ids[-1])
        tokens[-1].append(entry)
    while tokens:
        fits = _fitting(tokens, most)
        pauses = [n for n in range(fits, fits // 2, -1) if tokens[n - 1][0]["text"] in _PAUSES]
        cut = pauses[0] if pauses and fits < len(tokens) else fits
        yield _numbered(entry for token in tokens[:cut] for entry in token)
        tokens = tokens[cut:]


def _fitting(tokens: list[list[dict[str, Any]]], most: int) -> int:
    """How many of the tokens have `most` words together, at least one; a multi-word token is its own entry and its words'."""
    words = 0
    for n, token in enumerate(tokens):
        words += max(1, len(token) - 1)
        if words > most:
            return max(1, n)
    return len(tokens)


def _numbered(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries of one sentence numbered from 1."""
    listed = list(entries)
    first = listed[0]["id"]
    less = (first[0] if isinstance(first, tuple) else first) - 1
    return [
        {**e, "id": tuple(i - less for i in e["id"]) if isinstance(e["id"], tuple) else e["id"] - less} for e in listed
    ]


@dataclass(slots=True)
class _Columns:
    """The values of a `Doc` under construction, one list a kind, one value a word."""

    words: list[str]
    pos: list[str]
    lemmas: list[str]
    morphs: list[str]
    deps: list[str]
    heads: list[int]
    sent_starts: list[bool | int | None]
    spaces: list[bool]
    ents: list[str]
    starts: list[int]
    ends: list[int]
    surface: list[int]


def to_doc(analysed: Any, text: Plain, vocab: Vocab) -> Doc:
    """A `stanza.Document` as a `Doc`; `text` is what it was made from."""
    columns = _Columns([], [], [], [], [], [], [], [], [], [], [], [])
    for sentence in analysed.sentences:
        if sentence.words:
            _add_sentence(columns, sentence, text)
    doc = Doc(
        vocab,
        words=columns.words,
        spaces=columns.spaces,
        pos=columns.pos,
        lemmas=columns.lemmas,
        morphs=columns.morphs,
        deps=columns.deps,
        heads=columns.heads,
        sent_starts=columns.sent_starts,
        ents=columns.ents,
    )
    for token in doc:
        token.norm_ = fold_word(token.text) or token.text
    doc.user_data.update(starts=columns.starts, ends=columns.ends, surface=columns.surface)
    return doc


def _add_sentence(columns: _Columns, sentence: Any, text: Plain) -> None:
    base = len(columns.words)
    first = True
    for token in sentence.tokens:
        surface = (columns.surface[-1] + 1) if columns.surface else 0
        spans = word_spans(token.start_char, token.end_char, text.text, [w.text for w in token.words])
        tags = _entity_tags(token)
        for word, (start, end), tag in zip(token.words, spans, tags, strict=True):
            columns.words.append(word.text)
            columns.pos.append(word.upos or "X")
            columns.lemmas.append(fold_word(word.lemma or word.text) or word.text)
            columns.morphs.append(word.feats or "")
            columns.deps.append(word.deprel or "dep")
            columns.heads.append(base + (word.head - 1 if word.head else word.id - 1))
            columns.sent_starts.append(first)
            columns.spaces.append(False)
            columns.ents.append(tag)
            columns.starts.append(text.offsets[start])
            columns.ends.append(text.offsets[end - 1] + 1 if end > start else text.offsets[end])
            columns.surface.append(surface)
            first = False
        columns.spaces[-1] = text.text[token.end_char : token.end_char + 1].isspace()


def word_spans(start: int, end: int, text: str, forms: list[str]) -> list[tuple[int, int]]:
    """The spans of the words of one surface token: exact where forms and surface agree, shared out where not.

    Words whose letters are found at the left or the right end of the surface take them; what is left in the middle
    goes to the words between, the first of them taking it (`للتحرير`: ل, then التحرير takes `لتحرير`).
    """
    if len(forms) == 1:
        return [(start, end)]
    left, right = 0, len(forms) - 1
    spans: dict[int, tuple[int, int]] = {}
    while left < right and text.startswith(forms[left], start) and start + len(forms[left]) <= end:
        spans[left] = (start, start + len(forms[left]))
        start += len(forms[left])
        left += 1
    while right > left and text.endswith(forms[right], start, end):
        spans[right] = (end - len(forms[right]), end)
        end -= len(forms[right])
        right -= 1
    spans[left] = (start, end)
    for i in range(left + 1, right + 1):
        spans[i] = (end, end)
    return [spans[i] for i in range(len(forms))]


def tag_name(tag: str | None) -> str:
    """A tag of any of the model sets, in BIOES, with the one name that we give to each type (PERS is PER, MIS is MISC)."""
    kind, _, label = (tag or "O").partition("-")
    return f"{kind}-{_TAG_NAMES.get(label, label)}" if label else "O"


def _entity_tags(token: Any) -> list[str]:
    """IOB tags for the words of a token from its BIOES tag, the proclitics left outside of the name."""
    kind, _, label = tag_name(token.ner).partition("-")
    if not label:
        return ["O"] * len(token.words)
    tags: list[str] = []
    begun = kind not in {"B", "S"}
    for i, word in enumerate(token.words):
        later = i + 1 < len(token.words)
        if not begun and later and word.upos in _PROCLITIC_POS:
            tags.append("O")
            continue
        tags.append(f"{'I' if begun else 'B'}-{label}")
        begun = True
    return tags
