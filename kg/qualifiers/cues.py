"""Words before a trigger and above it that say how it is put: particles before it, and the verbs and nouns that govern it, in
the tree or by the order of words. The cues are data (`kg/data/rules/stance.toml`), as are the classes of words that they are
seen through (`kg/data/lexicon/stance.toml`); kg.qualifiers.stance weighs what they say.
"""

from __future__ import annotations

from kg.language.morphology import is_future
from kg.language.particles import COMMAS, RELATIVES
from kg.language.wordclasses import shipped
from kg.rules import RuleSet
from kg.syntax.clauses import Reading

# How many tokens before a trigger a governor by order of words is looked for.
GOVERNOR_REACH = 16
CLAUSE_END = {".", "؛", ":", "!", "؟"}
_WORDS = shipped("stance")


def before(reading: Reading, rules: RuleSet, i: int, noun: bool) -> set[str]:
    """What the particles right before the trigger at token `i` say."""
    cues = rules.cues["before"]
    begin, _ = reading.bounds(i)
    said: set[str] = set()
    for k in range(i - 1, max(begin, i - 4) - 1, -1):
        word = reading.norm(k)
        if word == "غير" and k != i - 1:
            break
        if word == "الا" and k == i - 1 and not noun and not past(reading, rules, i):
            said.add("negated")  # ألا ينسحب, that he may not withdraw
            break
        if word in cues and not (noun and word in {"ما", "س"}):
            if word == "ما" and k > begin and reading.doc[k - 1].text in COMMAS:
                break  # الأمر كذا، ما أثار قلق فلان: a relative
            if word == "ما" and (reading.norm(k - 1) in _WORDS["relative_before"] or reading.norm(k + 1) == "اذا" or _what(reading, rules, k, i)):
                break
            if reading.norm(k + 1) in _WORDS["still"]:
                break  # ما زالت تدعم, لا يزال
            if word == "ان":
                unless = reading.doc[k].text == "إن" and reading.norm(k + 1) == "لم"
                said |= {"hypothetical"} if unless else _without(reading, rules, i, k)
                break
            said.add(cues[word])
            if word == "لن":
                said |= {"negated"}
                said.discard("planned")
            continue
        if word == "قد" and not noun and _may(reading, rules, i, k):
            said.add("hypothetical")
        if word not in _WORDS["particles"] and reading.pos(k) not in {"AUX", "PART", "ADV"}:
            break
    return said


def _what(reading: Reading, rules: RuleSet, k: int, i: int) -> bool:
    """ما at token `k` before the verb at `i` is "what": behind a verb that introduces no speech, or with a pronoun that takes it up: يكشف ما قاله."""
    return reading.owned(i) or (reading.pos(k - 1) == "VERB" and reading.norm(k - 1) not in rules.speech)


def _without(reading: Reading, rules: RuleSet, i: int, k: int) -> set[str]:
    """ "Without opposing": دون أن; "provided that he meets", "so that he meets": على أن, من أجل أن before a present."""
    word = reading.norm(k - 1)
    if word.lstrip("وم") in {"دون", "بدون"} or word in {"دون", "بدون", "ودون"}:
        return {"negated"}
    present = k == i - 1 and not past(reading, rules, i)
    return {"planned"} if word in {"علي", "اجل"} and present else set()


def _may(reading: Reading, rules: RuleSet, i: int, k: int) -> bool:
    """قد at token `k` before a present is "may"; before a past it only says that it has happened, and after كان too."""
    form = reading.norm(i)
    if form[:1] not in {"ي", "ت", "ن", "ا"} or form in rules.verbs.pasts or "Aspect=Imp" not in str(reading.doc[i].morph):
        return False
    return not any(reading.norm(m) in {"كان", "كانت", "كانا", "كانوا", "يكون", "تكون"} for m in range(max(0, k - 6), k))


def past(reading: Reading, rules: RuleSet, i: int) -> bool:
    """The verb at token `i` is in the past, by its form or its features."""
    form = reading.norm(i)
    return form in rules.verbs.pasts or form.endswith("ت") or "Aspect=Perf" in str(reading.doc[i].morph)


def future(reading: Reading, rules: RuleSet, i: int) -> bool:
    """A verb with سـ written onto it, which is no verb of its own with a س (سيطر)."""
    form = reading.norm(i)
    verbs = rules.verbs.forms
    if form in rules.verbs.pasts:
        return False
    if form[1:] in verbs and form.startswith("س"):
        return True
    return reading.pos(i) == "VERB" and is_future(form) and form not in verbs


