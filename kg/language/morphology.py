"""Inflected forms of verbs and nouns, folded, from the citation forms that the rules give.

A rule names a verb by its past and present, third person masculine (`التقى يلتقي`), a noun by its forms. The forms are
generated rather than left to the lemmatizer alone, which keeps a form that it has not seen as it is.
"""

from __future__ import annotations

from kg.arabic import fold_word

_WEAK = ("ا", "ي")
_PAST_ENDINGS = ("", "ت", "ا", "تا", "وا", "ن", "نا")
_PRESENT_ENDINGS = ("", "ان", "ون", "ين", "وا", "ا", "ن")
_LONG_VOWELS = "اوي"
# Not the alef of the first person: with it أكد would be the present of كاد, and newspapers hardly use it.
PRESENT_PREFIXES = ("ي", "ت", "ن")


def conjugate(past: str, present: str) -> frozenset[str]:
    """The folded forms of a verb: past, present in all moods, future with a glued س.

    >>> {"التقت", "يلتقيان", "سيلتقي", "يلتق"} <= conjugate("التقى", "يلتقي")
    True
    >>> {"زارت", "تزور", "يزر"} <= conjugate("زار", "يزور")
    True
    """
    return pasts(past) | frozenset(_present(fold_word(present)))


def pasts(past: str) -> frozenset[str]:
    """The folded forms of a verb's past alone."""
    stem = fold_word(past)
    sound = {stem + ending for ending in _PAST_ENDINGS} if past.endswith(("أ", "ئ", "ؤ")) else set()  # بدأت, not بدت
    return frozenset(_past(stem) | sound)


def _past(stem: str) -> set[str]:
    forms = _endings(stem)
    if len(stem) == 4 and stem[1] == "ا" and stem[0] not in "ا":
        forms |= _endings(stem[0] + "و" + stem[2:])  # the passive of form III: هوجم
    return forms


def _endings(stem: str) -> set[str]:
    if stem[-1] in _WEAK and len(stem) > 2:
        base = stem[:-1]
        return {stem} | {base + e for e in ("ت", "ا", "ي", "يا", "تا", "وا", "و", "ينا", "وه")}
    return {stem + ending for ending in _PAST_ENDINGS}


def _present(form: str) -> set[str]:
    stem = form[1:]
    stems = {stem + ending for ending in _PRESENT_ENDINGS}
    if stem[-1] in _LONG_VOWELS:
        base = stem[:-1]
        stems |= {base + ending for ending in ("", "ون", "يان", "وا", "يا", "ين", "وان", "ان", "ا")}
    elif len(stem) > 2 and stem[-2] in _LONG_VOWELS:
        stems.add(stem[:-2] + stem[-1])
    forms = {prefix + s for prefix in PRESENT_PREFIXES for s in stems}
    return forms | {"س" + form for form in forms}


def jussives(present: str) -> frozenset[str]:
    """The folded forms that a verb with a long vowel has behind "not" alone, and that are often other verbs': لم يستعد (did not
    regain), but يستعد (prepares).

    >>> "تستعد" in jussives("يستعيد"), jussives("يلتقي")
    (True, frozenset())
    """
    stem = fold_word(present)[1:]
    short = len(stem) > 2 and stem[-2] in _LONG_VOWELS and stem[-1] not in _LONG_VOWELS
    return frozenset(prefix + stem[:-2] + stem[-1] for prefix in PRESENT_PREFIXES) if short else frozenset()


def first_persons(present: str) -> frozenset[str]:
    """The folded first persons of a verb's present, singular and plural, and of its future: أدعو, ندعو, سندعو.

    >>> sorted(first_persons("يدعو"))
    ['ادعو', 'سادعو', 'سندعو', 'ندعو']
    """
    stem = fold_word(present)[1:]
    return frozenset(prefix + stem for prefix in ("ا", "ن", "سا", "سن"))


def first_pasts(past: str) -> frozenset[str]:
    """The folded first persons of a verb's past that are written like no other: "we" of any verb that ends in a strong letter,
    both of a verb with a weak end.

    >>> sorted(first_pasts("التقى")), sorted(first_pasts("بحث")), sorted(first_pasts("زار"))
    (['التقيت', 'التقينا'], ['بحثنا'], ['زرنا'])
    """
    p = fold_word(past)
    if p[-1] in "يا":
        stem = p[:-1] + ("و" if len(p) == 3 and p[-1] == "ا" else "ي")
        return frozenset({stem + "ت", stem + "نا"})
    if p[-2:-1] == "ا" and len(p) == 3:
        return frozenset({p[0] + p[2] + "نا"})
    return frozenset({p + "نا"})


def participles(past: str, present: str) -> frozenset[str]:
    """Active participles of a derived verb (forms II to X) and of a regular form I: محذر محذرا محذرة, داعيا, قائلا.

    >>> "محذرا" in participles("حذر", "يحذر")
    True
    """
    p, stem = fold_word(past), fold_word(present)[1:]
    base = "م" + stem
    bases = {base}
    if len(p) == 3:
        bases.add(p[0] + "ا" + ("ي" if p[1] == "ا" else p[1]) + p[2])
    # The feminine participle of form III looks like its verbal noun (مقاومة), which it nearly always is.
    third = len(p) == 4 and p[1] == "ا"
    endings = ("", "ا", "ين", "ون") if third else ("", "ا", "ه", "ين", "ون", "تين", "ات")
    found = {b + e for b in bases for e in endings}
    found |= {b[:-1] + "يا" for b in bases if b[-1] in "اوي"} | {b[:-1] + "يه" for b in bases if b[-1] in "اوي"}
    return frozenset(found)


def is_future(form: str) -> bool:
    """True for a present with a glued س that the analysis has not split off."""
    return len(form) > 4 and form[0] == "س" and form[1] in PRESENT_PREFIXES


def is_feminine(form: str) -> bool:
    """True for a third person feminine verb form (past in ت, present in ت-), folded, without س."""
    return form.endswith(("ت", "تا")) or (form.startswith(("ت", "ست")) and len(form) > 3)


def noun_forms(noun: str) -> frozenset[str]:
    """The folded forms of a noun: with the article, before suffixes, in the accusative, with لل.

    >>> {"اللقاء", "لقاي", "لقاوه"} & noun_forms("لقاء") == {"اللقاء", "لقاي"}
    True
    """
    form = fold_word(noun)
    forms = {form}
    if form.endswith("ء"):
        forms |= {form[:-1] + "ي", form[:-1] + "و", form[:-1], form + "ا"}
    elif form.endswith("ه"):
        forms.add(form[:-1] + "ت")
    else:
        forms.add(form + "ا")
    return frozenset(forms | {"ال" + f for f in forms if not f.startswith("ال")})
