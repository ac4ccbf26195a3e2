"""Slots of a trigger: which units stand where around a verb or a noun.

`Frames` reads the arguments of a token in the order of words (kg/clauses.py) and compares them with the dependency tree, as
the structural patterns of `kg/data/rules/slots.toml` find it with spaCy's `DependencyMatcher`. Where both agree a filler is
sure; where only one says something it is less so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from spacy.matcher import DependencyMatcher
from spacy.vocab import Vocab

from kg import files
from kg.arabic import bare
from kg.clauses import Argument, Reading, Unit
from kg.model import EntityType, Span
from kg.morphology import conjugate, is_feminine
from kg.particles import COMMAS, ENVOYS, TRANSPARENT
from kg.rules import WORDS, RuleSet, Trigger
from kg.speech import cues, quoted
from kg.tables import Row, read_toml

AGREED, BY_ORDER, BY_TREE, THROUGH, INHERITED, RESOLVED, OWNED, GUESSED = 0.95, 0.85, 0.75, 0.7, 0.8, 0.65, 0.58, 0.54
# Tokens before a noun in which the verb that it hangs on is looked for.
HOST_REACH = 28
# Verbal nouns that carry another noun, as support verbs do.
CARRIERS = {"فرض", "شن", "اجراء", "عقد", "تنفيذ", "توقيع", "توجيه", "اطلاق", "تقديم", "ارسال", "منح", "ابرام"}
# Nouns whose genitive is the agent of what they are about: "the decision of X to withdraw".
_DECISIONS = {"قرار", "اعلان", "عزم", "قيام", "نيه", "اقدام", "محاوله", "تهديد", "تهديدات", "تعهد", "التزام", "تصميم", "حرص", "اصرار"}
# Nouns that "of" follows as a genitive would: "fighters of", "officials of".
_PARTITIVE = {"عناصر", "عدد", "مسلحين", "مقاتلين", "جنود", "مواطنين", "دبلوماسيين", "مسيولين", "مسوولين", "مءات", "ميات", "عشرات", "افراد", "وحدات", "مجموعه", "قيادات", "قياديين", "ممثلين", "موقع", "مواقع"}
# Those who are sent to talks, "of" those who sent them.
_SENT = {"ممثلين", "ممثلون", "مندوبين", "مسيولين", "مسوولين", "مفاوضين", "مبعوثين", "خبراء", "دبلوماسيين", "ضباط", "وفود", "وفدين", "قياديين", "وزراء", "اعضاء"}
# Nouns that a "between" behind them belongs to.
_RELATIONAL = {"توتر", "علاقات", "ازمه", "تقارب", "خلافات", "خلاف", "علاقه"}
# Prepositions of a noun that may stand before it, behind its support verb.
_CARRIED = {"على", "إلى", "مع", "ضد"}
# "It came about that": verbs whose doer is not told.
_AGENTLESS = {"تم", "يتم", "تمت", "تتم"}
_PLURALS = {"الذين", "اللذان", "اللذين", "اللتان", "اللتين"}
# First words of titles of two, in the accusative.
_ACCUSATIVES = {"الرييسين", "رييسي", "الوزيرين", "وزيري", "الزعيمين", "زعيمي", "المسوولين", "المسيولين", "المستشارين", "نظيريه", "نظيريها"}
# Nouns whose genitive is a victim and acts no more.
_VIOLENCE = {"قتل", "مقتل", "اغتيال", "تصفيه", "اعتقال", "اختطاف", "خطف", "تسميم", "اعدام", "محاكمه"}
_RELATIVES = {"الذي", "التي", "الذين", "اللذان", "اللذين", "اللتان", "اللتين"}
# Verbs beside those of support whose pronoun takes up a deed of their subject.
_DOING = conjugate("بذل", "يبذل") | conjugate("قاد", "يقود") | conjugate("طرح", "يطرح") | conjugate("اقترح", "يقترح") | conjugate("أصدر", "يصدر") | conjugate("ارتكب", "يرتكب") | conjugate("أعد", "يعد")
# Nouns for words that somebody wrote or spoke, and how many tokens may stand between them and "in which he".
_WRITTEN = {"خطاب", "خطابا", "كلمه", "بيان", "بيانا", "رساله", "برقيه", "تغريده", "تغريدات", "مقال", "مقالا", "ملاحظه", "تصريح", "تصريحا", "تصريحات", "مداخله", "تسجيل", "تسجيلا", "مذكره", "منشور", "تدوينه"}
_STATED = 20
# Nouns for texts that condemn or call for something, and verbs of who puts them forward.
_DRAFTS = {"قرار", "قرارا", "مشروع", "مسوده", "بيان", "بيانا", "اعلان", "اعلانا", "مقترح", "مقترحا", "توصيه", "نص", "نصا", "عريضه", "مذكره"}
_DRAFTING = frozenset().union(
    *(conjugate(*v.split()) for v in ("قدم يقدم", "طرح يطرح", "أصدر يصدر", "وزع يوزع", "تبنى يتبنى", "أقر يقر", "اعتمد يعتمد", "صاغ يصوغ", "وقع يوقع", "رعى يرعى", "اقترح يقترح", "نشر ينشر", "أعد يعد", "رفع يرفع"))
)
# Verbs whose object is where somebody goes, and words that open a clause of time.
_GOING = conjugate("زار", "يزور") | conjugate("غادر", "يغادر") | conjugate("دخل", "يدخل") | conjugate("بلغ", "يبلغ")
_WHEN = {"بعدما", "عندما", "حين", "حينما", "قبلما", "فيما", "بينما", "لما", "مثلما", "فور", "كلما"}
# Who acts, and what is attended, opened or signed and does not.
_ACTORS = frozenset({EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.ARMED_GROUP})
_ATTENDED = {"الاجتماع", "الجلسه", "القمه", "الموتمر", "اللقاء", "المحادثات", "المباحثات", "المفاوضات", "الوفد", "الحفل", "المراسم", "الاتفاق", "الاتفاقيه", "المذكره", "العقد", "المعاهده", "البيان", "الجانب", "الزياره", "الجوله"}
# Verbs of what is done with a meeting or a pact: chaired, attended, opened, hosted, signed; a summit brings together, and condemns.
_HELD = frozenset().union(
    *(conjugate(*v.split()) for v in ("ترأس يترأس", "رأس يرأس", "حضر يحضر", "افتتح يفتتح", "اختتم يختتم", "استضاف يستضيف", "نظم ينظم", "رعى يرعى", "قاطع يقاطع", "وقع يوقع", "أبرم يبرم", "انتهك ينتهك", "خرق يخرق", "غادر يغادر"))
)
# Words of time before a verbal noun whose pronoun is for the subject behind it, and tokens from a verb to a noun that it carries.
_LEADING = {"بعد", "عقب", "خلال", "لدي", "اثناء", "قبل", "قبيل", "في", "رغم", "منذ", "فور"}
_CARRYING = 6
# Tokens before the verb at the head of a sentence, the words that may stand there, and how many sentences back its speaker is looked for.
_HEAD, _BACK = 4, 3
_HEADS = {"كان", "كانت", "قد", "كما", "ثم", "جهه", "ناحيه", "اخري", "ثانيه", "ايضا"}
_IMPERSONAL = {"يذكر", "يشار", "تجدر", "يجدر", "ذكر", "ينظر"}


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a slot: coordinated units, how sure, and whether they were seen through another noun; `stands` where that
    noun is an envoy or a body that speaks for them (السفير الياباني)."""

    units: tuple[Unit, ...]
    sure: float
    through: bool = False
    head: int | None = None
    stands: bool = False
    # it stands behind a preposition of its own: "the ceasefire signed in Accra"
    loose: bool = False


