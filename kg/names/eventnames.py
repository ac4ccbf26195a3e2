"""Names of events by pattern: a summit, a conference, a session, an election, an exercise, with what tells it from others.

What tells: an adjective, a nisba, a number, the place, a name in quotation marks, the body that meets ("the emergency session of
the Security Council"), the two who meet, what it is for. `forms` gives the shorter names of an event, `core` the one by which an
article is likely to name it again. Heads and qualifiers are data: `kg/data/lexicon/events.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg import files
from kg.arabic import fold, fold_word, unclitic
from kg.lexicon import Lexicon
from kg.model import EntityType, Name, Origin
from kg.names.sheet import Sheet
from kg.reference import Reference
from kg.tables import Row, read_toml

_OPENING, _CLOSING = "\"«“„'", "\"»”'"
# What an event is called after: where it is held, or whose it is ("the summit of the alliance").
_PLACED = frozenset({EntityType.PLACE, EntityType.COUNTRY, EntityType.ORGANIZATION})
# Bodies of several states, whose sessions and meetings are events.
_OF_STATES = frozenset({"alliance", "international", "regional", "council", "un", "committee"})
# Of these the ones whose every meeting is an event.
_WORLDWIDE = frozenset({"international", "regional", "un"})
# Most words of a name in quotation marks, and of what a conference is about or for.
_QUOTED, _CHAIN = 4, 4
# Words from a summit to the place where it was held.
_HELD = 14
_YEAR = re.compile(r"(?:19|20)\d\d")


class _Entry(Row):
    id: str
    gloss: str
    forms: tuple[str, ...]


@lru_cache(maxsize=1)
def words() -> Mapping[str, frozenset[str]]:
    """The entries of events.toml, folded."""
    return {e.id: frozenset(map(fold, e.forms)) for e in read_toml(files.DATA / "lexicon" / "events.toml", "event", _Entry)}


def events(names: Sequence[Name], sheet: Sheet, lexicon: Lexicon, reference: Reference) -> list[Name]:
    """The events that heads of events make; places inside of them are names of their own still."""
    finder = _Finder({n.first: n for n in names}, {w for n in names for w in range(n.first, n.last)}, sheet, lexicon, reference)
    found: list[Name] = []
    for i in range(len(sheet.words)):
        if i in finder.taken or (found and i < found[-1].last):
            continue
        for cut, word in unclitic(sheet.words[i].folded):
            if last := finder.end(i, word):
                found.append(sheet.name(i, last, sheet.words[i].start + cut, EntityType.EVENT, Origin.PATTERN))
                break
            if known := finder.held_at(i, word):
                found.append(replace(sheet.name(i, i + 1, sheet.words[i].start + cut, EntityType.EVENT, Origin.PATTERN), ids=(known,)))
                break
    return found


def forms(name: str) -> tuple[str, ...]:
    """The shorter forms of an event's name: without its qualifiers, without what it is for.

    >>> forms("قمة سوتشي الثلاثية"), forms("الجلسة الطارئة لمجلس الأمن")
    (('قمة سوتشي',), ('الجلسة الطارئة',))
    """
    parts = name.split()
    cuts = [k for k in range(2, len(parts)) if _ends_before(parts, k)]
    return tuple(_whole(" ".join(parts[:k])) for k in cuts)


def _ends_before(parts: list[str], k: int) -> bool:
    word = fold_word(parts[k])
    bound = word in words()["qualifier"] or (word.startswith("ل") and word not in {"لجنه", "لجان"})
    return bound and parts[k - 1][-1:] not in {"،", ","}


def _whole(text: str) -> str:
    """A name without a quotation mark that the cut has left alone."""
    return text.replace('"', "").replace("«", "").replace("»", "") if text.count('"') == 1 or ("«" in text) != ("»" in text) else text


def core(name: str) -> str:
    """The shortest form of an event's name."""
    return forms(name)[0] if forms(name) else name


