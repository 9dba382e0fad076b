"""Figures of systems that find pieces of text."""

import pytest

from benchmarks.peer_drivers.wire import Text
from benchmarks.peer_scores import Reply, score, score_own_refusal
from index.evaluate import Expect, Gold, Question

GOLD = "A kettle boils in four minutes."


def _question(kind: str, expect: Expect) -> Question:
    gold = (Gold("kettles", GOLD),) if expect == "answer" else ()
    return Question("q", "how long does a kettle take?", kind, expect, gold, ("four",), (), None)


def _reply(
    *texts: str, value: float = 0.5, kind: str = "fact", answered: bool | None = None
) -> Reply:
    expect: Expect = "none" if kind.startswith("unanswerable") else "answer"
    found = [Text("kettles.md", text) for text in texts]
    return Reply(_question(kind, expect), found, value, answered)


def test_gold_in_fifth_place_counts_for_recall_only() -> None:
    """Five pieces are looked at for recall, three for quotes."""
    scores = score([_reply("one", "two", "three", "four", GOLD)])
    assert (scores.recall, scores.quote1, scores.quote3) == (1.0, 0.0, 0.0)


def test_gold_in_second_place_is_a_quote_hit_at_three() -> None:
    """A short piece that is gold is a quote."""
    scores = score([_reply("one", GOLD)])
    assert (scores.quote1, scores.quote3) == (0.0, 1.0)


def test_a_long_piece_is_found_but_is_no_quote() -> None:
    """What is longer than 400 characters counts for recall and not as a quote."""
    scores = score([_reply(GOLD + " More about kettles." * 20)])
    assert (scores.recall, scores.quote1, scores.quote3) == (1.0, 0.0, 0.0)


def test_gold_words_of_another_document_are_no_hit() -> None:
    """The document has to be the right one."""
    reply = Reply(_question("fact", "answer"), [Text("pans.md", GOLD)], 0.5)
    assert score([reply]).recall == 0.0


def test_refusal_is_measured_at_a_threshold_that_keeps_most_answers() -> None:
    """Of 20 answerable questions 17 stay; what is below them is refused."""
    due = [_reply(GOLD, value=0.1 * number) for number in range(1, 21)]
    near = [_reply("x", value=value, kind="unanswerable_near") for value in (0.35, 0.45)]
    scores = score([*due, *near])
    assert scores.near_refused == 0.5
    assert scores.near == pytest.approx((17 + 16) / 40)
    assert scores.far is None
    assert scores.far_refused is None


def test_a_system_that_never_refuses_has_no_refusal_figures() -> None:
    """They would be those of a threshold that it does not have."""
    assert score_own_refusal([_reply(GOLD)]) is None


def test_own_refusal_counts_a_refused_answer_as_a_miss() -> None:
    """One of two answered, both with gold on top; one of two unanswerable refused."""
    own = score_own_refusal(
        [
            _reply(GOLD, answered=True),
            _reply(GOLD, answered=False),
            _reply("x", kind="unanswerable_near", answered=True),
            _reply("x", kind="unanswerable_near", answered=False),
        ]
    )
    assert own
    assert (own.answered, own.quote1, own.quote3) == (0.5, 0.5, 0.5)
    assert (own.near_refused, own.far_refused) == (0.5, None)
