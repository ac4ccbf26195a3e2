"""How a sentence puts a claim: polarity and modality of a trigger, read from the words around and above it.

The cues are data (`kg/data/rules/stance.toml`). A cue before the trigger must stand in its clause with nothing but
particles between; a governor is a verb or noun that the trigger hangs on, in the tree or by order of words; a modifier is
an adjective after a verbal noun. What is said under a governor of speech ("said that") stays asserted.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.clauses import Reading
from kg.model import Modality, Polarity, Span
from kg.morphology import is_future
from kg.rules import RuleSet

# How many tokens before a trigger a governor by order of words is looked for.
GOVERNOR_REACH = 16
_MODALITIES = {
    "denied": Modality.DENIED,
    "reported": Modality.REPORTED,
    "requested": Modality.REQUESTED,
    "hypothetical": Modality.HYPOTHETICAL,
    "planned": Modality.PLANNED,
}
_PARTICLES = {"قد", "كان", "كانت", "لقد", "ف", "و", "ايضا", "اي", "هناك", "به", "له", "لها"}
_RESULTATIVE = {"بعد", "عقب", "اثر", "خلال", "منذ", "غداه", "اعقاب", "هامش", "ختام", "ردا", "بسبب", "علي", "نتيجه"}
_PURPOSE = {"ل", "لاجل", "بهدف", "بغيه", "اجل", "كي", "لكي", "قبل", "قبيل", "عشيه"}
# Verbs that hand their negation on to the verb or noun behind them: "no longer acts", "did not come about that".
_AUXILIARIES = {"يعد", "تعد", "يكن", "تكن", "يتم", "تتم", "يجر", "تجر", "ليس", "ليست", "كان", "كانت", "يكون", "تكون", "يستطع", "تستطع", "يتمكن", "تتمكن"}
_CLAUSE_END = {".", "؛", ":", "!", "؟"}


@dataclass(frozen=True, slots=True)
class Stance:
    """Polarity and modality of a claim."""

    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED

    @property
    def asserted(self) -> bool:
        return self.polarity is Polarity.POSITIVE and self.modality is Modality.ASSERTED


def stance(
    reading: Reading, rules: RuleSet, i: int, noun: bool, host: int | None, ahead: Span | None = None,
    deeds: frozenset[str] = frozenset(),
) -> Stance:  # fmt: skip
    """The stance of the trigger at token `i`; `host` is the verb that a noun hangs on, `ahead` where its clause names a
    time that is yet to come, `deeds` are forms of verbs that say no more than that it is done."""
    said = _before(reading, rules, i, noun)
    if ahead and _to_come(reading, rules, i, noun, host, ahead):
        said.add("planned")
    if noun and _owed(reading, i):
        said.add("requested")
    supposed = noun and _presupposed(reading, rules, i, host)
    frame = noun and (_framing(reading, i) or _in_contact(reading, i, host) or supposed)
    if not frame:
        said |= _governors(reading, rules, i, noun, host, deeds)
    if noun:
        said |= _modifiers(reading, rules, i)
    if noun and host is not None and not supposed and not _resultative(reading, i) and not _apart(reading, host, i):
        if reading.pos(host) == "VERB":
            said |= _before(reading, rules, host, False)
        if not frame:
            said |= _governors(reading, rules, host, False, None, deeds)
        if _future(reading, rules, host):
            said.add("planned")
    if not noun and _future(reading, rules, i):
        said.add("planned")
    if noun and _to_be(reading, rules, i):
        said.add("planned")
    if not noun and not _past(reading, rules, i) and _coming(reading, i):
        said.add("planned")
    if not noun and reading.norm(i - 1) == "حيث" and not _past(reading, rules, i) and _planned_before(reading, rules, i):
        said.add("planned")
    said |= _of_sentence(reading, i)
    if not noun and not _past(reading, rules, i) and _condition(reading, i):
        said.add("hypothetical")
    if "negated" in said and _excepted(reading, i, host):
        said.discard("negated")
    polarity = Polarity.NEGATIVE if "negated" in said else Polarity.POSITIVE
    for name, modality in _MODALITIES.items():
        if name in said:
            return Stance(polarity, modality)
    return Stance(polarity)


def _apart(reading: Reading, host: int, i: int) -> bool:
    """Between the verb and the noun another clause has begun: with a participle behind a comma (criticising his departure), or
    with "what" (did not publish what was said in the call)."""
    participle = any(_beside(reading, k) and reading.norm(k).endswith(("ا", "ه")) for k in range(host + 1, i))
    return participle or any(reading.norm(k) == "ما" and reading.pos(k + 1) == "VERB" for k in range(host + 1, i - 1))


def _condition(reading: Reading, i: int) -> bool:
    """The sentence begins with a condition: "should the mediation fail, X attacks"."""
    begin, _ = reading.bounds(i)
    head = [reading.norm(k) for k in range(begin, min(begin + 3, i))]
    return bool({"اذا", "لو"} & set(head)) or ("في" in head and bool({"حال", "حاله"} & set(head)))


def _to_be(reading: Reading, rules: RuleSet, i: int) -> bool:
    """ "That his meeting with X will be": the noun is the subject of a verb in the future."""
    if reading.norm(i - 1) not in {"ان", "بان"}:
        return False
    _, end = reading.bounds(i)
    if reading.doc[end - 1].text not in _CLAUSE_END:
        end = len(reading.doc)  # a sentence that was cut before its verb
    verb = next((k for k in range(i + 1, min(end, i + 12)) if reading.pos(k) == "VERB"), None)
    return verb is not None and (_future(reading, rules, verb) or reading.norm(verb - 1) in {"س", "سوف", "لن"})


def _planned_before(reading: Reading, rules: RuleSet, i: int) -> bool:
    """The verb before "where" is about what is to come: "is due to arrive in Cairo, where he meets"."""
    begin, _ = reading.bounds(i)
    verb = next((k for k in range(i - 2, begin - 1, -1) if reading.pos(k) == "VERB"), None)
    if verb is None:
        return False
    return _future(reading, rules, verb) or "planned" in _governors(reading, rules, verb, False, None) | _before(reading, rules, verb, False)


# Verbs that a negation turns into "not only".
_ONLY = {"تكتف", "يكتف", "تقتصر", "يقتصر", "يكتفوا"}
# "Made no secret of": whose negation says the more that it is so.
_HIDING = {"يخف", "تخف", "يخفي", "تخفي", "يخفوا", "يتوان", "تتوان", "يتردد", "تتردد"}
_RUMOURS = {"اشاعات", "شاءعات", "شايعات", "مزاعم", "تسريبات", "الادعاء", "ادعاءات", "اقاويل"}


def _of_sentence(reading: Reading, i: int) -> set[str]:
    """What the head of the sentence says of all of it: "but for …", "according to rumours"."""
    begin, _ = reading.bounds(i)
    if any(reading.norm(k) == "لولا" for k in range(begin, i)):
        return {"hypothetical"}
    _, end = reading.bounds(i)
    if any(reading.norm(k) in {"عار", "عاريه"} and reading.norm(k + 1) in {"من", "عن"} and reading.norm(k + 2) == "الصحه" for k in range(i + 1, end)):
        return {"denied"}
    head = range(begin, min(begin + 6, i))
    return {"reported"} if any(reading.norm(k) in _RUMOURS for k in head) else set()


def _excepted(reading: Reading, i: int, host: int | None) -> bool:
    """ "Met none but", "did not only condemn": the negation is taken back."""
    _, end = reading.bounds(i)
    if any(reading.norm(k) in {"سوي", "الا"} for k in range(i + 1, min(end, i + 12))):
        return True
    return host is not None and reading.norm(host) in _ONLY | _HIDING


def _future(reading: Reading, rules: RuleSet, i: int) -> bool:
    """A verb with سـ written onto it, which is no verb of its own with a س (سيطر)."""
    form = reading.norm(i)
    verbs = rules.verbs.forms
    if form in rules.verbs.pasts:
        return False
    if form[1:] in verbs and form.startswith("س"):
        return True
    return reading.pos(i) == "VERB" and is_future(form) and form not in verbs


def _to_come(reading: Reading, rules: RuleSet, i: int, noun: bool, host: int | None, ahead: Span) -> bool:
    """A present, or a noun that no past carries, with "tomorrow" or "next week" behind it: Putin receives Assad tomorrow."""
    if noun:
        near = 0 <= ahead.start - reading.start(i) <= 60
        return near and (host is None or not _past(reading, rules, host))
    return not _past(reading, rules, i)


def _coming(reading: Reading, i: int) -> bool:
    """Behind a present, in its clause, "tomorrow", "soon", "next": it is to be, whether or not the day of the article is known."""
    _, end = reading.bounds(i)
    for k in range(i + 1, min(end, i + 14)):
        if reading.pos(k) == "VERB" or reading.doc[k].text in _CLAUSE_END or reading.norm(k) in {"ان", "الذي", "التي", "بعد", "قبل", "قبيل"}:
            return False
        if reading.norm(k) in {"غدا", "قريبا", "لاحقا"}:
            return True
        if reading.norm(k) in {"المقبل", "المقبله", "القادم", "القادمه"}:
            return reading.norm(k - 1) in _SPANS
    return False


# What "next" may stand behind.
_SPANS = {"الاسبوع", "الشهر", "العام", "السنه", "الايام", "الاسابيع", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت", "الاحد", "يناير", "فبراير", "مارس", "ابريل", "مايو", "يونيو", "يوليو", "اغسطس", "سبتمبر", "اكتوبر", "نوفمبر", "ديسمبر", "الصيف", "الخريف", "الربيع", "الشتاء"}


def _past(reading: Reading, rules: RuleSet, i: int) -> bool:
    form = reading.norm(i)
    return form in rules.verbs.pasts or form.endswith("ت") or "Aspect=Perf" in str(reading.doc[i].morph)


def _before(reading: Reading, rules: RuleSet, i: int, noun: bool) -> set[str]:
    """Particles right before the trigger."""
    cues = rules.cues["before"]
    begin, _ = reading.bounds(i)
    said: set[str] = set()
    for k in range(i - 1, max(begin, i - 4) - 1, -1):
        word = reading.norm(k)
        if word == "غير" and k != i - 1:
            break
        if word in cues and not (noun and word in {"ما", "س"}):
            if word == "ما" and k > begin and reading.doc[k - 1].text in {"،", ","}:
                break  # الأمر كذا، ما أثار قلق فلان: a relative
            if word == "ما" and reading.norm(k - 1) in {"هو", "هي", "في", "ك", "ب", "حسب", "علي", "بحسب", "ل", "بين", "مثل", "كل", "اثر", "بعد", "عند", "حين", "طال", "ان", "رب"}:
                break
            if word == "ان":
                said |= _without(reading, rules, i, k)
                break
            said.add(cues[word])
            if word == "لن":
                said |= {"negated"}
                said.discard("planned")
            continue
        if word == "قد" and not noun and _may(reading, rules, i, k):
            said.add("hypothetical")
        if word not in _PARTICLES and reading.pos(k) not in {"AUX", "PART", "ADV"}:
            break
    return said


def _without(reading: Reading, rules: RuleSet, i: int, k: int) -> set[str]:
    """ "Without opposing": دون أن; "provided that he meets", "so that he meets": على أن, من أجل أن before a present."""
    before = reading.norm(k - 1)
    if before.lstrip("وم") in {"دون", "بدون"} or before in {"دون", "بدون", "ودون"}:
        return {"negated"}
    present = k == i - 1 and not _past(reading, rules, i)
    return {"planned"} if before in {"علي", "اجل"} and present else set()


def _may(reading: Reading, rules: RuleSet, i: int, k: int) -> bool:
    """قد at token `k` before a present is "may"; before a past it only says that it has happened, and after كان too."""
    form = reading.norm(i)
    if form[:1] not in {"ي", "ت", "ن", "ا"} or form in rules.verbs.pasts or "Aspect=Imp" not in str(reading.doc[i].morph):
        return False
    return not any(reading.norm(m) in {"كان", "كانت", "كانا", "كانوا", "يكون", "تكون"} for m in range(max(0, k - 6), k))


def _resultative(reading: Reading, i: int) -> bool:
    """A noun under "after", "during", "following" has happened, whatever the main verb says of the time."""
    begin, _ = reading.bounds(i)
    return any(reading.norm(k) in {"بعد", "عقب", "اثر", "غداه", "اعقاب", "منذ"} for k in range(max(begin, i - 2), i) if not _yet(reading, k))


def _yet(reading: Reading, k: int) -> bool:
    """بعد before another preposition is "yet": has not yet come to an agreement."""
    return reading.norm(k) == "بعد" and reading.pos(k + 1) == "ADP"


def _framing(reading: Reading, i: int) -> bool:
    """A noun under "during", "on the sidelines of", "after" frames the main clause: what governs that clause says nothing
    of it, but for the future."""
    begin, _ = reading.bounds(i)
    before = {reading.norm(k) for k in range(max(begin, i - 2), i) if not _yet(reading, k)}
    return bool(before & {"خلال", "اثناء", "هامش", "بعد", "عقب", "اثر", "غداه", "اعقاب", "ختام", "منذ", "لدي", "فور", "عند"})


def _presupposed(reading: Reading, rules: RuleSet, i: int, host: int | None) -> bool:
    """What is discussed, ended, lifted, answered is there: "they will discuss the Turkish attack on", "called for an end to the
    shelling of". The noun stands right behind such a word, and it says whose it is."""
    if not any(k in reading.unit_at for k in (i + 1, i + 2)):
        return False
    k = i - 1
    while reading.pos(k) == "ADP" or reading.norm(k).removeprefix("ال") in _COURSES:
        k -= 1
    above = [reading.norm(k)] + ([reading.norm(host)] if host is not None and i - host <= _NEAR else [])
    return any(form in rules.cues["presupposing"] or form.removeprefix("س") in rules.cues["presupposing"] for form in above)


