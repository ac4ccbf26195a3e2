"""A small corpus of hand-made extractions: the golden graph of the tests of graph, store, queries and page.

The sentences are the project's own. `extractions()` is what the stages would hand to kg.graph; the claims cover every way
in which a text can put a thing: asserted, negated, planned, requested, denied, at a distance; with and without speaker,
time, outlet, agency and reference data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kg.graph import Settings, article_graph
from kg.model import (
    Article,
    Claim,
    Entity,
    Extraction,
    Granularity,
    Mention,
    Modality,
    Origin,
    Polarity,
    Quotation,
    Run,
    Span,
    Time,
)
from kg.model import (
    EntityType as T,
)
from kg.rdf.runs import build_triples, run_triples
from kg.store import Store

RUN = Run("0.1.0", "ar-test", (("rules", "2021.1"), ("threshold", "0.5")), dt.datetime(2026, 1, 2, 3, 4, 5))
SETTINGS = Settings()

_ENTITIES: dict[str, tuple[T, str, str, str]] = {
    "putin": (T.PERSON, "فلاديمير بوتين", "Vladimir Putin", "Q7747"),
    "erdogan": (T.PERSON, "رجب طيب أردوغان", "Recep Tayyip Erdogan", "Q39259"),
    "macron": (T.PERSON, "إيمانويل ماكرون", "Emmanuel Macron", "Q3052772"),
    "raisi": (T.PERSON, "إبراهيم رئيسي", "Ebrahim Raisi", ""),
    "biden": (T.PERSON, "جو بايدن", "Joe Biden", "Q6279"),
    "peskov": (T.PERSON, "دميتري بيسكوف", "Dmitry Peskov", ""),
    "lavrov": (T.PERSON, "سيرغي لافروف", "Sergei Lavrov", ""),
    "merkel": (T.PERSON, "أنغيلا ميركل", "Angela Merkel", "Q567"),
    "russia": (T.COUNTRY, "روسيا", "Russia", "Q159"),
    "turkey": (T.COUNTRY, "تركيا", "Turkey", "Q43"),
    "ukraine": (T.COUNTRY, "أوكرانيا", "Ukraine", "Q212"),
    "united_states": (T.COUNTRY, "الولايات المتحدة", "United States", "Q30"),
    "iran": (T.COUNTRY, "إيران", "Iran", "Q794"),
    "afghanistan": (T.COUNTRY, "أفغانستان", "Afghanistan", "Q889"),
    "tajikistan": (T.COUNTRY, "طاجيكستان", "Tajikistan", "Q863"),
    "armenia": (T.COUNTRY, "أرمينيا", "Armenia", "Q399"),
    "germany": (T.COUNTRY, "ألمانيا", "Germany", "Q183"),
    "csto": (
        T.ORGANIZATION,
        "منظمة معاهدة الأمن الجماعي",
        "Collective Security Treaty Organization",
        "Q318693",
    ),
    "nato": (T.ORGANIZATION, "حلف شمال الأطلسي", "NATO", "Q7184"),
    "taliban": (T.ARMED_GROUP, "حركة طالبان", "Taliban", "Q42418"),
    "kabul": (T.PLACE, "كابل", "Kabul", "Q5838"),
    "geneva": (T.PLACE, "جنيف", "Geneva", "Q71"),
    "moscow": (T.PLACE, "موسكو", "Moscow", "Q649"),
    "kharkiv": (T.PLACE, "خاركيف", "Kharkiv", ""),
    "geneva_summit": (T.EVENT, "قمة جنيف", "Geneva summit", ""),
    "jcpoa": (T.AGREEMENT, "الاتفاق النووي", "Iran nuclear deal", ""),
    "terrorism": (T.TOPIC, "الإرهاب", "Terrorism", ""),
    "drug_trafficking": (T.TOPIC, "تهريب المخدرات", "Drug trafficking", ""),
}
# Beings that no reference data knows: key -> type, Arabic label, transliteration.
_UNKNOWN: dict[str, tuple[T, str, str]] = {
    "person:ليلى الدرويش": (T.PERSON, "ليلى الدرويش", "Layla al-Darwish"),
    "person:هاني الدرويش": (T.PERSON, "هاني الدرويش", "Hani al-Darwish"),
    "person:سالم الدرويش": (T.PERSON, "سالم الدرويش", "Salim al-Darwish"),
    "organization:مركز الضفاف للدراسات": (
        T.ORGANIZATION,
        "مركز الضفاف للدراسات",
        "Markaz al-Difaf lilDirasat",
    ),
}


def key(short: str) -> str:
    """`putin` -> the canonical key of the fixture's entity."""
    return short if ":" in short else f"ref:{short}"