def governors(
    reading: Reading, rules: RuleSet, i: int, noun: bool, host: int | None, deeds: frozenset[str] = frozenset()
) -> set[str]:
    """What the verbs and nouns above the trigger at token `i` say. `host` is the verb that a noun hangs on, `deeds` are forms of
    verbs that say no more than that it is done."""
    cues = rules.cues["governor"]
    said: set[str] = set()
    if (noun or not past(reading, rules, i)) and _ahead(reading, i) and not _had_come(reading, rules, i):
        said.add("planned")  # قبيل قمة تجمعهما
    if noun:
        begin, _ = reading.bounds(i)
        for k in range(max(begin, i - 4), i):
            exposed = host is not None and reading.norm(host).lstrip("يتن").startswith(("عرض", "خضع"))
            if reading.norm(k) in {"ل", "بهدف", "اجل"} and not exposed and _purpose(reading, k, i) and not _complement(reading, k):
                said.add("planned")
    if owned := _owned(reading, rules, i):
        said.add(owned)
    for k in _above(reading, i):
        word = reading.norm(k)
        if word in {"ليس", "ليست", "ليسوا", "ليسا"}:
            said.add("negated")
        if word in _WORDS["auxiliaries"] and not _goes_on(reading, k, i):
            said |= before(reading, rules, k, False) & {"negated"}
        if word.removeprefix("ال") in _WORDS["parts"] and any(reading.norm(m) in _WORDS["none"] for m in range(k - 4, k)):
            said.add("negated")
        if k == host and word in _WORDS["preparing"] and reading.norm(i) in _WORDS["prepared"]:
            said.add("planned")
        if word in _WORDS["cancelling"] and reading.norm(i).removeprefix("ال") in _WORDS["encounters"]:
            said.add("planned")
        first = k - 1 if reading.norm(k - 1) == "لا" else k  # "no intention": its "no" is no noun
        for width in (2, 3):
            if says := cues.get(" ".join(reading.norm(m) for m in range(first, first + width))):
                said.add(says)
        if _other_sense(reading, rules, k, i) or (reading.pos(k) == "VERB" and word in deeds):
            continue
        if cues.get(word) == "requested" and k < i and reading.pos(k) == reading.pos(i) == "VERB" and reading.norm(i - 1) == "و" and all(
            reading.norm(m) not in {"ان", "بان"} for m in range(k + 1, i)
        ):
            continue  # «ندعو إيران إلى التعاون ونطالب تركيا»: two calls
        if word.endswith(("تفق", "تفقت", "تفقا", "تفقوا", "تفقان")) and not _agreed_on(reading, rules, k, i):
            continue
        if word in cues and (k != host or reading.pos(k) != "VERB" or cues[word] != "hypothetical" or _wanted(reading, k, i) or _threatened(reading, k, i)):
            given = cues[word] == "negated" and any(reading.norm(m) in rules.cues["presupposing"] for m in range(k + 1, i))
            said |= set() if given else {cues[word]}  # not to bow to the threat of sanctions: there is a threat
        if k == host and future(reading, rules, k):
            said.add("planned")
    return said


def _goes_on(reading: Reading, k: int, i: int) -> bool:
    """The verb at token `i` is joined by "and" to a clause whose verb at token `k` has no other behind it: "there is no … and she confirms"."""
    return reading.pos(i) == "VERB" and reading.norm(i - 1) == "و" and all(reading.pos(m) != "VERB" for m in range(k + 1, i))


def _other_sense(reading: Reading, rules: RuleSet, k: int, i: int) -> bool:
    """What stands behind the word at token `k` tells that it is no cue: works in cooperation with, commented on, a matter."""
    word = reading.norm(k)
    on = any(reading.norm(m) == "علي" for m in range(k + 1, i))
    if reading.pos(k) != "VERB":
        return word in rules.cues["as verb"]
    return (word in _WORDS["working"] and not on) or (word in _WORDS["commenting"] and on)


def _agreed_on(reading: Reading, rules: RuleSet, k: int, i: int) -> bool:
    """What the two agree on is to be: a meeting, that they meet; not what they agreed in a call, nor "that it was Russia"."""
    on = next((m for m in range(k + 1, i) if reading.norm(m) == "علي"), None)
    if on is None:
        return False
    that = reading.norm(on + 1) == "ان"
    return not that or (reading.pos(on + 2) == "VERB" and not past(reading, rules, on + 2))


