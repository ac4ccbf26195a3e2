"""Names -> canonical keys: who or what each name of an article is.

A name that one entry of the reference data bears is that entry; of several that bear it, the one that the article names in
full or that is in office on its day. An unknown name is an earlier, fuller form of it in the article; a spelling of the
holder of the office before it, or of a person of the reference data; else a thing of its own.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from kg import identity
from kg.arabic import bare, fold, standard
from kg.language.wordclasses import shipped
from kg.model import Article, EntityType, Mention, Mentions, Name, Origin, Span, Title
from kg.names import eventnames
from kg.reference import Reference, Thing
from kg.resolution.dating import period

_WORDS = shipped("namewords")
HEADS_OF_STATES = ("head_of_state", "head_of_government")
STATE_OFFICES = (*HEADS_OF_STATES, "minister")
# A name of several entries is that of the more likely kind, in this order.
_LIKELY = (
    EntityType.COUNTRY, EntityType.PERSON, EntityType.ORGANIZATION, EntityType.ARMED_GROUP, EntityType.PLACE,
    EntityType.AGREEMENT, EntityType.EVENT, EntityType.TOPIC,
)  # fmt: skip
# Heads of names that begin with a ل of their own, folded: committee, brigade.
_OWN_LAM = _WORDS["own_lam"]
_SHADDA = "\u0651"
_QUOTES = " \t\"'«»“”"


@dataclass
class Naming:
    """Gives keys to the names of one article; `keys` and `notes` are by the number of the name."""

    article: Article
    found: Mentions
    reference: Reference
    keys: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.period = period(self.article, self.found, self.reference)
        self.day = self.period.day

    def known_names(self) -> None:
        """Gives keys to the names that the reference data knows."""
        full = {i for name in self.found.names if not name.short and len(name.ids) == 1 for i in name.ids}
        titled = {t.name for t in self.found.titles}
        bearers = self._bearers()
        for n, name in enumerate(self.found.names):
            other = bearers.get(fold(name.text)) if name.short and not full & set(name.ids) else None
            if other and other.last <= name.first and not any(self._leads(i) for i in name.ids):
                name = replace(name, ids=other.ids)
            elif name.short and not full & set(name.ids) and n not in titled:
                name = replace(name, ids=tuple(i for i in name.ids if self._famous(i)))
            if name.ids and (chosen := self._capital_named(name) or self._choose(name, full)):
                self.keys[n] = f"ref:{chosen}"
                if len(name.ids) > 1:
                    self.notes[n] = f"one of {len(name.ids)} of this name"

    def _bearers(self) -> dict[str, Name]:
        """The last word of each person whom the article names in full -> where he is named first; of one known person alone, or
        of one whom the reference data does not know."""
        found: dict[str, list[Name]] = defaultdict(list)
        for name in self.found.names:
            if name.type is EntityType.PERSON and not name.short and name.last - name.first > 1 and len(name.ids) < 2:
                found[fold(name.text).split()[-1]].append(name)
        return {word: names[0] for word, names in found.items() if len({name.ids for name in names}) == 1}

    def _leads(self, person: str) -> bool:
        """The person leads a state within a year of the day: whoever else bears the name (his wife), he is meant by it alone."""
        return any(row.office in HEADS_OF_STATES and any(row.held_on(day) for day in self._near()) for row in self.reference.by_person.get(person, ()))

    def _near(self) -> tuple[dt.date, dt.date, dt.date]:
        year = dt.timedelta(days=365)
        return self.day - year, self.day, self.day + year

    def _capital_named(self, name: Name) -> str | None:
        """ "The capital Tunis", "the city of Kuwait": the city, where a state is called like its capital."""
        thing = self.reference.things[name.ids[0]]
        before = fold(self.article.text[: name.span.start].rpartition("\n")[2]).split()[-1:]
        if thing.type is not EntityType.COUNTRY or len(name.ids) > 1 or before not in (["العاصمه"], ["مدينه"]):
            return None
        capital = next((p for p, c in self.reference.capitals.items() if c == thing.id), "")
        called = self.reference.things[capital].names if capital in self.reference.things else ()
        return capital if any(fold(name.text) in fold(n).split() for n in called) else None

    def _famous(self, person: str) -> bool:
        """A surname alone, of somebody whom the article has not introduced, is that of a person in office within a year of
        the day, or of one who has led a state; others of the name are as likely."""
        if self.article.published is None:
            return True
        rows = self.reference.by_person.get(person, ())
        return any(row.office in HEADS_OF_STATES or any(row.held_on(day) for day in self._near()) for row in rows)

    def _choose(self, name: Name, full: set[str]) -> str | None:
        if len(name.ids) == 1:
            return name.ids[0]
        introduced = [i for i in name.ids if i in full]
        if len(introduced) == 1:
            return introduced[0]
        things = [self.reference.things[i] for i in introduced or name.ids]
        if (spelt := [t for t in things if _SHADDA in name.text and name.text in t.names]) and len(spelt) == 1:
            return spelt[0].id  # عمّان is Amman
        kind = next(k for k in _LIKELY if any(t.type is k for t in things))
        if kind is EntityType.COUNTRY and (capital := self._capital_by_company(name, things)):
            return capital
        fit = [t for t in things if t.type is kind]
        if kind is EntityType.PERSON and len(fit) > 1:
            return self._in_office(fit)
        return fit[0].id if len(fit) == 1 else self._of_state(fit)

    def _of_state(self, things: list[Thing]) -> str | None:
        """Of organisations of one name in several states, that of the state that the article names most."""
        states = self._states()
        first, second, *_ = sorted(things, key=lambda t: -states[t.country])
        return first.id if states[first.country] > states[second.country] else None

    def _states(self) -> Counter[str]:
        """How often the article names each state, by itself, its places, people, organs and officers."""
        things = [self.reference.things[n.ids[0]] for n in self.found.names if len(n.ids) == 1]
        named = [t.id if t.type is EntityType.COUNTRY else t.country for t in things]
        named += [row.of for t in things if t.type is EntityType.PERSON for row in self.reference.posts(t.id, self.day)]
        named += [o.of for o in self.found.organs] + [t.of for t in self.found.titles]
        return Counter(filter(None, named))

    def _capital_by_company(self, name: Name, things: list[Thing]) -> str | None:
        """عمان between other capitals, or where its own state is named and the other is not, is Amman, not Oman."""
        capital = next((t.id for t in things if t.id in self.reference.capitals), None)
        states = self._states()
        other = next(t.id for t in things if t.type is EntityType.COUNTRY)
        if capital and states[self.reference.capitals[capital]] and not states[other]:
            return capital
        near = [n for n in self.found.names if n is not name and abs(n.first - name.first) <= 3 and len(n.ids) == 1]
        return capital if capital and any(n.ids[0] in self.reference.capitals for n in near) else None

    def _in_office(self, persons: list[Thing]) -> str | None:
        """The only one of several persons of a name who held an office of the first rank on the day, if there is one."""
        for offices in (STATE_OFFICES, None):
            holding = [
                p.id
                for p in persons
                if any(offices is None or row.office in offices for row in self.reference.posts(p.id, self.day))
            ]
            if len(holding) == 1:
                return holding[0]
        return None

    def unknown_names(self, titles: list[Title]) -> None:
        """Gives keys to the names left over, the longest first; `titles` say which office a person bears."""
        title_of = {t.name: t for t in titles if t.name is not None}
        names = sorted(
            ((n, name) for n, name in enumerate(self.found.names) if n not in self.keys),
            key=lambda item: (-(len(identity.parts(item[1].text))), item[0]),
        )
        for n, name in names:
            if name.type is EntityType.PERSON:
                self.keys[n] = self._unknown_person(n, name, title_of.get(n))
            elif not name.ids and identity.named(key := self._alias(name) or self._longer(name) or self._unknown_thing(name)):
                self.keys[n] = key

    def _unknown_thing(self, name: Name) -> str:
        """The key of a thing that the reference data does not know. An event is one of its year, or of its article alone
        where its name says no place or state ("the tripartite summit")."""
        written = self.written(name.span)
        key = self.reference.identify(written, name.type)
        if name.type is not EntityType.EVENT or key.startswith("ref:"):
            return key
        if self._placed_event(short := eventnames.core(written)):
            written = short  # "the tripartite summit of Ankara" is the summit of Ankara
        key = self.reference.identify(written, name.type)
        if key.startswith("ref:"):
            return key
        year = self.article.published if self._placed_event(written) else None
        return f"{key} {year.year if year else fold(self.article.id)}"

    def _placed_event(self, name: str) -> bool:
        return any(
            form in self.reference.names or form in self.reference.demonyms
            for word in fold(name).split()[1:]
            for form in (word, f"ال{word}")
        )

    def _alias(self, name: Name) -> str:
        """An unknown name in brackets behind another of its kind is a second name of it."""
        before = next((m for m, other in enumerate(self.found.names) if other.last == name.first and m in self.keys), None)
        if before is None or self.found.names[before].type is not name.type:
            return ""
        opened = self.article.text[self.found.names[before].span.end : name.span.start].strip(_QUOTES).startswith("(")
        closed = self.article.text[name.span.end : name.span.end + 3].lstrip(_QUOTES).startswith(")")
        return self.keys[before] if opened and closed else ""

    def _longer(self, name: Name) -> str:
        """The key of the body that the article has named before by more words, of which these are the first: the council of the
        League for the council of the League of Arab States."""
        words = [bare(word) for word in fold(name.text).split()]
        if name.type not in {EntityType.ORGANIZATION, EntityType.ARMED_GROUP} or len(words) < 2:
            return ""
        for m in sorted(self.keys, key=lambda m: (not self.keys[m].startswith("ref:"), m)):  # what is known, then what was named first
            other = self.found.names[m]
            full = [bare(word) for word in fold(other.text).split()]
            if other.last <= name.first and other.type is name.type and len(full) > len(words) and full[: len(words)] == words:
                return self.keys[m]
        return ""

    def written(self, span: Span) -> str:
        """The words of a span on one line, with the alef of the article back where a ل swallowed it (للشرق الأوسط)."""
        text = _paired(" ".join(standard(self.article.cut(span)).split()))
        swallowed = span.start > 0 and self.article.text[span.start - 1] == "ل" and text.startswith("ل")
        own = fold(text).split()[:1] and fold(text).split()[0] in _OWN_LAM  # a word that begins with ل itself
        return f"ا{text}" if swallowed and not own and fold(text) not in self.reference.names else text

    def _unknown_person(self, n: int, name: Name, title: Title | None) -> str:
        if title and title.office in STATE_OFFICES and title.of and not title.former:
            for person in self.reference.holders(title.office, title.of, self.day, title.portfolio):
                if self._spells(person, name.text):
                    self.notes[n] = f"spelling of {person}, {title.office} {title.of} on {self.day}"
                    return f"ref:{person}"
        if key := self._fuller(n, name):
            return key
        if person := self.reference.spelt(name.text):
            self.notes[n] = f"another spelling of {person}"
            return f"ref:{person}"
        key = identity.key(name.text, EntityType.PERSON)
        if len(identity.parts(name.text)) < 2:  # many bear one word: the post tells them apart, or else the article
            key = f"{key} {title.of if title and title.of else fold(self.article.id)}"
        return key

    def _fuller(self, n: int, name: Name) -> str:
        """The key of the person whose fuller name, or another spelling of it, the article has: of several the one named
        first, whom the article is about, before his father or brother. A relative's given name is no officer's of that name."""
        fits = (
            m
            for m in sorted(self.keys)
            if m != n
            and self.found.names[m].type is EntityType.PERSON
            and self._one_person(name.text, self.found.names[m].text)
            and not (name.origin is Origin.PATTERN and not name.short and (self.reference.by_person.get(self.keys[m][4:]) or self._officer(m)))
        )
        return next((self.keys[m] for m in fits), "")

    def _officer(self, m: int) -> bool:
        """A person whose post the article tells, and whose surname nobody named before him bears."""
        surname = fold(self.found.names[m].text).split()[-1]
        family = any(fold(other.text).split()[-1] == surname for other in self.found.names[:m] if other.type is EntityType.PERSON)
        return not family and any(t.name == m for t in self.found.titles)

    @staticmethod
    def _one_person(text: str, other: str) -> bool:
        return fold(text) == fold(other) or identity.short_form(text, other) or identity.same_person(text, other)

    def _spells(self, person: str, text: str) -> bool:
        names = self.reference.things[person].names
        words = identity.parts(text)
        return any(
            identity.same_person(text, name)
            or _with_more(words, identity.parts(name))
            or (len(words) == 1 and any(identity.alike(words[0], part) for part in identity.parts(name)))
            for name in names
        )

    def mention(self, n: int) -> Mention:
        """The mention of a name that has its key."""
        name = self.found.names[n]
        key = self.keys[n]
        kind = self.reference.things[key[4:]].type if key.startswith("ref:") else name.type
        return Mention(name.span, name.text, kind, name.origin, key, self.notes.get(n, ""))

    def kind_of(self, key: str) -> EntityType | None:
        """The type of what a key denotes; nothing for a key that the reference data lacks."""
        if key.startswith("ref:"):
            thing = self.reference.things.get(key[4:])
            return thing.type if thing else None
        return next((EntityType(t) for t in EntityType if key.startswith(t.value.lower() + ":")), None)

    def posts(self, key: str, offices: tuple[str, ...]) -> list[Title]:
        """The offices, of those asked for, that the person of a key held on the day by the reference data, as titles without words."""
        if not key.startswith("ref:"):
            return []
        rows = [row for row in self.reference.posts(key[4:], self.day) if row.office in offices]
        return [Title(0, 0, Span(0, 0), "", row.office, row.portfolio, row.of) for row in rows]


@dataclass
class WithNames:
    """One article with its names as far as they are resolved: the ground of kg/resolution/offices.py and kg/resolution/holders.py."""

    naming: Naming

    def __post_init__(self) -> None:
        self.article, self.found, self.reference = self.naming.article, self.naming.found, self.naming.reference
        self.keys, self.day = self.naming.keys, self.naming.day


def _with_more(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """The first and the last word of a longer name are a name that is known (إبراهيم أحمد غندور)."""
    return len(words) > len(known) == 2 and (words[0], words[-1]) == known


def _paired(text: str) -> str:
    """A name without a quotation mark whose other half stands outside of it."""
    for opening, closing in ("«»", "“”", "()", "[]"):
        if (opening in text) != (closing in text):
            text = text.replace(opening, "").replace(closing, "")
    return " ".join((text.replace('"', "") if text.count('"') == 1 else text).split())
