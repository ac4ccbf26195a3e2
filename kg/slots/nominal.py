"""Frames of nouns: the genitive, who does it, the verb that the noun hangs on, what it stands in apposition with."""

from __future__ import annotations

from kg.arabic import bare as without_article
from kg.language.particles import (
    ATTENDED,
    COMMAS,
    CONTACTS,
    DAYS,
    DECISIONS,
    ENVOYS,
    OFFICES,
    RELATIVES,
    TRANSPARENT,
)
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.rules import Trigger
from kg.slots.slots import AGREED, BY_ORDER, GUESSED, INHERITED, RESOLVED, THROUGH, Filler, Frame
from kg.slots.subjects import Subjects
from kg.syntax.clauses import Argument, Unit

# Tokens before a noun in which the verb that it hangs on is looked for.
HOST_REACH = 28
_WORDS = shipped("slots")
# Verbal nouns that carry another noun, as support verbs do.
CARRIERS = _WORDS["carriers"]
# Prepositions of a noun that may stand before it, behind its support verb.
_CARRIED = {"على", "إلى", "مع", "ضد"}
STATED = 20
# Words of time before a verbal noun whose pronoun is for the subject behind it, and tokens from a verb to a noun that it carries.
_OF_THEM = _WORDS["of_them"]
LEADING = _WORDS["leading_time"]
_CARRYING = 6


