"""Titles behind names: "Shinzo Abe, the prime minister of Japan", "X, president of A and chairman of B"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.language.wordclasses import shipped
from kg.model import EntityType, Name, Title
from kg.names.alone import alone
from kg.names.sheet import Sheet
from kg.posts.bearers import given
from kg.reference import Reference

_WORDS = shipped("titlewords")
_THAT_IS = _WORDS["that_is"]


@dataclass(frozen=True)
class Appositions:
    """Finds who bears the titles that stand behind names."""

    reference: Reference

    def apposed(self, names: list[Name], titles: list[Title], sheet: Sheet) -> list[Title]:
        """Titles behind names: "Shinzo Abe, the prime minister of Japan". A comma or bracket must divide the two, or else
        nothing may speak for a second person: "X the president of Y", where X is known in that post or by no other."""
        by_last = {name.last: n for n, name in enumerate(names) if name.type == EntityType.PERSON}
        borne = {t.name for t in titles if t.name is not None}
        out: list[Title] = []
        for title in titles:
            at = title.first - (sheet.words[title.first - 1].folded in _THAT_IS if title.first else 0)  # "X, who is the head of Y"
            number = by_last.get(at)
            if title.name is None and number is not None and title.office not in {"", "counterpart"}:
                first = sheet.words[at]
                gap, whole = first.gap.strip(), title.span.start == sheet.words[title.first].start
                divided = gap in {"،", ",", "(", "-", "–", "ـ"}
                close = not gap and first.joins and (number not in borne or at < title.first or self._besides(titles, title, number, sheet)) and self._follows(names[number], title, sheet)
                if whole and (divided or close):
                    title = replace(title, name=number)
            elif title.name is None and out and self._joined(out[-1], title, names, sheet):
                assert out[-1].name is not None
                title = replace(title, name=out[-1].name)
            elif number is not None and (self._of_the_next(title, names, number, sheet) or self._of_two_titles(title, titles, names, sheet)):
                title = replace(title, name=number)
            out.append(title)
        return out

    def _besides(self, titles: Sequence[Title], title: Title, number: int, sheet: Sheet) -> bool:
        """ "(said) the minister X, leader of the party Y": a post told behind a name that has a title before it, and that is no subject
        whose object the words behind could be."""
        own = next((t for t in titles if t.name == number and t.first < title.first), None)
        if own is None or title.definite or title.office not in {"leader", "official"} or not (title.of or title.of_name is not None):
            return False
        before = own.first - 1
        return before >= 0 and (not sheet.verb(before) or alone(sheet.words[before].folded))

    def _joined(self, before: Title, title: Title, names: Sequence[Name], sheet: Sheet) -> bool:
        """ "X, president of A(,) and chairman of B(,)": a second post of who stands before the first, not the title of another."""
        if before.name is None or before.last != title.first or not (title.of or title.of_name is not None):
            return False
        if title.office not in {"official", "leader"} or names[before.name].last > before.first:
            return False
        gap, cut = sheet.words[title.first].gap.strip(), sheet.article.text[sheet.words[title.first].start : title.span.start]
        ends = title.last >= len(sheet.words) or bool(sheet.words[title.last].gap.strip()) or not sheet.words[title.last].joins or sheet.verb(title.last)
        following = sheet.words[title.last].folded if title.last < len(sheet.words) else ""
        return gap in {"", "،", ","} and cut == "و" and (ends or following in {"ان", "انه", "انها", "في", "الي"})

    def _of_the_next(self, title: Title, names: list[Name], number: int, sheet: Sheet) -> bool:
        """ "X, adviser to the American president Y": the aide is X, and Y the one whose aide he is."""
        if title.name is None or title.office != "official" or not title.of:
            return False
        master = [row for i in names[title.name].ids for row in self.reference.by_person.get(i, ())]
        if not any(row.of == title.of and row.office != "official" for row in master):
            return False
        gap, name = sheet.words[title.first].gap.strip(), names[number]
        if title.span.start != sheet.words[title.first].start:
            return False  # "X, and the prince Y"
        said = name.first > 0 and alone(sheet.words[name.first - 1].folded)
        return gap in {"،", ","} or (not gap and name.first > 0 and (said or not sheet.verb(name.first - 1)))

    def _of_two_titles(self, title: Title, titles: Sequence[Title], names: Sequence[Name], sheet: Sheet) -> bool:
        """ "X, chief of staff of A, Y, chief of staff of B": each has the title behind his name, between commas."""
        if title.name is None or sheet.words[title.first].gap.strip() not in {"،", ","} or title.last >= len(sheet.words):
            return False
        if title.span.start != sheet.words[title.first].start:
            return False  # "X, with his counterpart Y"
        own = next((t for t in titles if t.first == names[title.name].last and t.office), None)
        return sheet.words[title.last].gap.strip() in {"،", ","} and own is not None and sheet.words[own.first].gap.strip() in {"،", ","}

    def _follows(self, name: Name, title: Title, sheet: Sheet) -> bool:
        """A title right behind a name is the name's: an aide's or a leader's without article; one that the reference data
        knows the person to hold; that of an unknown person who is not the subject of a verb, whose object it could be."""
        if (not title.definite and title.office in {"official", "leader"}) or given(title, sheet.words):
            return True
        told = title.former and title.office == "official" and (bool(title.of) or title.of_name is not None) and not sheet.verb(name.first - 1)
        said = name.first > 0 and alone(sheet.words[name.first - 1].folded)
        if any(i in self.reference.by_person for i in name.ids) and not told and (not said or self._may_hold(name, title)):
            return self._may_hold(name, title)
        full = name.last - name.first > 1
        free = name.first > 0 and (not sheet.verb(name.first - 1) or said)
        return full and (bool(title.of) or title.of_name is not None) and free

    def _may_hold(self, name: Name, title: Title) -> bool:
        """The reference data knows the person in that post, whenever; of its state, where the title names one."""
        rows = [row for i in name.ids for row in self.reference.by_person.get(i, ())]
        return any(row.office == title.office and (not title.of or self._state(row.of) == self._state(title.of)) for row in rows)

    def _state(self, id: str) -> str:
        """The state of a body, for which its spokesmen and officers serve; else what is named itself."""
        return self.reference.things[id].country or id if id in self.reference.things else id