def day(text: str, words: str = "") -> Time:
    """One day, read from `words`."""
    date = dt.date.fromisoformat(text)
    return Time(date, date, Granularity.DAY, words)


def month(year: int, number: int, words: str = "") -> Time:
    last = dt.date(year + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)
    return Time(dt.date(year, number, 1), last, Granularity.MONTH, words)


@dataclass
class Story:
    """Builds one extraction; words are found in the text, so that offsets cannot be wrong."""

    id: str
    title: str
    body: str
    published: str = ""
    source: str = ""
    author: str = ""
    url: str = ""
    names: dict[str, set[str]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)

    @property
    def article(self) -> Article:
        published = dt.date.fromisoformat(self.published) if self.published else None
        text = f"{self.title}\n\n{self.body}" if self.title else self.body
        return Article(
            self.id, text, self.title, published, self.source, self.url, self.author, f"corpus/{self.id}.txt"
        )

    def span(self, words: str, after: int = 0) -> Span:
        start = self.article.text.index(words, after)
        return Span(start, start + len(words))

    def sentence(self, words: str) -> Span:
        """The sentence that holds `words`."""
        text, found = self.article.text, self.span(words)
        stop = text.rfind(". ", 0, found.start)
        start = max(stop + 2 if stop >= 0 else 0, text.rfind("\n", 0, found.start) + 1)
        ends = [e for e in (text.find(". ", found.end - 1), text.find("\n", found.end)) if e >= 0]
        end = min(ends, default=len(text))
        return Span(start, end + 1 if text[end : end + 1] == "." else end)

    def name(self, who: str, words: str, origin: Origin = Origin.GAZETTEER, note: str = "") -> Span:
        """Adds the first place where `words` stand for `who`."""
        span, kind = self.span(words), _ENTITIES.get(who, _UNKNOWN.get(who, (T.TOPIC,)))[0]
        if not any(m.span == span and m.key == key(who) for m in self.mentions):
            self.mentions.append(Mention(span, words, kind, origin, key(who), note))
        if origin is not Origin.REFERENCE:
            self.names.setdefault(key(who), set()).add(words)
        return span

    def claim(
        self, subject: tuple[str, str], relation: str, object: tuple[str, str], trigger: str, **more: Any
    ) -> Story:
        """`subject` and `object` are (who, words); the sentence is the one with `trigger`."""
        said = more.pop("by", None)
        if said:
            self.name(*said)
            more["attributed_to"] = key(said[0])
        self.claims.append(
            Claim(
                self.id,
                key(subject[0]),
                relation,
                key(object[0]),
                more.pop("rule", f"{relation}-01"),
                more.pop("confidence", 0.9),
                self.sentence(trigger),
                trigger=self.span(trigger),
                subject_span=self.name(*subject),
                object_span=self.name(*object),
                **more,
            )
        )
        return self

    def quote(self, words: str, speaker: str = "") -> Story:
        self.quotations.append(Quotation(self.span(words), key(speaker) if speaker else ""))
        return self

    def build(self) -> Extraction:
        entities = tuple(_entity(k, tuple(sorted(names))) for k, names in sorted(self.names.items()))
        mentions = tuple(sorted(self.mentions, key=lambda m: m.span))
        return Extraction(self.article, entities, mentions, tuple(self.claims), tuple(self.quotations))


def _entity(key: str, names: tuple[str, ...]) -> Entity:
    if key in _UNKNOWN:
        kind, arabic, latin = _UNKNOWN[key]
        return Entity(key, kind, arabic, latin, True, names)
    kind, arabic, english, wikidata = _ENTITIES[key.partition(":")[2]]
    return Entity(key, kind, arabic, english, False, names, wikidata)