# Tokens from a verb to the noun that it presupposes, and nouns that may stand between.
_NEAR = 5
_COURSES = {"موضوع", "ملف", "مساله", "قضيه", "تطورات", "سبل", "مجمل"}


def _in_contact(reading: Reading, i: int, host: int | None) -> bool:
    """ "X pledged in a call with Y": where the words were said, behind the name of who said them; not "X hoped for a meeting"."""
    if reading.norm(i - 1) != "في" or reading.norm(i) not in _CONTACTS or host is None:
        return False
    if reading.norm(host).lstrip("يتن").startswith(_ABOUT):
        return False
    return i - 2 in reading.unit_at or reading.is_adverb(i - 2) or reading.doc[i - 2].text in {"،", ","}


_CONTACTS = {"اتصال", "مكالمه", "محادثه", "لقاء", "اجتماع", "موتمر", "مقابله", "حديث", "رساله", "قمه", "جلسه", "محادثات", "مباحثات"}
# Verbs that have what they are about behind "in": wished, hoped, thought, took part.
_ABOUT = ("رغب", "امل", "فكر", "نظر", "شارك", "ساهم", "نجح", "فشل", "تردد", "رفض", "نوى")


def _modifiers(reading: Reading, rules: RuleSet, i: int) -> set[str]:
    """Adjectives of the noun: "planned", "coming", "alleged"."""
    said = set()
    _, end = reading.bounds(i)
    for k in range(i + 1, min(end, i + 6)):
        word = reading.norm(k)
        if word in rules.cues["modifier"] and reading.pos(k) != "VERB":
            said.add(rules.cues["modifier"][word])
        if rules.cues["governor"].get(word) == "reported" and reading.pos(k) == "ADJ":
            said.add("reported")
        if reading.norm(k) in {"ينتظر", "يتوقع", "تنتظر", "تتوقع"}:
            said.add("planned")  # "sanctions that are expected to be adopted"
        if reading.pos(k) in {"VERB", "PUNCT", "CCONJ", "SCONJ"}:
            break
    return said


