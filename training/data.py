"""Public question sets → pairs of a question and a marked sentence, with hard negatives.

    python -m training.data --data FOLDER --out FOLDER

``FOLDER`` is laid out as MODEL_CARD.md says. Articles are split once, by name and seed: no
article gives pairs to two of train, validation and test.
"""

import argparse
import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt
from sentence_transformers import SentenceTransformer

from index.models.answerability import evidence_text
from index.models.installed import encoder_folder
from index.search import Index
from training.examples import Candidate, Example, colloquial, write
from training.guides import training_examples as guide_examples
from training.library import built
from training.pay import pay_questions
from training.rejoined import Pair, Rejoined, rejoined
from training.sources import Article, Asked, Paragraph, doc2dial, holds, selqa, squad

SEED = 20260601
VALIDATION, TEST = 4, 9
"""Articles of SQuAD 2.0's 35 that are kept out of training."""

SELQA_TEST_SHARE = 0.15
FAR_SHARE = 0.3
"""Questions that also get an easy negative, from another article."""

ALTERED_SHARE = 0.4
"""Answerable questions that are asked once more about another name or number, in vain."""

_NAME_OR_NUMBER = re.compile(r"(?:[A-Z][\w'’-]+)(?: (?:of |the |de )?[A-Z][\w'’-]+)*|\b\d[\d,.]*\b")

WHOLE, ALONE, AGAIN = 4_500, 1_500, 1_000
"""Questions of the third run: with a paragraph, with one sentence, and from the first sets."""

OPEN = 16
"""Candidates a question gets where a whole document or library is searched."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands, by numbers."""

    article: int
    paragraph: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Split:
    """Articles by what they are for; each by the same seed every time."""

    train: list[Article]
    validation: list[Article]
    test: list[Article]


class Ranker:
    """Sentences of articles, ranked for a question by words and meaning together."""

    def __init__(self) -> None:
        self._encoder = SentenceTransformer(
            str(encoder_folder()), device="cpu", model_kwargs={"dtype": "bfloat16"}
        )
        self._known: dict[str, npt.NDArray[np.float32]] = {}

    def rank(
        self, articles: Sequence[Article], questions: Sequence[str], best: int
    ) -> list[list[Place]]:
        """For each question its best sentences, the best one first.

        The score is the cosine with the sentence and its window, and BM25 over the window as a
        share of the question's best.
        """
        places = [
            Place(a, p, s)
            for a, article in enumerate(articles)
            for p, paragraph in enumerate(article.paragraphs)
            for s in range(len(paragraph.sentences))
        ]
        around = [articles[p.article].paragraphs[p.paragraph].sentences for p in places]
        vectors = self._vectors([of[p.sentence] for of, p in zip(around, places, strict=True)])
        windows = bm25s.BM25()
        window_texts = [
            " ".join(of[max(0, p.sentence - 1) : p.sentence + 2])
            for of, p in zip(around, places, strict=True)
        ]
        windows.index(bm25s.tokenize(window_texts, show_progress=False), show_progress=False)
        summed = vectors.copy()
        for at in range(1, len(places)):
            if places[at].paragraph == places[at - 1].paragraph:
                summed[at] += vectors[at - 1]
                summed[at - 1] += vectors[at]
        summed /= np.linalg.norm(summed, axis=1, keepdims=True)
        meaning = self._vectors(questions) @ (0.6 * vectors + 0.4 * summed).T
        ranked = []
        tokens = bm25s.tokenize(list(questions), return_ids=False, show_progress=False)
        for row, words in zip(meaning, tokens, strict=True):
            lexical = windows.get_scores(words)
            fused = 0.6 * row + 0.4 * lexical / max(float(lexical.max()), 1e-6)
            ranked.append([places[n] for n in np.argsort(-fused, kind="stable")[:best]])
        return ranked

    def _vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, shape (texts, dimension); each text is encoded once."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            made = self._encoder.encode(new, normalize_embeddings=True, show_progress_bar=False)
            self._known.update(zip(new, made.astype(np.float32), strict=True))
        return np.stack([self._known[text] for text in texts])