@dataclass(frozen=True)
class _Finder:
    names: Mapping[int, Name]
    taken: set[int]
    sheet: Sheet
    lexicon: Lexicon
    reference: Reference

    def end(self, i: int, word: str) -> int | None:
        """The end of the event whose head is `word`, at word `i`; None where it is none."""
        if word in words()["superlative"]:
            return self._greatest(i + 1)
        if word in words()["session"]:
            return self._session(i + 1) or self._urgent(i + 1)
        if word in words()["meeting"]:
            return self._meeting(i + 1) or self._urgent(i + 1)
        if word in words()["drill"] and (last := self._quoted(i + 1)):
            return self._qualifiers(last)
        if word in words()["drill"] and word.startswith("ال") and (last := self._joint(i + 1)):
            return last
        if word not in words()["head"]:
            return None
        return self._gathering(i + 1, word)

    def held_at(self, i: int, word: str) -> str:
        """The one summit that is known by the place behind "in": «القمة التي جمعت فلانا وفلانا في هلسنكي»."""
        head = word.removeprefix("ال")
        if head not in words()["summit"] or not word.startswith("ال"):
            return ""
        for k in range(i + 1, min(i + _HELD, len(self.sheet.words) - 1)):
            if self.sheet.words[k].stops:
                return ""
            place = self.names.get(k + 1) if self.sheet.words[k].folded == "في" else None
            if place and place.type in _PLACED:
                known = self.reference.names.get(f"{head} {fold(place.text)}", ())
                return known[0] if len(known) == 1 and self.reference.things[known[0]].type is EntityType.EVENT else ""
        return ""

    def _gathering(self, k: int, head: str) -> int | None:
        """Qualifiers, or a name and then qualifiers; at last the body, and what it is for."""
        last = self._qualifiers(k)
        if last == k:
            last = self._named(k, head) or self._of_year(k, head) or k
            last = self._qualifiers(last) if last > k else k
        if last == k:
            return self._body(k, led=True) if head in words()["summit"] else None  # "a summit of the alliance"
        return self._purpose(last) or last

    def _named(self, k: int, head: str) -> int | None:
        """A name right behind the head: in quotation marks, of a place or body, of two who meet, or of a matter."""
        if last := self._quoted(k):
            return last
        if head.startswith("ال"):
            return None  # with the article it has no genitive: وترأست المؤتمر الأمم المتحدة
        name = self.names.get(k)
        if name and self._close(k) and name.span.start == self.sheet.words[k].start:
            if name.type in _PLACED:
                return name.last
            if name.type is not EntityType.TOPIC:
                return self._two(name) if head in words()["summit"] else None
        if head not in words()["conference"]:
            return None
        return self._matter(k) or (name.last if name and self._close(k) else None)

    def _two(self, name: Name) -> int | None:
        """ "The summit of X and Y": two persons."""
        other = self.names.get(name.last)
        if not other or name.type is not EntityType.PERSON or other.type is not EntityType.PERSON:
            return None
        gap = self.sheet.article.text[name.span.end : other.span.start].strip()
        return other.last if gap in {"و", "-", "–", "ـ"} else None

    def _session(self, k: int) -> int | None:
        """A session or meeting of a body of several states, perhaps of its ministers: with what tells it, or without."""
        last = self._qualifiers(k)
        told = last > k
        if last < len(self.sheet.words) and (body := self._body(last, led=True)):
            return None if self._with_others(body) else body
        while last < len(self.sheet.words) and self.sheet.words[last].joins:
            word = self.sheet.words[last].folded
            if word not in words()["members"] and word.removeprefix("ل") not in words()["members"]:
                break
            last += 1
            if body := self._body(last, led=False):
                return None if self._with_others(body) else body
        return self._body(last, led=True, unknown=True) if told else None

    def _meeting(self, k: int) -> int | None:
        """A meeting of a body of several states, or one of a row, of ministers."""
        last = self._session(k)
        if last is None or {w.folded.removeprefix("ل") for w in self.sheet.words[k:last]} & words()["regular"]:
            return last
        of_states = any(self._kinds(name) & _WORLDWIDE for name in self.names.values() if k <= name.first < last)
        return last if of_states else None

    def _urgent(self, k: int) -> int | None:
        """An emergency session or meeting, of whomever; not with somebody, which is one of the two."""
        last = self._qualifiers(k)
        told = {w.folded for w in self.sheet.words[k:last]} & words()["urgent"]
        return last if told and not self._with_others(last) else None

    def _joint(self, k: int) -> int | None:
        """ "The joint naval exercises": those that the article is about; not "with" somebody, which says who holds them."""
        last = k
        while last < len(self.sheet.words) and self._close(last) and self.sheet.words[last].folded in words()["drilling"]:
            last += 1
        last = self._qualifiers(last) if last > k else k
        return last if last > k and not self._with_others(last) else None

    def _of_year(self, k: int, head: str) -> int | None:
        """An election or a referendum by its year: استفتاء 2016، انتخابات عام 2020."""
        if head not in words()["vote"]:
            return None
        year = k + (k < len(self.sheet.words) and self.sheet.words[k].folded in {"عام", "العام", "سنه"})
        told = year < len(self.sheet.words) and self._close(year) and self._close(k) and _YEAR.fullmatch(self.sheet.words[year].folded)
        return year + 1 if told else None

    def _kinds(self, name: Name) -> set[str]:
        """The kinds of organisation that a name may mean; of a committee, also that of what it is part of."""
        things = [self.reference.things[i] for i in name.ids if i in self.reference.things]
        wholes = [self.reference.things[t.part_of] for t in things if t.kind == "committee" and t.part_of in self.reference.things]
        return {t.kind for t in (*things, *wholes)}

    def _body(self, k: int, led: bool, unknown: bool = False) -> int | None:
        """The end of the body that begins at word `k`, with ل before it where it is `led`."""
        name = self.names.get(k)
        if not name or not self._close(k):
            return None
        if name.type is EntityType.EVENT and name.ids:
            return None  # a session of the forum: who speaks there takes part in the forum
        if name.type is EntityType.EVENT:
            return self._qualifiers(name.last) if self.sheet.words[k].folded.startswith("ل") else None
        if name.type is not EntityType.ORGANIZATION:
            return None
        whole = name.span.start == self.sheet.words[k].start
        if not whole and not led:
            return None
        known = self._kinds(name)
        return name.last if known & _OF_STATES or (unknown and not known and not whole) else None

    def _with_others(self, k: int) -> bool:
        """ "The meeting of the alliance with Russia" is one of the two."""
        return k < len(self.sheet.words) and self.sheet.words[k].folded in {"مع", "بين"}

    def _greatest(self, k: int) -> int | None:
        """ "The greatest exercise", which there is but one of."""
        if k + 1 >= len(self.sheet.words) or not self._close(k) or not self._close(k + 1):
            return None
        drill = self.sheet.words[k].folded in words()["drill"]
        return k + 2 if drill and self.sheet.words[k + 1].folded in words()["martial"] else None

    def _close(self, k: int) -> bool:
        """Word `k` follows the one before with nothing but a space, or a quotation mark, between."""
        return self.sheet.words[k].joins and not self.sheet.words[k].gap.strip(" \"«»“”'#_")

    def _qualifiers(self, k: int) -> int:
        """The end of the qualifiers and nisbas from word `k` on."""
        while k < len(self.sheet.words) and self.sheet.words[k].joins and not self.sheet.words[k].gap.strip(" \"»”#_"):
            if nisba := self.lexicon.nisbas.at(self.sheet.words, k):
                k = nisba[1]
            elif self.sheet.words[k].folded in words()["qualifier"]:
                k += 1
            else:
                break
        return k

    def _quoted(self, k: int) -> int | None:
        """The end of a name in quotation marks that begins at word `k`."""
        sheet = self.sheet
        if k >= len(sheet.words) or not sheet.words[k].joins or sheet.words[k].gap.strip(" ")[-1:] not in tuple(_OPENING):
            return None
        for last in range(k + 1, min(k + _QUOTED, len(sheet.words)) + 1):
            after = sheet.words[last].gap if last < len(sheet.words) else sheet.article.text[sheet.words[-1].end :]
            if after.lstrip(" ")[:1] in tuple(_CLOSING):
                return last
            if after.strip(" -"):
                return None
        return None

    def _matter(self, k: int) -> int | None:
        """What a conference is about: a definite noun, or one with a definite noun behind it ("disarmament")."""
        last = k
        while last < min(k + _CHAIN, len(self.sheet.words)) and self._close(last):
            word = self.sheet.words[last].folded
            noun = self.sheet.pos(last) in {"NOUN", "ADJ", "X", "PROPN"} and self._common(last) and word not in words()["press"] | words()["behind"]
            first = last == k and last + 1 < len(self.sheet.words) and self.sheet.words[last + 1].folded.startswith("ال")
            if not noun or not (word.startswith(("ال", "وال")) or (first and self.sheet.pos(last) == "NOUN" and len(self.sheet.tokens(last)) == 1)):
                break
            last += 1
        return last if last - k >= 2 else None

    def _common(self, k: int) -> bool:
        """No name but that of a topic begins at word `k`."""
        return k not in self.names or self.names[k].type is EntityType.TOPIC

    def _purpose(self, k: int) -> int | None:
        """What it is for: "for security", "for the support of the army"; or the body that meets ("of the League")."""
        sheet = self.sheet
        if k >= len(sheet.words) or not sheet.words[k].joins or sheet.words[k].gap.strip(" \"»”"):
            return None
        if body := self._body(k, led=True):
            return body
        tokens = sheet.tokens(k)
        if not self._common(k) or len(tokens) < 2 or sheet.doc[min(tokens)].pos_ != "ADP" or not sheet.words[k].folded.startswith("ل"):
            return None
        last = k + 1
        while last < min(k + _CHAIN, len(sheet.words)) and self._close(last) and sheet.words[last].folded.startswith(("ال", "وال")):
            if sheet.words[last].folded in words()["behind"]:
                break
            last += 1
        return last if last > k + 1 or sheet.words[k].folded.startswith("لل") else None
