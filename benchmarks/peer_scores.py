"""What a system found for each question → how good it is, by one rule for all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.peer_drivers.wire import HITS, Text
from index.evaluate import Question, auroc, is_hit

QUOTE_CHARACTERS = 400
"""A longer piece is no quote: nobody reads it in a chat."""

KEPT = 0.85
"""The share of answerable questions that a threshold has to leave answered."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one question."""

    question: Question
    found: Sequence[Text]
    """Best first."""
    score: float
    """How sure the system is that the question is answered; the scale is its own."""
    answered: bool | None = None
    """``None`` where the system never refuses by itself."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of questions, 0 to 1; ``None`` where no question is of that kind."""

    recall: float | None
    """Answerable questions with gold evidence in the first five pieces, however long."""
    characters: float
    """The mean length of those five together."""
    quote1: float | None
    quote3: float | None
    """Answerable questions with a gold piece, short enough to quote, in first place or the first
    three; a refusal counts by what was shown as near."""
    near: float | None
    far: float | None
    """AUROC of the score: answerable against unanswerable questions of either kind."""
    near_refused: float | None
    far_refused: float | None
    """Unanswerable questions below the threshold that leaves 0.85 of the answerable ones, set on
    these very questions, for every system alike."""


@dataclass(frozen=True, slots=True)
class OwnRefusal:
    """A system's figures when it may refuse by itself. Shares, as in `Scores`."""

    answered: float | None
    quote1: float | None
    quote3: float | None
    near_refused: float | None
    far_refused: float | None


def score(replies: Sequence[Reply]) -> Scores:
    """The figures of one system."""
    due = [reply for reply in replies if reply.question.expect == "answer"]
    threshold = _threshold([reply.score for reply in due])
    scores = {kind: [r.score for r in replies if r.question.kind == kind] for kind in (_NEAR, _FAR)}
    return Scores(
        recall=share(any(_gold(reply, HITS)) for reply in due),
        characters=sum(len(t.text) for r in replies for t in r.found[:HITS]) / len(replies),
        quote1=share(_quotes(reply, 1) for reply in due),
        quote3=share(_quotes(reply, 3) for reply in due),
        near=auroc([reply.score for reply in due], scores[_NEAR]),
        far=auroc([reply.score for reply in due], scores[_FAR]),
        near_refused=share(value < threshold for value in scores[_NEAR]),
        far_refused=share(value < threshold for value in scores[_FAR]),
    )


def score_own_refusal(replies: Sequence[Reply]) -> OwnRefusal | None:
    """The figures of a system that refuses by itself; ``None`` for one that does not."""
    if any(reply.answered is None for reply in replies):
        return None
    due = [reply for reply in replies if reply.question.expect == "answer"]
    return OwnRefusal(
        answered=share(bool(reply.answered) for reply in due),
        quote1=share(bool(reply.answered) and _quotes(reply, 1) for reply in due),
        quote3=share(bool(reply.answered) and _quotes(reply, 3) for reply in due),
        near_refused=share(not r.answered for r in replies if r.question.kind == _NEAR),
        far_refused=share(not r.answered for r in replies if r.question.kind == _FAR),
    )


def share(values: Iterable[bool]) -> float | None:
    """How many of the values are true, as a share; ``None`` of none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else None


_NEAR, _FAR = "unanswerable_near", "unanswerable_far"


def _gold(reply: Reply, first: int) -> list[bool]:
    question = reply.question
    return [
        any(is_hit(piece.document, piece.text, gold, question.must) for gold in question.gold)
        for piece in reply.found[:first]
    ]


def _quotes(reply: Reply, first: int) -> bool:
    return any(
        gold and len(piece.text) <= QUOTE_CHARACTERS
        for gold, piece in zip(_gold(reply, first), reply.found, strict=False)
    )


def _threshold(answerable: Sequence[float]) -> float:
    """The highest score that leaves the share `KEPT` of the answerable questions answered."""
    highest_first = sorted(answerable, reverse=True)
    return highest_first[round(KEPT * len(highest_first)) - 1] if highest_first else 0.0