def split_squad(articles: Sequence[Article]) -> Split:
    """Keep whole articles apart: 22 for training, 4 for validation, 9 for the test."""
    shuffled = sorted(articles, key=lambda a: a.name)
    random.Random(SEED).shuffle(shuffled)
    held = VALIDATION + TEST
    return Split(shuffled[held:], shuffled[:VALIDATION], shuffled[VALIDATION:held])


def split_doc2dial(pages: Sequence[Article]) -> Split:
    """Half of the pages for training and half for the test, by the hash of their names."""
    halves: tuple[list[Article], list[Article]] = ([], [])
    for page in pages:
        halves[int(hashlib.sha256(page.name.encode()).hexdigest(), 16) % 2].append(page)
    return Split(halves[1], [], halves[0])


def marked(paragraph: Paragraph, sentence: int) -> str:
    """A sentence of a paragraph as the model reads it."""
    around = paragraph.sentences
    return evidence_text(
        around[sentence],
        previous=around[sentence - 1] if sentence else "",
        following=around[sentence + 1] if sentence + 1 < len(around) else "",
        heading=paragraph.heading,
    )


def training_examples(
    source: str, articles: Sequence[Article], ranker: Ranker, rng: random.Random
) -> list[Example]:
    """Questions with the sentence that answers and the hardest that do not."""
    examples = []
    for article in articles:
        asked_texts = [asked.text for asked in article.questions]
        for asked, ranked in zip(
            article.questions, ranker.rank([article], asked_texts, 200), strict=True
        ):
            candidates = _hard(article, asked, ranked, rng)
            if rng.random() < FAR_SHARE:
                other = rng.choice([a for a in articles if a is not article])
                paragraph = rng.choice(other.paragraphs)
                far = varied(paragraph, rng.randrange(len(paragraph.sentences)), rng)
                candidates.append(Candidate(far, 0, "far"))
            question = colloquial(asked.text, rng)
            examples.append(Example(source, question, bool(asked.holding), tuple(candidates)))
            other_question = altered(article, asked, rng) if rng.random() < ALTERED_SHARE else None
            if other_question:
                in_vain = tuple(replace(c, label=0) for c in candidates[:3])
                examples.append(Example(source, colloquial(other_question, rng), False, in_vain))
    return examples


def altered(article: Article, asked: Asked, rng: random.Random) -> str | None:
    """An answerable question with one of its names or numbers exchanged: nothing answers it.

    The name or number stands in the paragraph that answered, the one in its place only elsewhere
    in the article. ``None`` where there is no such pair.
    """
    if not asked.holding:
        return None
    here = " ".join(article.paragraphs[asked.paragraph].sentences)
    first_word = asked.text.split(" ")[0]
    given = [
        found
        for found in _NAME_OR_NUMBER.findall(asked.text)
        if not found.startswith(first_word) and holds(here, found)
    ]
    if not given:
        return None
    old = rng.choice(given)
    elsewhere = " ".join(
        sentence
        for number, paragraph in enumerate(article.paragraphs)
        if number != asked.paragraph
        for sentence in paragraph.sentences
    )
    new = [
        found
        for found in dict.fromkeys(_NAME_OR_NUMBER.findall(elsewhere))
        if found[0].isdigit() == old[0].isdigit()
        and found.count(" ") == old.count(" ")
        and len(found) > 3
        and not holds(here, found)
        and not holds(asked.text, found)
    ]
    return asked.text.replace(old, rng.choice(new)) if new else None


