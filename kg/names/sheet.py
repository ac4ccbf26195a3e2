"""An article beside its analysis and its surface words: what names, titles and organs are found on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from kg.arabic import MARKS
from kg.language.words import Word
from kg.model import Article, EntityType, Name, Origin, Span

_MODEL_TYPES = {"PER": EntityType.PERSON, "LOC": EntityType.PLACE, "ORG": EntityType.ORGANIZATION}


@dataclass(frozen=True)
class Sheet:
    """An article with its analysis and its surface words."""

    article: Article
    doc: Doc
    words: tuple[Word, ...]

    def token_at(self, offset: int) -> int | None:
        """The token that covers an offset of the text."""
        starts: list[int] = self.doc.user_data["starts"]
        i = bisect_right(starts, offset) - 1
        return i if i >= 0 and offset < max(self.doc.user_data["ends"][i], starts[i] + 1) else None

    def pos(self, word: int) -> str:
        """The part of speech of the last syntactic word of a surface word that is no suffix pronoun."""
        token = self.token_at(self.words[word].end - 1)
        return self.doc[token].pos_ if token is not None else ""

    def tokens(self, word: int) -> list[int]:
        """The tokens of a surface word."""
        w = self.words[word]
        return [t for t in {self.token_at(w.start), self.token_at(w.end - 1)} if t is not None]

    def verb(self, word: int) -> bool:
        """True when a surface word is a verb, with or without particles and suffixes."""
        first, last = (self.token_at(self.words[word].start), self.token_at(self.words[word].end - 1))
        if first is None or last is None:
            return False
        return any(self.doc[t].pos_ == "VERB" for t in range(first, last + 1))

    def foreign(self, word: int) -> bool:
        """True when a surface word is a foreign one whose end has been taken for a pronoun (سينها)."""
        first, last = (self.token_at(self.words[word].start), self.token_at(self.words[word].end - 1))
        return first is not None and last == first + 1 and self.doc[first].pos_ in {"X", "PROPN"} and self.doc[last].pos_ == "PRON"

    def person(self, word: int) -> bool:
        """True when the model takes a surface word for (a part of) a person's name."""
        return any(self.doc[t].ent_type_ == "PER" for t in self.tokens(word))

    def name(self, first: int, last: int, start: int, kind: EntityType, origin: Origin) -> Name:
        """The name of surface words `first` to `last` (exclusive) whose text begins at the offset `start`."""
        span = Span(self.unmarked(start), self.words[last - 1].end)
        return Name(first, last, span, self.article.cut(span), kind, origin)

    def unmarked(self, offset: int) -> int:
        """The offset behind tatweel and vowel marks that stand at one: they belong to the proclitic before (لـCNN)."""
        while MARKS.match(self.article.text, offset):
            offset += 1
        return offset

    def model_names(self) -> Iterable[tuple[int, int, int, EntityType]]:
        """The model's names as first and last word, start offset and type; MISC is left to the gazetteer."""
        for entity in self.doc.ents:
            kind = _MODEL_TYPES.get(entity.label_)
            if all(token.pos_ in {"VERB", "ADP", "CCONJ", "PART", "PUNCT", "NUM", "PRON"} for token in entity):
                continue
            if kind and (found := self._words_of(entity)):
                yield (*found, kind)

    def _words_of(self, entity: Tokens) -> tuple[int, int, int] | None:
        start = self.doc.user_data["starts"][entity.start]
        end = self.doc.user_data["ends"][entity.end - 1]
        ends = [w.end for w in self.words]
        first = bisect_right(ends, start)
        last = bisect_left([w.start for w in self.words], end)
        return (first, last, max(start, self.words[first].start)) if first < last <= len(self.words) else None
