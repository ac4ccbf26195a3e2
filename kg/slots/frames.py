"""Frames of triggers: which units stand where around a verb or a noun.

`Frames` reads verbs here; their objects in kg/slots/objects.py, nouns in kg/slots/nominal.py, dropped subjects in kg/slots/subjects.py, over the ground of kg/slots/slots.py.
"""

from __future__ import annotations

from kg.language.particles import ATTENDED, COLLECTIVES, COMMAS, PLURAL_PRONOUNS, RELATIVES
from kg.language.wordclasses import shipped
from kg.model import EntityType
from kg.slots.nominal import HOST_REACH, LEADING, STATED
from kg.slots.objects import Objects
from kg.slots.slots import BY_ORDER, INHERITED, RESOLVED, THROUGH, Filler, Frame, nearest
from kg.slots.subjects import GROUND, WHEN
from kg.syntax.clauses import Argument, Unit

_WORDS = shipped("slots")
_PLURALS = _WORDS["plural_relatives"]
# First words of titles of two, in the accusative.
_ACCUSATIVES = _WORDS["accusatives"]
# Nouns for words that somebody wrote or spoke, and how many tokens may stand between them and "in which he".
_WRITTEN = _WORDS["written"]
# Nouns for texts that condemn or call for something, and verbs of who puts them forward.
_DRAFTS = _WORDS["drafts"]
_DRAFTING = _WORDS["drafting"]
# Who acts, and what is attended, opened or signed and does not.
_ACTORS = frozenset({EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.ARMED_GROUP})