def _hard(
    article: Article, asked: Asked, ranked: Sequence[Place], rng: random.Random
) -> list[Candidate]:
    """The sentence that answers, two neighbours that do not, and two from elsewhere that do not."""
    gold: list[Candidate] = []
    beside: list[Candidate] = []
    elsewhere: list[Candidate] = []
    for place in ranked:
        paragraph = article.paragraphs[place.paragraph]
        inside = place.paragraph == asked.paragraph
        if inside and place.sentence in asked.holding:
            into, most, label = gold, 1, 1
        elif any(holds(paragraph.sentences[place.sentence], a) for a in asked.answers):
            continue
        elif inside:
            into, most, label = beside, 2, 0
        else:
            into, most, label = elsewhere, 2 if asked.holding else 1, 0
        if len(into) < most:
            origin = "paragraph" if inside else "article"
            into.append(Candidate(varied(paragraph, place.sentence, rng), label, origin))
    return gold + beside + elsewhere


def varied(paragraph: Paragraph, sentence: int, rng: random.Random) -> str:
    """A training sentence in one of the shapes that documents have, mostly as it stands.

    Some lose their heading; some become list items, without a full stop and led by the line that
    opens the paragraph.
    """
    around = paragraph.sentences
    heading = paragraph.heading if rng.random() < 0.7 else ""
    if sentence and rng.random() < 0.15:
        following = around[sentence + 1] if sentence + 1 < len(around) else ""
        return evidence_text(
            around[sentence].rstrip("."), around[0], following.rstrip("."), heading
        )
    return marked(Paragraph(heading, around), sentence)


