"""Which agency's text an article prints: two outlets that print one agency's text are one source.

An article credits an agency in its byline or in a note at the start or the end of the body: "(رويترز)", "المصدر: وكالات".
"""

from __future__ import annotations

import re

from kg import files
from kg.model import Article
from kg.tables import Names, Row, read_table


class AgencyRow(Row):
    """A row of kg/data/lexicon/agencies.tsv."""

    name: str
    spellings: Names
    english: str


# What papers write -> the agency's usual name.
_AGENCIES = {spelling: row.name for row in read_table(files.DATA / "lexicon" / "agencies.tsv", AgencyRow) for spelling in row.spellings}
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
