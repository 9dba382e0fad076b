"""What somebody typed → the text that is searched for."""

import re

from index.shorthand import spelled_out

MAX_CHARACTERS = 2_000
"""A question is read up to here; the encoders read less."""

_MENTION_OR_LINK = re.compile(r"<[^<>\s]*(?:\|[^<>]*)?>|https?://\S+|@(?:here|channel|everyone)\b")


def understand(question: str) -> str:
    """The text to search for, or an empty one where nothing is asked.

    Mentions, links and white space go, short forms are spelled out.
    """
    bare = _MENTION_OR_LINK.sub(" ", question[:MAX_CHARACTERS])
    return " ".join(spelled_out(bare).split()) if re.search(r"\w", bare) else ""