def measured_examples(source: str, articles: Sequence[Article], ranker: Ranker) -> list[Example]:
    """Questions with every sentence of their paragraph and the best of the article without it."""
    examples = []
    for article in articles:
        asked_texts = [asked.text for asked in article.questions]
        for asked, ranked in zip(
            article.questions, ranker.rank([article], asked_texts, 4 * OPEN), strict=True
        ):
            own = article.paragraphs[asked.paragraph]
            inside = [
                Candidate(marked(own, s), int(s in asked.holding), "paragraph")
                for s in range(len(own.sentences))
            ]
            outside = [
                Candidate(marked(paragraph, place.sentence), 0, "article")
                for place in ranked
                if place.paragraph != asked.paragraph
                and (paragraph := article.paragraphs[place.paragraph])
                and not any(holds(paragraph.sentences[place.sentence], a) for a in asked.answers)
            ]
            candidates = (*inside, *outside[: OPEN // 2])
            examples.append(Example(source, asked.text, bool(asked.holding), candidates))
    return examples


def open_examples(
    source: str, library: Sequence[Article], asked_of: Sequence[Article], ranker: Ranker
) -> list[Example]:
    """Answerable questions with the best sentences of a whole library, best first."""
    asked = [
        (number, question)
        for number, article in enumerate(library)
        if article in asked_of
        for question in article.questions
        if question.holding
    ]
    examples = []
    ranking = ranker.rank(library, [question.text for _, question in asked], OPEN)
    for (number, question), ranked in zip(asked, ranking, strict=True):
        right = {(number, question.paragraph, sentence) for sentence in question.holding}
        candidates = tuple(
            Candidate(
                marked(library[p.article].paragraphs[p.paragraph], p.sentence),
                int((p.article, p.paragraph, p.sentence) in right),
                "open",
            )
            for p in ranked
        )
        examples.append(Example(source, question.text, True, candidates))
    return examples


def situations(pages: Sequence[Article], ranker: Ranker, rng: random.Random) -> list[Example]:
    """doc2dial's first turns: marked sentences, against other paragraphs and other pages.

    What stands beside a marked sentence may well answer too.
    """
    asked = [(n, one) for n, page in enumerate(pages) for one in page.questions if one.holding]
    examples = []
    ranking = ranker.rank(pages, [one.text for _, one in asked], 60)
    for (number, one), ranked in zip(asked, ranking, strict=True):
        own = pages[number].paragraphs[one.paragraph]
        answers = {own.sentences[n] for n in one.holding}
        candidates = [Candidate(varied(own, n, rng), 1, "paragraph") for n in one.holding[:2]]
        same: list[Candidate] = []
        others: list[Candidate] = []
        for place in ranked:
            paragraph = pages[place.article].paragraphs[place.paragraph]
            if paragraph is own or paragraph.sentences[place.sentence] in answers:
                continue
            found = Candidate(varied(paragraph, place.sentence, rng), 0, "article")
            (same if place.article == number else others).append(found)
        candidates += [*same[:2], *others[:2]]
        examples.append(Example("doc2dial", colloquial(one.text, rng), True, tuple(candidates)))
    return examples


def alone(pairs: Sequence[Pair], ranker: Ranker, rng: random.Random) -> list[Example]:
    """Questions of which one sentence is known; those it answers also get another's."""
    sentences = list(dict.fromkeys(pair.sentence for pair in pairs))
    paragraphs = tuple(Paragraph("", (sentence,)) for sentence in sentences)
    ranking = ranker.rank([Article("", paragraphs, ())], [pair.question for pair in pairs], 2)
    examples = []
    for pair, ranked in zip(pairs, ranking, strict=True):
        texts = [pair.sentence]
        if pair.answers:
            best = [sentences[place.paragraph] for place in ranked]
            texts += [text for text in best if text != pair.sentence][:1]
        candidates = tuple(
            Candidate(evidence_text(text), int(pair.answers and text == pair.sentence), "paragraph")
            for text in texts
        )
        question = colloquial(pair.question, rng)
        examples.append(Example("rejoined", question, pair.answers, candidates))
    return examples


def _hardest(
    left: Rejoined,
    pages: Sequence[Article],
    guides: Index,
    ranker: Ranker,
    rng: random.Random,
) -> list[Example]:
    """The hard questions that the third run reads."""
    whole = training_examples("rejoined", left.articles, ranker, rng)
    return [
        *rng.sample(whole, WHOLE),
        *rng.sample(alone(left.pairs, ranker, rng), ALONE),
        *situations(pages, ranker, rng),
        *guide_examples(guides, rng),
    ]


def main() -> None:
    """Build every set from the folders of the publishers."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    ranker = Ranker()

    squad2, squad1 = (squad(given.data / f"squad/explore/{v}/dev") for v in ("v2.0", "1.1"))
    split = split_squad(squad2)
    pages = split_doc2dial(doc2dial(given.data / "doc2dial_rc_val.csv"))
    known = {a.name for part in (split.train, split.validation, split.test) for a in part}
    older = [a for a in squad1 if a.name not in known]
    chosen = [a for a in selqa(given.data / "selqa") if a.name not in known]
    rng.shuffle(chosen)
    kept = round(len(chosen) * SELQA_TEST_SHARE)

    train = [
        *training_examples("squad2", split.train, ranker, rng),
        *training_examples("squad1", older, ranker, rng),
        *training_examples("selqa", chosen[kept:], ranker, rng),
        *pay_questions(given.data / "oews-2025.sqlite", rng),
    ]
    rng.shuffle(train)
    write(train, given.out / "train.jsonl")
    rng = random.Random(SEED)
    left = rejoined(given.data / "rejoined", [*squad2, *squad1])
    guides = built(given.data / "guides" / "train", given.out / "guides")
    more = _hardest(left, pages.train, guides, ranker, rng) + rng.sample(train, AGAIN)
    rng.shuffle(more)
    write(more, given.out / "train_more.jsonl")
    write(measured_examples("squad2", split.validation, ranker), given.out / "validation.jsonl")
    write(measured_examples("squad2", split.test, ranker), given.out / "test.jsonl")
    write(measured_examples("selqa", chosen[:kept], ranker), given.out / "test_selqa.jsonl")
    library = [*split.train, *split.validation, *split.test]
    write(open_examples("squad2", library, split.test, ranker), given.out / "test_open.jsonl")
    tested = open_examples("doc2dial", [*pages.train, *pages.test], pages.test, ranker)
    write(tested, given.out / "test_doc2dial.jsonl")


if __name__ == "__main__":
    main()