def _call() -> Story:
    story = Story(
        "call-1",
        "بوتين وأردوغان يبحثان هاتفيا التطورات في أفغانستان",
        "أجرى الرئيس الروسي فلاديمير بوتين اتصالا هاتفيا بنظيره التركي رجب طيب أردوغان يوم السبت 21 أغسطس/آب. "
        "وقال المتحدث باسم الكرملين دميتري بيسكوف إن بوتين سيزور تركيا في أكتوبر المقبل.\n"
        "وتضم منظمة معاهدة الأمن الجماعي طاجيكستان وأرمينيا إلى جانب روسيا. "
        "وأعرب بوتين عن قلقه من الإرهاب وتهريب المخدرات عبر الحدود. "
        "وأضاف بيسكوف: «لا نية لدى موسكو للتدخل في أفغانستان».",
        "2021-08-22",
        "صحيفة الميناء",
        "مراسل الميناء",
        "https://almina.example/2021/08/22/call",
    )
    putin, erdogan = ("putin", "فلاديمير بوتين"), ("erdogan", "رجب طيب أردوغان")
    peskov = ("peskov", "دميتري بيسكوف")
    story.claim(
        putin, "spoke_with", erdogan, "اتصالا هاتفيا", time=day("2021-08-21", "يوم السبت 21 أغسطس/آب")
    )
    story.claim(putin, "head_of_state_of", ("russia", "الروسي"), "الرئيس", position="الرئيس الروسي")
    story.claim(erdogan, "head_of_state_of", ("turkey", "التركي"), "نظيره", position="الرئيس التركي")
    story.claim(
        peskov,
        "spokesperson_of",
        ("russia", "الكرملين"),
        "المتحدث",
        position="المتحدث باسم الكرملين",
        portfolio="president",
    )
    story.claim(
        ("putin", "بوتين سيزور"[:5]),
        "visited",
        ("turkey", "تركيا"),
        "سيزور",
        modality=Modality.PLANNED,
        by=peskov,
        time=month(2021, 10, "أكتوبر المقبل"),
    )
    csto = ("csto", "منظمة معاهدة الأمن الجماعي")
    for state, words in (("tajikistan", "طاجيكستان"), ("armenia", "أرمينيا"), ("russia", "روسيا")):
        story.claim(csto, "member", (state, words), "تضم")
    for topic, words in (("terrorism", "الإرهاب"), ("drug_trafficking", "تهريب المخدرات")):
        story.claim(putin, "expressed_concern_about", (topic, words), "عن قلقه")
    story.claim(
        ("russia", "موسكو"),
        "intervened_in",
        ("afghanistan", "أفغانستان"),
        "للتدخل",
        polarity=Polarity.NEGATIVE,
        by=peskov,
    )
    return story.quote("«لا نية لدى موسكو للتدخل في أفغانستان»", "peskov")


_WIRE = (
    "بحث الرئيس الروسي فلاديمير بوتين في مكالمة هاتفية السبت مع نظيره التركي رجب طيب أردوغان الوضع في كابل."
)


def _wire(id: str, source: str, published: str) -> Story:
    """One agency's text in an outlet."""
    story = Story(id, "مكالمة بين بوتين وأردوغان", f"موسكو (تاس) - {_WIRE}", published, source)
    story.claim(
        ("putin", "فلاديمير بوتين"),
        "spoke_with",
        ("erdogan", "رجب طيب أردوغان"),
        "مكالمة هاتفية",
        time=day("2021-08-21", "السبت"),
        confidence=0.85,
    )
    story.name("kabul", "كابل")
    return story


def _strike() -> Story:
    story = Story(
        "strike",
        "كييف تتهم موسكو بقصف خاركيف",
        "اتهمت أوكرانيا روسيا بقصف مدينة خاركيف يوم 6 مايو/أيار 2022. ونفت روسيا اتهامات أوكرانيا جملة وتفصيلا. "
        "وأدان الرئيس الأميركي جو بايدن روسيا. وحذر سيرغي لافروف حلف شمال الأطلسي من عواقب وخيمة.",
        "2022-05-07",
        "وكالة الضفة",
    )
    when = day("2022-05-06", "يوم 6 مايو/أيار 2022")
    russia, ukraine = ("russia", "روسيا"), ("ukraine", "أوكرانيا")
    story.claim(ukraine, "accused", russia, "اتهمت")
    story.claim(
        russia,
        "attacked",
        ("kharkiv", "خاركيف"),
        "بقصف مدينة",
        modality=Modality.REPORTED,
        by=ukraine,
        time=when,
        confidence=0.7,
    )
    story.claim(russia, "denied_accusation_of", ukraine, "نفت")
    story.claim(
        russia,
        "attacked",
        ("kharkiv", "خاركيف"),
        "نفت",
        modality=Modality.DENIED,
        by=russia,
        time=when,
        confidence=0.6,
    )
    story.claim(("biden", "جو بايدن"), "condemned", russia, "أدان")
    story.claim(
        ("biden", "جو بايدن"),
        "head_of_state_of",
        ("united_states", "الأميركي"),
        "الرئيس",
        position="الرئيس الأميركي",
    )
    story.claim(("lavrov", "سيرغي لافروف"), "warned", ("nato", "حلف شمال الأطلسي"), "حذر")
    return story


