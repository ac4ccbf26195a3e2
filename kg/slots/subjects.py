"""Whose a verb is that has no subject of its own: that of the verb before, of the main clause, of the speech that goes on."""

from __future__ import annotations

from functools import cached_property

from kg.arabic import bare
from kg.language.particles import ANY, COLLECTIVES, COMMAS, NOUN_PREPOSITIONS, RELATIVES
from kg.language.speech import quoted, verbs_of_speech
from kg.language.wordclasses import shipped
from kg.model import EntityType, Span
from kg.slots.slots import BY_TREE, INHERITED, RESOLVED, THROUGH, Filler, Frame, Slots
from kg.syntax.clauses import Argument, Unit

_WORDS = shipped("slots")
# "It came about that": verbs whose doer is not told.
_AGENTLESS = _WORDS["agentless"]
WHEN = _WORDS["when"]
# Tokens from "that" to its verb, and words behind it that open a phrase of time or a condition.
_CLAUSE = 14
_SUBORDINATE = NOUN_PREPOSITIONS | WHEN | ANY
# What is held, and tokens from a relative pronoun to a verb that goes on with its clause.
GROUND = frozenset({EntityType.PLACE, EntityType.COUNTRY})
_JOINED = 20
_STATES = _WORDS["states"]
# Tokens from "the states that" to the list of them, and who acts.
_LISTED = 24
_ACTING = frozenset({EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
# Nouns whose genitive is a victim and acts no more.
_VIOLENCE = _WORDS["violence"]
# Tokens before the verb at the head of a sentence, the words that may stand there, and how many sentences back its speaker is looked for.
_HEAD, _BACK = 4, 3
_HEADS = _WORDS["heads"]
_IMPERSONAL = _WORDS["impersonal"]


class Subjects(Slots):
    """Finds the subjects that are dropped."""

    def _inherit(self, frame: Frame, i: int, relative: bool = False) -> None:
        """A dropped subject: that of the verb before in the sentence which governs this one or is coordinated with it. In a
        relative clause the noun before the verb is not its subject (لقاء عقده مع)."""
        begin, _ = self.reading.bounds(i)
        if self.reading.norm(i) in _AGENTLESS:
            return
        if not relative and self.reading.pos(i) == "VERB" and self._noun_before(i, begin):
            return
        if not relative and (self._of_noun(i) or self._other_doer(i)):
            return
        if self.reading.pos(i) != "VERB" and self.reading.doc[i - 1].text in COMMAS and (said := self._says(i, begin)):
            frame.slots["subj"].append(said)
            return
        if there := self._taken_there(i, begin):
            frame.slots["subj"].append(there)
            return
        for k in range(i - 1, max(begin, i - 40) - 1, -1):
            if self.reading.pos(k) == "VERB" and not self._in_relative(k, i):
                if not relative and self._other_doer(k):
                    return
                if asked := self._asked(k, i):
                    frame.slots["subj"] += asked
                    return
                for filler in self.verb(k).slots.get("subj", []):
                    if filler.units[0].type is EntityType.PLACE and not filler.stands and self.reading.pos(i) == "VERB" and not self.feminine(i):
                        continue  # لاهاي تقف مع باريس، وحمل: a city is feminine
                    if self._one(filler) and self.reading.pos(i) == "VERB" and self.reading.norm(i).endswith(("ون", "وا")):
                        continue  # الأراضي التي كانوا يسيطرون عليها: who holds them is more than one
                    if filler.stands or (not filler.through and not self._disagrees(filler.units, i)):
                        sure = INHERITED * filler.sure
                        frame.slots["subj"].append(Filler(filler.units, sure, filler.through, filler.head, filler.stands))
                        return
        if self.reading.pos(i) != "VERB" and (named := self._headline(i, begin)):
            frame.add("subj", named, BY_TREE)
            return
        if self.reading.pos(i) != "VERB" and i <= begin + 1:
            self._following(frame, i)
            return
        if later := self._main_clause(i, begin):
            frame.slots["subj"].append(later)
            return
        if carried := self._carried_over(i, begin):
            frame.slots["subj"].append(carried)
            return
        self._nearest_person(frame, i, begin)

    @staticmethod
    def _one(filler: Filler) -> bool:
        """The filler is one person, state or body, of which no verb in the plural is told."""
        unit = filler.units[0]
        return len(filler.units) == 1 and not unit.organ and not unit.also and unit.type is not EntityType.ARMED_GROUP

    def _taken_there(self, i: int, begin: int) -> Filler | None:
        """Who went to the place before "where", in a relative clause: «الذي يقوم بجولة قادته إلى روما، حيث أجرى»."""
        r = self.reading
        k = i - 1
        while r.norm(k) in {"كان", "كانت", "قد", "س"}:
            k -= 1
        if r.norm(k) != "حيث":
            return None
        k -= 1 + (r.doc[k - 1].text in COMMAS)
        place = r.unit_at.get(k)
        verb = next((m for m in range(place.first - 1, begin - 1, -1) if r.pos(m) == "VERB" and m not in r.unit_at), None) if place else None
        if place is None or place.type not in {EntityType.PLACE, EntityType.COUNTRY} or verb is None or not self._in_relative(verb, i):
            return None
        taken = r.owned(verb)
        goes = r.antecedents(verb + 1, near=True) if taken else [u for f in self.verb(verb).slots.get("subj", []) for u in f.units]
        person = next((u for u in goes if u.type is EntityType.PERSON and not self._disagrees((u,), i)), None)
        return Filler((person,), INHERITED) if person else None

    def _headline(self, i: int, begin: int) -> tuple[Unit, ...]:
        """Who a headline without a verb begins with, before a participle: «فلان متهما فلانة»."""
        unit = self.reading.unit_at.get(begin)
        accusative = self.reading.norm(i).endswith("ا") and unit is not None and not unit.adjective and unit.last == i
        return (unit,) if unit and accusative else ()

    def _joined_relative(self, i: int, arguments: list[Argument]) -> tuple[tuple[Unit, ...], bool] | None:
        """The place that a relative clause before is about, which goes on with this verb and takes it up behind a preposition:
        «حلايب الذي يتنازع عليه البلدان وتسيطر عليه مصر»."""
        r = self.reading
        if r.pos(i) != "VERB" or r.norm(i - 1) != "و" or not any(a.prep and a.pronoun is not None for a in arguments):
            return None
        begin, _ = r.bounds(i)
        for k in range(i - 2, max(begin, i - _JOINED) - 1, -1):
            if r.norm(k) in {"ان", "بان"}:
                return None
            if r.norm(k) in RELATIVES:
                found = r.relative_antecedent(k, begin)
                return found if found and found[0][-1].type in GROUND else None
        return None

    def _several(self, i: int) -> tuple[Unit, ...]:
        """Who is named of "the states that" before the verb at token `i`: in a list behind, or as those who joined them, are of them:
        «الدول التي طردت دبلوماسيين هي كذا وكذا»، «انضمت كندا إلى الدول التي»."""
        r = self.reading
        begin, end = r.bounds(i)
        m = i - 2
        while m > begin and (r.pos(m) in {"ADJ", "NUM"} or r.norm(m) == "و"):
            m -= 1
        if m in r.unit_at or bare(r.norm(m)) not in COLLECTIVES:
            return ()
        for k in range(i + 1, min(end - 1, i + _LISTED)):
            if r.pos(k) == "VERB" and k not in r.unit_at:
                break
            among = r.norm(k) in {"بين", "من"} and r.pos(k + 1) == "PRON"
            if among or r.norm(k) in {"هي", "هم"} or r.doc[k].text == ":":
                unit = next((r.unit_at[n] for n in range(k + 1 + among, min(k + 4, end)) if n in r.unit_at), None)
                return r.group(unit, end)[0] if unit and not unit.adjective and unit.type in _ACTING else ()
        k = m - 1 - (r.norm(m - 1) == "بين")
        if r.norm(k) in {"من", "ضمن", "احدي"} and (unit := r.unit_at.get(k - 1)) and not unit.adjective and unit.type in _ACTING:
            return r.group_back(unit, begin)
        joins = next((n for n in range(k - 1, max(begin, k - _JOINED) - 1, -1) if r.pos(n) == "VERB"), None) if r.norm(k) == "الي" else None
        if joins is None or r.norm(joins) not in _WORDS["joining"]:
            return ()
        return next((f.units for f in self.verb(joins).slots.get("subj", []) if not f.through or f.stands), ())

    def _among_them(self, subject: Argument, i: int) -> tuple[Unit, ...]:
        """Who is named behind the clause of the states that are its subject: «أعلنت دول عدة طرد دبلوماسيين، بينها كندا»."""
        r = self.reading
        head = subject.head
        if head is None or subject.units or subject.of or subject.adjectives or bare(r.norm(head)) not in _STATES:
            return ()
        _, end = r.bounds(i)
        for k in range(head + 1, min(end - 2, i + _LISTED)):
            if (r.pos(k) == "VERB" and k not in r.unit_at) or r.norm(k) in RELATIVES:
                return ()
            if r.doc[k].text in COMMAS:
                first = k + 1 + (r.norm(k + 1) == "من" and r.norm(k + 2) == "بين")
                unit = r.unit_at.get(first + 2) if r.norm(first) in {"بين", "من"} and r.norm(first + 1) == "ها" else None
                if unit and unit.type is EntityType.COUNTRY and not unit.adjective:
                    return r.group(unit, end)[0]
        return ()

    def _other_doer(self, i: int) -> bool:
        """A noun behind "that" which is nobody by name is the subject of the verb: «أن ثماني بلدات في المحافظة وافقت»; and what
        "we" do is done by nobody that a verb before names."""
        r = self.reading
        if r.pos(i) != "VERB":
            return False
        if r.norm(i).startswith("ن") and "نحن" in {r.norm(i - 1), r.norm(i - 2)}:
            return True
        begin, _ = r.bounds(i)
        that = next((k for k in range(i - 1, max(begin, i - _CLAUSE) - 1, -1) if r.pos(k) == "VERB" or r.norm(k) in {"ان", "بان"}), None)
        if that is None or r.pos(that) == "VERB":
            return False
        k = that + 1 + (r.pos(that + 1) == "NUM")
        named = k in r.unit_at or (k + 1 in r.unit_at and not r.unit_at[k + 1].adjective)
        if named or r.pos(k + 1) == "PRON" or r.pos(k) != "NOUN" or r.is_adverb(k) or r.norm(k) in _SUBORDINATE or k >= i - 1:
            return False
        between = range(k + 1, i)
        return not any(r.norm(m) in RELATIVES or r.doc[m].text in COMMAS or r.pos(m) == "SCONJ" for m in between) and self._agrees(k, i)

    def _agrees(self, noun: int, verb: int) -> bool:
        """A feminine noun or one in the plural of things goes with a feminine verb, any other with a masculine."""
        word = self.reading.norm(noun)
        return self.feminine(verb) == word.endswith(("ه", "ات"))

    def _sayer(self, units: tuple[Unit, ...]) -> Filler | None:
        """Who says that he and the units did something: «قال فلان إنه وفلانا اتفقا»."""
        r = self.reading
        k = units[0].first - (2 if r.norm(units[0].first - 1) == "و" else 1)
        if not units[0].prefix.startswith("و") or r.pos(k) != "PRON" or r.norm(k - 1) not in {"ان", "بان"}:
            return None
        begin, _ = r.bounds(k)
        said = next((m for m in range(k - 2, begin - 1, -1) if r.pos(m) == "VERB" or (r.norm(m) in self.rules.speech and r.pos(m) != "ADP")), None)
        found = [f for f in self.verb(said).slots.get("subj", []) if not f.through or f.stands] if said is not None else []
        return next((f for f in found if self._refers(k, f.units) and f.units[0].key not in {u.key for u in units}), None)

    def _refers(self, k: int, units: tuple[Unit, ...]) -> bool:
        """The pronoun at token `k` may be for the units, by gender and number."""
        word, one = self.reading.norm(k), units[0]
        if word == "ها":
            return len(units) == 1 and bool(one.feminine or (one.type is not EntityType.PERSON and one.feminine is not False))
        if word == "ه":
            return len(units) == 1 and one.feminine is not True
        return word in {"هم", "هما"} and len(units) > 1

    def _main_clause(self, i: int, begin: int) -> Filler | None:
        """Who acts in the main clause, for a verb in the clause of time at the head of the sentence: «بعد أن التقى فلانا، قال فلان»."""
        r = self.reading
        opened = r.norm(i - 1) in WHEN or (r.norm(i - 1) == "ان" and r.norm(i - 2) in {"بعد", "قبل"})
        if r.pos(i) != "VERB" or not opened or i > begin + _HEAD:
            return None
        _, end = r.bounds(i)
        comma = next((k for k in range(i + 1, end - 1) if r.doc[k].text in COMMAS and (r.pos(k + 1) == "VERB" or r.norm(k + 1) in {"ان", "قد"})), None)
        if comma is None or r.pos(comma + 1) != "VERB":
            return None
        found = [f for f in self.verb(comma + 1).slots.get("subj", []) if not f.through and f.units[0].first > comma][:1]
        return Filler(found[0].units, INHERITED * found[0].sure) if found and not self._disagrees(found[0].units, i) else None

    def _carried_over(self, i: int, begin: int) -> Filler | None:
        """The speaker of the sentences before, for a verb of words without a subject at the head of a sentence: «وقال فلان … .
        وحذر تركيا من»; for one of contact the person of the sentence right before: «وكان قد بحث مع»."""
        r = self.reading
        contact = r.norm(i) in _WORDS["goes_on"]
        if r.pos(i) != "VERB" or not 0 < begin <= i <= begin + _HEAD or (r.norm(i) not in self._spoken and not contact) or r.norm(i) in _IMPERSONAL:
            return None
        if any(r.norm(k) not in _HEADS and r.pos(k) in {"VERB", "SCONJ", "NOUN", "PRON", "X", "PROPN"} for k in range(begin, i)) or self._quoted(begin):
            return None
        last = begin
        for _ in range(1 if contact else _BACK):
            first = r.bounds(last - 1)[0]
            if found := self.spoke(first, last):
                if contact and any(u.type is not EntityType.PERSON for u in found.units):
                    return None
                fits = not self._disagrees(found.units, i) and not r.norm(i).endswith(("وا", "ون", "ان"))
                return Filler(found.units, INHERITED * found.sure, found.through, found.head, found.stands) if fits else None
            last = first
            if not last:
                break
        return None

    def spoke(self, first: int, last: int) -> Filler | None:
        """Who speaks in a sentence: the subject of its first verb of words, or of that behind "while"; not whose words another
        speaker reports. Where nobody speaks, the one person that acts."""
        r = self.reading
        found: Filler | None = None
        acts: list[Filler] = []
        contrast = True
        for k in range(first, last):
            contrast = contrast or r.norm(k) in {"بينما", "فيما"} or (r.norm(k - 1) == "في" and r.norm(k) in {"ما", "حين"})
            if r.pos(k) != "VERB" or k in r.unit_at or not contrast or self._in_relative(k, last - 1) or r.norm(k - 1) in RELATIVES:
                continue
            subjects = [f for f in self.verb(k).slots.get("subj", []) if not f.through or f.stands][:1]
            if r.norm(k) in self._spoken and subjects and r.norm(k) not in _IMPERSONAL:
                found, contrast = subjects[0], False
            elif r.norm(k) in self._spoken:
                contrast = False
            else:
                acts += [f for f in subjects if len(f.units) == 1 and f.units[0].type is EntityType.PERSON]
        return found or (acts[0] if acts and len({f.units[0].key for f in acts}) == 1 else None)

    @cached_property
    def _spoken(self) -> frozenset[str]:
        """Forms of the verbs of speech and of those by which the rules read words and support."""
        return verbs_of_speech(self.rules.worded, self.rules.speech)

    def _quoted(self, k: int) -> bool:
        """The token stands inside a quotation."""
        at = self.reading.start(k)
        return any(span.start <= at < span.end for span in self._quotations)

    @cached_property
    def _quotations(self) -> list[Span]:
        return quoted(self.reading.article.text)

    def _of_noun(self, i: int) -> bool:
        """The verb or participle belongs to the noun before it, which is nobody by name: الغارة التي استهدفت, مناطق خاضعة."""
        r = self.reading
        if r.norm(i - 1) in RELATIVES and r.pos(i) == "VERB":
            return r.pos(i + 1) != "PRON" and not any(a.pronoun is not None for a in r.right(i)[0])
        k = i - 1
        while r.norm(k) in {"و", "غير"} or (r.pos(k) == "ADJ" and k not in r.unit_at):
            k -= 1  # سلوك غير مسؤول ومزعزع
        indefinite = r.pos(k) == "NOUN" and k not in r.unit_at and not r.norm(k).startswith("ال") and not r.is_adverb(k)
        return indefinite and r.pos(i) == "ADJ" and not r.norm(i).endswith("ا")

    def _asked(self, k: int, i: int) -> list[Filler]:
        """ "Asked X to help", "accused X that he helped": the subject of the verb behind "that" is who is asked or accused, by the
        verb at token `k`."""
        r, says = self.reading, self.rules.cues["governor"].get(self.reading.norm(k))
        that = r.norm(i - 1) == "ان"
        charged = any(row.another for row in self.rules.controls.get(r.norm(k), ())) and self._pronoun_subject(i)
        if not (says == "requested" and that) and not (says == "reported" and charged):
            return []
        slots = self.verb(k).slots
        found = next((slots[slot] for slot in ("من", "obj", "على") if slots.get(slot)), [])
        return [Filler(f.units, INHERITED * f.sure) for f in found[:1] if not f.through and not self._disagrees(f.units, i)]

    def _pronoun_subject(self, i: int) -> bool:
        """The subject is the pronoun of "that" or "but": أنها قصفت، أنه قد زار، لكنها دعت فلانة."""
        r = self.reading
        k = i - 1
        while r.norm(k) in _WORDS["before_a_verb"]:
            k -= 1
        return r.pos(k) == "PRON" and r.norm(k - 1) in {"ان", "بان", "لان", "كان", "لكن"} and r.norm(i) not in _AGENTLESS

    def _says(self, i: int, begin: int) -> Filler | None:
        """Who speaks in the sentence that a participle between commas goes on with: قال فلان إن غيره فعل، متهما."""
        feminine = self.reading.norm(i).endswith("ه")
        for k in range(i - 1, begin - 1, -1):
            if self.reading.pos(k) != "VERB" or self.reading.norm(k) not in self.rules.speech or self._in_relative(k, i):
                continue
            for filler in self.verb(k).slots.get("subj", []):
                person = filler.units[0].type is EntityType.PERSON and filler.units[0].feminine is not None
                if (not filler.through or filler.stands) and not (person and filler.units[0].feminine != feminine):
                    return Filler(filler.units, INHERITED * filler.sure, filler.through, filler.head, filler.stands)
        return None

    def _following(self, frame: Frame, i: int, slot: str = "subj") -> None:
        """A participle or a possessive at the head of the sentence has the subject of the main verb behind it: محذرا إيران، قال
        ترامب; خلال زيارته قال ماكرون."""
        _, end = self.reading.bounds(i)
        verb = next((k for k in range(i + 1, end) if self.reading.pos(k) == "VERB"), None)
        if verb is not None:
            for filler in self.verb(verb).slots.get("subj", [])[:1]:
                frame.add(slot, filler.units, INHERITED)

    def _nearest_person(self, frame: Frame, i: int, begin: int) -> None:
        """Where no verb gives a subject that agrees, the nearest person named before, for a masculine verb."""
        if self.feminine(i):
            return
        for k in range(i - 1, begin - 1, -1):
            unit = self.reading.unit_at.get(k)
            if unit and unit.type is EntityType.PERSON and unit.last - 1 == k and not self._slain(unit, i):
                frame.add("subj", (unit,), INHERITED * BY_TREE)
                return

    def _slain(self, unit: Unit, i: int) -> bool:
        """The person right before the verb is only whom a noun of violence is about: "the leader of the raid that killed X asks"."""
        r = self.reading
        return unit.last == i and r.norm(unit.first - 1) in _VIOLENCE

    def _nisba_subject(self, i: int) -> tuple[Unit, ...]:
        """ "Israeli planes bomb": the nisba of an indefinite noun right before the verb."""
        r = self.reading
        unit = r.unit_at.get(i - 1) if i > r.bounds(i)[0] else None
        if not unit or not unit.adjective or r.pos(unit.first - 1) != "NOUN" or r.norm(unit.first).startswith("ال"):
            return ()
        return (unit,)

    def _led_by(self, i: int) -> Filler | None:
        """Whose the noun is that opens the clause of the verb right behind it: "Israeli raids hit X", "that its planes bombed X"."""
        r = self.reading
        begin, _ = r.bounds(i)
        unit, first = r.unit_at.get(i - 1), i - 2
        if first < begin:
            return None
        while first > begin and r.pos(first - 1) in {"NOUN", "ADJ", "NUM"} and first - 1 not in r.unit_at:
            first -= 1
        opened = first <= begin + (r.pos(begin) == "CCONJ") or r.norm(first - 1) in {"ان", "بان"}
        if not opened or r.pos(first) != "NOUN" or first in r.unit_at or r.norm(first).startswith("ال") or r.is_adverb(first):
            return None
        if unit and unit.adjective and not r.norm(unit.first).startswith("ال"):
            return Filler((unit,), THROUGH, True, first)
        if r.pos(i - 1) == "PRON" and first == i - 2 and r.norm(first - 1) in {"ان", "بان"} and r.surface(i - 1) == r.surface(first):
            return next((Filler((u,), RESOLVED, True, first) for u in r.antecedents(i - 1)), None)
        return None
