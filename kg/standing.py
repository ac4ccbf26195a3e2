"""Standing facts that need no rule of their own: posts from titles, capitals, parts of a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.actors import Actors
from kg.arabic import fold
from kg.clauses import Reading, Unit
from kg.inventory import RELATIONS
from kg.model import Article, Claim, Entities, EntityType, Origin, Post, Span
from kg.reference import Reference

_POST_CONFIDENCE = 0.95
# Words of kinship, folded, as they stand before a pronoun.
_CHILDREN = {"ابن", "ابنت", "نجل", "كريمت"}
_KIN = {*_CHILDREN, "صهر", "شقيق", "شقيقت", "زوج", "زوجت", "عم"}
_CAPITAL = {"العاصمه", "عاصمه"}
# Words at the head of the names of bodies that are part of another.
_BODIES = {"لجنه", "مجلس", "هييه", "هيءه", "مكتب", "اداره", "داءره", "دايره", "جهاز", "قسم", "فرع", "وكاله", "مديريه", "مركز", "بعثه", "قياده", "محكمه"}
# Heads of the names of institutions that stand in a place, of places, and what tells where in a place something lies.
_HOUSES = {"محكمه", "سجن", "متحف", "مستشفي", "جامعه", "مطار", "فندق"}
_PLACE_HEADS = {"مدينه", "بلده", "قريه", "محافظه", "ولايه", "مقاطعه", "اقليم", "جزيره", "منطقه", "مخيم", "حي", "ميناء", "ضاحيه", "قضاء", "ناحيه"}
_SIDED = {"شمال", "جنوب", "شرق", "غرب", "وسط"}
_SIDES = _SIDED | _PLACE_HEADS | {"شمالي", "جنوبي", "شرقي", "غربي", "اقصي", "ريف", "دوله", "جمهوريه", "شبه", "مملكه"}
# What is said of a place before it is told where it lies, and how many words of it are walked over.
_SUPERLATIVES = {"اخر", "اكبر", "كبري", "ابرز", "اهم", "ثاني", "ثالث", "احدي", "احد", "معقل", "معاقل"}
_LYING = {"الخاضعه", "الخاضع", "الواقعه", "الواقع", "الكاءنه", "الكائنه", "المحاصره", "المحاصر", "الحدوديه", "الاستراتيجيه", "الساحليه"}
_LIES = {"الواقعه", "الواقع", "الكاءنه", "الكائنه"}
_TOLD = 9
_NEIGHBOURING = {"المجاوره", "المجاور"}
# With whom it is somewhere for a day.
_MEETING = {"وفد", "مع", "لقاء", "اجتماع", "قياده", "مكتب", "ممثل", "محادثات", "مفاوضات", "زياره", "مباحثات", "حوار", "ممثلي", "رءيس", "رييس", "مسوول"}
# Who governs a state is no part of it.
_GOVERNMENTS = {"government", "presidency"}
_PROVINCES = {"محافظه", "ولايه", "اقليم", "مقاطعه", "منطقه"}
_LANDS = {EntityType.PLACE, EntityType.COUNTRY}
_LAND = {"البلاد", "البلد", "المملكه", "الجمهوريه", "السلطنه"}
# Kinds of places that no state holds.
_WIDE = {"sea", "continent", "region", "ocean", "river", "strait"}
_IN = {"في", "ب", "التابع", "التابعه", "جنوب", "شمال", "غرب", "شرق", "غربي", "شرقي", "جنوبي", "شمالي", "وسط"}


@dataclass(frozen=True)
class Standing:
    """Reads the standing facts of one article."""

    article: Article
    entities: Entities
    reading: Reading
    reference: Reference
    actors: Actors

    def claims(self) -> Iterator[Claim]:
        """All of them."""
        yield from self.posts()
        yield from self.kin()
        yield from self.places()
        yield from self.seats()
        yield from self.frontiers()
        yield from self.shared_frontiers()
        yield from self.neighbours()
        yield from self.parts()
        yield from self.presence()

    def posts(self) -> Iterator[Claim]:
        """Standing facts that titles state."""
        for post in self.entities.posts:
            relation = RELATIONS.get(f"{post.office}_of")
            if house := self._house(post):
                post, relation = replace(post, office="leader", of=house), RELATIONS["leader_of"]
            if not post.of or relation is None:
                continue
            own = relation.name if relation.name == "leader_of" else ""  # an army has a leader of its own, a ministry none
            of = self.actors.as_(post.of, relation.range, relation=own)
            if of is None or of == post.person:
                continue
            yield Claim(
                self.article.id, post.person, relation.name, of, f"post-{post.office}", _POST_CONFIDENCE,
                self.reading.sentence(post.title), subject_span=post.name, trigger=post.title, position=post.position,
                portfolio=post.portfolio, former=post.former,
            )  # fmt: skip

    def kin(self) -> Iterator[Claim]:
        """ "The adviser of the American president and his son-in-law X": of the president of the day, whom the title does not name."""
        for post in self.entities.posts:
            state, day = post.of.removeprefix("ref:"), self.article.published
            words = fold(self.article.text[post.title.end : post.name.start]).split()
            if len(words) != 1 or not words[0].startswith("و") or words[0][1:].removesuffix("ها").removesuffix("ه") not in _KIN:
                continue
            title = fold(self.article.cut(post.title))
            office = "head_of_government" if "الوزراء" in title or "الحكومه" in title else "head_of_state" if "الرييس" in title else ""
            heads = self._heads(office, state, day) if office else ()
            relation = "child_of" if words[0][1:].removesuffix("ها").removesuffix("ه") in _CHILDREN else "relative_of"
            if len(heads) == 1 and f"ref:{heads[0]}" != post.person:
                yield Claim(
                    self.article.id, post.person, relation, f"ref:{heads[0]}", "kin-01", 0.85, self.reading.sentence(post.title),
                    subject_span=post.name, trigger=post.title,
                )  # fmt: skip

    def _heads(self, office: str, state: str, day: dt.date | None) -> tuple[str, ...]:
        """Who headed the state on the day; of an article without one, who is named in it of those that ever did."""
        if day is not None:
            return self.reference.holders(office, state, day)
        named = {m.key.removeprefix("ref:") for m in self.entities.mentions}
        return tuple(dict.fromkeys(r.person for r in self.reference.by_office.get((office, state), ()) if r.person in named))

    def _house(self, post: Post) -> str:
        """The parliament that a speaker heads: the one that the title names, else the only one of the state."""
        if post.portfolio != "speaker_of_parliament" or not post.of:
            return ""
        named = self.reference.names.get(fold(post.position).partition(" ")[2], ())
        state = post.of.removeprefix("ref:")
        houses = [t.id for t in self.reference.things.values() if t.kind == "parliament" and t.country == state]
        found = [i for i in named if i in houses] or houses
        return f"ref:{found[0]}" if len(found) == 1 else ""

    def places(self) -> Iterator[Claim]:
        """Capitals: "the Afghan capital Kabul", "Seoul, the capital of South Korea"."""
        r = self.reading
        for unit in r.units:
            country = self.reference.capitals.get(unit.key.removeprefix("ref:"))
            if not country or unit.adjective or not self._by_name(unit):
                continue
            near = range(max(0, unit.first - 3), min(len(r.doc), unit.last + 4))
            if not any(r.norm(k) in _CAPITAL and not self._between(k, unit) for k in near):
                continue
            if self._names_country(country):
                k = next(k for k in near if r.norm(k) in _CAPITAL)
                yield Claim(
                    self.article.id, unit.key, "capital_of", f"ref:{country}", "capital-01", 0.9, self.reading.sentence(unit.span),
                    subject_span=unit.span, trigger=r.span(k, k + 1),
                )  # fmt: skip

    def seats(self) -> Iterator[Claim]:
        """ "Zinjibar, the capital of the province of Abyan" lies in it, as no state has it for a capital."""
        r = self.reading
        for unit in r.units:
            k = unit.last + (unit.last < len(r.doc) and r.doc[unit.last].text in {"،", ","})
            if unit.adjective or unit.type is not EntityType.PLACE or r.norm(k) != "عاصمه" or r.norm(k + 1) not in _PROVINCES:
                continue
            whole = r.unit_at.get(k + 2) or r.unit_at.get(k + 1)
            if whole and whole.type is EntityType.PLACE and whole.key != unit.key and not whole.adjective:
                yield Claim(
                    self.article.id, unit.key, "part_of", whole.key, "part_of-07", 0.85, r.sentence(unit.span),
                    subject_span=unit.span, trigger=r.span(k, k + 1),
                )  # fmt: skip

    def frontiers(self) -> Iterator[Claim]:
        """ "X has a (long) border with Y": لمحافظة س حدود مع ص."""
        r = self.reading
        for k in range(len(r.doc)):
            if r.norm(k) not in {"حدود", "حدودا"}:
                continue
            one = r.unit_at.get(k - 1)
            lead = one.first - 1 if one else 0
            while one and r.norm(lead) in _PLACE_HEADS:
                lead -= 1
            has = one is not None and (r.norm(lead) == "ل" or one.prefix == "ل")
            far = next((m for m in range(k + 1, min(k + 5, len(r.doc))) if r.norm(m) == "مع"), None)
            other = (r.unit_at.get(far + 1) or r.unit_at.get(far + 2)) if has and far else None
            if one and other and other.key != one.key and all(u.type in _LANDS and not u.adjective for u in (one, other)):
                yield Claim(
                    self.article.id, one.key, "borders", other.key, "borders-04", 0.85, r.sentence(one.span),
                    subject_span=one.span, trigger=r.span(k, k + 1),
                )  # fmt: skip

    def presence(self) -> Iterator[Claim]:
        """ "The Houthi group in Yemen", with the preposition written onto the place: where a group is at home. A delegation, a meeting
        is where it is for a day."""
        r = self.reading
        for unit in r.units:
            place = r.unit_at.get(unit.last) or (r.unit_at.get(unit.last + 1) if r.norm(unit.last) == "ب" else None)
            if unit.type is not EntityType.ARMED_GROUP or unit.adjective or place is None or place.adjective or place.organ:
                continue
            written = place.prefix == "ب" and place.type in _LANDS
            before = {r.norm(k).removeprefix("ال") for k in range(max(0, unit.first - 3), unit.first + 1)}
            if written and not before & _MEETING and not any(r.pos(k) == "VERB" for k in range(max(0, unit.first - 1), unit.first)):
                yield Claim(
                    self.article.id, unit.key, "active_in", place.key, "active-05", 0.75, r.sentence(unit.span),
                    subject_span=unit.span, trigger=place.span,
                )  # fmt: skip

    def shared_frontiers(self) -> Iterator[Claim]:
        """ "Near the border with Y", where the words before name one other state: its border."""
        r = self.reading
        for k in range(1, len(r.doc) - 2):
            if r.norm(k) not in {"الحدود", "حدود"}:
                continue
            far = next((m for m in range(k + 1, min(k + 4, len(r.doc))) if r.norm(m) == "مع"), None)
            other = (r.unit_at.get(far + 1) or r.unit_at.get(far + 2)) if far else None
            between = any(r.unit_at.get(m) is not None for m in range(k + 1, far or k))
            if other is None or between or other.type is not EntityType.COUNTRY or other.adjective or other.organ:
                continue
            begin = r.bounds(k)[0]
            if r.pos(k + 1) == "PRON":
                owner = r.antecedent(k + 1)
                states = {owner.key} if owner and owner.type is EntityType.COUNTRY else set()
            else:
                states = {s for u in r.units if begin <= u.first < k for s in self._states(u)}
            beyond = [u for u in r.group(other, r.bounds(k)[1])[0] if u.type is EntityType.COUNTRY]
            for one, far_state in ((one, u) for one in states for u in beyond if len(states) == 1):
                if one != far_state.key:
                    yield Claim(
                        self.article.id, one, "borders", far_state.key, "borders-05", 0.75, r.sentence(far_state.span),
                        object_span=far_state.span, trigger=r.span(k, k + 1),
                    )  # fmt: skip

    def neighbours(self) -> Iterator[Claim]:
        """ "Fled from X to neighbouring Y": where the words before name one other state."""
        r = self.reading
        for unit in r.units:
            if unit.type is not EntityType.COUNTRY or unit.adjective or unit.organ or r.norm(unit.last) not in _NEIGHBOURING or r.norm(unit.last + 1) == "ل":
                continue
            begin = r.bounds(unit.first)[0]
            named = (u for u in r.units if begin <= u.first < unit.first and u.type in _LANDS)  # not by a company or a bank of it
            states = {s for u in named for s in self._states(u)} - {unit.key}
            following = r.unit_at.get(unit.last + 1)
            for one in states if len(states) == 1 and not (following and following.prefix == "ل") else ():
                yield Claim(
                    self.article.id, one, "borders", unit.key, "borders-06", 0.7, r.sentence(unit.span),
                    object_span=unit.span, trigger=r.span(unit.last, unit.last + 1),
                )  # fmt: skip

    def _states(self, unit: Unit) -> Iterator[str]:
        """The states that a unit names or stands for."""
        thing = self.reference.things.get(unit.key.removeprefix("ref:"))
        if unit.type is EntityType.COUNTRY:
            yield from (unit.key, *unit.also)
        elif thing and thing.country and thing.type in {EntityType.ORGANIZATION, EntityType.PLACE}:
            yield f"ref:{thing.country}"

    def _by_name(self, unit: Unit) -> bool:
        """The unit holds the name of the city, or a name stands right behind it: not only the words "the capital of"."""
        r = self.reading
        named = any(m.key == unit.key and m.span in unit.extent and m.origin is not Origin.REFERENCE for m in self.entities.mentions)
        behind = any((u := r.unit_at.get(k)) and u.key == unit.key for k in range(unit.last, unit.last + 2))
        return named or behind or r.pos(unit.last) in {"X", "PROPN"}

    def _between(self, k: int, unit: Unit) -> bool:
        """True when another city stands between the word "capital" and the unit, or a full stop."""
        r = self.reading
        middle = range(k + 1, unit.first) if k < unit.first else range(unit.last, k)
        stopped = any(r.doc[m].text in {".", ":"} or r.pos(m) in {"VERB", "ADP"} for m in middle)
        others = (u for m in middle if (u := r.unit_at.get(m)) is not None)
        return stopped or any(u.type is EntityType.PLACE and u.key != unit.key for u in others)

    def _names_country(self, country: str) -> bool:
        key, capital = f"ref:{country}", f"the capital of {country}"
        mentions = (*self.entities.mentions, *self.entities.adjectives)
        return any(m.key == key or (m.note == capital and " " in m.text) for m in mentions)

    def parts(self) -> Iterator[Claim]:
        """ "The Security Council of the United Nations", "the Afghan province of Panjshir", "Mersin in the south of Turkey"."""
        r = self.reading
        for unit in r.units:
            thing = self.reference.things.get(unit.key.removeprefix("ref:"))
            if unit.adjective or unit.organ:
                continue
            if body := self._body_of(unit):
                yield Claim(
                    self.article.id, unit.key, "part_of", body.key, "part_of-04", 0.8, self.reading.sentence(unit.span),
                    subject_span=unit.span, trigger=body.span,
                )  # fmt: skip
            if unit.type is EntityType.PLACE or self._house_of(unit):
                for whole, trigger in self._around(unit):
                    if self._may_lie_in(unit.key, whole) and not self._told_capital(unit, whole):
                        yield Claim(
                            self.article.id, unit.key, "part_of", whole, "part_of-06", 0.85, self.reading.sentence(unit.span),
                            subject_span=unit.span, trigger=trigger,
                        )  # fmt: skip
            if not thing:
                continue
            for whole, trigger in self._wholes(unit):
                if self._is_part(thing.id, whole.removeprefix("ref:")):
                    yield Claim(
                        self.article.id, unit.key, "part_of", whole, "part_of-02", 0.9, self.reading.sentence(unit.span),
                        subject_span=unit.span, trigger=trigger,
                    )  # fmt: skip

    def _house_of(self, unit: Unit) -> bool:
        """A court, a prison, a museum: an institution that stands in a place."""
        head = {self.reading.norm(unit.first).removeprefix("ال"), self.reading.norm(unit.first - 1).removeprefix("ال")}
        return unit.type is EntityType.ORGANIZATION and bool(head & _HOUSES)

    def _around(self, unit: Unit) -> Iterator[tuple[str, Span]]:
        """The place or state that a place is told to lie in: "X in (the north, the province of) Y", "X (Y)", "the town of X in Y";
        for a place that the reference data does not know also "the Syrian town of X"."""
        r = self.reading
        k = unit.last
        if beyond := self._told_of(unit):
            yield beyond.key, beyond.span
        if before := self._told_before(unit):
            yield before.key, before.span
        following = r.unit_at.get(k)
        if following and following.adjective:
            if unit.key.startswith("place:") and r.norm(unit.first - 1) in _PLACE_HEADS and following.type is EntityType.COUNTRY:
                yield following.key, following.span
            return
        opened = r.doc[k].text in {"(", "،"} if k < len(r.doc) else False
        bracket = opened and r.doc[k].text == "("
        k += opened
        within = bracket or r.norm(k) in {"في", "ب"}
        k += r.norm(k) in {"في", "ب"} and k not in r.unit_at
        if not opened and not within and (r.norm(k) in _SIDED or (following and following.prefix == "ب")):
            within = True
        for at in range(k, min(k + 4, r.bounds(unit.first)[1])):
            other = r.unit_at.get(at)
            if other:
                inside = within or other.prefix == "ب"
                if inside and not other.adjective and not other.organ and other.type in {EntityType.PLACE, EntityType.COUNTRY}:
                    yield other.key, other.span
                return
            if r.norm(at) not in _SIDES and r.norm(at).removeprefix("ب") not in _SIDES:
                return

    def _told_of(self, unit: Unit) -> Unit | None:
        """ "X, the last stronghold of the group in Y", "X, held by the rebels, in Y": the place behind what is said of X."""
        r = self.reading
        k = unit.last
        k += k < len(r.doc) and r.doc[k].text in {"،", ","}
        if k >= len(r.doc) or not ((r.norm(k) in _SUPERLATIVES and k > unit.last) or (r.norm(k) in _LYING and (k == unit.last or r.norm(k) in _LIES))):
            return None
        for at in range(k + 1, min(k + _TOLD, r.bounds(unit.first)[1])):
            if r.pos(at) == "VERB" or r.doc[at].text in {"،", ",", "."}:
                return None
            other = r.unit_at.get(at)
            if other is None or other.adjective or other.type not in {EntityType.PLACE, EntityType.COUNTRY}:
                continue
            lead = at - 1
            while r.norm(lead) in _SIDES:
                lead -= 1
            return other if not other.organ and r.norm(at) not in _LAND and (r.norm(lead) == "في" or other.prefix == "ب" or (lead == k and r.norm(k) in _SIDES)) else None
        return None

    def _told_before(self, unit: Unit) -> Unit | None:
        """ "In the north of Y, in the town of X": the wider place first."""
        r = self.reading
        k = unit.first - 1
        while r.norm(k) in _PLACE_HEADS:
            k -= 1
        if r.norm(k) not in {"في", "ب"} or k == unit.first - 1:
            return None
        k -= 1
        while k > 0 and r.norm(k) in {"،", ",", "تحديدا", "و", "بالتحديد"}:
            k -= 1
        other = r.unit_at.get(k)
        if other is None or other.adjective or other.organ or other.last != k + 1 or other.type not in {EntityType.PLACE, EntityType.COUNTRY}:
            return None
        lead = other.first - 1
        while r.norm(lead) in _SIDES:
            lead -= 1
        return other if r.norm(lead) in {"في", "ب"} or other.prefix == "ب" else None

    def _told_capital(self, unit: Unit, whole: str) -> bool:
        """The words say that the city is the capital of the state, which says more."""
        said = any(self.reading.norm(k) in _CAPITAL for k in range(unit.first - 1, unit.last))
        return said and f"ref:{self.reference.capitals.get(unit.key.removeprefix('ref:'))}" == whole

    def _may_lie_in(self, part: str, whole: str) -> bool:
        """Nothing that the reference data knows speaks against it: another state, or that it is the other way round."""
        one, other = (self.reference.things.get(key.removeprefix("ref:")) for key in (part, whole))
        if part == whole or other is None:
            return False
        if one is None:
            return True
        if one.type is not EntityType.PLACE:
            return one.country in {"", other.id, other.country}
        if other.kind == "continent":
            return False
        state = other.id if other.type is EntityType.COUNTRY else other.country
        if not one.country and one.kind in _WIDE:
            return False
        return (not one.country or not state or one.country == state) and not (one.id != other.id and self._is_part(other.id, one.id)) and other.part_of != one.id

    def _body_of(self, unit: Unit) -> Unit | None:
        """ "The defence committee in the Council": a committee, council, office with another body behind "in", "of"."""
        r = self.reading
        other = r.unit_at.get(unit.last) or (r.unit_at.get(unit.last + 1) if r.pos(unit.last) == "ADP" else None)
        if not other or other.adjective or {unit.type, other.type} != {EntityType.ORGANIZATION} or other.key == unit.key:
            return None
        between = {r.norm(k) for k in range(unit.last, other.first)} | {other.prefix}
        first = r.norm(unit.first).removeprefix("ال")
        if unit.last - unit.first == 1:
            return None  # "the office in X" is where it stands
        return other if first in _BODIES and between & {"في", "ب", "ل", "لل"} else None

    def _wholes(self, unit: Unit) -> Iterator[tuple[str, Span]]:
        """What stands beside a unit as what it is part of: a nisba, "in X", "belonging to X", a name inside its name."""
        r = self.reading
        following = r.unit_at.get(unit.last)
        if following and following.adjective:
            yield following.key, following.span
        for k in range(unit.last, min(unit.last + 5, len(r.doc))):
            other = r.unit_at.get(k)
            if other and not other.adjective:
                between = {r.norm(m) for m in range(unit.last, k)} | {other.prefix}
                if between & _IN:
                    yield other.key, other.span
                break
            if r.doc[k].text in {".", "،", ","} or r.pos(k) == "VERB":
                break
        inside = self.article.cut(unit.span)
        for cue in (" التابع ل", " التابعة ل"):
            if cue in inside and (parent := self.reference.things[unit.key[4:]].part_of):
                at = unit.span.start + inside.index(cue) + 1
                yield f"ref:{parent}", Span(at, unit.span.end)

    def _is_part(self, part: str, whole: str) -> bool:
        """The reference data knows the part to be one of the whole; the text has to say it all the same."""
        thing = self.reference.things[part]
        if thing.type is EntityType.PLACE and whole == thing.country and thing.kind != "capital":
            return True
        if thing.type is EntityType.ORGANIZATION and whole == thing.country and not thing.part_of:
            return thing.kind not in _GOVERNMENTS | {"company"}
        return bool(thing.part_of) and (whole == thing.part_of or self._is_part(thing.part_of, whole))