class Nominal(Subjects):
    """Reads the frames of nouns."""

    def noun(self, i: int, trigger: Trigger | None = None) -> Frame:
        """The frame of the noun at token `i`."""
        if i not in self._nouns:
            self._nouns[i] = self._read_noun(i)
        return self._nouns[i]

    def _read_noun(self, i: int) -> Frame:
        r = self.reading
        frame = Frame(i)
        arguments, frame.stop = r.right(i)
        arguments = self._with_relative(frame, arguments, i)
        self._prepositional(frame, arguments)
        bare = [a for a in arguments if a.prep == "" and a.units]
        headed = [a for a in arguments if a.prep == "" and a.head is not None]
        adjectives = [a for a in arguments if a.prep == "adj"]
        for argument in adjectives[:1]:
            frame.add("adj", argument.units, BY_ORDER)
        if bare and self._genitive(i, bare[0]):
            frame.add("gen", bare[0].units, AGREED if bare[0].units[0].first == i + 1 else BY_ORDER)
            if len(bare) > 1:
                frame.add("gen2", bare[1].units, BY_ORDER)
        elif bare and r.pos(i + 1) == "PRON" and (bare[0].units[0].first <= i + 2 or self._counterpart(i + 2, bare[0].units[0].first) or self._past_place(arguments, bare[0])):
            frame.add("gen2", bare[0].units, BY_ORDER)
        for argument in headed:
            owner = self._owner(argument)
            if owner and self._follows(frame, argument, i):
                frame.add("gen", (owner,), RESOLVED, through=True, head=argument.head)
            elif (argument.of or argument.adjectives) and self._follows(frame, argument, i):
                own = r.pos(i + 1) == "PRON"  # رفضه شروط فلان
                slot = "gen" if not own and not bare and not frame.slots.get("gen") and (argument.head or 0) <= i + 2 else "gen2"
                frame.add(slot, argument.of or argument.adjectives, THROUGH, through=True, head=argument.head)
        self._agent_before(frame, i)
        self._host(frame, i)
        self._apposed(frame, i)
        return frame

    def _past_place(self, arguments: list[Argument], person: Argument) -> bool:
        """Only where and when it was stands before the person: استقباله في القصر الرئيس فلانا."""
        one = person.units[0]
        if one.type is not EntityType.PERSON or one.prefix:
            return False
        before = arguments[: arguments.index(person)]
        return bool(before) and all(a.prep in {"في", "ب", "لدى"} and not any(u.type is EntityType.PERSON for u in a.units) for a in before)

    def _counterpart(self, first: int, last: int) -> bool:
        """Nothing but "his counterpart, guest, friend" and its adjectives stands before a name: لقائه نظيره العراقي فلانا."""
        r = self.reading
        owned = all(r.pos(k + 1) == "PRON" or r.norm(k) in TRANSPARENT for k in range(first, last) if r.pos(k) == "NOUN")
        return owned and all(r.pos(k) in {"NOUN", "PRON", "ADJ"} or (k in r.unit_at and r.unit_at[k].adjective) for k in range(first, last))

    def _follows(self, frame: Frame, argument: Argument, i: int) -> bool:
        """The noun stands right behind the trigger or its genitive, over adjectives: "the downing by X of the plane"."""
        ends = [f.units[-1].last for f in frame.slots.get("gen", [])] or [i + 1]
        between = range(min(ends[-1], argument.head or i), argument.head or i)
        return all(self.reading.pos(k) in {"ADJ", "DET", "PUNCT", "NOUN", "NUM"} or (k == i + 1 and self.reading.pos(k) == "PRON") for k in between)

    def _agent_before(self, frame: Frame, i: int) -> None:
        """The possessor of a noun, or the agent of the verbal noun that carries it: "its meeting with", "the decision of X to
        impose sanctions", "the imposing by X of sanctions"."""
        r = self.reading
        if r.pos(i + 1) == "PRON" and r.doc.user_data["surface"][i + 1] == r.doc.user_data["surface"][i]:
            if frame.slots.get("gen") or self._of_nobody(i):
                return
            if self._ahead(frame, i) or self._by_host(frame, i):
                return
            if doer := self._coordinated(i):
                frame.add("gen", (doer,), RESOLVED)
            elif candidates := r.antecedents(i + 1, near=r.norm(i - 1) in {"سبب", "بسبب", "جراء"}):
                for n, candidate in enumerate(candidates):
                    frame.add("gen", (candidate,), GUESSED if n else INHERITED)
            elif i <= r.bounds(i)[0] + 4:
                self._following(frame, i, "gen")
            return
        if without_article(r.norm(i)) in CONTACTS and (ahead := self._to_come(i)):
            frame.add("host", ahead, INHERITED)  # بعد محادثات مع فلان، قال فلان
        k = i - 1
        while k > i - 5 and k not in r.unit_at and (r.norm(k) in CARRIERS or r.norm(k) in DAYS or r.pos(k) in {"ADP", "PUNCT"}):
            k -= 1
        k = self._before_phrase(k, i)
        if k == i - 1 and r.pos(k) == "PRON" and r.norm(k - 1) in CARRIERS:  # فسخ فلانة العقد وإبرامها شراكة مع
            for owner in r.antecedents(k, near=True)[:1]:
                frame.add("agent", (owner,), RESOLVED)
                if not frame.slots.get("gen"):
                    frame.add("gen", (owner,), RESOLVED)
            return
        unit = r.unit_at.get(k)
        doer = unit if unit and unit.last == k + 1 and self._decides(unit) else self._decided_too(k)
        if doer:
            frame.add("agent", (doer,), BY_ORDER)
            if not frame.slots.get("gen"):
                frame.add("gen", (doer,), BY_ORDER)

    def _before_phrase(self, k: int, i: int) -> int:
        """The token before a phrase of time or place that ends at token `k`, if a name stands there: «إعلان فلان في خطاب الانسحاب»."""
        r = self.reading
        begin, m = r.bounds(i)[0], k
        while m > max(begin, i - 9) and m not in r.unit_at and r.pos(m) != "VERB" and r.doc[m].text not in COMMAS:
            m -= 1
        return m if m < k and m in r.unit_at and r.norm(m + 1) == "في" else k

    def _decides(self, unit: Unit) -> bool:
        """The unit is whose decision, plan, duty the noun before it is: قرار ترامب، قرار روسي، على روسيا."""
        before = self.reading.norm(unit.first - 1)
        owed = before == "علي" and self.reading.norm(unit.first - 2) in {"ان", "بان", "يجب", "ينبغي"}
        if unit.adjective and without_article(before) in DECISIONS:
            return True
        return before in DECISIONS or (not unit.adjective and (before in CARRIERS or owed))

    def _decided_too(self, i: int) -> Unit | None:
        """Whose decision it is that what the "and" at token `i` joins belongs to: «قرار واشنطن الانسحاب من الاتفاق وفرض عقوبات»."""
        r = self.reading
        if r.norm(i) != "و":
            return None
        begin, _ = r.bounds(i)
        for k in range(i - 1, max(begin, i - STATED) - 1, -1):
            if r.pos(k) == "VERB" or r.norm(k) in RELATIVES or r.norm(k) in {"ان", "بان"}:
                return None
            if r.norm(k) in DECISIONS and k not in r.unit_at:
                unit = r.unit_at.get(k + 1)
                deed = r.norm(unit.last + (r.pos(unit.last) == "ADP")) if unit and unit.first == k + 1 else ""
                return unit if without_article(deed) in self.rules.verbs.nouns else None
        return None

    def _ahead(self, frame: Frame, i: int) -> bool:
        """Behind "after, during" at the head of a sentence the pronoun is for the subject of the main verb, which is yet to come:
        «وبعد إدانته الهجوم، أوفد ترامب وزيره»."""
        found = self.to_come(i)
        if not found:
            return False
        frame.add("gen", found, INHERITED)
        return True

    def to_come(self, i: int) -> tuple[Unit, ...]:
        """The subject of the main verb behind the phrase that token `i` stands in at the head of a sentence, if the pronoun behind
        the token may be for it."""
        found = self._to_come(i)
        return found if found and self._refers(i + 1, found) else ()

    def _to_come(self, i: int) -> tuple[Unit, ...]:
        """The subject of the main verb behind the phrase that token `i` stands in at the head of a sentence."""
        r = self.reading
        begin, end = r.bounds(i)
        head = next((k for k in (i - 1, i - 2) if k >= begin and r.norm(k) in LEADING), None)
        if head is None or head > begin + 1 or any(r.pos(k) == "VERB" for k in range(begin, i)):
            return ()
        commas = (k for k in range(i + 2, end - 1) if r.doc[k].text in COMMAS)
        # the comma that closes the phrase; one before "who", a day, a place is inside it
        comma = next((k for k in commas if r.pos(k + 1) == "VERB" or r.norm(k + 1) in {"ان", "بان"}), None)
        if comma is None or r.pos(comma + 1) != "VERB":
            return ()
        found = [f for f in self.verb(comma + 1).slots.get("subj", []) if not f.through and f.units[0].first > comma][:1]
        return found[0].units if found else ()

    def _by_host(self, frame: Frame, i: int) -> bool:
        """The pronoun on a noun that a verb of words carries is for the subject of that verb: أكد دعمه، أعرب عن قلقه."""
        r = self.reading
        host = self._host_of(i)
        if host is None or r.pos(host) == "NOUN" or i - host > _CARRYING or r.norm(host) not in self._spoken:
            return False
        if any(r.norm(k) in {"ان", "بان"} or r.doc[k].text in COMMAS for k in range(host + 1, i)):
            return False
        found = [f for f in self.verb(host).slots.get("subj", []) if not f.through or f.stands][:1]
        if not found or not self._refers(i + 1, found[0].units):
            return False
        frame.slots["gen"].append(Filler(found[0].units, INHERITED, found[0].through, found[0].head, found[0].stands))
        return True

    def _of_nobody(self, i: int) -> bool:
        """The pronoun on the noun is for the subject of the verb around it, which is nobody by name: «عبرت ثماني دول عن قلقها»."""
        r = self.reading
        host = self._host_of(i)
        if host is None or r.pos(host) != "VERB" or (r.norm(i + 1) in {"ه", "ها"} and (r.norm(i + 1) == "ها") is not self.feminine(host)):
            return False
        subjects = [k for k in self.tree.get(host, {}).get("subj", []) if host < k < i]
        heads = {a.head for a in r.right(host)[0] if a.prep == "" and a.head is not None and a.head < i and not a.of and not a.adjectives}
        heads |= {k - 1 for k in heads if r.pos(k - 1) == "NUM"}
        return bool(subjects) and all(k in heads and without_article(r.norm(k)) not in ENVOYS for k in subjects)

    def _coordinated(self, i: int) -> Unit | None:
        """Who does the deed before that a verbal noun with a pronoun goes on with: "after the leaving of X and its imposing of"."""
        r = self.reading
        if r.norm(i - 1) != "و" or i - 1 in r.unit_at:
            return None
        begin, _ = r.bounds(i)
        for k in range(i - 2, max(begin, i - STATED) - 1, -1):
            if r.pos(k) == "VERB" or r.norm(k) in RELATIVES:
                return None
            unit = r.unit_at.get(k + 1)
            governed = r.norm(k) in self.rules.triggers or r.pos(k - 1) == "ADP"
            if r.pos(k) == "NOUN" and k not in r.unit_at and governed and unit and unit.first == k + 1 and not unit.adjective and not unit.prefix:
                masculine = unit.type is EntityType.PERSON and not unit.feminine
                return unit if (r.norm(i + 1) == "ه") is masculine else None
        return None

    def _genitive(self, i: int, argument: Argument) -> bool:
        """Nothing but adjectives of the noun stands between it and the unit."""
        r = self.reading
        if r.norm(i) in ATTENDED:
            return False  # حضر اللقاء وزير الخارجية فلان
        titled = argument.units[0].type is EntityType.PERSON  # ابن الزعيم الراحل فلان
        return all(
            (r.pos(k) in {"ADJ", "PUNCT", "NUM", "DET", "ADV", ""} and r.doc[k].text not in COMMAS) or k in r.unit_at or (r.norm(k) in TRANSPARENT and r.pos(k) == "NOUN") or (titled and (r.norm(k).startswith("ال") or r.norm(k) in OFFICES))
            for k in range(i + 1, argument.units[0].first)
        )

    def _with_relative(self, frame: Frame, arguments: list[Argument], i: int) -> list[Argument]:
        """"Talks that X held with Y": what stands in the relative clause belongs to the noun."""
        r = self.reading
        k = frame.stop
        takes_place = without_article(r.norm(i)) in CONTACTS and r.norm(k + (r.norm(k) in RELATIVES)) in _WORDS["takes_place"]
        if r.norm(k) in RELATIVES:
            between = [m for m in range(i + 1, k) if not self._joined_noun(i, m)]
            if not takes_place and any(not (r.pos(m) in {"ADJ", "PUNCT", "NUM", "PRON", "ADV", "CCONJ", ""} or (m in r.unit_at and r.unit_at[m].adjective)) for m in between):
                return arguments  # the relative clause belongs to another noun
            k += 1
        elif r.pos(i + 1) == "PRON" or r.norm(i).startswith("ال") or r.norm(i - 1) in {"ان", "بان"} or (any(a.units for a in arguments) and not self._taken_up(i, k)):
            return arguments
        if r.norm(k) in {"كان", "كانت", "قد"}:
            k += 1
            if r.norm(k).removesuffix("ا") in self.rules.cues["modifier"]:  # زيارة كانت مقررة إلى
                return arguments + [a for a in r.right(k)[0] if a.prep]
        if takes_place and r.norm(k) not in self.rules.support:
            return arguments + [a for a in r.right(k)[0] if a.prep in {"في", "ب", "بين"}]  # المحادثات التي جرت في
        if k >= r.bounds(i)[1] or r.pos(k) != "VERB" or k - i > 22:
            return arguments
        if r.norm(k) not in self.rules.support:
            # "the talks that Oman hosted between X and Y": the pronoun takes the noun up
            taken_up = r.owned(k)
            return arguments + [a for a in r.right(k)[0] if a.prep == "بين"] if taken_up else arguments
        more, frame.stop = r.right(k)
        bare = next((a for a in more if a.prep == "" and a.units), None)
        frame.owned = True
        frame.relative = k
        if bare and r.norm(k) in self.rules.receiving:
            frame.add("host_obj", bare.units, AGREED)  # الدعم الذي يتلقاه فلان
        elif bare and not self._disagrees(bare.units, k):
            frame.add("gen", bare.units, AGREED)
        elif theirs := next((a for a in more if a.prep == "" and a.of and without_article(r.norm(a.head or 0)) in _OF_THEM and r.pos(k + 1) == "PRON"), None):
            frame.add("gen", theirs.of, THROUGH, head=theirs.head)  # الحصار الذي يفرضه نظام فلان
        elif not bare and r.pos(k + 1) == "PRON" and (any(a.prep == "" and a.head is not None for a in more) or self._others_act(k)):
            frame.nobody = True  # انتقادات وجهتها إليه دول خليجية
        elif not bare and r.pos(k + 1) == "PRON":
            self._inherit(frame, k, relative=True)
            frame.slots["gen"] += frame.slots.pop("subj", [])
        return arguments + [a for a in more if a is not bare]

    def _joined_noun(self, i: int, m: int) -> bool:
        """Another noun that "and" joins to the trigger, of which the relative clause is told too: القصف والحصار الذي."""
        r = self.reading
        return r.pos(m) == "NOUN" and m not in r.unit_at and r.norm(m - 1) == "و" and r.norm(i).startswith("ال") and r.norm(m).startswith("ال")

    def _others_act(self, k: int) -> bool:
        """The subject behind the verb is a noun that others are seen through, with no name behind it: دول خليجية."""
        r = self.reading
        return any(m > k and m not in r.unit_at and m + 1 not in r.unit_at for m in self.tree.get(k, {}).get("subj", []))

    def _taken_up(self, i: int, k: int) -> bool:
        """The verb of support at token `k` takes up the noun, and no name between them, by its pronoun: هجوم على كابل نفذته طالبان."""
        r = self.reading
        if r.norm(k) not in self.rules.support or r.pos(k + 1) != "PRON" or r.surface(k) != r.surface(k + 1):
            return False
        if any(r.doc[m].text in COMMAS for m in range(i, k)):
            return False
        feminine = r.norm(i).endswith(("ه", "ات"))
        between = [u for u in r.units if i < u.first < k and not u.adjective]
        return r.norm(k + 1) == ("ها" if feminine else "ه") and all(u.feminine is (not feminine) or u.type is EntityType.PLACE for u in between)

    def _host(self, frame: Frame, i: int) -> None:
        """The verb that the noun hangs on, and its subject and object."""
        host = self._host_of(i)
        if host is None:
            return
        frame.host = host
        if self.reading.norm(host) in self.rules.speech and any(
            self.reading.norm(k) in {"ان", "بان"} and self.reading.pos(k + 1) != "PRON" for k in range(host + 1, i)
        ):
            return  # what is said to be has its own agents: "said that the sanctions …"
        verb = self.verb(host)
        if self.reading.norm(host) in self.rules.support:
            self._between_host(frame, host, i)
        for filler in verb.slots.get("subj", []):
            if not filler.through or filler.units[0].organ:
                frame.add("host", filler.units, filler.sure)
            else:
                frame.slots["host_of"].append(filler)  # شنت طائرات إسرائيلية غارات
        for slot in ("obj", "ل", "مع"):
            for filler in verb.slots.get(slot, []):
                if all(u.first != v.first for u in filler.units for f in frame.slots.get("gen", []) for v in f.units):
                    frame.add("host_obj", filler.units, filler.sure)

    def _between_host(self, frame: Frame, host: int, i: int) -> None:
        """ "Imposed on Niger sanctions": a phrase between the support verb and its noun is the noun's."""
        r = self.reading
        arguments, stop = r.right(host)
        if stop < i:
            return
        carried = next((a.head for a in arguments if not a.prep and a.head is not None and without_article(r.norm(a.head)) in self.rules.verbs.nouns), i)
        for argument in arguments if carried >= i else ():  # فرضت عقوبات على فلان منذ ضم: what the verb carries stands before
            last = argument.units[-1].last if argument.units else 0
            if argument.prep in _CARRIED and host < argument.at < i and last <= i and not frame.slots.get(argument.prep):
                frame.add(argument.prep, argument.units, BY_ORDER)
                if argument.pronoun is not None and argument.head is None:  # فلان الذي فرضت عليه كندا عقوبات
                    frame.slots[argument.prep] += self.verb(host).slots.get(argument.prep, [])[:1]

    def _host_of(self, i: int) -> int | None:
        """The nearest verb before the noun in its clause, or the verb above it in the tree."""
        r = self.reading
        begin, _ = r.bounds(i)
        for k in range(i - 1, max(begin, i - HOST_REACH) - 1, -1):
            if (r.pos(k) == "VERB" or (r.norm(k) in self.rules.speech and r.pos(k) != "ADP" and k not in r.unit_at)) and not self._in_relative(k, i):
                return k
            if (r.norm(k) in RELATIVES and not self._closed(k, i)) or r.doc[k].text in {".", ":", "؛"}:
                return None
        token = r.doc[i]
        for _ in range(4):
            if token.head.i == token.i:
                return None
            token = token.head
            if token.pos_ == "VERB":
                return int(token.i) if token.i < i else None
        return None

    def _apposed(self, frame: Frame, i: int) -> None:
        """The unit right before the noun or participle, over a comma or bracket."""
        r = self.reading
        begin, _ = r.bounds(i)
        for k in range(i - 1, max(begin, i - 5) - 1, -1):
            unit = r.unit_at.get(k)
            if unit and (not unit.adjective or (unit.type is EntityType.ARMED_GROUP and k == i - 1)):
                frame.add("apposed", (unit,), BY_ORDER)  # الميليشيات الحوثية المدعومة
                return
            led = k == i - 1 and (r.norm(k) == "ب" or r.norm(k) in _WORDS["superlatives"])
            if not unit and r.pos(k) not in {"PUNCT", "DET", "ADV"} and not led and r.norm(k) not in RELATIVES:
                return
