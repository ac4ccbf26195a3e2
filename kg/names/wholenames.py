"""Names made whole: what a hyphen ties to them, the foreign word that heads them, letters that the tokenizer has cut off behind a title."""

from __future__ import annotations

from collections.abc import Sequence

from kg.arabic import fold
from kg.model import EntityType, Name, Title
from kg.names.sheet import Sheet
from kg.names.shortforms import NAME_POS


def hyphened(names: list[Name], sheet: Sheet) -> list[Name]:
    """Unknown persons with the words that a hyphen ties to their names (كيونغ-وها): it has no space on one of its sides."""
    taken = {w for name in names for w in range(name.first, name.last)}
    out = []
    for name in names:
        first, last, start = name.first, name.last, name.span.start
        if name.type is EntityType.PERSON and not name.ids:
            while last < len(sheet.words) and last not in taken and _tied(sheet.words[last].gap):
                last += 1
            while first > 0 and first - 1 not in taken and _tied(sheet.words[first].gap) and sheet.pos(first - 1) in NAME_POS:
                first, start = first - 1, sheet.words[first - 1].start
        out.append(name if (first, last) == (name.first, name.last) else sheet.name(first, last, start, name.type, name.origin))
    return out


def headed(names: list[Name], sheet: Sheet) -> list[Name]:
    """Unknown persons with the foreign word behind them that the analysis has for the head of their name (جعفر زاده)."""
    taken = {w for name in names for w in range(name.first, name.last)}
    out = []
    for name in names:
        k = name.last
        found = name
        if name.type is EntityType.PERSON and not name.ids and k not in taken and _governs(k, name, sheet):
            found = sheet.name(name.first, k + 1, name.span.start, name.type, name.origin)
        out.append(found)
    return out


def _governs(k: int, name: Name, sheet: Sheet) -> bool:
    """The word at `k`, foreign and right behind a name, is the head of all its words."""
    if k >= len(sheet.words) or not sheet.words[k].joins or sheet.words[k].gap.strip(" #_") or sheet.pos(k) != "X" or len(sheet.tokens(k)) != 1:
        return False
    head = sheet.tokens(k)[0]
    return all(sheet.doc[t].head.i == head for w in range(name.first, name.last) for t in sheet.tokens(w)[-1:])


def uncut_bearers(names: list[Name], titles: Sequence[Title], sheet: Sheet) -> list[Name]:
    """Unknown names right behind titles, whole: no preposition can stand there, so the tokenizer has cut a letter off."""
    behind = {title.last for title in titles if title.name is None}
    names = _one_bearer(names, titles, sheet)
    return [
        sheet.name(n.first, n.last, sheet.words[n.first].start, n.type, n.origin)
        if n.first in behind and _cut(n, sheet)
        else n
        for n in names
    ]


def _one_bearer(names: list[Name], titles: Sequence[Title], sheet: Sheet) -> list[Name]:
    """Behind the title of one person two unknown names of one word, "and" written onto the second, are one name (تشونغ ويونغ)."""
    by_first = {name.first: name for name in names}
    out = list(names)
    for title in titles:
        one = names[title.name] if title.name is not None else None
        other = by_first.get(one.last) if one else None
        if one is None or other is None or fold(title.text).split()[0].endswith(("ان", "ين")):
            continue
        unknown = all(n.type is EntityType.PERSON and not n.ids and n.last - n.first == 1 for n in (one, other))
        word = sheet.words[other.first]
        ends = other.last >= len(sheet.words) or bool(sheet.words[other.last].gap.strip()) or not sheet.words[other.last].joins
        if unknown and ends and other.span.start == word.start + 1 and word.folded.startswith("و") and not word.gap.strip():
            whole = sheet.name(one.first, other.last, one.span.start, one.type, one.origin)
            out = [whole if n is one else n for n in out if n is not other]
    return out


def _cut(name: Name, sheet: Sheet) -> bool:
    word = sheet.words[name.first]
    unknown = name.type is EntityType.PERSON and not name.ids
    letters = "بلك" if not word.gap.strip() else "ف" if word.gap.strip() in {"،", ","} else ""
    return unknown and name.span.start > word.start and word.folded[0] in letters


def _tied(gap: str) -> bool:
    """A hyphen within a name: not a dash with spaces on both sides."""
    return gap.strip() in {"-", "ـ", "‑"} and len(gap) - len(gap.strip()) < 2 and gap.count(" ") < 2
