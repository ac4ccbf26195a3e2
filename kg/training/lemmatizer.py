"""The lemmatizer: Stanza's dictionary, made larger than the treebank by analogy.

Lemmas of the treebank are vocalised, so that a form that was never seen can get its lemma right only from a related form
that was: the dictionary learns from the treebank how forms of one lemma differ at their edges (`المدن` beside `مدن`,
`يقولون` beside `يقول`), how far each difference can be trusted, and enters every word of the raw text's vocabulary for
which a trusted difference leads to a known form. Looking up costs nothing beside a neural decoder.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from stanza.models.lemma.data import DataLoader
from stanza.models.lemma.trainer import Trainer

from kg.arabic import MARKS
from kg.training import treebank
from kg.training.treebank import Sentence

# Left and right edge taken off, left and right edge put in their place.
Rule = tuple[str, str, str, str]
Entry = tuple[str, str, str]  # form, UPOS, lemma
_EDGE = 3
_STEM = 2


@dataclass(frozen=True)
class Settings:
    """`least` and `trust`: how often a difference must be seen, and how often it must lead to the right lemma."""

    least: int = 4
    trust: float = 0.55
    vocabulary: int = 80_000


def spelling(form: str) -> str:
    """A key under which forms that differ in hamza seats, marks and the like are one."""
    plain = MARKS.sub("", form)
    return plain.translate(str.maketrans("أإآٱىؤئ", "اااايوي"))


def entries(sentences: Iterable[Sentence]) -> Iterator[Entry]:
    """Form, UPOS and lemma of every word that has a lemma."""
    for sentence in sentences:
        for word in treebank.words(sentence):
            if word.lemma != "_" or word.form == "_":
                yield word.form, word.upos, word.lemma


def _differences(first: str, second: str) -> Iterator[Rule]:
    """The way to turn one form into the other by exchanging short edges around the longest stem that they share."""
    for length in range(min(len(first), len(second)), _STEM - 1, -1):
        for left in range(min(_EDGE, len(first) - length) + 1):
            if len(first) - length - left > _EDGE:
                continue
            stem = first[left : left + length]
            place = second.find(stem)
            if 0 <= place <= _EDGE and len(second) - place - length <= _EDGE:
                yield first[:left], first[left + length :], second[:place], second[place + length :]
                return


class Analogy:
    """What a treebank knows about forms and lemmas. Forms are kept in their `spelling`."""

    def __init__(self, known: Iterable[Entry], settings: Settings) -> None:
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for form, upos, lemma in known:
            counts[spelling(form), upos][lemma] += 1
        self._lemma = {key: lemmas.most_common(1)[0][0] for key, lemmas in counts.items()}
        self._pos = sorted({upos for _, upos in self._lemma})
        self._rules = self._learn(settings)
        self._patterns = Patterns(self._lemma)

    def _learn(self, settings: Settings) -> dict[str, dict[tuple[str, str], list[tuple[str, str, float]]]]:
        families: dict[tuple[str, str], list[str]] = defaultdict(list)
        for (form, upos), lemma in self._lemma.items():
            families[lemma, upos].append(form)
        seen: Counter[tuple[str, Rule]] = Counter()
        for (_, upos), forms in families.items():
            for first in forms[:40]:
                for second in forms[:40]:
                    if first != second:
                        seen.update((upos, rule) for rule in _differences(first, second))
        rules: dict[str, dict[tuple[str, str], list[tuple[str, str, float]]]] = defaultdict(lambda: defaultdict(list))
        wanted = {key for key, count in seen.items() if count >= settings.least}
        led: Counter[tuple[str, Rule]] = Counter()
        right: Counter[tuple[str, Rule]] = Counter()
        by_edges: dict[str, dict[tuple[str, str], list[Rule]]] = defaultdict(lambda: defaultdict(list))
        for upos, rule in wanted:
            by_edges[upos][rule[0], rule[1]].append(rule)
        for (form, upos), lemma in self._lemma.items():
            for rule, other in _applied(form, by_edges[upos]):
                found = self._lemma.get((other, upos))
                if found is not None:
                    led[upos, rule] += 1
                    right[upos, rule] += found == lemma
        for (upos, rule), count in led.items():
            # One is added to the misses, so that what was seen once or twice is not trusted.
            share = right[upos, rule] / (count + 1)
            if share >= settings.trust:
                rules[upos][rule[0], rule[1]].append((rule[2], rule[3], share))
        return {upos: dict(edges) for upos, edges in rules.items()}

    def lemma(self, form: str, upos: str) -> tuple[str, float] | None:
        """The lemma of a form by its spelling or by analogy, and how far it is to be trusted."""
        key = spelling(form)
        exact = self._lemma.get((key, upos))
        if exact is not None:
            return exact, 1.0
        votes: dict[str, float] = defaultdict(float)
        edges = self._rules.get(upos, {})
        for left in range(min(_EDGE, len(key)) + 1):
            for right in range(min(_EDGE, len(key) - left) + 1):
                stem = key[left : len(key) - right]
                if len(stem) < _STEM:
                    break
                for new_left, new_right, share in edges.get((key[:left], key[len(key) - right :] if right else ""), ()):
                    found = self._lemma.get((new_left + stem + new_right, upos))
                    if found is not None:
                        votes[found] = max(votes[found], share + 0.02 * len(stem)) + 0.01
        if not votes:
            return None
        best = max(votes, key=lambda lemma: (votes[lemma], lemma))
        return best, votes[best]

    def guess(self, form: str, upos: str) -> tuple[str, float] | None:
        """The lemma by analogy, else by pattern."""
        found = self.lemma(form, upos)
        if found is None and upos in Patterns.POS:
            return self._patterns.lemma(spelling(form), upos)
        return found

    def enlarge(self, vocabulary: Iterable[str], taken: set[str]) -> Iterator[Entry]:
        """Entries for the words of a vocabulary that are not `taken`, under each part of speech that an analogy gives, the
        most trusted first. What the tagger takes for a foreign name (X) stays as it is: names have no relations."""
        for form in vocabulary:
            if form in taken or len(form) < 3:
                continue
            found = [(guess[1], upos, guess[0]) for upos in self._pos if upos != "X" and (guess := self.guess(form, upos))]
            for _, upos, lemma in sorted(found, reverse=True):
                yield form, upos, lemma
            if found:
                yield form, "X", form


class Patterns:
    """Lemmas of words that no known form is related to: edges taken off as the treebank's lemmas have them off, and the
    vowels of known lemmas of the same shape (تفعّل, مفاعلة) put in. The vowels may be wrong; the letters seldom are."""

    POS = ("NOUN", "ADJ", "VERB")
    _SHAPING = (frozenset("اويىةءتمنسه"), frozenset("اويىةء"))

    def __init__(self, lemmas: dict[tuple[str, str], str]) -> None:
        self._vowels: dict[tuple[str, str], Counter[tuple[tuple[str, str], ...]]] = defaultdict(Counter)
        hits: Counter[tuple[str, Rule]] = Counter()
        tries: Counter[tuple[str, str, str]] = Counter()
        for lemma, upos in {(lemma, upos) for (_, upos), lemma in lemmas.items()}:
            letters = _letters(lemma)
            for level, keep in enumerate(self._SHAPING):
                shape = "".join(b if b in keep else "C" for _, b, _ in letters)
                marks = tuple((a if a != b else "", m) for a, b, m in letters)
                self._vowels[f"{level}{upos}", shape][marks] += 1
        for (form, upos), lemma in lemmas.items():
            bare = spelling(lemma)
            hits.update((upos, rule) for rule in _differences(form, bare))
            for left in range(min(_EDGE, len(form)) + 1):
                for right in range(min(_EDGE, len(form) - left - _STEM) + 1):
                    tries[upos, form[:left], form[len(form) - right :]] += 1
        self._edges: dict[tuple[str, str, str], list[tuple[str, str, float]]] = defaultdict(list)
        for (upos, rule), count in hits.items():
            if count >= 3:
                share = count / (tries[upos, rule[0], rule[1]] + 2)
                self._edges[upos, rule[0], rule[1]].append((rule[2], rule[3], share))

    def lemma(self, key: str, upos: str) -> tuple[str, float] | None:
        """The most likely lemma of a form (in its `spelling`) and a measure of its likelihood."""
        best: tuple[float, str] | None = None
        for left in range(min(_EDGE, len(key)) + 1):
            for right in range(min(_EDGE, len(key) - left - _STEM) + 1):
                stem = key[left : len(key) - right]
                for new_left, new_right, share in self._edges.get((upos, key[:left], key[len(key) - right :]), ()):
                    vocalised, sure = self._vocalise(new_left + stem + new_right, upos)
                    best = max(best or (0.0, ""), (share * sure, vocalised))
        return None if best is None or not best[1] else (best[1], min(0.5, best[0]))

    def _vocalise(self, bare: str, upos: str) -> tuple[str, float]:
        for level, keep in enumerate(self._SHAPING):
            found = self._vowels.get((f"{level}{upos}", "".join(b if b in keep else "C" for b in bare)))
            if found and (total := sum(found.values())) >= 2 - level:
                marks, count = found.most_common(1)[0]
                return "".join((a or b) + m for b, (a, m) in zip(bare, marks, strict=True)), count / (total + 1)
        return bare, 0.02


def _letters(lemma: str) -> list[tuple[str, str, str]]:
    """Each letter of a vocalised word: as written, in its `spelling`, and its marks."""
    out: list[tuple[str, str, str]] = []
    for char in lemma:
        if MARKS.match(char):
            if out:
                out[-1] = (out[-1][0], out[-1][1], out[-1][2] + char)
        else:
            out.append((char, spelling(char), ""))
    return out


def _applied(form: str, by_edges: dict[tuple[str, str], list[Rule]]) -> Iterator[tuple[Rule, str]]:
    for left in range(min(_EDGE, len(form)) + 1):
        for right in range(min(_EDGE, len(form) - left) + 1):
            stem = form[left : len(form) - right]
            if len(stem) < _STEM:
                break
            for rule in by_edges.get((form[:left], form[len(form) - right :] if right else ""), ()):
                yield rule, rule[2] + stem + rule[3]


def arguments() -> dict[str, object]:
    """Stanza's arguments of a lemmatizer that is a dictionary."""
    return {
        "mode": "train", "shorthand": "ar_padt", "lang": "ar", "ensemble_dict": True, "dict_only": True, "hidden_dim": 200,
        "emb_dim": 50, "num_layers": 1, "emb_dropout": 0.5, "dropout": 0.5, "max_dec_len": 50, "beam_size": 1,
        "attn_type": "soft", "pos_dim": 50, "pos_dropout": 0.5, "edit": True, "num_edit": 3, "alpha": 1.0, "pos": True,
        "copy": True, "charlm": False, "charlm_forward_file": None, "charlm_backward_file": None, "optim": "adam",
        "lr": 1e-3, "batch_size": 50, "max_grad_norm": 5.0, "caseless": False, "sample_train": 1.0,
        "skip_blank_lemmas": False,
    }  # fmt: skip


def train(
    sentences: list[Sentence], vocabulary: Iterable[str], names: Iterable[str], settings: Settings, target: Path
) -> dict[str, int]:
    """Writes the lemmatizer. `names` are words that get no analogy (ماكرون is no dual of ماكر). Returns how many forms it knows from the treebank and how many by analogy."""
    from stanza.utils.conll import CoNLL

    args = arguments()
    loader = DataLoader(CoNLL.conll2doc(input_str=treebank.conllu(sentences)), 50, args, evaluation=False)
    args |= {"vocab_size": loader.vocab["char"].size, "pos_vocab_size": loader.vocab["pos"].size}
    trainer = Trainer(args=args, vocab=loader.vocab, device="cpu")
    known = list(entries(sentences))
    # Forms without their marks too: the text is analysed without them.
    plain = [(bare, upos, lemma) for form, upos, lemma in known if (bare := MARKS.sub("", form)) and bare != form]
    trainer.train_dict(known + plain)
    taken = {form for form, _, _ in known + plain}
    more = list(Analogy(known, settings).enlarge(vocabulary, taken | set(names)))
    trainer.train_dict(more)
    target.parent.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    trainer.save(str(target))
    return {"treebank": len(taken), "analogy": len({form for form, _, _ in more})}
