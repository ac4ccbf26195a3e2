"""Which agency's text an article prints: two outlets that print one agency's text are one source.

An article credits an agency in its byline or in a note at the start or the end of the body: "(رويترز)", "المصدر: وكالات".
"""

from __future__ import annotations

import re

from kg.model import Article

# What papers write -> the agency's usual name.
_AGENCIES = {
    "رويترز": "رويترز", "Reuters": "رويترز", "فرانس برس": "فرانس برس", "أ ف ب": "فرانس برس", "أ.ف.ب": "فرانس برس",
    "ا ف ب": "فرانس برس", "AFP": "فرانس برس", "أسوشيتد برس": "أسوشيتد برس", "اسوشيتد برس": "أسوشيتد برس",
    "أ ب": "أسوشيتد برس", "د ب أ": "د ب أ", "د.ب.أ": "د ب أ", "الأناضول": "الأناضول", "تاس": "تاس",
    "نوفوستي": "نوفوستي", "سبوتنيك": "سبوتنيك", "إنترفاكس": "إنترفاكس", "شينخوا": "شينخوا", "واس": "واس",
    "وام": "وام", "سانا": "سانا", "بترا": "بترا", "أ ش أ": "أ ش أ", "إفي": "إفي", "الأنباء السعودية": "واس",
}  # fmt: skip
_NAMES = "|".join(sorted(map(re.escape, _AGENCIES), key=len, reverse=True))
_CREDIT = re.compile(
    rf"[(\[（]\s*(?:وكالة\s+)?({_NAMES})\s*[)\]）]|(?:المصدر|نقلا عن|نقلاً عن)\s*[:：]\s*(?:وكالة\s+)?({_NAMES})\b"
)
_BYLINE = re.compile(rf"^(?:وكالة\s+)?({_NAMES})$")


def agency(article: Article) -> str:
    """The usual name of the agency whose text the article prints; empty when it credits none.

    >>> agency(Article("1", "أنقرة (رويترز) - وصل الوزير إلى العاصمة."))
    'رويترز'
    """
    byline = _BYLINE.match(article.author.strip())
    if byline:
        return _AGENCIES[byline[1]]
    start = article.headline
    for stretch in (article.text[start : start + 120], article.text[-80:]):
        credit = _CREDIT.search(stretch)
        if credit:
            return _AGENCIES[credit[1] or credit[2]]
    return ""
