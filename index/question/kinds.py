"""What kind of message somebody wrote, where it asks nothing of the library.

A message is of a kind when phrases of that kind and fillers are all it says ("ok thanks a lot!"); a
single word of another sort makes it a question, because an unanswered question costs more than a
greeting that is looked up. The phrases stand in ``index/language/data/messages.toml``.
"""

import re
import tomllib
from functools import cache
from importlib import resources

from index.question.asked import Kind

_CODE = re.compile(r"```.*?(?:```|$)", re.DOTALL)
_EMOJI_NAME = re.compile(r":[a-z0-9_+-]+:")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_IN_FULL = (
    (re.compile(r"\b(what|that|who|where|how|it|there)['’]?s\b"), r"\1 is"),
    (re.compile(r"\b(you|we|they)['’]?re\b"), r"\1 are"),
    (re.compile(r"\b(is|did|do|does|was|were)n['’]?t\b"), r"\1 not"),
    (re.compile(r"\bi['’]m\b"), "i am"),
    (re.compile(r"\bu\b"), "you"),
    (re.compile(r"\br\b"), "are"),
)
_OPENING = re.compile(
    r"\s*(?:(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening)|morning)\b"
    r"(?: (?:there|all|everyone|team|folks|careerbot|bot))?[\s,.!:;–—-]+)+(?=\w)",
    re.IGNORECASE,
)
_FIRST = (
    Kind.SOURCE,
    Kind.COMPLAINT,
    Kind.HELP,
    Kind.THANKS,
    Kind.GREETING,
    Kind.ASIDE,
)
"""Of several kinds in one message the first counts: "hi, what can you do?" asks for help."""


def kind_of(text: str) -> Kind:
    """The kind of a message without markup; `Kind.QUESTION` wherever it may ask something."""
    plain = _EMOJI_NAME.sub(" ", _CODE.sub(" ", text))
    said = _words(plain)
    if not said:
        is_bare = not re.search(r"\w", text) and not any(map(_is_pictured, text))
        return Kind.NOTHING if is_bare else Kind.ASIDE
    found = _kinds(said)
    return next((kind for kind in _FIRST if kind in found), Kind.QUESTION)


def without_greeting(text: str) -> str:
    """A message without code and without what it opens with: "hi, how do I…" asks "how do I…"."""
    return _OPENING.sub("", _EMOJI_NAME.sub(" ", _CODE.sub(" ", text)), count=1).strip()


def _is_pictured(character: str) -> bool:
    """Whether a character is an emoji or the like."""
    return ord(character) >= 0x2190 and not character.isspace()


def _words(text: str) -> tuple[str, ...]:
    plain = text.casefold()
    for short, full in _IN_FULL:
        plain = short.sub(full, plain)
    return tuple(_WORD.findall(plain))


def _kinds(words: tuple[str, ...]) -> frozenset[Kind]:
    """The kinds of phrases that together say all of ``words``; empty where they cannot.

    The longer phrase counts: "good morning" is no "good" and "morning".
    """
    phrases, fillers, longest = _vocabulary()
    said = tuple(word for word in words if word not in fillers)
    reached: dict[int, frozenset[Kind]] = {0: frozenset()}
    for start in range(len(said)):
        if start not in reached:
            continue
        for length in range(1, min(longest, len(said) - start) + 1):
            if kind := phrases.get(said[start : start + length]):
                reached.setdefault(start + length, reached[start] | {kind})
    return reached.get(len(said), frozenset())


@cache
def _vocabulary() -> tuple[dict[tuple[str, ...], Kind], frozenset[str], int]:
    """Phrases by their words without fillers, the fillers, and the length of the longest phrase."""
    file = resources.files("index.language").joinpath("data", "messages.toml")
    lists = tomllib.loads(file.read_text("utf-8"))
    fillers = frozenset(lists["fillers"].split())
    phrases = {
        bare: kind
        for kind in reversed(_FIRST)
        for phrase in lists[kind.value]
        if (bare := tuple(word for word in phrase.split() if word not in fillers))
    }
    return phrases, fillers, max(map(len, phrases))
