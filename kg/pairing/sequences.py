"""Rules over the order of words: spaCy's `Matcher` on a `Doc` in which a name with its titles is one token.

The patterns are data (`kg/data/rules/patterns/sequences.toml`). They state what stands beside the sentence's verb ("X and his
wife Y", "the Tunisian-Libyan border"), so that how the sentence puts its verb says nothing of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg import files
from kg.errors import DataError
from kg.inventory import RELATIONS
from kg.model import Claim, EntityType
from kg.pairing.actors import Actors
from kg.rules import Example, examples
from kg.syntax.clauses import Reading, Unit
from kg.tables import Row, read_toml

# Words that say that the name behind them is the husband's or the wife's of the one before, at most so many words before.
_SPOUSES = ("زوج", "عقيلت", "قرينت", "حرم")
_REACH = 6


class SequenceRow(Row):
    """A pattern of words in their order, and which of its tokens are subject and object."""

    id: str
    relation: str
    gloss: str
    pattern: tuple[dict[str, object], ...]
    subject: int
    object: int
    confidence: float = 0.9
    match: Annotated[tuple[Example, ...], BeforeValidator(examples), Field(min_length=2)]
    no_match: Annotated[tuple[Example, ...], BeforeValidator(examples), Field(min_length=1)]


def load(folder: Path = files.RULES) -> tuple[SequenceRow, ...]:
    """The patterns of a folder. Raises DataError where one names a relation or a token that is not there."""
    rows = read_toml(folder / "patterns" / "sequences.toml", "sequence", SequenceRow)
    for row in rows:
        if row.relation not in RELATIONS:
            raise DataError(f"sequence {row.id}: unknown relation {row.relation!r}; allowed are {', '.join(sorted(RELATIONS))}")
        if max(row.subject, row.object) >= len(row.pattern):
            raise DataError(f"sequence {row.id}: subject and object must be numbers of the pattern's {len(row.pattern)} tokens")
    return rows


@lru_cache(maxsize=1)
def shipped_sequences() -> tuple[SequenceRow, ...]:
    """The patterns that come with the package, loaded once a process."""
    return load()


@lru_cache(maxsize=2)
def _matcher(vocab: Vocab) -> Matcher:
    matcher = Matcher(vocab, validate=True)
    for row in shipped_sequences():
        matcher.add(row.id, [list(row.pattern)], greedy="LONGEST")
    return matcher


@dataclass(frozen=True)
class Sequences:
    """Reads the claims of one article's order of words."""

    reading: Reading
    actors: Actors

    def claims(self) -> Iterator[Claim]:
        """What the patterns state, in the order of the text."""
        doc, units = self._folded()
        rows = {row.id: row for row in shipped_sequences()}
        found: Any = _matcher(doc.vocab)(doc, with_alignments=True)
        for name, first, last, aligned in found:
            row = rows[doc.vocab.strings[name]]
            at = {number: first + n for n, number in enumerate(aligned)}
            if doc[first].sent == doc[last - 1].sent:
                yield from self._claim(row, units.get(at[row.subject]), units.get(at[row.object]))

    def _folded(self) -> tuple[Doc, dict[int, Unit]]:
        """The article with each unit as one token, and which token is which unit."""
        r = self.reading
        columns: list[tuple[str, str, str, str, str, bool]] = []
        units: dict[int, Unit] = {}
        i = 0
        while i < len(r.doc):
            token, unit = r.doc[i], r.unit_at.get(i)
            if unit and unit.first == i:
                if unit.prefix in {"و", "ف", "ب", "ل"} and r.norm(i) != unit.prefix:
                    columns.append((unit.prefix, unit.prefix, "WORD", "CCONJ" if unit.prefix in "وف" else "ADP", "O", bool(token.is_sent_start)))
                units[len(columns)] = unit
                tag = "NISBA" if unit.adjective else "ORGAN" if unit.organ else "NAME"
                columns.append((r.article.cut(unit.span), r.norm(i), tag, "PROPN", f"B-{unit.type.value}", bool(token.is_sent_start)))
                i = unit.last
            else:
                columns.append((token.text, r.norm(i) or token.norm_, "WORD", r.pos(i) or "X", "O", bool(token.is_sent_start)))
                i += 1
        words, norms, tags, pos, ents, starts = (list(column) for column in zip(*columns, strict=True)) if columns else ([],) * 6
        doc = Doc(r.doc.vocab, words=words, tags=tags, pos=pos, ents=ents, sent_starts=starts)
        for token, norm in zip(doc, norms, strict=True):
            token.norm_ = norm
        return doc, units

    def _claim(self, row: SequenceRow, subject: Unit | None, target: Unit | None) -> Iterator[Claim]:
        relation = RELATIONS[row.relation]
        if target is not None and row.relation == "child_of" and row.object == 0:
            target = self._of_couple(target)
        if subject is None or target is None:
            return
        one = self.actors.as_(subject.key, relation.domain, subject, row.relation)
        other = self.actors.as_(target.key, relation.range, target, row.relation)
        if one is None or other is None or one == other:
            return
        r = self.reading
        yield Claim(
            r.article.id, one, row.relation, other, row.id, row.confidence, r.sentence(subject.span),
            subject_span=subject.span, object_span=target.span,
        )  # fmt: skip

    def _of_couple(self, unit: Unit) -> Unit:
        """ "X, his wife Y and his son": the son is said to be that of X."""
        r = self.reading
        k = unit.first - 1
        k -= r.pos(k) == "PRON"
        if not r.norm(k).removeprefix("و").startswith(_SPOUSES):
            return unit
        before = [u for u in r.units if k - _REACH <= u.last <= k and u.type is EntityType.PERSON and not u.adjective]
        owner = r.antecedent(unit.first - 1) if r.pos(unit.first - 1) == "PRON" else None
        return before[-1] if before else owner or unit
