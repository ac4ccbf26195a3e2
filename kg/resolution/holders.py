"""Who bears a title: the person named with it, or, where it stands without a name, the one who was named with it before or further
on, or who held the office on the day. What stays open is nobody; an official without a name stands for the state.
"""

from __future__ import annotations

from kg.arabic import bare, fold
from kg.language.wordclasses import shipped
from kg.model import EntityType, Mention, Origin, Post, Title
from kg.names.kin import kin_before
from kg.resolution.naming import HEADS_OF_STATES, STATE_OFFICES, WithNames

_WORDS = shipped("titlewords")
_PRESIDING, _REIGNING = _WORDS["presiding"], _WORDS["reigning"]
# How many a numeral behind "the leaders" says that they are; without one more than an article names.
_COUNTED, _MANY = _WORDS.readings("numerals"), "9"


def _unlike(title: Title, other: Title) -> bool:
    """Titles of heads of states, one of a monarch and the other of a president."""
    first, second = (bare(fold(t.text).split()[0]) for t in (title, other))
    return (first in _PRESIDING and second in _REIGNING) or (first in _REIGNING and second in _PRESIDING)


def _broader(title: Title, other: Title) -> bool:
    """ "The Russian minister", "the American official", of one who was named with what he is minister or official of."""
    words = fold(title.text).split()
    if len(words) != 2 or not words[0].startswith("ال"):
        return False
    if title.office == "minister":
        return other.office == "minister" and not title.portfolio
    return words[0] in _WORDS["any_officer"] and other.office in {"official", "minister", "spokesperson"}