def _owned(reading: Reading, rules: RuleSet, i: int) -> str:
    """What a noun says that governs the trigger over the name of whose it is: "Trump's threat of a strike", "Biden's cancelling
    of his visit"."""
    begin, _ = reading.bounds(i)
    k, joined = i - 1, False
    while k >= begin and (reading.norm(k) in _WORDS["joints"] or reading.norm(k).removeprefix("ال") in _WORDS["carriers"]):
        joined |= reading.norm(k) in _WORDS["joints"]
        k -= 1
    k -= reading.doc[k].text in COMMAS
    if k < begin or k not in reading.unit_at:
        return ""
    while k >= begin and i - k <= GOVERNOR_REACH and (k in reading.unit_at or reading.pos(k) in {"NOUN", "ADJ"} or reading.doc[k].text in COMMAS):
        says = "" if k in reading.unit_at else rules.cues["governor"].get(reading.norm(k), "")
        if says:
            return says if (joined and says != "negated") or reading.pos(i + 1) == "PRON" else ""
        k -= 1
    return ""


def due(reading: Reading, k: int) -> bool:
    """ "It is for X to withdraw": على X أن before the verb at token `k`."""
    if reading.norm(k - 1) != "ان":
        return False
    begin, _ = reading.bounds(k)
    for m in range(k - 2, max(begin, k - 10) - 1, -1):
        if reading.norm(m) == "علي":
            return m < k - 2 and (m == begin or reading.norm(m - 1) in _WORDS["openers"] or reading.pos(m - 1) == "PUNCT")  # on the understanding that: على أن
        if reading.pos(m) in {"VERB", "PUNCT"} and m not in reading.unit_at:
            return False
    return False


def _threatened(reading: Reading, host: int, i: int) -> bool:
    """ "Threatened in a speech with an attack", "threatens with withdrawal and with new sanctions", "warned X, in Y, of an attack":
    what stands behind the verb's preposition, and all that is coordinated behind it, is yet to come."""
    stem = reading.norm(host).lstrip("يتن")
    threat = stem.startswith(tuple(_WORDS["threatening_stems"]))
    if not threat and not stem.startswith(tuple(_WORDS["warning_stems"])):
        return False
    preposition = "ب" if threat else "من"
    k = i - 1
    while k > host and reading.norm(k) != preposition and reading.norm(k).removeprefix("ال") in _WORDS["carriers"] | _WORDS["dangers"]:
        k -= 1
    if reading.norm(k) == preposition:
        return True
    behind = range(host + 1, i)
    return threat and any(reading.norm(m) == "ب" for m in behind) and any(reading.pos(m) == "CCONJ" for m in behind)


def _wanted(reading: Reading, host: int, i: int) -> bool:
    """The noun is what the verb is about (hopes for talks, warned of a war), not what it came with (warned during talks)."""
    return all(
        k in reading.unit_at
        or reading.pos(k) in {"ADJ", "PRON", "AUX", ""}
        or reading.is_adverb(k)
        or reading.norm(k) in {"ب", "في", "الي", "علي", "من", "ل", "ان"}
        or reading.norm(k).removeprefix("ال") in _WORDS["carriers"]
        for k in range(host + 1, i)
    )


def _ahead(reading: Reading, i: int) -> bool:
    """ "Ahead of the talks", "a week before the holding of the summit": قبل before the noun over nouns and prepositions."""
    begin, _ = reading.bounds(i)
    for k in range(i - 1, max(begin, i - 7) - 1, -1):
        if reading.norm(k) in {"قبل", "قبيل", "عشيه"}:
            return not (reading.norm(i - 1) == "من" and any(reading.norm(m).startswith(tuple(_WORDS["leaving"])) for m in range(max(begin, k - 8), k)))
        few = reading.pos(k) == "ADJ" and reading.norm(k + 1) == "من"  # "a few weeks before the talks"
        if (reading.pos(k) not in {"NOUN", "ADP", "NUM"} and not few) or reading.unit_at.get(k) is not None:
            return False
        if reading.norm(k).startswith("ال") and reading.pos(k + 1) not in {"ADJ", "ADP"}:
            return False  # "before the interview he held talks": the phrase has ended
    return False