def _planned() -> Story:
    story = Story(
        "planned",
        "لقاءات مرتقبة",
        "يلتقي الرئيس الأميركي جو بايدن نظيره الروسي فلاديمير بوتين في جنيف في 16 يونيو/حزيران. "
        "ويعتزم إيمانويل ماكرون لقاء إبراهيم رئيسي في سبتمبر/أيلول. ودعا ماكرون روسيا إلى دعم أوكرانيا.",
        "2021-06-01",
        "صحيفة الميناء",
    )
    story.claim(
        ("biden", "جو بايدن"),
        "met_with",
        ("putin", "فلاديمير بوتين"),
        "يلتقي",
        modality=Modality.PLANNED,
        time=day("2021-06-16", "16 يونيو/حزيران"),
    )
    story.claim(
        ("macron", "إيمانويل ماكرون"),
        "met_with",
        ("raisi", "إبراهيم رئيسي"),
        "يعتزم",
        modality=Modality.PLANNED,
        time=month(2021, 9, "سبتمبر/أيلول"),
    )
    story.claim(("macron", "إيمانويل ماكرون"), "called_on", ("russia", "روسيا"), "دعا")
    story.claim(("russia", "روسيا"), "supports", ("ukraine", "أوكرانيا"), "دعا", modality=Modality.REQUESTED)
    return story


def _summit() -> Story:
    story = Story(
        "summit",
        "اختتام قمة جنيف",
        "اجتمع جو بايدن وفلاديمير بوتين في جنيف يوم الأربعاء 16 يونيو/حزيران 2021. وشارك سيرغي لافروف في قمة جنيف. "
        "واتفقت الولايات المتحدة وروسيا على إعادة السفراء. وقال بايدن: «المحادثات كانت إيجابية».",
        "2021-06-17",
        "موقع الجسر",
    )
    when = day("2021-06-16", "يوم الأربعاء 16 يونيو/حزيران 2021")
    biden, putin = ("biden", "جو بايدن"), ("putin", "فلاديمير بوتين")
    story.claim(biden, "met_with", putin, "اجتمع", time=when)
    story.claim(biden, "participated_in", ("geneva_summit", "قمة جنيف"), "اجتمع", time=when, confidence=0.6)
    story.claim(putin, "participated_in", ("geneva_summit", "قمة جنيف"), "اجتمع", time=when, confidence=0.6)
    story.claim(("lavrov", "سيرغي لافروف"), "participated_in", ("geneva_summit", "قمة جنيف"), "شارك")
    story.claim(("united_states", "الولايات المتحدة"), "agreed_with", ("russia", "وروسيا"[1:]), "اتفقت")
    story.claim(biden, "visited", ("geneva", "جنيف"), "اجتمع", time=when, confidence=0.4)
    return story.quote("«المحادثات كانت إيجابية»", "biden")


def _taliban() -> Story:
    story = Story(
        "kabul",
        "طالبان تسيطر على كابل",
        "سيطرت حركة طالبان على كابل يوم 15 أغسطس/آب 2021. وانسحبت الولايات المتحدة من أفغانستان. "
        "وأبدت أنغيلا ميركل قلقها من الإرهاب. ولم تتفق ألمانيا مع حركة طالبان. "
        "وفاوض وزير الخارجية سيرغي لافروف حركة طالبان في موسكو. وتنشط الحركة في طاجيكستان بحسب تقارير غير مؤكدة.",
        "2021-08-16",
        "موقع الجسر",
    )
    taliban = ("taliban", "حركة طالبان")
    story.claim(
        taliban, "controls", ("kabul", "كابل"), "سيطرت", time=day("2021-08-15", "يوم 15 أغسطس/آب 2021")
    )
    story.claim(
        ("united_states", "الولايات المتحدة"), "withdrew_from", ("afghanistan", "أفغانستان"), "انسحبت"
    )
    story.claim(("merkel", "أنغيلا ميركل"), "expressed_concern_about", ("terrorism", "الإرهاب"), "قلقها")
    story.claim(("germany", "ألمانيا"), "agreed_with", taliban, "تتفق", polarity=Polarity.NEGATIVE)
    story.claim(("lavrov", "سيرغي لافروف"), "negotiated_with", taliban, "فاوض")
    story.claim(
        ("lavrov", "سيرغي لافروف"),
        "minister_of",
        ("russia", "موسكو"),
        "وزير",
        position="وزير الخارجية",
        portfolio="foreign",
    )
    story.name("taliban", "الحركة", Origin.REFERENCE, "coreference: the last group named")
    story.claim(
        taliban,
        "active_in",
        ("tajikistan", "طاجيكستان"),
        "تنشط",
        modality=Modality.REPORTED,
        source_text="تقارير غير مؤكدة",
        confidence=0.55,
    )
    return story


