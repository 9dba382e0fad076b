"""Slack's markup in, plain questions out."""

import pytest

from bot.slack.request import LONGEST_QUESTION, Request, from_event, plain_text

EVENT = {"type": "message", "channel_type": "im", "user": "U1", "channel": "D1", "ts": "1.1"}


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("<@U0BOT> what now?", "what now?"),
        ("what <@U0BOT|bot> now?", "what now?"),
        ("pay &lt; 100 &amp; more", "pay < 100 & more"),
        ("&amp;lt;", "&lt;"),
        ("see <https://example.org/a?b=1&amp;c|this page>", "see this page"),
        ("see <https://example.org>", "see https://example.org"),
        ("in <#C1|careers>", "in careers"),
        ("<!channel> hear <!subteam^S1|@all>", "hear"),
        (" \n a\u00a0b ", "a b"),
    ],
)
def test_plain_text(text: str, question: str) -> None:
    """Links become their words, mentions go, entities become characters."""
    assert plain_text(text) == question


def test_request_survives_the_inbox() -> None:
    """What is written for the inbox is read back the same."""
    request = from_event(EVENT | {"text": "what “now”?", "thread_ts": "0.9"}, "T1", "U0BOT")
    assert request == Request("T1", "D1", "U1", "what “now”?", thread_ts="0.9")
    assert Request.from_json(request.to_json()) == request


def test_endless_text_is_not_kept() -> None:
    """Of a text beyond the limit the end is kept, where the question stands."""
    request = from_event(EVENT | {"text": "x" * 100_000 + " what now?"}, "T1", "U0BOT")
    assert request
    assert len(request.text) == LONGEST_QUESTION
    assert request.text.endswith("x what now?")


def test_question_with_a_file_is_a_question() -> None:
    """A message that also carries a file, or is also sent to the channel, is still answered."""
    for subtype in ("file_share", "thread_broadcast"):
        assert from_event(EVENT | {"text": "what now?", "subtype": subtype}, "T1", "U0BOT")
