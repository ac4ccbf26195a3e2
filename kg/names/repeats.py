"""Names once found are found again: every other place in the article where the words of an unknown name stand.

Names of the reference data need no such help; the models' names do, for a model that has seen a name in one sentence passes
over it in the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.arabic import fold, unclitic
from kg.model import EntityType, Name, Origin, Span
from kg.names.sheet import Sheet
from kg.names.shortforms import NAME_POS

# Letters of a single word that is taken for a name again.
LEAST = 4
_KINDS = frozenset({EntityType.ORGANIZATION, EntityType.ARMED_GROUP, EntityType.PLACE, EntityType.PERSON})


def repeated(names: Sequence[Name], sheet: Sheet) -> list[Name]:
    """The further places of the unknown names among `names`, outside of them."""
    index: dict[str, list[tuple[tuple[str, ...], Name]]] = defaultdict(list)
    for name in names:
        key = fold(name.text).split() if not name.ids and not name.short and name.type in _KINDS else []
        if len(key) > 1 or (key and name.type is not EntityType.PERSON and len(key[0]) >= LEAST):
            index[key[0]].append((tuple(key[1:]), name))
    taken = {w for name in names for w in range(name.first, name.last)}
    found: list[Name] = []
    for i in range(len(sheet.words)):
        if i not in taken and (again := _again(i, index, taken, sheet)):
            found.append(again)
            taken.update(range(again.first, again.last))
    return found


def _again(
    i: int, index: dict[str, list[tuple[tuple[str, ...], Name]]], taken: set[int], sheet: Sheet
) -> Name | None:
    best: Name | None = None
    for cut, word in unclitic(sheet.words[i].folded):
        for rest, name in index.get(word, ()):
            last = i + 1 + len(rest)
            behind = sheet.words[i + 1 : last]
            if (
                len(behind) < len(rest)
                or (best and last <= best.last)
                or any(w in taken for w in range(i, last))
            ):
                continue
            if all(w.folded == r and w.joins for w, r in zip(behind, rest, strict=True)) and (
                rest or _foreign(i, sheet)
            ):
                span = Span(sheet.words[i].start + cut, sheet.words[last - 1].end)
                best = Name(i, last, span, sheet.article.cut(span), name.type, Origin.MODEL)
    return best


def _foreign(i: int, sheet: Sheet) -> bool:
    """A word alone is the name again where the analysis does not take it for a common word."""
    return sheet.pos(i) in NAME_POS
