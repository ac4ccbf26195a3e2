"""Mentions -> Entities: who or what each name, title and organ of an article is.

The order in which evidence is taken, better first:
1. a name that one entry of the reference data bears;
2. a name that several bear: the one named in full in the article, then the one in office on the article's date;
3. a title without a name: the holder of the office on the article's date ("the Russian president");
4. an unknown name: an earlier, fuller form of it in the article; a holder of the office in the title before it whose name
   it spells in another way; else an entity of its own, whose key is made from the folded name.
What cannot be resolved stays unresolved: no guess enters the graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.arabic import bare, fold
from kg.context import Context
from kg.coreference import DUALS, Antecedents
from kg.english import english
from kg.eventnames import forms
from kg.gender import feminine
from kg.latin import latin
from kg.model import (
    Article,
    Claim,
    Entities,
    Entity,
    EntityType,
    Mention,
    Mentions,
    Name,
    Organ,
    Origin,
    Post,
    Span,
    Title,
)
from kg.naming import HEADS_OF_STATES, STATE_OFFICES, Naming
from kg.owners import PRONOUNS, Candidate, Owners
from kg.particles import LEADING
from kg.reference import Reference, Thing

# Things whose names are made of words that mean something: their English labels are translated as far as may be.
_TRANSLATED = frozenset({EntityType.ORGANIZATION, EntityType.ARMED_GROUP, EntityType.EVENT, EntityType.AGREEMENT})


def resolve(article: Article, mentions: Mentions, reference: Reference) -> Entities:
    """The entities of one article. A pure function of the article, its mentions and the reference data."""
    return _Resolver(article, mentions, reference).resolve()


def stood_for(entities: Entities, claims: Iterable[Claim], reference: Reference) -> tuple[Entity, ...]:
    """The entities of an article and those that its claims name through something else: the state whose army acted, the
    city that a government is called after."""
    have = {entity.key for entity in entities.entities}
    used = {key for claim in claims for key in (claim.subject, claim.object, claim.attributed_to) if key}
    ids = sorted(key.removeprefix("ref:") for key in used - have)
    return (*entities.entities, *(known(reference.things[id], ()) for id in ids if id in reference.things))


def known(thing: Thing, seen: Iterable[str]) -> Entity:
    """An entity of the reference data, with the spellings seen."""
    return Entity(f"ref:{thing.id}", thing.type, thing.label_ar, thing.label_en, False, tuple(sorted(seen)), thing.wikidata)


# Heads of titles, folded: who reigns and who presides. A king is never called "the president" later.
_REIGNING = frozenset({"ملك", "ملكه", "عاهل", "سلطان", "امبراطور", "امير"})
# What any officer of a state may be called later.
_OFFICIALS = frozenset({"المسوول", "المسووله", "الدبلوماسي", "الدبلوماسيه"})
_PRESIDING = frozenset({"رييس", "رييسه"})


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
    return words[0] in _OFFICIALS and other.office in {"official", "minister", "spokesperson"}


@dataclass
class _Resolver:
    article: Article
    found: Mentions
    reference: Reference

    def __post_init__(self) -> None:
        self.naming = Naming(self.article, self.found, self.reference)
        self.keys = self.naming.keys  # number of a name -> key
        self.day = self.naming.day

    def resolve(self) -> Entities:
        self.naming.known_names()
        titles = self._placed_titles()
        self.naming.unknown_names(titles)
        mentions = [self.naming.mention(n) for n in self.keys]
        posts, by_title = self._titles(titles)
        mentions += by_title
        organs = [m for m in map(self._organ, self.found.organs) if m]
        adjectives = {o.span for o in self.found.organs if o.adjective}
        mentions += [m for m in organs if m.span not in adjectives]
        mentions += self._references(mentions, [m for m in organs if m.span in adjectives])
        mentions.sort(key=lambda m: (m.span.start, -m.span.end))
        nisbas = tuple(m for m in organs if m.span in adjectives)
        return Entities(self._entities([*mentions, *nisbas], posts), tuple(mentions), nisbas, tuple(posts))

    # -- titles -----------------------------------------------------------------------------------------------------

    def _placed_titles(self) -> list[Title]:
        """The titles with office and country filled in from counterparts and context."""
        titles: list[Title] = []
        context = Context(self.article, self.found, self.reference, self.keys, self.day)
        for title in self.found.titles:
            if title.office == "counterpart":
                title = self._counterpart(title, titles)
            if title.owner[0]:
                title = self._owned(title, titles)
            if not title.of and title.of_name is None and title.owner[0] not in {"organisation", "group"}:
                title = context.placed(title, titles)
            titles.append(title)
        return titles

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
        posts += [t.of for t in self._reference_posts(key, HEADS_OF_STATES)]
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
            rows = self._reference_posts(self.keys[name_number], STATE_OFFICES)
            nearest = before[-1] if before and before[-1].first > name.first else None
            if rows and not nearest:
                return replace(title, office=rows[0].office, portfolio=rows[0].portfolio)
            break
        for other in reversed(before):
            if (other.office in STATE_OFFICES or other.office == "official") and not self._other_gender(title, other):
                return replace(title, office=other.office, portfolio=other.portfolio)
        return replace(title, office="")

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

    def _reference_posts(self, key: str, offices: tuple[str, ...]) -> list[Title]:
        if not key.startswith("ref:"):
            return []
        rows = [row for row in self.reference.posts(key[4:], self.day) if row.office in offices]
        return [Title(0, 0, Span(0, 0), "", row.office, row.portfolio, row.of) for row in rows]

    def _titles(self, titles: list[Title]) -> tuple[list[Post], list[Mention]]:
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
            elif of and self._kind(of) is EntityType.COUNTRY and title.office in {"minister", "official"}:
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
        if title.office not in STATE_OFFICES or not title.of or person not in self.reference.things:
            return False
        holders = self.reference.holders(title.office, title.of, self.day, title.portfolio)
        posts = self.reference.by_person.get(person, ())
        presides = bare(fold(title.text).split()[0]) in _PRESIDING  # "the leader of X" may be its minister
        held = any(row.of == title.of and (row.office in HEADS_OF_STATES or not presides) for row in posts)
        return bool(holders) and bool(posts) and not held and title.of not in self.reference.capitals

    def _several(self, title: Title, latest: list[tuple[str, Title]], mentions: list[Mention]) -> bool:
        """ "The two presidents", "the three leaders": as many different persons as the word says, the last ones named."""
        wanted = 2 if title.text.split()[0].endswith(("ان", "ين")) and not title.of else 0
        if title.text.split()[0] in {"الزعماء", "الرؤساء", "القادة"} and not title.of:
            after = self.article.text[title.span.end : title.span.end + 12].split()
            wanted = {"الثلاثة": 3, "الأربعة": 4}.get(after[0] if after else "", 9)
        if not wanted:
            return False
        offices = {*HEADS_OF_STATES, title.office}
        titled = [(t.span.start, p) for p, t in latest if t.office in offices]
        known = [
            (name.span.start, self.keys[n])
            for n, name in enumerate(self.found.names)
            if n in self.keys and name.last <= title.first and self._reference_posts(self.keys[n], HEADS_OF_STATES)
        ]
        persons = dict.fromkeys(p for _, p in sorted([*titled, *known], reverse=True))
        if len(persons) >= wanted:
            for person in list(persons)[:wanted]:
                note = f"one of {wanted} named before"
                mentions.append(Mention(title.span, title.text, EntityType.PERSON, Origin.REFERENCE, person, note))
        return True

    def _of_key(self, title: Title) -> str:
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
            if any(t.office == title.office for t in self._reference_posts(key, STATE_OFFICES)):
                return key, f"{title.office} named before"
        return None

    # -- references -----------------------------------------------------------------------------------------------------

    def _references(self, mentions: list[Mention], adjectives: list[Mention]) -> list[Mention]:
        """Definite nouns for what was named before (see kg.coreference); a noun that something else was read from is taken."""
        taken = [m.span for m in mentions]
        finder = Antecedents(self.reference, sorted([*mentions, *adjectives], key=lambda m: m.span.start), self.day)
        found = []
        for reference in self.found.references:
            if any(reference.span.overlaps(span) for span in taken):
                continue
            if reference.kind in DUALS:
                for key in finder.two(reference, self.article.text):
                    if kind := self._kind(key):
                        found.append(Mention(reference.span, reference.text, kind, Origin.REFERENCE, key, "one of two named before"))
                continue
            if (key := finder.of(reference) or self._home_army(reference)) and (kind := self._kind(key)):
                note = f"{reference.kind} named before"
                found.append(Mention(reference.span, reference.text, kind, Origin.REFERENCE, key, note))
        return found

    def _home_army(self, reference: Organ) -> str:
        """ "The army", in an article that is about one state without doubt: that state's."""
        state = Context(self.article, self.found, self.reference, self.keys, self.day).about(reference.first) if reference.kind == "army" else ""
        return f"ref:{state}" if state else ""

    def _kind(self, key: str) -> EntityType | None:
        if key.startswith("ref:"):
            thing = self.reference.things.get(key[4:])
            return thing.type if thing else None
        return next((EntityType(t) for t in EntityType if key.startswith(t.value.lower() + ":")), None)

    # -- organs and entities --------------------------------------------------------------------------------------------

    def _organ(self, organ: Organ) -> Mention | None:
        key = self.keys.get(organ.of_name, "") if organ.of_name is not None else f"ref:{organ.of}" if organ.of else ""
        if not key:
            return None
        thing = self.reference.things.get(key.removeprefix("ref:"))
        unknown = self.found.names[organ.of_name].type if organ.of_name is not None else EntityType.ORGANIZATION
        kind = thing.type if thing else unknown
        if kind is EntityType.PERSON:
            return self._organ_of_person(organ.span, organ.text, key)
        if organ.kind == "capital":
            return self._capital(organ.span, organ.text, organ.of)
        return Mention(organ.span, organ.text, kind, Origin.PATTERN, key, "stands for it")

    def _capital(self, span: Span, text: str, country: str) -> Mention | None:
        place = next((p for p, c in self.reference.capitals.items() if c == country), "")
        if not place or place not in self.reference.things:
            return None
        return Mention(span, text, EntityType.PLACE, Origin.REFERENCE, f"ref:{place}", f"the capital of {country}")

    def _organ_of_person(self, span: Span, text: str, key: str) -> Mention | None:
        """"The Assad regime", "Putin's government": the state that the person heads on the day; not "headed by X"."""
        words = fold(self.article.text[span.start - 1 : span.end]).split()
        if words and words[0].startswith("ب") and words[0][1:] in LEADING:
            return None
        for row in self.reference.posts(key.removeprefix("ref:"), self.day):
            if row.office in {"head_of_state", "head_of_government", "leader"}:
                kind = self.reference.things[row.of].type
                return Mention(span, text, kind, Origin.PATTERN, f"ref:{row.of}", f"headed by {key} on {self.day}")
        return None

    def _entities(self, mentions: Iterable[Mention], posts: Iterable[Post]) -> tuple[Entity, ...]:
        names: dict[str, set[str]] = {}
        kinds: dict[str, EntityType] = {}
        for mention in mentions:
            seen = names.setdefault(mention.key, set())
            kinds.setdefault(mention.key, mention.type)
            if mention.origin in {Origin.MODEL, Origin.GAZETTEER} or (
                mention.origin in {Origin.PATTERN, Origin.TITLE} and not mention.note
            ):
                seen.add(self.naming.written(mention.span))
                if mention.type is EntityType.EVENT and not mention.key.startswith("ref:"):
                    seen.update(forms(self.naming.written(mention.span)))
        for post in posts:
            if post.of:
                names.setdefault(post.of, set())
        return tuple(self._entity(key, kinds.get(key), seen) for key, seen in sorted(names.items()))

    def _entity(self, key: str, kind: EntityType | None, seen: set[str]) -> Entity:
        if thing := self.reference.things.get(key.removeprefix("ref:")) if key.startswith("ref:") else None:
            return known(thing, seen)
        label = max(seen, key=lambda name: (len(name), name)) if seen else key.partition(":")[2]
        kind = kind or EntityType.ORGANIZATION
        made_up = english(label, self.reference) if kind in _TRANSLATED else latin(label)
        return Entity(key, kind, label, made_up, True, tuple(sorted(seen)))