class Frames(Objects):
    """Reads the frames of one article's triggers; `speaker` is asked for subjects that are dropped."""

    def verb(self, i: int) -> Frame:
        """The frame of the verb (or participle) at token `i`."""
        if i not in self._verbs:
            self._verbs[i] = Frame(i)  # a verb that inherits from itself finds nothing
            self._verbs[i] = self._read_verb(i)
        return self._verbs[i]

    def _read_verb(self, i: int) -> Frame:
        r = self.reading
        frame = Frame(i)
        arguments, frame.stop = r.right(i)
        self._prepositional(frame, arguments)
        bare = self._without_asides([a for a in arguments if a.prep == "" and not (a.head is not None and r.norm(a.head).startswith("ايا"))])
        if r.pos(i) == "VERB" and r.norm(i) in self.rules.first:
            frame.first = True
            self._bare(frame, "obj", bare, 0)
            return frame
        before = (self._resumes(i) or r.left(i)) if r.pos(i) == "VERB" else None
        passive = "Voice=Pass" in str(r.doc[i].morph)
        object_pronoun = r.pos(i + 1) == "PRON" and r.doc.user_data["surface"][i + 1] == r.doc.user_data["surface"][i]
        over = self._joined_relative(i, arguments) if not before else None
        if before and before[1] and self._other_number(before[0], i) and not (object_pronoun and r.norm(i + 1) in PLURAL_PRONOUNS):
            before = None  # الحوثيين الذين تتهم إيران: the plural is no subject of a singular
        if before and before[1] and r.norm(i).endswith("وا") and before[0][-1].type in GROUND and self._resumed(arguments, before[0]):
            over, before = before, None  # المدينة التي استولوا عليها
        if before and before[1] and r.norm(i - 1) == "الذي":
            before = before[0][-1:], True  # فلان وفلان الذي: the relative in the singular is of the last alone
        if before and not before[1] and self._opened(i, before[0], bare):
            before = None
        if before and before[1] and not object_pronoun and bare and not bare[0].units and self._disagrees(before[0], i):
            before = None  # فلان الذي تحملت شبكته: another noun is the subject
        if not before and r.norm(i - 1) in RELATIVES and (several := self._several(i)):
            before = several, False
        if before and not before[1] and (sayer := self._sayer(before[0])):
            before = (*sayer.units, *before[0]), False
        if r.pos(i) == "VERB" and not before and (author := self._author(i, bare) or self._drafted(i)):
            frame.slots["subj"].append(author)
            frame.drafted = author.units == (drafted.units if (drafted := self._drafted(i)) else ())
            self._bare(frame, "obj", bare, 0)
            self._object_behind(frame, bare, arguments)
            if object_pronoun and not bare:
                for unit in [u for u in r.antecedents(i + 1, near=True) if u.key not in {a.key for a in author.units}][:2]:
                    frame.add("obj", (unit,), RESOLVED)
            self._glued_object(frame, i)
            return frame
        resumed = before and before[1] and not object_pronoun and bare and bare[0].units and self._resumed(arguments, before[0])
        if before and before[1] and object_pronoun and not bare and not self._disagrees(before[0], i):
            # "the United States, which accuses her": the pronoun is for somebody named before
            self._put(frame, "subj", before[0], i)
            taken = {u.key for u in before[0]}
            for unit in r.antecedents(i + 1, near=True):
                if unit.key not in taken:
                    frame.add("obj", (unit,), RESOLVED)
        elif before and before[1] and not object_pronoun and (thing := self._own_thing(bare, before[0], i)):
            self._bare(frame, "subj", bare, 0)
            frame.add("obj", before[0], THROUGH, through=True, head=thing.head)
        elif before and before[1] and not object_pronoun and self._both_behind(arguments, bare, i):
            # المدينة التي تتهم فلانة فلانا بقصفها: the relative pronoun is taken up further on
            self._bare(frame, "subj", bare, 0)
            self._bare(frame, "obj", bare, 1)
        elif resumed and before and not self._disagrees(nearest(bare[0].units), i):
            # حلايب الذي تسيطر عليه مصر: the relative pronoun is taken up behind a preposition
            frame.slots[resumed.prep] = [Filler(before[0], BY_ORDER)]
            self._bare(frame, "subj", bare, 0)
            self._bare(frame, "obj", bare, 1)
        elif before and before[1] and object_pronoun:
            self._put(frame, "obj", before[0], i)
            self._bare(frame, "subj", bare, 0)
            first = r.norm(bare[0].head or 0) if bare and not self._second(i, bare[0]) else ""
            named = first.startswith("ال") or first in COLLECTIVES  # الذي يحتجزه المجلس: the subject is no entity
            if not frame.slots.get("subj") and not named:
                # توعدت أنقرة الحركة التي تحملها مسؤولية الانقلاب: who the main clause is about
                self._inherit(frame, i, relative=True)
                frame.slots["subj"] = [f for f in frame.slots["subj"] if f.units[0].key != before[0][0].key]
        elif r.pos(i) == "VERB" and bare and self._pronoun_subject(i):
            self._bare(frame, "obj", bare, 0)
            self._object_behind(frame, bare, arguments, "obj_in")
            self._inherit(frame, i, relative=True)
        elif object_pronoun and not before and (self._noun_before(i, r.bounds(i)[0]) or self._nobody(i, arguments)):
            # قوات تدعمها الإمارات: the pronoun is for the noun, which is nobody by name
            self._bare(frame, "subj", bare, 0)
            nisba = r.unit_at.get(i - 1)
            if nisba and nisba.adjective and not bare and r.norm(i - 1) not in RELATIVES:
                # فرضت واشنطن عقوبات على شركات كورية تتهمها
                frame.add("obj", (nisba,), THROUGH, through=True, head=nisba.first - 1)
                self._inherit(frame, i, relative=True)
        elif object_pronoun and not before and r.norm(i + 1) in {"ه", "ها", "هم"} and (found := r.antecedents(i + 1, near=True)):
            if not bare:
                self._inherit(frame, i)
                frame.slots["obj"] += self._same_object(frame, i)
            for unit in found:
                frame.add("obj", (unit,), RESOLVED)
            self._bare(frame, "subj", bare, 0)
        elif object_pronoun and not before and r.norm(i + 1) == "هما" and (pair := r.pair(i + 1)):
            if not bare:
                self._inherit(frame, i)
            frame.add("obj", pair, RESOLVED)
            self._bare(frame, "subj", bare, 0)
        elif before and not (bare and bare[0].units and self._disagrees(before[0], i) and not self._disagrees(bare[0].units, i)):
            self._put(frame, "obj" if passive else "subj", before[0], i)
            self._bare(frame, "obj", bare, 0)
            self._object_behind(frame, bare, arguments, "obj_in")
        elif passive:
            self._bare(frame, "obj", bare, 0)
        elif (k := self._object_word(i)) is not None:
            # متهما إياها: the pronoun is for one of those before that do not act
            self._inherit(frame, i)
            taken = {u.key for f in frame.slots.get("subj", []) for u in f.units}
            for unit in [u for u in r.antecedents(k, near=True) if u.key not in taken][:1]:
                frame.add("obj", (unit,), INHERITED)
        elif bare and bare[0].units and r.norm(bare[0].units[0].first) in _ACCUSATIVES and not bare[0].units[0].prefix:
            # التقى الرئيسين: two that are met, not two that meet
            self._bare(frame, "obj", bare, 0)
            self._inherit(frame, i)
        elif bare and r.pos(i) != "VERB":
            self._bare(frame, "obj", bare, 0)
            self._object_behind(frame, bare, arguments)
            self._inherit(frame, i)
        elif bare and not before and (led := self._led_by(i)):
            frame.slots["subj"].append(led)  # غارات إسرائيلية تستهدف حلب، أن طائراته قصفت
            self._bare(frame, "obj", bare, 0)
            self._object_behind(frame, bare, arguments)
            frame.blocked_subject = True
        elif bare and bare[0].units and r.pos(i) == "VERB" and self._acted_on(bare, i):
            self._bare(frame, "obj", bare, 0)  # ترأست المؤتمر إيطاليا
            self._bare(frame, "subj", bare, 1)
        elif bare and bare[0].units and self._disagrees(bare[0].units, i):
            self._bare(frame, "obj", bare, 0)
            self._inherit(frame, i)
        elif bare and bare[0].units:
            self._bare(frame, "subj", bare, 0)
            self._bare(frame, "obj", bare, 1)
            self._object_behind(frame, bare[1:], arguments)
        elif bare and (among := self._among_them(bare[0], i)):
            self._put(frame, "subj", among, i)
            self._bare(frame, "obj", bare, 1)
        elif bare:
            self._headed(frame, bare, i)
            self._object_behind(frame, bare, arguments)
        else:
            if not passive:
                self._inherit(frame, i)
        if over and (resuming := self._resumed(arguments, over[0])):
            frame.slots[resuming.prep] = [Filler(over[0], BY_ORDER)]
        elif not before and r.norm(i - 1) in RELATIVES:
            for argument in arguments:  # المدن التي يسيطر عليها فلان: the pronoun is for a noun that is no entity
                if argument.prep and argument.pronoun is not None and argument.head is None:
                    frame.slots[argument.prep] = []
        if not before and not frame.slots.get("subj") and (units := self._nisba_subject(i)):
            frame.add("subj", units, THROUGH, through=True)
        if frame.slots.get("بواسطة") and not frame.slots.get("obj"):
            # "was received by X": what looks like the subject is what the verb was done to
            told = frame.slots.pop("subj", [])
            unnamed = bool(bare) and bare[0].head is not None and not before  # قتل 17 مقاتلا على يد
            frame.slots["obj"] = [f for f in told if not unnamed or f.units[0].first > i]
        self._from_tree(frame, i)
        if not frame.slots.get("obj") and not object_pronoun and not (before and before[1]):
            self._glued_object(frame, i)
        frame.alternative = self._object_only(frame, i, bare)
        return frame

    def _author(self, i: int, bare: list[Argument]) -> Filler | None:
        """Whose words the verb stands in that is followed by "in it": «في خطاب للرئيس دعا فيه», «رسالة طالبه فيها». Where the
        noun has nobody behind it, it is who sent or gave them, if no name behind the verb may be the subject."""
        r = self.reading
        behind = next((k for k in (i + 1, i + 2) if r.norm(k) == "في" and r.pos(k + 1) == "PRON"), None)
        if behind is None or (bare and bare[0].units and len(bare) > 1 and bare[1].units):
            return None
        begin, _ = r.bounds(i)
        k = next((k for k in range(i - 1, max(begin, i - STATED) - 1, -1) if r.norm(k) in _WRITTEN and k not in r.unit_at), None)
        if k is None or any(r.norm(m) in RELATIVES for m in range(k, i - 1)):
            return None
        slots = self.noun(k).slots
        own = slots.get("gen") or (slots.get("ل") if r.norm(k) not in _WORDS["addressed"] else slots.get("من"))
        fillers = own or ([] if bare and bare[0].units else slots.get("host", []))
        for filler in fillers:
            names = {u.key for u in bare[0].units} if bare else set()
            if not self._disagrees(filler.units, i) and not names & {u.key for u in filler.units}:
                return Filler(filler.units, INHERITED)
        return None

    def _drafted(self, i: int) -> Filler | None:
        """Whose draft, statement, resolution it is that a verb behind the noun speaks of: «مشروع قرار أميركي يدين إيران», «قدمت
        فرنسا مشروع قرار يدعو إلى»."""
        r = self.reading
        form = r.norm(i)
        if (form not in self._spoken and form not in self.rules.imposing) or form in self.rules.verbs.pasts or not form.startswith(("ي", "ت")) or r.surface(i) != form:
            return None
        begin, _ = r.bounds(i)
        k = i - 1
        nisbas: list[Unit] = []
        while k >= begin and (r.pos(k) in {"ADJ", "PUNCT", "CCONJ"} or (k in r.unit_at and r.unit_at[k].adjective)):
            if (unit := r.unit_at.get(k)) and unit.first == k:
                nisbas.insert(0, unit)
            k -= 1
        if k < begin or k in r.unit_at or r.norm(k) not in _DRAFTS:
            return None
        if nisbas:
            return Filler(tuple(nisbas), THROUGH, stands=True, through=True)
        while r.norm(k - 1) in _DRAFTS:
            k -= 1
        found = [f for f in self.noun(k).slots.get("host", []) if not self._disagrees(f.units, k)]
        host = self._host_of(k)
        past = host is not None and r.norm(host) in _DRAFTING and (r.norm(host) in self.rules.verbs.pasts or r.norm(host).endswith("ت"))
        return Filler(found[0].units, INHERITED * found[0].sure) if found and past else None

    def _other_number(self, units: tuple[Unit, ...], i: int) -> bool:
        """The relative pronoun behind the units is a plural or dual, the verb is not."""
        r = self.reading
        relative = next((r.norm(k) for k in range(i - 1, max(0, i - 4), -1) if r.norm(k) in RELATIVES), "")
        return relative in _PLURALS and not r.norm(i).endswith(("ون", "وا", "ان", "ين", "ا"))

    def _object_only(self, frame: Frame, i: int, bare: list[Argument]) -> Frame | None:
        """A coordinated verb with one bare unit behind it may have dropped its subject: وتوعدت اليابان بضربة."""
        r = self.reading
        begin, _ = r.bounds(i)
        if not bare or not bare[0].units or r.pos(i) != "VERB" or i < begin + 3:
            return None
        if any(a.units or (r.norm(a.head or 0).startswith("ال") and not self._second(i, a)) for a in bare[1:]):
            return None  # وهددت بغداد الإقليم
        stated = r.norm(i + 1) in {"في", "خلال", "اثناء"} and r.pos(i + 2) == "PRON"  # أصدرت كندا بيانا تدعو فيه السعودية
        joined = r.norm(i - 1 - (r.norm(i - 1) == "س")) in {"و", "ان", "قد", "حيث", "ثم"} or self._led(i)
        if not joined and not stated:
            return None
        other = Frame(i, host=frame.host, stop=frame.stop)
        self._inherit(other, i, relative=stated)
        if not other.slots.get("subj") or other.slots["subj"][0].units[0].key == bare[0].units[0].key:
            return None
        other.slots.update({slot: fillers for slot, fillers in frame.slots.items() if slot not in {"subj", "obj"}})
        other.add("obj", bare[0].units, INHERITED)
        return other

    def _headed(self, frame: Frame, bare: list[Argument], i: int) -> None:
        """The first bare argument is a noun that is no entity: the subject, unless the tree makes it the object."""
        heads = self.tree.get(i, {})
        first = bare[0]
        if len(bare) > 1 and bare[1].units and not first.of and not first.adjectives and self.reading.norm(first.head or 0) in ATTENDED:
            self._bare(frame, "subj", bare, 1)  # حضر اللقاء وزير الخارجية فلان
            return
        if len(bare) > 1 and bare[1].units and not first.of and self.reading.norm(first.head or 0).startswith("ال"):
            # "the Congress asked the United Nations": the subject is no entity, and nobody else is; but for whose it is
            if first.adjectives or self._voice(first.head):
                self._bare(frame, "subj", bare, 0)
            self._bare(frame, "obj", bare, 1)
            frame.blocked_subject = True
            return
        if first.head in heads.get("obj", []) and first.head not in heads.get("subj", []):
            self._bare(frame, "obj", bare, 0)
            self._inherit(frame, i)
        elif first.head in heads.get("subj", []) or first.of or first.adjectives:
            self._bare(frame, "subj", bare, 0)
            self._bare(frame, "obj", bare, 1)
            frame.blocked_subject = True
        else:
            self._bare(frame, "obj", bare, 0)
            self._inherit(frame, i)

    def _opened(self, i: int, units: tuple[Unit, ...], bare: list[Argument]) -> bool:
        """The units before the verb belong to a clause of time or a phrase that a comma closes: «قبل أن يلتقي فلانا، زار فلان»."""
        r = self.reading
        begin, _ = r.bounds(i)
        head = begin + (r.pos(begin) == "CCONJ")
        timed = r.norm(head) in LEADING | WHEN and any(r.pos(k) == "VERB" for k in range(head, units[0].first))
        timed = timed or (r.pos(head) == "ADP" and head not in r.unit_at)  # في إطار النزاع بين فلانة وفلانة، أعلن فلان
        own = bool(bare) and bool(bare[0].units) and bare[0].units[0].type in _ACTORS and not self._disagrees(bare[0].units, i)
        return timed and own and r.doc[i - 1].text in COMMAS and units[-1].last == i - 1

    def _resumes(self, i: int) -> tuple[tuple[Unit, ...], bool] | None:
        """The person at the head of the sentence whose relative clause has ended, without a comma, before the verb: "President X
        who visits Y received Z"."""
        r = self.reading
        begin, _ = r.bounds(i)
        first = begin + (r.pos(begin) == "CCONJ")
        unit = r.unit_at.get(first)
        if not unit or unit.type is not EntityType.PERSON or unit.adjective or unit.first > first or r.norm(unit.last) not in RELATIVES or i > begin + HOST_REACH:
            return None
        verbs = [k for k in range(unit.last + 1, i) if r.pos(k) == "VERB" and k not in r.unit_at]
        joined = r.pos(i - 1) in {"CCONJ", "SCONJ", "PART", "AUX", "PRON"} or r.norm(i - 1) in RELATIVES | {"ما"} or self._led(i)
        if not verbs or verbs[0] != unit.last + 1 or joined or self._disagrees((unit,), i):
            return None
        k = i - 1
        while r.pos(k) == "ADJ" and k not in r.unit_at:
            k -= 1
        behind = k in r.unit_at or r.norm(k).startswith("ال") or r.is_adverb(k)
        others = any(r.norm(m) in RELATIVES | {"ان", "بان"} or r.doc[m].text in COMMAS for m in range(unit.last + 1, i))
        return ((unit,), False) if behind and not others else None