class Holders(WithNames):
    """The posts that an article states, and its titles that stand for somebody."""

    def read(self, titles: list[Title]) -> tuple[list[Post], list[Mention]]:
        """The posts that titles with a name state, and mentions of those whom titles without one stand for."""
        posts: list[Post] = []
        mentions: list[Mention] = []
        latest: list[tuple[str, Title]] = []
        for title in titles:
            of = self._of_key(title)
            if title.name is not None and title.name in self.keys and (self._unlikely(title) or not self._mistaken(title)):
                person = self.keys[title.name]
                latest.append((person, title))
                if title.office and not self._unlikely(title):
                    name = self.found.names[title.name]
                    written = self.naming.written(title.span) if title.last > title.first else title.text
                    posts.append(Post(person, title.office, of, title.portfolio, written, title.former, title.span, name.span))
                continue
            if self._several(title, latest, mentions):
                continue
            if resolved := self._holder(title, of, latest) or self._named_later(title, titles):
                person, note = resolved
                mentions.append(Mention(title.span, title.text, EntityType.PERSON, Origin.TITLE, person, note))
                latest.append((person, title))
                if of and title.office in {*STATE_OFFICES, "leader"} and person in self.keys.values():
                    # "The French president", of an article that names Macron, says that he is.
                    posts.append(Post(person, title.office, of, title.portfolio, self.naming.written(title.span), False, title.span, title.span))
            elif of and self.naming.kind_of(of) is EntityType.COUNTRY and title.office in {"minister", "official"}:
                note = "stands for it: an official without a name"
                mentions.append(Mention(title.span, title.text, EntityType.COUNTRY, Origin.TITLE, of, note))
        return posts, mentions

    def _unlikely(self, title: Title) -> bool:
        """ "(Met) the president and his counterpart X", who is the counterpart of somebody else: of no office that he is known not to hold."""
        return fold(title.text).startswith("نظير") and self._mistaken(title)

    def _mistaken(self, title: Title) -> bool:
        """The name behind a title is somebody else's: the reference data knows another holder on the day, and knows that the
        person named never held the office (خدع زعيم كوريا الشمالية ترامب: the leader deceived Trump)."""
        assert title.name is not None
        person = self.keys[title.name].removeprefix("ref:")
        if title.office not in STATE_OFFICES or not title.of:
            return False
        holders = self.reference.holders(title.office, title.of, self.day, title.portfolio)
        posts = self.reference.by_person.get(person, ())
        if kin_before(self.article.text, title.span.start) and not title.former:  # "the daughter of the president X"
            return bool(holders) and person not in holders and not any(row.of == title.of and row.office in {title.office, *HEADS_OF_STATES} for row in posts)
        if person not in self.reference.things:
            return False
        presides = bare(fold(title.text).split()[0]) in _PRESIDING  # "the leader of X" may be its minister
        held = any(row.of == title.of and (row.office in HEADS_OF_STATES or not presides) for row in posts)
        return bool(holders) and bool(posts) and not held and title.of not in self.reference.capitals

    def _several(self, title: Title, latest: list[tuple[str, Title]], mentions: list[Mention]) -> bool:
        """ "The two presidents", "the three leaders": as many different persons as the word says, the last ones named."""
        head = fold(title.text).split()[0]
        wanted = 2 if head.endswith(("ان", "ين")) and not title.of else 0
        if head in _WORDS["leaders"] and not title.of:
            after = self.article.text[title.span.end : title.span.end + 12].split()
            wanted = int(_COUNTED.get((fold(after[0]) if after else "",), _MANY))
        if not wanted:
            return False
        offices = {*HEADS_OF_STATES, title.office}
        titled = [(t.span.start, p) for p, t in latest if t.office in offices]
        known = [
            (name.span.start, self.keys[n])
            for n, name in enumerate(self.found.names)
            if n in self.keys and name.last <= title.first and self.naming.posts(self.keys[n], HEADS_OF_STATES)
        ]
        persons = dict.fromkeys(p for _, p in sorted([*titled, *known], reverse=True))
        if len(persons) >= wanted:
            for person in list(persons)[:wanted]:
                note = f"one of {wanted} named before"
                mentions.append(Mention(title.span, title.text, EntityType.PERSON, Origin.REFERENCE, person, note))
        return True

    def _of_key(self, title: Title) -> str:
        """The key of what the title is of; an office of state that is called after a capital is of its state."""
        if title.of_name is not None:
            return self.keys.get(title.of_name, "")
        if not title.of:
            return ""
        country = self.reference.capitals.get(title.of)
        return f"ref:{country if country and title.office in STATE_OFFICES else title.of}"

    def _holder(self, title: Title, of: str, latest: list[tuple[str, Title]]) -> tuple[str, str] | None:
        """The person that a title without a name stands for, and how that was found."""
        if title.former or not title.office or self._any(title) or self._of_branch(title):
            return None
        for person, other in reversed(latest):
            same_post = other.office == title.office and other.portfolio == title.portfolio and not _unlike(title, other)
            if same_post and (other.of == title.of if title.of else title.definite) and not other.former:
                return person, f"named before as {other.text}"
            if title.of and other.of == title.of and not other.former and title.masculine == other.masculine and _broader(title, other):
                return person, f"named before as {other.text}"
        if title.of and title.office in {"head_of_state", "head_of_government", "minister", "leader"}:
            holders = self._throughout(title)
            if title.office == "head_of_state" and len(holders) > 1:
                holders = tuple(h for h in holders if not self._supreme(h, title.of))
            if len(holders) == 1:
                return f"ref:{holders[0]}", f"{title.office} of {title.of} on {self.day}"
        if not title.of and title.definite and title.office in STATE_OFFICES:
            return self._definite(title, latest)
        return None

    def _of_branch(self, title: Title) -> bool:
        """ "The leader of al-Qaeda in Yemen" is not the leader of al-Qaeda."""
        return title.office == "leader" and self.article.text.startswith(" في ", title.span.end)

    def _any(self, title: Title) -> bool:
        """ "A French president", "the first French president to visit": whoever, not the one of the day."""
        words = fold(title.text).split()
        return len(words) > 1 and words[-1] in self.reference.demonyms and not any(word.startswith("ال") for word in words)

    def _throughout(self, title: Title) -> tuple[str, ...]:
        """Who held the office of a title on the day, or, where that is not known, all the time in which the article may have
        been written."""
        period = self.naming.period
        rows = [r for r in self.reference.by_office.get((title.office, title.of), ()) if title.portfolio in {"", r.portfolio} and period.touches(r)]
        holders = tuple(dict.fromkeys(r.person for r in rows))
        return holders if period.told and (self.article.published or all(period.held(r) for r in rows)) else ()

    def _named_later(self, title: Title, titles: list[Title]) -> tuple[str, str] | None:
        """ "The foreign minister of X", whom the article names with that title further on, and nobody else with it."""
        if title.former or not title.of or title.office not in STATE_OFFICES:
            return None
        later = [t for t in titles if t.first > title.first and (t.office, t.of, t.portfolio) == (title.office, title.of, title.portfolio)]
        named = [t for t in later if t.name is not None and t.name in self.keys and not t.former and not _unlike(title, t)]
        persons = {self.keys[t.name] for t in named if t.name is not None}
        return (persons.pop(), f"named later as {named[0].text}") if len(persons) == 1 else None

    def _supreme(self, person: str, of: str) -> bool:
        return any(row.of == of and row.portfolio == "supreme_leader" for row in self.reference.posts(person, self.day))

    def _definite(self, title: Title, latest: list[tuple[str, Title]]) -> tuple[str, str] | None:
        """"The president", "the minister": the last one named with such an office, by a title or in the reference data."""
        for person, other in reversed(latest):
            if other.office == title.office and not _unlike(title, other):
                return person, f"the one named before as {other.text}"
        persons = [
            (name.first, self.keys[n])
            for n, name in enumerate(self.found.names)
            if n in self.keys and name.type is EntityType.PERSON and name.last <= title.first
        ]
        for _, key in reversed(persons):
            if any(t.office == title.office for t in self.naming.posts(key, STATE_OFFICES)):
                return key, f"{title.office} named before"
        return None