def _governors(
    reading: Reading, rules: RuleSet, i: int, noun: bool, host: int | None, deeds: frozenset[str] = frozenset()
) -> set[str]:
    cues = rules.cues["governor"]
    said: set[str] = set()
    if noun:
        begin, _ = reading.bounds(i)
        if _ahead(reading, i):
            said.add("planned")
        for k in range(max(begin, i - 2), i):
            exposed = host is not None and reading.norm(host).lstrip("يتن").startswith(("عرض", "خضع"))
            if reading.norm(k) in {"ل", "بهدف", "اجل"} and not exposed and _purpose(reading, k, i) and not _complement(reading, k):
                said.add("planned")
    for k in _above(reading, i):
        word = reading.norm(k)
        if word in {"ليس", "ليست", "ليسوا", "ليسا"}:
            said.add("negated")
        if word in _AUXILIARIES:
            said |= _before(reading, rules, k, False) & {"negated"}
        for width in (2, 3):
            if says := cues.get(" ".join(reading.norm(m) for m in range(k, k + width))):
                said.add(says)
        if word in deeds and reading.pos(k) == "VERB":
            continue
        if cues.get(word) == "requested" and k < i and reading.pos(k) == reading.pos(i) == "VERB" and reading.norm(i - 1) == "و" and all(
            reading.norm(m) not in {"ان", "بان"} for m in range(k + 1, i)
        ):
            continue  # «ندعو إيران إلى التعاون ونطالب تركيا»: two calls
        if word.endswith(("تفق", "تفقت", "تفقا", "تفقوا", "تفقان")) and all(reading.norm(m) != "علي" for m in range(k + 1, i)):
            continue  # agreed in a call: the call has been; agreed on a meeting: that is to be
        if word in cues and (k != host or reading.pos(k) != "VERB" or cues[word] != "hypothetical" or _wanted(reading, k, i) or _threatened(reading, k, i)):
            said.add(cues[word])
        if k == host and _future(reading, rules, k):
            said.add("planned")
    return said