@dataclass
class Frame:
    """The slots of one trigger."""

    token: int
    slots: dict[str, list[Filler]] = field(default_factory=lambda: defaultdict(list))
    host: int | None = None
    stop: int = 0
    blocked_subject: bool = False
    # a relative clause says whose the noun is: the subject of the verb around it is not
    owned: bool = False
    # its relative clause has a subject that is nobody by name
    nobody: bool = False
    # the verb says "I" or "we": who speaks does it
    first: bool = False
    # the verb tells what a draft or resolution says that is put forward
    drafted: bool = False
    # the other reading of "and threatened Japan": what stands behind the verb is its object, its subject is dropped
    alternative: Frame | None = None

    def add(self, slot: str, units: tuple[Unit, ...], sure: float, through: bool = False, head: int | None = None) -> None:
        if units:
            if any(u.also for u in units):  # "the two countries" are both of them, however they were found
                units = tuple(replace(u, key=key, also=()) for u in units for key in (u.key, *u.also))
            self.slots[slot].append(Filler(units, sure, through, head))


class SlotRow(Row):
    """A structural pattern: `pattern` is spaCy's, its nodes `trigger` and `filler` are what is looked for."""

    id: str
    slot: str
    gloss: str
    pattern: tuple[dict[str, object], ...]


@lru_cache(maxsize=4)
def _matcher(vocab: Vocab) -> tuple[DependencyMatcher, Mapping[int, tuple[str, int, int]]]:
    matcher = DependencyMatcher(vocab)
    where: dict[int, tuple[str, int, int]] = {}
    for row in read_toml(files.RULES / "patterns" / "slots.toml", "slot", SlotRow):
        matcher.add(row.id, [list(row.pattern)])
        names = [node["RIGHT_ID"] for node in row.pattern]
        where[vocab.strings[row.id]] = (row.slot, names.index("trigger"), names.index("filler"))
    return matcher, where


def tree_slots(reading: Reading) -> dict[int, dict[str, list[int]]]:
    """trigger token -> slot -> filler tokens, as the dependency tree has them."""
    matcher, where = _matcher(reading.doc.vocab)
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for match, tokens in matcher(reading.doc):
        slot, trigger, filler = where[match]
        found[tokens[trigger]][slot].append(tokens[filler])
    return found


