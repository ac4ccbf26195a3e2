"""Which office a title is of: office and state filled in where the title leaves them to a pronoun ("its president"), to a definite
noun ("the president of the company"), to the person named before ("his counterpart") or to the article as a whole.
"""

from __future__ import annotations

from dataclasses import replace

from kg.arabic import fold
from kg.language.gender import feminine
from kg.model import EntityType, Name, Organ, Title
from kg.posts.owners import PRONOUNS, Candidate, Owners
from kg.resolution.context import Context
from kg.resolution.coreference import Antecedents
from kg.resolution.naming import HEADS_OF_STATES, STATE_OFFICES, WithNames


class Offices(WithNames):
    """The titles of one article; asks the names that are known so far."""

    def titles(self) -> list[Title]:
        """The titles with office and country filled in from counterparts and context."""
        titles: list[Title] = []
        context = Context(self.article, self.found, self.reference, self.keys, self.day)
        for title in self.found.titles:
            if title.office == "counterpart":
                title = self._known_in(self._counterpart(title, titles))
            if title.owner[0]:
                title = self._owned(title, titles)
            if not title.of and title.of_name is None and title.owner[0] not in {"organisation", "group"}:
                title = context.placed(title, titles)
            titles.append(self._at_the_presidents(title))
        return titles

    def _at_the_presidents(self, title: Title) -> Title:
        """Who heads the office of a president is an official of the state: «مدير مكتب الرئيس التشادي»."""
        thing = self.reference.things.get(title.of) if title.office == "leader" else None
        return replace(title, office="official", of=thing.country) if thing and thing.kind == "presidency" and thing.country else title

    def _owned(self, title: Title, before: list[Title]) -> Title:
        """A title that says of whom it is by a pronoun or by a definite noun."""
        kind, text = title.owner
        if kind in PRONOUNS:
            bearer = self.keys.get(title.name, "") if title.name is not None else ""
            return Owners(self.reference, self.day).placed(title, bearer.removeprefix("ref:"), self._candidates(before))
        nearest = next((n for n, name in reversed(list(enumerate(self.found.names))) if name.last <= title.first and self._called(name, kind, text)), None)
        if nearest is not None and nearest not in self.keys:
            return replace(title, of_name=nearest)  # a body that the reference data does not know
        known_names = [self.naming.mention(n) for n in sorted(self.keys)]
        noun = Organ(title.first, title.last, title.span, text, kind=kind)
        key = Antecedents(self.reference, known_names, self.day).of(noun)
        return replace(title, of=key.removeprefix("ref:")) if key.startswith("ref:") else title

    @staticmethod
    def _called(name: Name, kind: str, noun: str) -> bool:
        """The name is of a body that the definite noun can stand for."""
        if kind == "group":
            return name.type is EntityType.ARMED_GROUP
        head = fold(noun).removeprefix("ال")
        return name.type is EntityType.ORGANIZATION and fold(name.text).split()[0].removeprefix("ال") == head

    def _candidates(self, before: list[Title]) -> list[Candidate]:
        """What a pronoun on a title can refer to: names, organs (a government), titles without a name."""
        found = [self._candidate(n, name, before) for n, name in enumerate(self.found.names)]
        for organ in self.found.organs:
            if organ.of and not organ.adjective:
                found.append(Candidate(organ.last, organ.of, None, EntityType.COUNTRY, True))
        for noun in self.found.references:
            if noun.kind in {"organisation", "group"} and (key := Antecedents(self.reference, [self.naming.mention(n) for n in sorted(self.keys)], self.day).of(noun)):
                kind = self.reference.things[key[4:]].type if key.startswith("ref:") else EntityType.ORGANIZATION
                found.append(Candidate(noun.last, key.removeprefix("ref:"), None, kind, noun.text.endswith("ة")))
        for title in before:
            if title.name is None and title.of and title.office in HEADS_OF_STATES:
                found.append(Candidate(title.last, "", None, EntityType.PERSON, not title.masculine, title.of))
        return sorted(found, key=lambda c: c.last)

    def _candidate(self, n: int, name: Name, before: list[Title]) -> Candidate:
        key = self.keys.get(n, "")
        kind = self.reference.things[key[4:]].type if key.startswith("ref:") else name.type
        if kind is not EntityType.PERSON:
            return Candidate(name.last, key.removeprefix("ref:"), n, kind, feminine(name.text, kind, key))
        title = next((t for t in reversed(before) if t.name == n), None)
        posts = [title.of] if title and title.office in HEADS_OF_STATES and title.of else []
        posts += [t.of for t in self.naming.posts(key, HEADS_OF_STATES)]
        woman = not title.masculine if title else None
        return Candidate(name.last, key.removeprefix("ref:"), n, kind, woman, posts[0] if posts else "")

    def _counterpart(self, title: Title, before: list[Title]) -> Title:
        """"His Ukrainian counterpart": the office of the person named before."""
        for name_number, name in reversed(list(enumerate(self.found.names))):
            if name.last > title.first or name.type is not EntityType.PERSON:
                continue
            alike = self._alike(name_number)
            held = [t for t in before if t.name in alike or t.last == name.first]
            if name_number not in self.keys and not held:
                continue
            if held and self._other_gender(title, held[-1]):
                title = replace(title, of=title.of or held[-1].of)  # "she met the president, then her counterpart": of his state
                continue
            if held and held[-1].office in {*STATE_OFFICES, "official"}:
                return replace(title, office=held[-1].office, portfolio=held[-1].portfolio)
            if held or name_number not in self.keys:
                break
            rows = self.naming.posts(self.keys[name_number], STATE_OFFICES)
            nearest = before[-1] if before and before[-1].first > name.first else None
            if rows and not nearest:
                return replace(title, office=rows[0].office, portfolio=rows[0].portfolio)
            break
        for other in reversed(before):
            if (other.office in STATE_OFFICES or other.office == "official") and not self._other_gender(title, other):
                return replace(title, office=other.office, portfolio=other.portfolio)
        return replace(title, office="")

    def _known_in(self, title: Title) -> Title:
        """A counterpart of an officer, where the reference data knows the bearer as a minister or a head of that state on the day."""
        if title.office != "official" or title.name is None:
            return title
        rows = [post for post in self.naming.posts(self.keys.get(title.name, ""), STATE_OFFICES) if post.of == title.of]
        return replace(title, office=rows[0].office, portfolio=rows[0].portfolio) if len(rows) == 1 else title

    def _alike(self, number: int) -> set[int]:
        """The numbers of the names, up to this one, of the same person: of one key, or with the same surname."""
        names, key = self.found.names, self.keys.get(number)
        surname = fold(names[number].text).split()[-1:]
        same = {m for m in range(number + 1) if names[m].type is EntityType.PERSON and fold(names[m].text).split()[-1:] == surname}
        return same | {m for m in range(number + 1) if key and self.keys.get(m) == key}

    def _other_gender(self, counterpart: Title, other: Title) -> bool:
        """The pronoun of "her counterpart" is not that of a man, nor the other way round."""
        word = fold(counterpart.text).split()[0]
        return word.endswith(("ها", "ه")) and word.endswith("ها") is other.masculine and not word.endswith("هما")