def _owed(reading: Reading, i: int) -> bool:
    """ "That it is for X to pay a visit": أن على X before the noun."""
    begin, _ = reading.bounds(i)
    for k in range(i - 1, max(begin, i - 12) - 1, -1):
        if reading.norm(k) == "علي" and reading.norm(k - 1) in {"ان", "بان", "يجب", "ينبغي"}:
            return True
        if reading.pos(k) == "VERB":
            return False
    return False


def _threatened(reading: Reading, host: int, i: int) -> bool:
    """ "Threatens with withdrawal and with new sanctions": all that is coordinated behind the verb's ب is yet to come."""
    if not reading.norm(host).lstrip("يتن").startswith(("هدد", "لوح", "توعد")):
        return False
    return any(reading.norm(k) == "ب" for k in range(host + 1, i)) and any(reading.pos(k) == "CCONJ" for k in range(host + 1, i))


def _wanted(reading: Reading, host: int, i: int) -> bool:
    """The noun is what the verb is about (hopes for talks, warned of a war), not what it came with (warned during talks)."""
    return all(
        k in reading.unit_at
        or reading.pos(k) in {"ADJ", "PRON", ""}
        or reading.norm(k) in {"ب", "في", "الي", "علي", "من", "ل", "ان"}
        or reading.norm(k).removeprefix("ال") in _CARRIERS
        for k in range(host + 1, i)
    )


