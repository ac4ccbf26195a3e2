"""How fast a set of models is, beside a pipeline with Stanza's default sizes.

The other pipeline has random weights and the same vocabulary: how fast it is does not depend on what it has learnt. So that
it does not lose time by what random weights say, both analyse the same tokens of the same sentences, processor by
processor; the tokenizer is timed on the raw text. Seconds are of the processor, not of the clock: torch is kept to one thread,
and what else the machine does must not count.
"""

from __future__ import annotations

import copy
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from stanza.models import lemmatizer as stanza_lemmatizer
from stanza.models import mwt_expander as stanza_expander
from stanza.models import ner_tagger as stanza_ner
from stanza.models import parser as stanza_parser
from stanza.models import tagger as stanza_tagger
from stanza.models import tokenizer as stanza_tokenizer
from stanza.models.common.doc import Document
from stanza.models.common.pretrain import Pretrain
from stanza.models.depparse.trainer import GraphTrainer
from stanza.models.depparse.trainer import Trainer as ParserTrainer
from stanza.models.lemma.trainer import Trainer as LemmaTrainer
from stanza.models.mwt.trainer import Trainer as ExpanderTrainer
from stanza.models.ner.trainer import Trainer as NerTrainer
from stanza.models.pos.trainer import Trainer as TaggerTrainer
from stanza.models.tokenization.trainer import Trainer as TokenizerTrainer

from kg.modelset import ModelSet, pipeline

# Sentences of the project's own, of the length and the kind of news.
SENTENCES = (
    "أعلنت وزارة الخارجية اليوم أن الوزير سيتوجه إلى العاصمة للقاء نظيره وبحث سبل تعزيز التعاون بين البلدين في مجالات الطاقة والنقل.",
    "وقال المتحدث باسم الحكومة في مؤتمر صحافي عقده مساء أمس إن المفاوضات مستمرة، لكنه رفض الكشف عن تفاصيلها أو تحديد موعد لانتهائها.",
    "ومن المقرر أن يجتمع قادة الدول الأعضاء في المنظمة الأسبوع المقبل لمناقشة الأوضاع الأمنية على الحدود وسبل إيصال المساعدات للنازحين.",
    "وكان الرئيس قد اتهم خصومه بالسعي إلى إفشال الاتفاق، محذرا من أن بلاده لن تقبل أي ضغوط من الخارج مهما كانت الظروف.",
    "وأكد مصدر مسؤول أن القوات انسحبت من القرى الواقعة جنوب المدينة بعد أيام من الاشتباكات التي أوقعت عشرات القتلى والجرحى بين الطرفين.",
)
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")


def compare(models: ModelSet, words: int = 3000) -> dict[str, tuple[float, float]]:
    """Processor (and `all`) -> words a second of the set and of the default sizes, measured in turn in one run."""
    with TemporaryDirectory() as folder:
        other = default_sizes(models, Path(folder))
        ours, theirs = pipeline(models), pipeline(other, bare=True)
        text = _text(words)
        _pass(ours, theirs, text[:1])
        spent = _pass(ours, theirs, text)
    count = spent.pop("words")[0]
    total = tuple(sum(s[i] for s in spent.values()) for i in (0, 1))
    out = {name: (count / a, count / b) for name, (a, b) in spent.items()}
    return out | {"all": (count / total[0], count / total[1])}


def _text(words: int) -> list[str]:
    """Paragraphs of about a hundred words."""
    paragraph = " ".join(SENTENCES)
    return [paragraph] * max(1, round(words / len(paragraph.split())))


def _pass(ours: Any, theirs: Any, paragraphs: list[str]) -> dict[str, tuple[float, float]]:
    """Seconds of both pipelines, processor by processor, over the same input."""
    documents = [Document([], text=p) for p in paragraphs]
    spent: dict[str, tuple[float, float]] = {}
    for name in PROCESSORS:
        # Both get the input that the set's own processors before have made; the second's result is thrown away.
        copies = [_copy(d) for d in documents]
        started = time.process_time()
        theirs.processors[name].bulk_process(copies)
        between = time.process_time()
        documents = ours.processors[name].bulk_process(documents)
        spent[name] = (time.process_time() - between, between - started)
    count = float(sum(d.num_words for d in documents))
    return spent | {"words": (count, count)}


def _copy(document: Any) -> Any:
    if not document.sentences:
        return Document([], text=document.text)
    return copy.deepcopy(document)


def default_sizes(models: ModelSet, folder: Path) -> ModelSet:
    """A set with the vocabularies of `models`, Stanza's default sizes and random weights, written to `folder`."""
    torch.manual_seed(0)
    vectors = Pretrain(str(models.file("pretrain")))
    vectors._emb = vectors.emb.float()
    made = folder / "ar"
    for name in ("pretrain", *PROCESSORS):
        (made / name).mkdir(parents=True, exist_ok=True)
    vectors.save(str(made / "pretrain" / "v.pt"))

    def args(module: Any, **more: Any) -> dict[str, Any]:
        defaults: dict[str, Any] = vars(module.build_argparse().parse_args([]))
        return defaults | {"lang": "ar", "shorthand": "ar_padt", "device": "cpu", "use_peft": False} | more

    old = TokenizerTrainer(model_file=str(models.file("tokenize")), device="cpu")
    sizes = args(stanza_tokenizer, use_mwt=True, feat_funcs=old.args["feat_funcs"], feat_dim=5, vocab_size=len(old.vocab), use_dictionary=False)
    TokenizerTrainer(args=sizes, vocab=old.vocab, device="cpu").save(str(made / "tokenize" / "m.pt"))

    expander = ExpanderTrainer(model_file=str(models.file("mwt")), device="cpu")
    new = ExpanderTrainer(args=args(stanza_expander, vocab_size=expander.vocab.size, num_layers=1, force_exact_pieces=False) | {"dict_only": False},
                          vocab=expander.vocab, device="cpu")  # fmt: skip
    new.expansion_dict = expander.expansion_dict
    new.save(str(made / "mwt" / "m.pt"))

    tagger = TaggerTrainer(pretrain=vectors, model_file=str(models.file("pos")), device="cpu")
    TaggerTrainer(args=args(stanza_tagger, word_cutoff=7), vocab=tagger.vocab, pretrain=vectors, device="cpu").save(str(made / "pos" / "m.pt"))

    lemma = LemmaTrainer(model_file=str(models.file("lemma")), device="cpu", args={})
    sizes = args(stanza_lemmatizer, vocab_size=lemma.vocab["char"].size, pos_vocab_size=lemma.vocab["pos"].size)
    larger = LemmaTrainer(args=sizes, vocab=lemma.vocab, device="cpu")
    larger.pos_dict = lemma.pos_dict
    larger.save(str(made / "lemma" / "m.pt"))

    parser = ParserTrainer.load(str(models.file("depparse")), vectors, device="cpu")
    sizes = args(stanza_parser, use_xpos=False, use_ufeats=False, word_cutoff=7)
    GraphTrainer(args=sizes, vocab=parser.vocab, pretrain=vectors, device="cpu").save(str(made / "depparse" / "m.pt"))

    ner = NerTrainer(pretrain=vectors, model_file=str(models.file("ner")), device="cpu")
    sizes = args(stanza_ner, predict_tagset=0)
    NerTrainer(args=sizes, vocab=ner.vocab, pretrain=vectors, device="cpu").save(str(made / "ner" / "m.pt"))
    return ModelSet("default-sizes", folder)
