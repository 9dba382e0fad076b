"""What somebody typed → the text that is searched for."""

import re

from index.shorthand import spelled_out

MAX_CHARACTERS = 2_000
"""A question is read up to here; the encoders read less."""

_MENTION_OR_LINK = re.compile(r"<[^<>\s]*(?:\|[^<>]*)?>|https?://\S+|@(?:here|channel|everyone)\b")

_PLEASANTRY = re.compile(
    r"(?:ok(?:ay)?\W+)?"
    r"(?:(?:many )?thanks?(?: you)?(?: so much| a lot)?|thx|ty|cheers|ok(?:ay)?|great|cool|nice"
    r"|perfect|awesome|got it)(?:\W+:\w+:)*\W*",
    re.IGNORECASE,
)


def is_pleasantry(text: str) -> bool:
    """Whether this is what people write when they have their answer: "ok, thanks :tada:"."""
    return _PLEASANTRY.fullmatch(text.strip()) is not None


def understand(question: str) -> str:
    """The text to search for, or an empty one where nothing is asked.

    Mentions, links and white space go, short forms are spelled out.
    """
    bare = _MENTION_OR_LINK.sub(" ", question[:MAX_CHARACTERS])
    if is_pleasantry(bare) or not re.search(r"\w", bare):
        return ""
    return " ".join(spelled_out(bare).split())
