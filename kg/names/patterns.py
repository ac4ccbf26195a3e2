"""Names that are made by a pattern: a generic head with its modifiers.

Organisations: منظمة + الطاقة + الذرية + الإيرانية; a head with a name in quotation marks (حركة «تمرد»). For events see
kg/names/eventnames.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.arabic import unclitic
from kg.language.wordclasses import shipped
from kg.lexicon import Lexicon
from kg.model import EntityType, Name, Origin
from kg.names.sheet import Sheet

_WORDS = shipped("titlewords")
# Most words that the modifiers of a generic head may have (منظمة التعاون الاقتصادي والتنمية).
MAX_MODIFIERS = 5
# Heads of which the name in quotation marks behind them is part.
_OPENING, _CLOSING = "\"«“”„'", "\"»”“'"
# "Ruling", "opposing", folded: said of parties and movements alone.
_SIDES = _WORDS["party_sides"]


def with_organisations(names: Sequence[Name], sheet: Sheet, lexicon: Lexicon) -> list[Name]:
    """`names` and the organisations that generic heads make; names that lie inside of those are taken out."""
    found = []
    names = [name for name in names if not _bare(name, sheet, lexicon)]
    taken = {w for name in names for w in range(name.first, name.last)}
    by_first = {name.first: name for name in names}
    for i in range(len(sheet.words)):
        for cut, word in unclitic(sheet.words[i].folded) if i not in taken else ():
            generic = lexicon.generics.at(sheet.words, i, first=word)
            if generic and lexicon.common.at(sheet.words, i, first=word):
                continue
            last = generic and (
                _quoted(generic[1], by_first, sheet) or _modified(i, generic, by_first, sheet, lexicon)
            )
            if generic and last:
                kind = lexicon.generic_types[generic[0]]
                found.append(sheet.name(i, last, sheet.words[i].start + cut, kind, Origin.PATTERN))
                taken.update(range(i, last))
                break
    return [*(n for n in names if not any(f.first <= n.first and n.last <= f.last for f in found)), *found]


def _bare(name: Name, sheet: Sheet, lexicon: Lexicon) -> bool:
    """The model takes a generic head alone for a name: "university", before a name in quotation marks or another that it has left out."""
    if name.last - name.first > 1 or name.ids or name.origin is not Origin.MODEL:
        return False
    return any(lexicon.generics.at(sheet.words, name.first, first=word) for _, word in unclitic(sheet.words[name.first].folded))


def _quoted(k: int, names: Mapping[int, Name], sheet: Sheet) -> int | None:
    """The end of a name in quotation marks that begins at word `k`, when no known name does."""
    if k >= len(sheet.words) or (k in names and names[k].ids) or not sheet.words[k].gap.strip(" ") or not sheet.words[k].joins:
        return None
    if sheet.words[k].gap.strip(" ")[-1] not in _OPENING:
        return None
    for last in range(k + 1, min(k + MAX_MODIFIERS, len(sheet.words)) + 1):
        after = sheet.words[last].gap if last < len(sheet.words) else sheet.article.text[sheet.words[-1].end :]
        if after[:1] and after[0] in _CLOSING:
            return last
        if after.strip(" "):
            return None
    return None


def _modified(i: int, generic: tuple[str, int], names: Mapping[int, Name], sheet: Sheet, lexicon: Lexicon) -> int | None:
    """The end of the modifiers of a generic head at word `i`, None where they do not make a name."""
    last = k = generic[1]
    readings = (rest for _, rest in unclitic(sheet.words[i].folded) if rest.startswith("ال"))
    definite = any(lexicon.generics.at(sheet.words, i, first=rest) for rest in readings)  # لل of a committee (للجنة) is no article
    while last < min(k + MAX_MODIFIERS, len(sheet.words)) and sheet.words[last].joins:
        name = names.get(last)
        if name and name.type == EntityType.PERSON:
            break
        if name and last == k and name.type in {EntityType.ORGANIZATION, EntityType.ARMED_GROUP}:
            return None
        if name and name.ids and definite and last > k and name.type is EntityType.PLACE:
            break  # "the human rights organisation asked Cairo": no part of its name
        word = sheet.words[last].folded
        address = last > k and word in lexicon.ranks and word.startswith("ال")  # "the head of the body of X, Mr Y"
        if word in lexicon.ends or address or (last > k and sheet.words[last].gap.strip(" _#")):
            break
        nisba = lexicon.nisbas.at(sheet.words, last)
        if nisba and nisba[0] not in lexicon.company_states:  # "financial" is not "Malian", and goes on
            if last == k and not definite and not word.startswith("ال"):
                return None  # "a Chinese court" is any
            last += 1
            break
        chained = last == k and last + 1 < len(sheet.words) and sheet.words[last + 1].folded.startswith("ال") and not definite
        chained = chained and not generic[0].startswith("verbal")  # "the organising of the use of …"
        chained = chained and sheet.words[last + 1].joins and sheet.pos(last) == "NOUN" and len(sheet.tokens(last)) == 1
        for_it = last > k and _purpose(last, sheet) and not lexicon.heads.at(sheet.words, last, first=word[1:])
        if not (word.startswith("ال") or (word.startswith("وال") and last > k) or chained or for_it):
            break
        if sheet.pos(last) in {"VERB", "ADP"}:
            break
        if last == k and lexicon.heads.at(sheet.words, last):  # "the administration of the president"
            return None
        if word.startswith("وال") and lexicon.heads.at(sheet.words, last, first=word[1:]):  # "… and the president"
            break
        last += 1
    enough = 2 if generic[0] == "party" or _sided(last, sheet) else 3
    if last - i >= enough or (last - i == 2 and lexicon.nisbas.at(sheet.words, last - 1)):
        return last
    inside = names.get(last + 1) if last < len(sheet.words) and sheet.words[last].folded == "في" else None
    if inside and inside.ids and inside.type is EntityType.ORGANIZATION and last - i == 2 and inside.span.start == sheet.words[last + 1].start:
        return last  # "the intelligence committee in the house of representatives"
    following = names.get(last)
    of_body = following and following.type is EntityType.ORGANIZATION and last - i == 2
    return last if of_body and following and following.span.start > sheet.words[last].start else None


def _purpose(k: int, sheet: Sheet) -> bool:
    """What a body is for: "for the media", "for rights of man", a noun with ل before it that is no name."""
    word, tokens = sheet.words[k].folded, sheet.tokens(k)
    if len(tokens) < 2 or sheet.doc[min(tokens)].pos_ != "ADP" or sheet.doc[max(tokens)].pos_ != "NOUN" or not word.startswith("ل"):
        return False
    behind = sheet.words[k + 1] if k + 1 < len(sheet.words) else None
    return word.startswith("لل") or bool(behind and behind.joins and not behind.gap.strip() and behind.folded.startswith("ال"))


def _sided(k: int, sheet: Sheet) -> bool:
    """The word behind says that a party rules or opposes: "the republican party that rules"."""
    return k < len(sheet.words) and sheet.words[k].joins and sheet.words[k].folded in _SIDES