def _had_come(reading: Reading, rules: RuleSet, i: int) -> bool:
    """ "They had met even before the attack": what is done to somebody, in a sentence whose verb is in the past."""
    begin, _ = reading.bounds(i)
    verb = next((k for k in range(i - 1, begin - 1, -1) if reading.pos(k) == "VERB"), None)
    return reading.norm(i) in _WORDS["struck"] and verb is not None and past(reading, rules, verb)


def _purpose(reading: Reading, k: int, i: int) -> bool:
    """ "for talks", "for the holding of talks": a preposition of purpose before the noun or before a noun that carries it."""
    return all(reading.norm(m) in _WORDS["carriers"] for m in range(k + 1, i))


def _complement(reading: Reading, k: int) -> bool:
    """ل before a noun is no purpose when it continues a genitive or a verb of the noun's own (تعرض لهجوم), tells what is
    regretted, criticised, thanked for (أسفها لاعتقال, انتقاد فرنسا للعملية), or why, with whose it is behind it (لتدخلها)."""
    if reason(reading, k + 1):
        return True
    m = k - 1
    while m in reading.unit_at or reading.pos(m) == "PRON" or reading.is_adverb(m):
        m -= 1
    return reading.norm(m).startswith(tuple(_WORDS["complement_stems"]))


def reason(reading: Reading, i: int) -> bool:
    """The noun at token `i` tells why something is done to whom its pronoun takes up: sanctioned Russia for its intervention."""
    return reading.norm(i - 1) == "ل" and reading.norm(i) in _WORDS["reasons"] and reading.owned(i)


def _above(reading: Reading, i: int) -> list[int]:
    """The tokens that govern token `i`: heads in the tree up to a verb of another clause, and the words just before it
    over prepositions, أن and nouns in the genitive."""
    found: list[int] = []
    begin, _ = reading.bounds(i)
    k = i - 1
    while k >= begin and i - k <= GOVERNOR_REACH:
        pos, word = reading.pos(k), reading.norm(k)
        if reading.doc[k].text in CLAUSE_END or reading.doc[k].text in COMMAS:
            break
        if word in _WORDS["breaks"] or _while(reading, k):
            break
        if (unit := reading.unit_at.get(k)) is None or unit.adjective:
            found.append(k)
        if pos == "VERB" and word not in _WORDS["auxiliaries"]:
            break
        if word in RELATIVES or word in {"حيث", "اذا"}:
            break
        k -= 1
    linear = [k for k in found if reading.pos(k) in {"VERB", "NOUN", "ADJ", "PART"} and _reaches(reading, k, i)]
    above = linear + [k for k in _heads(reading, i) if k not in linear]
    if reading.norm(i - 1) in {"و", "ثم"} and reading.pos(i) == "VERB" and (reading.norm(i)[0] not in "يتن" or reading.norm(i).endswith("ت")):
        # «اتهم فلان فلانا بكذا وطالبه»: a past behind "and" is joined to the verb before, and governed by it only within its "that"
        return [k for k in above if k > i or reading.pos(k) != "VERB" or any(reading.norm(m) in {"ان", "بان"} for m in range(k + 1, i))]
    return above


def _while(reading: Reading, k: int) -> bool:
    """فيما that the analysis has split, and في حين."""
    return reading.norm(k) in {"ما", "حين"} and reading.norm(k - 1) == "في"


def _reaches(reading: Reading, k: int, i: int) -> bool:
    """A word governs the trigger by order when only أن, prepositions, particles, nouns or its subject stand between."""
    between = range(k + 1, i)
    if reading.pos(k) == "VERB":
        return True
    units = [m for m in between if (u := reading.unit_at.get(m)) and not u.adjective]
    return not units and sum(reading.pos(m) != "PUNCT" for m in between) <= 3


def beside(reading: Reading, i: int) -> bool:
    """A participle behind a comma (متهما، داعيا) tells what goes with the clause before it, and is not governed by it."""
    word, k = reading.norm(i), i - 1
    k -= reading.doc[k].text in {'"', "»", "”"}
    return reading.doc[k].text in COMMAS and reading.pos(i) in {"ADJ", "NOUN"} and (word.startswith("م") or word in _WORDS["calling"])


def _heads(reading: Reading, i: int) -> list[int]:
    token = reading.doc[i]
    found: list[int] = []
    if beside(reading, i) or (reading.pos(i) == "VERB" and reading.norm(i - 1) in RELATIVES):
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
