"""Posts that somebody is given: "X was appointed minister of justice", "the election of Y as president of Z".

The post stands in the accusative behind the name, so that how the sentence puts the appointment (will appoint, refused to
appoint, proposed) is how it puts the post. The words are data (kg/data/lexicon/appointments.toml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from kg import files
from kg.arabic import fold, fold_word
from kg.language.morphology import conjugate
from kg.model import Claim, Modality
from kg.qualifiers.stance import stance
from kg.rules import RuleSet
from kg.syntax.clauses import Reading
from kg.tables import Row, read_toml

Says = Literal["done", "planned"]


class _AppointmentRow(Row):
    id: str
    says: Says
    gloss: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]


@lru_cache(maxsize=1)
def _words() -> tuple[Mapping[str, Says], Mapping[str, Says]]:
    """The forms of the verbs, and of the nouns, with what they say."""
    rows = read_toml(files.DATA / "lexicon" / "appointments.toml", "appointment", _AppointmentRow)
    verbs = {form: row.says for row in rows for verb in row.verbs for form in conjugate(*verb.split())}
    return verbs, {fold_word(noun): row.says for row in rows for noun in row.nouns}


@dataclass(frozen=True)
class Appointments:
    """Puts the posts of one article as the appointments to them are put."""

    reading: Reading
    rules: RuleSet

    def put(self, claim: Claim) -> Claim:
        """The claim of a post, with the stance of the appointment by which it is given."""
        if not claim.position or claim.trigger is None or claim.subject_span is None or not fold(claim.position).split()[0].endswith("ا"):
            return claim
        found = self._appointed(min(claim.trigger.start, claim.subject_span.start))
        if found is None:
            return claim
        k, says, noun = found
        how = stance(self.reading, self.rules, k, noun, None)
        if says == "planned" and how.asserted:
            how = replace(how, modality=Modality.PLANNED)
        return replace(claim, polarity=how.polarity, modality=how.modality)

    def _appointed(self, offset: int) -> tuple[int, Says, bool] | None:
        """The word of the appointment before an offset of the text, in its sentence, what it says, and whether it is a noun."""
        r = self.reading
        at = next((k for k in range(len(r.doc)) if r.doc[k].idx >= offset), len(r.doc))
        verbs, nouns = _words()
        for k in range(at - 1, r.bounds(max(0, at - 1))[0] - 1, -1):
            word = r.norm(k)
            if word in nouns and r.pos(k) != "VERB":
                return k, nouns[word], True
            if word in verbs and r.pos(k) == "VERB":
                return k, verbs[word], False
        return None