def _ahead(reading: Reading, i: int) -> bool:
    """ "Ahead of the talks", "a week before the holding of the summit": قبل before the noun over nouns and prepositions."""
    begin, _ = reading.bounds(i)
    for k in range(i - 1, max(begin, i - 7) - 1, -1):
        if reading.norm(k) in {"قبل", "قبيل", "عشيه"}:
            return True
        if reading.pos(k) not in {"NOUN", "ADP", "NUM"} or reading.unit_at.get(k) is not None:
            return False
        if reading.norm(k).startswith("ال") and reading.pos(k + 1) not in {"ADJ", "ADP"}:
            return False  # "before the interview he held talks": the phrase has ended
    return False


_CARRIERS = {"فرض", "تنفيذ", "توجيه", "زياره", "اجراء", "عقد", "القيام", "بدء", "اطلاق", "شن", "توقيع", "استضافه", "استكمال", "استءناف", "استيناف", "بحث", "اندلاع", "وقوع", "حدوث", "ابرام", "تقديم", "ارسال", "نشوب", "وقف", "انهاء", "تعزيز", "التوصل"}


def _purpose(reading: Reading, k: int, i: int) -> bool:
    """ "for talks", "for the holding of talks": a preposition of purpose before the noun or before a noun that carries it."""
    return k == i - 1 or (k == i - 2 and reading.norm(i - 1) in _CARRIERS)


