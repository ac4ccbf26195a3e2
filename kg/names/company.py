"""Names that are ordinary words as well: which of the names found in a text are none, and what bears the others out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.language.words import Word
from kg.lexicon import Lexicon
from kg.model import EntityType
from kg.names.gazetteer import Hit
from kg.names.sheet import Sheet
from kg.reference import Reference

_PLACING = frozenset({"في", "الي"})


@dataclass(frozen=True)
class Company:
    """What the names that are beyond doubt say of an article: its states, and whether armed groups are spoken of."""

    states: frozenset[str]
    ids: frozenset[str]
    groups: bool
    reference: Reference

    @classmethod
    def of(cls, reference: Reference, hits: Iterable[Hit]) -> Company:
        """The company of the names found in an article: only those that are of one entry alone count."""
        ids = frozenset(i for hit in hits if len(hit.ids) == 1 for i in hit.ids)
        things = [reference.things[i] for i in ids]
        states = {t.id if t.type is EntityType.COUNTRY else t.country for t in things}
        states |= {row.of for i in ids for row in reference.by_person.get(i, ())}
        return cls(frozenset(states), ids, any(t.type is EntityType.ARMED_GROUP for t in things), reference)

    def keeps(self, ids: Iterable[str]) -> bool:
        """True when an ambiguous name of one of these entries is borne out by another name."""
        things = [self.reference.things[i] for i in ids]
        return any(
            t.id in self.ids
            or (t.country or t.id) in self.states
            or (self.groups and t.type is EntityType.ARMED_GROUP)
            for t in things
        )


def believed(hits: Sequence[Hit], sheet: Sheet, reference: Reference, lexicon: Lexicon) -> tuple[list[Hit], Company]:
    """The hits that are names, and the company that they make.

    Left out are words that are listed as ordinary, English words that are acronyms in capitals, and ambiguous words that
    neither another name of the article nor the model bears out.
    """
    hits = [hit for hit in hits if not _ordinary(hit, sheet, lexicon)]
    weak = {hit for hit in hits if _weak(hit, sheet.words, lexicon)}
    company = Company.of(reference, [hit for hit in hits if not hit.short and hit not in weak])
    return [hit for hit in hits if hit not in weak or company.keeps(hit.ids) or _model_says(hit, sheet)], company


def _ordinary(hit: Hit, sheet: Sheet, lexicon: Lexicon) -> bool:
    """An ordinary word that looks like a name: listed as such, or an English word that is an acronym in capitals."""
    if hit.last - hit.first > 1:
        return False
    written = sheet.article.text[hit.start : hit.end]
    name = sheet.words[hit.first].folded[hit.cut :]
    behind = sheet.words[hit.last].folded if hit.last < len(sheet.words) and sheet.words[hit.last].joins else ""
    if any(name == first and behind.startswith(second) for first, second in lexicon.before):
        return True
    before = sheet.words[hit.first - 1].folded if hit.first and not sheet.words[hit.first].stops else ""
    if (before, name) in lexicon.behind:
        return True
    return sheet.words[hit.first].folded in lexicon.never or (written.isascii() and written.islower())


def _weak(hit: Hit, text: Sequence[Word], lexicon: Lexicon) -> bool:
    name = " ".join([text[hit.first].folded[hit.cut :], *(w.folded for w in text[hit.first + 1 : hit.last])])
    return name in lexicon.company


def _model_says(hit: Hit, sheet: Sheet) -> bool:
    """The model takes an ambiguous word for a name, or it stands behind "in", "to" or "from", and nothing behind it makes it
    a common noun ("the air base", "his birthplace")."""
    token = sheet.token_at(hit.start)
    behind = sheet.token_at(sheet.words[hit.last].start) if hit.last < len(sheet.words) and sheet.words[hit.last].joins else None
    follows = sheet.doc[behind].pos_ if behind is not None else ""
    if token is not None and sheet.doc[token].ent_type_ and follows != "ADJ":
        return True
    before = sheet.words[hit.first - 1].folded if hit.first else ""
    return before in _PLACING and follows not in {"ADJ", "NOUN"} and not hit.cut
