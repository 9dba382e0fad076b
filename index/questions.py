"""What somebody typed → the text that is searched for."""

import re

from index.shorthand import spelled_out

MAX_CHARACTERS = 2_000
"""A question is read up to here; the encoders read less."""

_MENTION_OR_LINK = re.compile(r"<[^<>\s]*(?:\|[^<>]*)?>|https?://\S+|@(?:here|channel|everyone)\b")

_FOLLOWS_ON = re.compile(
    r"^(?:and|but|so|or|also|then|ok(?:ay)?|what about|how about|what if|why|really)\b"
    r"|\b(?:that|this|those|these|it|they|them|there|he|she|one|ones|else|instead|same)\b",
    re.IGNORECASE,
)
"""Words by which a question leans on the one before it."""


def understand(question: str, after: str | None = None) -> str:
    """The text to search for, or an empty one where nothing is asked.

    Mentions, links and white space go, short forms are spelled out. A question that leans on the
    one before it is searched together with it.
    """
    asked = _plain(question)
    if not re.search(r"\w", asked):
        return ""
    if after and _FOLLOWS_ON.search(asked):
        return f"{_plain(after)} {asked}".strip()
    return asked


def _plain(text: str) -> str:
    bare = _MENTION_OR_LINK.sub(" ", text[:MAX_CHARACTERS])
    return " ".join(spelled_out(bare).split())