def _complement(reading: Reading, k: int) -> bool:
    """ل before a noun is no purpose when it continues a genitive or a verb of the noun's own (تعرض لهجوم), or tells what is
    regretted, thanked for (أسفها لاعتقال)."""
    before = reading.norm(k - 2 if reading.pos(k - 1) == "PRON" else k - 1)
    return before.startswith(("تلبيه", "تعرض", "خضع", "نتيجه", "نتاج", "ثمره", "تتويج", "وفقا", "ردا", "تبعا", "استجاب", "اسف", "شكر", "امتنان", "اعتذار", "ارتياح"))


def _above(reading: Reading, i: int) -> list[int]:
    """The tokens that govern token `i`: heads in the tree up to a verb of another clause, and the words just before it
    over prepositions, أن and nouns in the genitive."""
    found: list[int] = []
    begin, _ = reading.bounds(i)
    k = i - 1
    while k >= begin and i - k <= GOVERNOR_REACH:
        pos, word = reading.pos(k), reading.norm(k)
        if reading.doc[k].text in _CLAUSE_END or reading.doc[k].text in {"،", ","}:
            break
        if word in {"لكن", "ولكن", "بعدما", "فيما", "بينما"} or _while(reading, k):
            break
        if (unit := reading.unit_at.get(k)) is None or unit.adjective:
            found.append(k)
        if pos == "VERB" and word not in _AUXILIARIES:
            break
        if word in {"الذي", "التي", "حيث", "اذا"}:
            break
        k -= 1
    linear = [k for k in found if reading.pos(k) in {"VERB", "NOUN", "ADJ"} and _reaches(reading, k, i)]
    governors = linear + [k for k in _heads(reading, i) if k not in linear]
    if reading.norm(i - 1) in {"و", "ثم"} and reading.pos(i) == "VERB" and (reading.norm(i)[0] not in "يتن" or reading.norm(i).endswith("ت")):
        # «اتهم فلان فلانا بكذا وطالبه»: a past behind "and" is joined to the verb before, and governed by it only within its "that"
        return [k for k in governors if k > i or reading.pos(k) != "VERB" or any(reading.norm(m) in {"ان", "بان"} for m in range(k + 1, i))]
    return governors


def _while(reading: Reading, k: int) -> bool:
    """فيما that the analysis has split, and في حين."""
    return reading.norm(k) in {"ما", "حين"} and reading.norm(k - 1) == "في"


def _reaches(reading: Reading, k: int, i: int) -> bool:
    """A word governs the trigger by order when only أن, prepositions, particles, nouns or its subject stand between."""
    between = range(k + 1, i)
    if reading.pos(k) == "VERB":
        return True
    units = [m for m in between if (u := reading.unit_at.get(m)) and not u.adjective]
    return not units and len(between) <= 3


_CALLING = {"داعيا", "داعيه", "داعين", "حاثا", "حاثه", "نافيا", "نافيه", "رافضا", "رافضه", "لاءما", "لايما"}


def _beside(reading: Reading, i: int) -> bool:
    """A participle behind a comma (متهما، داعيا) tells what goes with the clause before it, and is not governed by it."""
    word = reading.norm(i)
    return reading.doc[i - 1].text in {"،", ","} and reading.pos(i) in {"ADJ", "NOUN"} and (word.startswith("م") or word in _CALLING)


def _heads(reading: Reading, i: int) -> list[int]:
    token = reading.doc[i]
    found: list[int] = []
    if _beside(reading, i):
        return found
    for _ in range(3):
        if token.head.i == token.i or token.dep_ in {"parataxis", "conj", "root", "acl:relcl", "advcl"}:
            break
        between = range(token.head.i + 1, token.i)
        if any(reading.norm(m) in {"لكن", "بينما", "فيما", "الا"} or _while(reading, m) for m in between):
            break
        token = token.head
        if token.dep_ not in {"root"} or token.pos_ in {"VERB", "NOUN", "ADJ"}:
            found.append(int(token.i))
        if token.pos_ == "VERB":
            break
    return [k for k in found if k < i and ((unit := reading.unit_at.get(k)) is None or unit.adjective)]