class Frames:
    """Reads the frames of one article's triggers; `speaker` is asked for subjects that are dropped."""

    def __init__(self, reading: Reading, rules: RuleSet) -> None:
        self.reading = reading
        self.rules = rules
        self.tree = tree_slots(reading)
        self._verbs: dict[int, Frame] = {}
        self._nouns: dict[int, Frame] = {}

    # -- verbs ------------------------------------------------------------------------------------------------------

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
        bare = [a for a in arguments if a.prep == "" and not (a.head is not None and r.norm(a.head).startswith("ايا"))]
        if r.pos(i) == "VERB" and r.norm(i) in self.rules.first:
            frame.first = True
            self._bare(frame, "obj", bare, 0)
            return frame
        before = (self._resumes(i) or r.left(i)) if r.pos(i) == "VERB" else None
        passive = "Voice=Pass" in str(r.doc[i].morph)
        object_pronoun = r.pos(i + 1) == "PRON" and r.doc.user_data["surface"][i + 1] == r.doc.user_data["surface"][i]
        if before and before[1] and self._other_number(before[0], i):
            before = None  # الحوثيين الذين تتهم إيران: the plural is no subject of a singular
        if before and not before[1] and self._opened(i, before[0], bare):
            before = None
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
        elif resumed and before and not self._disagrees(bare[0].units, i):
            # حلايب الذي تسيطر عليه مصر: the relative pronoun is taken up behind a preposition
            frame.slots[resumed.prep] = [Filler(before[0], BY_ORDER)]
            self._bare(frame, "subj", bare, 0)
            self._bare(frame, "obj", bare, 1)
        elif before and before[1] and object_pronoun:
            self._put(frame, "obj", before[0], i)
            self._bare(frame, "subj", bare, 0)
            if not frame.slots.get("subj"):
                # توعدت أنقرة الحركة التي تحملها مسؤولية الانقلاب: who the main clause is about
                self._inherit(frame, i, relative=True)
                frame.slots["subj"] = [f for f in frame.slots["subj"] if f.units[0].key != before[0][0].key]
        elif r.pos(i) == "VERB" and bare and self._pronoun_subject(i):
            self._bare(frame, "obj", bare, 0)
            self._inherit(frame, i, relative=True)
        elif object_pronoun and not before and (self._noun_before(i, r.bounds(i)[0]) or self._nobody(i, arguments)):
            # قوات تدعمها الإمارات: the pronoun is for the noun, which is nobody by name
            self._bare(frame, "subj", bare, 0)
            nisba = r.unit_at.get(i - 1)
            if nisba and nisba.adjective and not bare and r.norm(i - 1) not in _RELATIVES:
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
        elif before and not (bare and bare[0].units and self._disagrees(before[0], i) and not self._disagrees(bare[0].units, i)):
            self._put(frame, "obj" if passive else "subj", before[0], i)
            self._bare(frame, "obj", bare, 0)
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
        elif bare:
            self._headed(frame, bare, i)
            self._object_behind(frame, bare, arguments)
        else:
            if not passive:
                self._inherit(frame, i)
        if not before and r.norm(i - 1) in _RELATIVES:
            for argument in arguments:  # المدن التي يسيطر عليها فلان: the pronoun is for a noun that is no entity
                if argument.prep and argument.pronoun is not None and argument.head is None:
                    frame.slots[argument.prep] = []
        if not before and not frame.slots.get("subj") and (units := self._nisba_subject(i)):
            frame.add("subj", units, THROUGH, through=True)
        if frame.slots.get("بواسطة") and not frame.slots.get("obj"):
            # "was received by X": what looks like the subject is what the verb was done to
            frame.slots["obj"] = frame.slots.pop("subj", [])
        self._from_tree(frame, i)
        if not frame.slots.get("obj") and not object_pronoun and not (before and before[1]):
            self._glued_object(frame, i)
        frame.alternative = self._object_only(frame, i, bare)
        return frame

    def _glued_object(self, frame: Frame, i: int) -> None:
        """The pronoun of a verb that the analysis left unsplit (ودعاها): for the nearest before that agrees and does not act."""
        r = self.reading
        written = r.surface(i)
        if r.pos(i) != "VERB" or written == r.norm(i) or r.norm(i - 1) in _RELATIVES | {"ما"}:
            return
        ending = next((e for e in ("ها", "ه") if written.endswith(e) and written.removesuffix(e) == r.norm(i)), "")
        if not ending:
            return
        begin, _ = r.bounds(i)
        taken = {u.key for f in frame.slots.get("subj", []) for u in f.units}
        for unit in [u for u in r.units if begin <= u.first < i and not u.adjective and u.key not in taken][::-1]:
            masculine = unit.type in {EntityType.COUNTRY, EntityType.PLACE} and unit.feminine is not False
            if unit.feminine is (ending != "ها") or (ending == "ه" and masculine) or (ending == "ها" and unit.type is EntityType.PERSON and not unit.feminine):
                continue
            frame.add("obj", (unit,), RESOLVED)
            return

    def _author(self, i: int, bare: list[Argument]) -> Filler | None:
        """Whose words the verb stands in that is followed by "in it": «في خطاب للرئيس دعا فيه», «رسالة طالبه فيها». Where the
        noun has nobody behind it, it is who sent or gave them, if no name behind the verb may be the subject."""
        r = self.reading
        behind = next((k for k in (i + 1, i + 2) if r.norm(k) == "في" and r.pos(k + 1) == "PRON"), None)
        if behind is None or (bare and bare[0].units and len(bare) > 1 and bare[1].units):
            return None
        begin, _ = r.bounds(i)
        k = next((k for k in range(i - 1, max(begin, i - _STATED) - 1, -1) if r.norm(k) in _WRITTEN and k not in r.unit_at), None)
        if k is None or any(r.norm(m) in _RELATIVES for m in range(k, i - 1)):
            return None
        slots = self.noun(k).slots
        own = slots.get("gen") or (slots.get("ل") if r.norm(k) not in {"رساله", "برقيه"} else slots.get("من"))
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
        if form not in self._spoken or form in self.rules.verbs.pasts or not form.startswith(("ي", "ت")) or r.surface(i) != form:
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

    def _same_object(self, frame: Frame, i: int) -> list[Filler]:
        """What the verb before was done to, which a pronoun takes up on one that is joined to it: «اتهم المغرب الجزائر … وطالبها»."""
        r = self.reading
        begin, _ = r.bounds(i)
        subjects = {u.key for f in frame.slots.get("subj", []) for u in f.units}
        for k in range(i - 1, begin - 1, -1):
            if r.pos(k) != "VERB" or self._in_relative(k, i):
                continue
            slots = self.verb(k).slots
            if not subjects & {u.key for f in slots.get("subj", []) for u in f.units}:
                return []
            found = [f for f in slots.get("obj", []) if self._refers(i + 1, f.units) and (not f.through or f.stands) and not subjects & {u.key for u in f.units}]
            return [Filler(f.units, RESOLVED) for f in found[:1]]
        return []

    def _nobody(self, i: int, arguments: list[Argument]) -> bool:
        """The verb's pronoun is for a noun that is no entity, or for "who": ادعاءات عديدة والتي يرفضها. Where another pronoun
        takes up the noun (الذي تتهمها به) it is not."""
        if self.reading.norm(i - 1) not in _RELATIVES | {"من"}:
            return False
        return not any(a.prep and a.pronoun is not None and a.head is None for a in arguments)

    def _other_number(self, units: tuple[Unit, ...], i: int) -> bool:
        """The relative pronoun behind the units is a plural or dual, the verb is not."""
        r = self.reading
        relative = next((r.norm(k) for k in range(i - 1, max(0, i - 4), -1) if r.norm(k) in _RELATIVES), "")
        return relative in _PLURALS and not r.norm(i).endswith(("ون", "وا", "ان", "ين", "ا"))

    def _resumed(self, arguments: list[Argument], units: tuple[Unit, ...]) -> Argument | None:
        """The preposition whose pronoun takes up what a relative clause is about."""
        pronoun = {True: "ها", False: "ه"}
        for argument in arguments:
            bare = argument.pronoun is not None and argument.head is None and not argument.prep.startswith("*")
            if not argument.prep or not bare:
                continue
            if units[0].feminine is None or self.reading.norm(argument.pronoun or 0) == pronoun[units[0].feminine]:
                return argument
        return None

    def _object_word(self, i: int) -> int | None:
        """The pronoun written onto the word إيا right behind token `i`."""
        r = self.reading
        if r.norm(i + 1) in {"اياه", "اياها"}:
            return i + 1  # not split
        return i + 2 if r.norm(i + 1) == "ايا" and r.pos(i + 2) == "PRON" else None

    def _nisba_subject(self, i: int) -> tuple[Unit, ...]:
        """ "Israeli planes bomb": the nisba of an indefinite noun right before the verb."""
        r = self.reading
        unit = r.unit_at.get(i - 1)
        if not unit or not unit.adjective or r.pos(unit.first - 1) != "NOUN" or r.norm(unit.first).startswith("ال"):
            return ()
        return (unit,)

    def _pronoun_subject(self, i: int) -> bool:
        """The subject is the pronoun of "that": أنها قصفت، أنه قد زار."""
        r = self.reading
        k = i - 1
        while r.norm(k) in {"قد", "كان", "كانت", "لم", "لن", "لا", "سوف"}:
            k -= 1
        return r.pos(k) == "PRON" and r.norm(k - 1) in {"ان", "بان", "لان", "كان"}

    def _object_only(self, frame: Frame, i: int, bare: list[Argument]) -> Frame | None:
        """A coordinated verb with one bare unit behind it may have dropped its subject: وتوعدت اليابان بضربة."""
        r = self.reading
        begin, _ = r.bounds(i)
        if not bare or not bare[0].units or r.pos(i) != "VERB" or i < begin + 3:
            return None
        if any(a.units or r.norm(a.head or 0).startswith("ال") for a in bare[1:]):
            return None  # وهددت بغداد الإقليم
        stated = r.norm(i + 1) in {"في", "خلال", "اثناء"} and r.pos(i + 2) == "PRON"  # أصدرت كندا بيانا تدعو فيه السعودية
        joined = r.norm(i - 1) in {"و", "ان", "قد", "حيث", "ثم"} or self._led(i)
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
        if len(bare) > 1 and bare[1].units and not first.of and not first.adjectives and self.reading.norm(first.head or 0) in _ATTENDED:
            self._bare(frame, "subj", bare, 1)  # حضر اللقاء وزير الخارجية فلان
            return
        if len(bare) > 1 and bare[1].units and not first.of and self.reading.norm(first.head or 0).startswith("ال"):
            # "the Congress asked the United Nations": the subject is no entity, and nobody else is; but for whose it is
            if first.adjectives:
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

    def _acted_on(self, bare: list[Argument], i: int) -> bool:
        """What stands first is a meeting, a pact, a town gone to, and does nothing; who does it stands behind."""
        if len(bare) < 2 or not bare[1].units or bare[1].units[0].type not in _ACTORS:
            return False
        town = bare[0].units[0].type is EntityType.PLACE and self.reading.norm(i) in _GOING
        return town or (self.reading.norm(i) in _HELD and bare[0].units[0].type in {EntityType.EVENT, EntityType.AGREEMENT})

    def _opened(self, i: int, units: tuple[Unit, ...], bare: list[Argument]) -> bool:
        """The units before the verb belong to a clause of time that a comma closes: «قبل أن يلتقي فلانا، زار فلان»."""
        r = self.reading
        begin, _ = r.bounds(i)
        head = begin + (r.pos(begin) == "CCONJ")
        timed = r.norm(head) in _LEADING | _WHEN and any(r.pos(k) == "VERB" for k in range(head, units[0].first))
        own = bool(bare) and bool(bare[0].units) and bare[0].units[0].type in _ACTORS and not self._disagrees(bare[0].units, i)
        return timed and own and r.doc[i - 1].text in COMMAS and units[-1].last == i - 1

    def _resumes(self, i: int) -> tuple[tuple[Unit, ...], bool] | None:
        """The person at the head of the sentence whose relative clause has ended, without a comma, before the verb: "President X
        who visits Y received Z"."""
        r = self.reading
        begin, _ = r.bounds(i)
        first = begin + (r.pos(begin) == "CCONJ")
        unit = r.unit_at.get(first)
        if not unit or unit.type is not EntityType.PERSON or unit.adjective or unit.first > first or r.norm(unit.last) not in _RELATIVES or i > begin + HOST_REACH:
            return None
        verbs = [k for k in range(unit.last + 1, i) if r.pos(k) == "VERB" and k not in r.unit_at]
        joined = r.pos(i - 1) in {"CCONJ", "SCONJ", "PART", "AUX", "PRON"} or r.norm(i - 1) in _RELATIVES | {"ما"} or self._led(i)
        if not verbs or verbs[0] != unit.last + 1 or joined or self._disagrees((unit,), i):
            return None
        k = i - 1
        while r.pos(k) == "ADJ" and k not in r.unit_at:
            k -= 1
        behind = k in r.unit_at or r.norm(k).startswith("ال") or r.is_adverb(k)
        others = any(r.norm(m) in _RELATIVES | {"ان", "بان"} or r.doc[m].text in COMMAS for m in range(unit.last + 1, i))
        return ((unit,), False) if behind and not others else None

    def _object_behind(self, frame: Frame, bare: list[Argument], arguments: list[Argument]) -> None:
        """ "Stormed a base in the west of X": what an object that is no entity lies in or belongs to."""
        if frame.slots.get("obj") or not bare or bare[0].head is None:
            return
        following = next((a for a in arguments if a.at > bare[0].at), None)
        if not following or following.prep not in {"في", "ل", "من"} or not self._close(bare[0].head, following.at):
            return
        if units := following.units or (following.prep == "من" and (following.of or following.adjectives)):
            frame.add("obj", units, THROUGH, through=True, head=bare[0].head)  # "a number of Afghan targets"

    def _close(self, head: int, at: int) -> bool:
        """Nothing but adjectives of the noun stands between."""
        return all(self.reading.pos(k) in {"ADJ", "NUM", "DET", "PRON", "PUNCT", "X", "PROPN", ""} for k in range(head + 1, at))

    def _put(self, frame: Frame, slot: str, units: tuple[Unit, ...], i: int) -> None:
        frame.add(slot, units, AGREED if self._in_tree(i, slot, units) else BY_ORDER)

    def _bare(self, frame: Frame, slot: str, bare: list[Argument], n: int) -> None:
        if n >= len(bare):
            return
        argument = bare[n]
        if argument.units:
            self._put(frame, slot, argument.units, frame.token)
        elif owner := self._owner(argument):
            frame.add(slot, (owner,), OWNED, through=True, head=argument.head)
        elif argument.of or argument.adjectives:
            units, stands = argument.of or argument.adjectives, self._envoy(argument.head)
            frame.slots[slot].append(Filler(units, THROUGH, True, argument.head, stands))
        elif slot == "obj" and (units := self.whose(argument.head)):
            frame.add(slot, units, THROUGH, through=True, head=argument.head)

    def whose(self, head: int | None) -> tuple[Unit, ...]:
        """Who a relative clause says the noun is of: "the decision that Trump took", "the deadline that London set"."""
        r = self.reading
        if head is None:
            return ()
        if not r.norm(head).startswith("ال"):
            return self._doer(head)
        k = head + 1
        while r.pos(k) in {"ADJ", "PUNCT"} and k < head + 4:
            k += 1
        if r.norm(k) not in _RELATIVES:
            return ()
        k += 1 + (r.norm(k + 1) in {"كان", "كانت", "قد"})
        if r.pos(k) != "VERB" or k == head or (r.norm(k + 1) in {"خلال", "في"} and r.pos(k + 2) == "PRON"):
            return ()  # the raid in which he was killed is not his
        found = [f for f in self.verb(k).slots.get("subj", []) if (not f.through or f.stands) and f.units[0].first > k]
        return found[0].units if found else ()

    def _doer(self, head: int) -> tuple[Unit, ...]:
        """Who does what an indefinite noun says, by the verb behind it whose pronoun takes it up: أي خطوات تتخذها الصين."""
        r = self.reading
        k = head + 1
        while (r.pos(k) in {"ADJ", "NOUN"} and k not in r.unit_at and k < head + 3) or r.norm(k) in {"كان", "كانت", "قد"}:
            k += 1
        if r.pos(k) != "VERB" or not (r.norm(k) in self.rules.support or r.norm(k) in _DOING) or r.surface(k) == r.norm(k):
            return ()
        found = [f for f in self.verb(k).slots.get("subj", []) if (not f.through or f.stands) and f.units[0].first > k]
        return found[0].units if found else ()

    def _envoy(self, head: int | None) -> bool:
        """The noun is an envoy or a body of state, and no former one."""
        r = self.reading
        if head is None or bare(r.norm(head)) not in ENVOYS:
            return False
        return not any(bare(r.norm(k)) in {"سابق", "سابقه", "اسبق"} for k in range(head + 1, head + 5))

    def _owner(self, argument: Argument) -> Unit | None:
        """Whose the noun is that a possessive pronoun follows: قواتها."""
        if argument.head is None or argument.pronoun is None or argument.of:
            return None
        return self.reading.antecedent(argument.pronoun)

    def _in_tree(self, i: int, slot: str, units: tuple[Unit, ...]) -> bool:
        return any(u.first <= k < u.last for k in self.tree.get(i, {}).get(slot, []) for u in units)

    def _from_tree(self, frame: Frame, i: int) -> None:
        """Fillers that only the tree has, for slots that the order of words left empty."""
        for slot, tokens in self.tree.get(i, {}).items():
            if frame.slots.get(slot) or (slot == "subj" and frame.blocked_subject):
                continue
            for k in tokens:
                unit = self.reading.unit_at.get(k)
                if unit and not unit.adjective:
                    _, end = self.reading.bounds(k)
                    frame.add(slot, self.reading.group(unit, end)[0], BY_TREE)

    def _disagrees(self, units: tuple[Unit, ...], i: int) -> bool:
        """The verb's gender forbids the unit as its subject: a masculine verb before a feminine name, or the reverse."""
        if units[0].type is EntityType.PLACE and units[0].first > i and self.reading.norm(i) in _GOING and not units[0].organ:
            return True  # a town does not visit, nor leave: بعدما زار القاهرة
        if len(units) > 1:
            return False
        feminine = units[0].feminine
        if feminine is None:
            return False
        return self.feminine(i) != feminine and self.reading.pos(i) == "VERB"

    def feminine(self, i: int) -> bool:
        """The verb is feminine by its form; تبنى and توجه are masculine pasts for all their ت."""
        form = self.reading.norm(i)
        if form.startswith("ت") and form in self.rules.verbs.forms and form not in self.rules.verbs.pasts:
            return True
        if form in self.rules.verbs.pasts and "Aspect=Imp" not in str(self.reading.doc[i].morph):
            return False
        return is_feminine(form)

    def _inherit(self, frame: Frame, i: int, relative: bool = False) -> None:
        """A dropped subject: that of the verb before in the sentence which governs this one or is coordinated with it. In a
        relative clause the noun before the verb is not its subject (لقاء عقده مع)."""
        begin, _ = self.reading.bounds(i)
        if self.reading.norm(i) in _AGENTLESS:
            return
        if not relative and self.reading.pos(i) == "VERB" and self._noun_before(i, begin):
            return
        if not relative and self._of_noun(i):
            return
        if self.reading.pos(i) != "VERB" and self.reading.doc[i - 1].text in COMMAS and (said := self._says(i, begin)):
            frame.slots["subj"].append(said)
            return
        for k in range(i - 1, max(begin, i - 40) - 1, -1):
            if self.reading.pos(k) == "VERB" and not self._in_relative(k, i):
                if asked := self._asked(k, i):
                    frame.slots["subj"] += asked
                    return
                for filler in self.verb(k).slots.get("subj", []):
                    if filler.units[0].type is EntityType.PLACE and not filler.stands and self.reading.pos(i) == "VERB" and not self.feminine(i):
                        continue  # لاهاي تقف مع باريس، وحمل: a city is feminine
                    if filler.stands or (not filler.through and not self._disagrees(filler.units, i)):
                        sure = INHERITED * filler.sure
                        frame.slots["subj"].append(Filler(filler.units, sure, filler.through, filler.head, filler.stands))
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

    def _main_clause(self, i: int, begin: int) -> Filler | None:
        """Who acts in the main clause, for a verb in the clause of time at the head of the sentence: «بعد أن التقى فلانا، قال فلان»."""
        r = self.reading
        opened = r.norm(i - 1) in _WHEN or (r.norm(i - 1) == "ان" and r.norm(i - 2) in {"بعد", "قبل"})
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
        وحذر تركيا من»."""
        r = self.reading
        if r.pos(i) != "VERB" or not 0 < begin <= i <= begin + _HEAD or r.norm(i) not in self._spoken or r.norm(i) in _IMPERSONAL:
            return None
        if any(r.norm(k) not in _HEADS and r.pos(k) in {"VERB", "SCONJ", "NOUN", "PRON", "X", "PROPN"} for k in range(begin, i)) or self._quoted(begin):
            return None
        last = begin
        for _ in range(_BACK):
            first = r.bounds(last - 1)[0]
            if found := self._spoke(first, last):
                fits = not self._disagrees(found.units, i) and not r.norm(i).endswith(("وا", "ون", "ان"))
                return Filler(found.units, INHERITED * found.sure, found.through, found.head, found.stands) if fits else None
            last = first
            if not last:
                break
        return None

    def _spoke(self, first: int, last: int) -> Filler | None:
        """Who speaks in a sentence: the subject of its first verb of words, or of that behind "while"; not whose words another
        speaker reports. Where nobody speaks, the one person that acts."""
        r = self.reading
        found: Filler | None = None
        acts: list[Filler] = []
        contrast = True
        for k in range(first, last):
            contrast = contrast or r.norm(k) in {"بينما", "فيما"} or (r.norm(k - 1) == "في" and r.norm(k) in {"ما", "حين"})
            if r.pos(k) != "VERB" or k in r.unit_at or not contrast or self._in_relative(k, last - 1) or r.norm(k - 1) in _RELATIVES:
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
        relations = WORDS | {"supports"}
        told = {form for form, triggers in self.rules.triggers.items() if any(t.verb and not t.participle and t.rule.relation in relations for t in triggers)}
        return frozenset(told | self.rules.speech.union(*cues().verbs.values()))

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
        if r.norm(i - 1) in _RELATIVES and r.pos(i) == "VERB":
            return r.pos(i + 1) != "PRON" and not any(a.pronoun is not None for a in r.right(i)[0])
        indefinite = r.pos(i - 1) == "NOUN" and i - 1 not in r.unit_at and not r.norm(i - 1).startswith("ال") and not r.is_adverb(i - 1)
        return indefinite and r.pos(i) == "ADJ" and not r.norm(i).endswith("ا")

    def _asked(self, k: int, i: int) -> list[Filler]:
        """ "Asked X to help": the subject of the verb behind "that" is who is asked, by the verb at token `k`."""
        asks = self.rules.cues["governor"].get(self.reading.norm(k)) == "requested"
        if not asks or self.reading.norm(i - 1) != "ان":
            return []
        slots = self.verb(k).slots
        found = next((slots[slot] for slot in ("من", "obj", "على") if slots.get(slot)), [])
        return [Filler(f.units, INHERITED * f.sure) for f in found[:1] if not f.through and not self._disagrees(f.units, i)]

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

    def _noun_before(self, i: int, begin: int) -> bool:
        """A noun that is no entity stands right before the verb: its subject, or what its clause belongs to."""
        r = self.reading
        if self._led(i):
            return False
        k = i - 1
        while k >= begin and (r.pos(k) in {"ADJ", "AUX", "PART"} or (k in r.unit_at and r.unit_at[k].adjective)):
            k -= 1
        return k >= begin and r.pos(k) == "NOUN" and k not in r.unit_at and not r.is_adverb(k)

    def _led(self, i: int) -> bool:
        """An "and" is written onto the verb that the analysis has not split off."""
        return self.reading.doc[i].text.startswith("و") and not self.reading.norm(i).startswith("و")

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

    # -- prepositions -------------------------------------------------------------------------------------------------

    def _prepositional(self, frame: Frame, arguments: list[Argument]) -> None:
        for n, argument in enumerate(arguments):
            if not argument.prep or argument.prep == "adj":
                continue
            if argument.prep == "بين":
                if not self._belongs_elsewhere(arguments[:n], frame.token):
                    self._between(frame, arguments, n)
                continue
            slot = argument.prep
            following = arguments[n + 1] if n + 1 < len(arguments) else None
            if argument.units:
                if argument.units[0].type is EntityType.TOPIC and following and following.prep in {"في", "ب"} and following.units:
                    frame.add(slot, following.units, THROUGH, through=True)
                frame.add(slot, argument.units, AGREED)
            elif argument.pronoun is not None and argument.head is None:
                for unit in self.reading.antecedents(argument.pronoun, near=True):
                    frame.add(slot, (unit,), RESOLVED)
            elif argument.head is not None:
                if argument.of:
                    frame.add(slot, argument.of, THROUGH, through=True, head=argument.head)
                if argument.adjectives:
                    frame.add(slot, argument.adjectives, THROUGH, through=True, head=argument.head)
                if not argument.of and not argument.adjectives and (units := self.whose(argument.head)):
                    frame.add(slot, units, THROUGH, through=True, head=argument.head)
                within = {"في", "ب", "ل"} | ({"من"} if bare(self.reading.norm(argument.head)) in _PARTITIVE else set())
                if following and following.prep in within and following.units:
                    frame.slots[slot].append(Filler(following.units, THROUGH, True, argument.head, loose=following.prep == "في"))

    def _belongs_elsewhere(self, before: list[Argument], token: int) -> bool:
        """A "between" behind another noun that relates two sides belongs to that noun; behind its genitive (an agreement of
        cooperation between) it is of both."""
        r = self.reading
        heads = [r.norm(a.head).removeprefix("ال") for a in before if a.head is not None and not (a.head == token + 1 and r.pos(token) == "NOUN")]
        return any(head in _RELATIONAL or head in self.rules.triggers for head in heads)

    def _between(self, frame: Frame, arguments: list[Argument], n: int) -> None:
        """ "Between X and the six powers (A, B and C)": X and each of the others; else all of one group."""
        argument = arguments[n]
        following = arguments[n + 1] if n + 1 < len(arguments) and arguments[n + 1].prep == "بين" else None
        if argument.pronoun is not None and self.reading.norm(argument.pronoun) == "هما" and (pair := self.reading.pair(argument.pronoun)):
            frame.add("between", pair, RESOLVED)  # the agreement between them
        sent = arguments[n + 1] if n + 1 < len(arguments) and argument.head is not None and not argument.of else None
        if sent and sent.prep in {"عن", "من", "ل"} and len(sent.units) > 1 and bare(self.reading.norm(argument.head or 0)) in _SENT:
            frame.add("between", sent.units, BY_ORDER)  # between envoys of X and Y
        if argument.units and following and (more := following.units or following.of or following.adjectives):
            for unit in argument.units:
                for other in more:
                    frame.add("between", (unit, other), BY_ORDER)
        elif len(argument.units) > 1:
            frame.add("between", argument.units, AGREED)
        elif len(argument.adjectives) > 1:
            frame.add("between", argument.adjectives, BY_ORDER)

    # -- nouns ------------------------------------------------------------------------------------------------------

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
        return all(self.reading.pos(k) in {"ADJ", "DET", "PUNCT", "NOUN"} or (k == i + 1 and self.reading.pos(k) == "PRON") for k in between)

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
            elif candidates := r.antecedents(i + 1):
                for n, candidate in enumerate(candidates):
                    frame.add("gen", (candidate,), GUESSED if n else INHERITED)
            elif i <= r.bounds(i)[0] + 4:
                self._following(frame, i, "gen")
            return
        k = i - 1
        while k > i - 5 and k not in r.unit_at and (r.norm(k) in CARRIERS or r.pos(k) in {"ADP", "PUNCT"}):
            k -= 1
        if k == i - 1 and r.pos(k) == "PRON" and r.norm(k - 1) in CARRIERS:  # فسخ فلانة العقد وإبرامها شراكة مع
            for owner in r.antecedents(k, near=True)[:1]:
                frame.add("agent", (owner,), RESOLVED)
                if not frame.slots.get("gen"):
                    frame.add("gen", (owner,), RESOLVED)
            return
        unit = r.unit_at.get(k)
        if unit and not unit.adjective and unit.last == k + 1:
            before = r.norm(unit.first - 1)
            owed = before == "علي" and r.norm(unit.first - 2) in {"ان", "بان", "يجب", "ينبغي"}
            if before in CARRIERS or before in _DECISIONS or owed:
                frame.add("agent", (unit,), BY_ORDER)
                if not frame.slots.get("gen"):
                    frame.add("gen", (unit,), BY_ORDER)

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
        r = self.reading
        begin, end = r.bounds(i)
        head = next((k for k in (i - 1, i - 2) if k >= begin and r.norm(k) in _LEADING), None)
        if head is None or head > begin + 1 or any(r.pos(k) == "VERB" for k in range(begin, i)):
            return ()
        commas = (k for k in range(i + 2, end - 1) if r.doc[k].text in COMMAS)
        # the comma that closes the phrase; one before "who", a day, a place is inside it
        comma = next((k for k in commas if r.pos(k + 1) == "VERB" or r.norm(k + 1) in {"ان", "بان"}), None)
        if comma is None or r.pos(comma + 1) != "VERB":
            return ()
        found = [f for f in self.verb(comma + 1).slots.get("subj", []) if not f.through and f.units[0].first > comma][:1]
        if not found or not self._refers(i + 1, found[0].units):
            return ()
        return found[0].units

    def _by_host(self, frame: Frame, i: int) -> bool:
        """The pronoun on a noun that a verb of words carries is for the subject of that verb: أكد دعمه، أعرب عن قلقه."""
        r = self.reading
        host = self._host_of(i)
        if host is None or i - host > _CARRYING or r.norm(host) not in self._spoken:
            return False
        if any(r.norm(k) in {"ان", "بان"} or r.doc[k].text in COMMAS for k in range(host + 1, i)):
            return False
        found = [f for f in self.verb(host).slots.get("subj", []) if not f.through or f.stands][:1]
        if not found or not self._refers(i + 1, found[0].units):
            return False
        frame.slots["gen"].append(Filler(found[0].units, INHERITED, found[0].through, found[0].head, found[0].stands))
        return True

    def _refers(self, k: int, units: tuple[Unit, ...]) -> bool:
        """The pronoun at token `k` may be for the units, by gender and number."""
        word, one = self.reading.norm(k), units[0]
        if word == "ها":
            return len(units) == 1 and bool(one.feminine or (one.type is not EntityType.PERSON and one.feminine is not False))
        if word == "ه":
            return len(units) == 1 and one.feminine is not True
        return word in {"هم", "هما"} and len(units) > 1

    def _of_nobody(self, i: int) -> bool:
        """The pronoun on the noun is for the subject of the verb around it, which is nobody by name: «عبرت ثماني دول عن قلقها»."""
        r = self.reading
        host = self._host_of(i)
        if host is None or r.pos(host) != "VERB":
            return False
        subjects = [k for k in self.tree.get(host, {}).get("subj", []) if host < k < i]
        heads = {a.head for a in r.right(host)[0] if a.prep == "" and a.head is not None and a.head < i and not a.of and not a.adjectives}
        heads |= {k - 1 for k in heads if r.pos(k - 1) == "NUM"}
        return bool(subjects) and all(k in heads and bare(r.norm(k)) not in ENVOYS for k in subjects)

    def _coordinated(self, i: int) -> Unit | None:
        """Who does the deed before that a verbal noun with a pronoun goes on with: "after the leaving of X and its imposing of"."""
        r = self.reading
        if r.norm(i - 1) != "و" or i - 1 in r.unit_at:
            return None
        begin, _ = r.bounds(i)
        for k in range(i - 2, max(begin, i - _STATED) - 1, -1):
            if r.pos(k) == "VERB" or r.norm(k) in _RELATIVES:
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
        if r.norm(i) in _ATTENDED:
            return False  # حضر اللقاء وزير الخارجية فلان
        titled = argument.units[0].type is EntityType.PERSON  # ابن الزعيم الراحل فلان
        return all(
            (r.pos(k) in {"ADJ", "PUNCT", "NUM", "DET", "ADV", ""} and r.doc[k].text not in COMMAS) or k in r.unit_at or (titled and r.norm(k).startswith("ال"))
            for k in range(i + 1, argument.units[0].first)
        )

    def _with_relative(self, frame: Frame, arguments: list[Argument], i: int) -> list[Argument]:
        """"Talks that X held with Y": what stands in the relative clause belongs to the noun."""
        r = self.reading
        k = frame.stop
        if r.norm(k) in _RELATIVES:
            if any(not (r.pos(m) in {"ADJ", "PUNCT", "NUM", "PRON", "ADV", ""} or (m in r.unit_at and r.unit_at[m].adjective)) for m in range(i + 1, k)):
                return arguments  # the relative clause belongs to another noun
            k += 1
        elif any(a.units for a in arguments) or r.pos(i + 1) == "PRON" or r.norm(i).startswith("ال") or r.norm(i - 1) in {"ان", "بان"}:
            return arguments
        if r.norm(k) in {"كان", "كانت", "قد"}:
            k += 1
        if k >= r.bounds(i)[1] or r.pos(k) != "VERB" or k - i > 22:
            return arguments
        if r.norm(k) not in self.rules.support:
            # "the talks that Oman hosted between X and Y": the pronoun takes the noun up
            taken_up = r.pos(k + 1) == "PRON" and r.surface(k) == r.surface(k + 1)
            return arguments + [a for a in r.right(k)[0] if a.prep == "بين"] if taken_up else arguments
        more, frame.stop = r.right(k)
        bare = next((a for a in more if a.prep == "" and a.units), None)
        frame.owned = True
        if bare and not self._disagrees(bare.units, k):
            frame.add("gen", bare.units, AGREED)
        elif not bare and r.pos(k + 1) == "PRON" and any(a.prep == "" and a.head is not None for a in more):
            frame.nobody = True  # انتقادات وجهتها إليه دول خليجية
        elif not bare and r.pos(k + 1) == "PRON":
            self._inherit(frame, k, relative=True)
            frame.slots["gen"] += frame.slots.pop("subj", [])
        return arguments + [a for a in more if a is not bare]

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
        for slot in ("obj", "ل", "مع"):
            for filler in verb.slots.get(slot, []):
                if all(u.first != v.first for u in filler.units for f in frame.slots.get("gen", []) for v in f.units):
                    frame.add("host_obj", filler.units, filler.sure)

    def _between_host(self, frame: Frame, host: int, i: int) -> None:
        """ "Imposed on Niger sanctions": a phrase between the support verb and its noun is the noun's."""
        arguments, stop = self.reading.right(host)
        if stop < i:
            return
        for argument in arguments:
            last = argument.units[-1].last if argument.units else 0
            if argument.prep in _CARRIED and host < argument.at < i and last <= i and not frame.slots.get(argument.prep):
                frame.add(argument.prep, argument.units, BY_ORDER)

    def _host_of(self, i: int) -> int | None:
        """The nearest verb before the noun in its clause, or the verb above it in the tree."""
        r = self.reading
        begin, _ = r.bounds(i)
        for k in range(i - 1, max(begin, i - HOST_REACH) - 1, -1):
            if (r.pos(k) == "VERB" or (r.norm(k) in self.rules.speech and r.pos(k) != "ADP")) and not self._in_relative(k, i):
                return k
            if (r.norm(k) in _RELATIVES and not self._closed(k, i)) or r.doc[k].text in {".", ":", "؛"}:
                return None
        token = r.doc[i]
        for _ in range(4):
            if token.head.i == token.i:
                return None
            token = token.head
            if token.pos_ == "VERB":
                return int(token.i) if token.i < i else None
        return None

    def _in_relative(self, verb: int, i: int) -> bool:
        """The verb stands in a relative clause that has ended before token `i`: "the coalition which X leads, from striking"."""
        r = self.reading
        relative = any(r.norm(k) in _RELATIVES for k in range(max(0, verb - 2), verb)) or (r.norm(verb - 1) == "ما" and r.norm(verb - 2) in {"ب", "عن", "علي", "من"})
        # في رسالة نشرتها صحيفة: behind an indefinite noun the pronoun makes the relative clause
        relative = relative or (self._noun_before(verb, max(0, verb - 4)) and not r.norm(verb - 1).startswith("ال") and r.pos(verb + 1) == "PRON" and r.surface(verb) == r.surface(verb + 1))
        return relative and any(r.doc[k].text in {"،", ",", "-"} for k in range(verb, i))

    def _closed(self, k: int, i: int) -> bool:
        return any(self.reading.doc[m].text in {"،", ",", "-"} for m in range(k, i))

    def _apposed(self, frame: Frame, i: int) -> None:
        """The unit right before the noun or participle, over a comma or bracket."""
        r = self.reading
        begin, _ = r.bounds(i)
        for k in range(i - 1, max(begin, i - 5) - 1, -1):
            unit = r.unit_at.get(k)
            if unit and (not unit.adjective or (unit.type is EntityType.ARMED_GROUP and k == i - 1)):
                frame.add("apposed", (unit,), BY_ORDER)  # الميليشيات الحوثية المدعومة
                return
            led = k == i - 1 and r.norm(k) == "ب"
            if not unit and r.pos(k) not in {"PUNCT", "DET", "ADV"} and not led and r.norm(k) not in _RELATIVES:
                return