def _former() -> Story:
    story = Story(
        "former",
        "المستشارة السابقة تزور موسكو",
        "وصلت المستشارة الألمانية السابقة أنغيلا ميركل إلى موسكو في 3 مارس/آذار 2022. والتقت سيرغي لافروف في اليوم نفسه. "
        "وفرضت ألمانيا عقوبات على روسيا. وحذرت ألمانيا روسيا من الهجوم على أوكرانيا.",
        "2022-03-04",
        "صحيفة الميناء",
    )
    merkel, when = ("merkel", "أنغيلا ميركل"), day("2022-03-03", "3 مارس/آذار 2022")
    story.claim(
        merkel,
        "head_of_government_of",
        ("germany", "الألمانية"),
        "المستشارة الألمانية",
        position="المستشارة الألمانية السابقة",
        former=True,
    )
    story.claim(merkel, "visited", ("moscow", "موسكو"), "وصلت", time=when)
    story.claim(merkel, "met_with", ("lavrov", "سيرغي لافروف"), "التقت", time=when)
    story.claim(("germany", "ألمانيا"), "sanctioned", ("russia", "روسيا"), "عقوبات")
    story.claim(("germany", "ألمانيا"), "warned", ("russia", "روسيا"), "حذرت")
    story.claim(
        ("russia", "روسيا"), "attacked", ("ukraine", "أوكرانيا"), "الهجوم", modality=Modality.HYPOTHETICAL
    )
    return story


def _unknown() -> Story:
    """An article without date, outlet or headline, about people whom no reference data knows."""
    story = Story(
        "talks/№ 7",
        "",
        "التقى الباحث سالم الدرويش مبعوث مركز الضفاف للدراسات إبراهيم رئيسي. وانسحبت إيران من الاتفاق النووي، على حد قوله.",
    )
    darwish, centre = "person:سالم الدرويش", "organization:مركز الضفاف للدراسات"
    story.claim((darwish, "سالم الدرويش"), "met_with", ("raisi", "إبراهيم رئيسي"), "التقى")
    story.claim(
        (darwish, "سالم الدرويش"),
        "official_of",
        (centre, "مركز الضفاف للدراسات"),
        "مبعوث",
        position="مبعوث",
        portfolio="envoy",
    )
    story.claim(
        ("iran", "إيران"),
        "withdrew_from",
        ("jcpoa", "الاتفاق النووي"),
        "انسحبت",
        by=(darwish, "سالم الدرويش"),
    )
    return story


@cache
def extractions() -> tuple[Extraction, ...]:
    """The corpus."""
    stories: Sequence[Story] = (
        _call(),
        _wire("call-2", "موقع الجسر", "2021-08-21"),
        _wire("call-3", "بوابة النهر", "2021-08-22"),
        _strike(),
        _planned(),
        _summit(),
        _taliban(),
        _former(),
        _unknown(),
    )
    return tuple(story.build() for story in stories)


def extraction(id: str) -> Extraction:
    """The extraction of one article of the corpus."""
    return next(e for e in extractions() if e.article.id == id)


def corpus(folder: Path | None = None) -> Store:
    """A store of the corpus: in memory, or in `folder`."""
    store = Store.open(folder, SETTINGS.iris)
    store.put(article_graph(extraction, RUN, SETTINGS) for extraction in extractions())
    store.state("runs", run_triples(RUN, SETTINGS))
    store.add("builds", build_triples(RUN, SETTINGS))
    return store
