"""The UI string catalogue: every sentence the bot may say that is not a quote.

A `Phrase` holds typed places for what is not fixed: ``{:number}``, ``{:date}``, ``{:id}`` (of an
index version), ``{:name}`` (a title, author, publisher or heading of a source; an occupation or an
area of the statistics; a file), ``{:money}`` (an amount of the pay answer that is shown),
``{:reason}`` (our own sentence about a file or a failure) and ``{:span}`` (words of a document).
The linter takes a text for a catalogue string only if it matches a phrase and every place holds
what its type allows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.citation import SPOKEN

_PLACE = re.compile(r"\{:(number|date|id|name|money|reason|span)\}")
PLACE_PATTERNS = {
    "number": re.compile(r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})*)"),
    "date": SPOKEN,
    "id": re.compile(r"[\w.:+-]{1,80}"),
}
_LONGEST_NAME = 150
_LONGEST_OPTION = 75


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the catalogue, with typed places for numbers, dates, names and spans."""

    template: str

    def __call__(self, *values: str) -> str:
        """Put ``values`` into the places, in order."""
        return "".join(
            part if kind is None else values[number] for number, kind, part in self._numbered()
        )

    def parts(self) -> list[tuple[str | None, str]]:
        """Return the template cut at its places: (None, fixed text) or (type of place, "")."""
        pieces = _PLACE.split(self.template)
        return [
            (piece, "") if place else (None, piece)
            for place, piece in ((i % 2, p) for i, p in enumerate(pieces))
            if piece
        ]

    def _numbered(self) -> Iterator[tuple[int, str | None, str]]:
        """Yield the parts, each with the number of places before it."""
        places = 0
        for kind, fixed in self.parts():
            yield places, kind, fixed
            places += kind is not None


# --- an answer ---
COPIED_ONE = Phrase("1 passage, copied word for word")
COPIED_ONE_DOCUMENT = Phrase("{:number} passages from 1 document, copied word for word")
COPIED = Phrase("{:number} passages from {:number} documents, copied word for word")
DIFFER = Phrase("{:number} sources on this, newest first.")
DIFFER_UNORDERED = Phrase("{:number} sources on this.")
SHARED = Phrase(" shared this answer.")
FOLLOWS = Phrase("Read together with the question before it in this thread.")

OMITTED_BEFORE = Phrase("[…] ")
OMITTED_AFTER = Phrase(" […]")
NEW_LINE = Phrase("\n")

SOURCE_TITLE = Phrase("{:name}")
SOURCE_SECTION = Phrase("{:name} › {:name}")
DETAIL = Phrase(" · {:name}")
DETAIL_DATE = Phrase(" · {:date}")
DETAIL_UPDATED = Phrase(" · updated {:date}")
DETAIL_PAGE = Phrase(" · page {:number}")
NO_DATE = Phrase(" · no date stated")
OLD = Phrase(" · {:number} months old")
RESTATING = Phrase("\nbased on “{:name}”")
RESTATING_MORE = Phrase("; and {:number} more")
ALSO = Phrase("; “{:name}”")
WORK_BY = Phrase(", {:name}")
WORK_DATE = Phrase(", {:date}")

NOTIFY = Phrase("“{:span}” ({:name})")
NOTIFY_CUT = Phrase("“{:span} […]” ({:name})")

# --- no answer ---
NO_ANSWER = Phrase("No passage in the library answers this question.")
SEARCHED_ONE = Phrase("Searched 1 document, indexed {:date}.")
SEARCHED = Phrase("Searched {:number} documents, indexed {:date}.")
NEAREST_ONE = Phrase("The closest passage, not an answer:")
NEAREST = Phrase("The closest passages, not answers:")

HELD = Phrase("The library holds near it: “{:name}”")
HELD_ALSO = Phrase(", “{:name}”")

# --- buttons ---
SHOW_CONTEXT = Phrase("Show in context")
CHECK_QUOTES = Phrase("Check quotes")
SHARE = Phrase("Share")
SUGGEST = Phrase("Suggest a source")
HELPFUL = Phrase("Helpful")
NOT_HELPFUL = Phrase("Not helpful")
SEND = Phrase("Send")
CLOSE = Phrase("Close")

# --- windows ---
CONTEXT_TITLE = Phrase("In context")
READ_DOUBTFULLY = Phrase("Check the original: {:reason}")
CHECK_TITLE = Phrase("Quotes checked")
REASON_TITLE = Phrase("What was wrong?")
REASON_QUESTION = Phrase("What was wrong with this answer?")
REASON_COMMENT = Phrase("Anything to add?")
REASONS = {
    "off-topic": Phrase("It does not answer my question"),
    "outdated": Phrase("It is out of date"),
    "wrong": Phrase("The source is wrong"),
    "missing": Phrase("Something important is missing"),
}
SUGGEST_TITLE = Phrase("Suggest a source")
SUGGEST_QUESTION = Phrase("A link or a title that answers the question")
SUGGEST_THANKS = Phrase("Thank you. The people who keep the library will see your suggestion.")
FEEDBACK_THANKS = Phrase("Thank you. Your vote is counted.")
QUOTE_SOUND = Phrase(
    "The stored text of the source is unchanged since it was quoted (SHA-256 {:id}…), and "
    "characters {:number} to {:number} of it are these words:"
)
QUOTE_CHANGED = Phrase("This source has changed or was removed since it was quoted.")

# --- plain replies ---
HOW_TO = Phrase(
    "Ask me a career question: mention me in a channel, write to me directly, or use /ask. "
    "I answer with passages copied word for word from the library, each with its source and "
    "date, or I say that no passage answers."
)
EMPTY_QUESTION = Phrase("There is no question in that message. Please write one and send it again.")
GREETING = Phrase(
    "Hello. Ask me a career question, and I answer with passages copied word for word from the "
    "library, each with its source and date."
)
EXAMPLES = Phrase("For example:")
EXAMPLE = Phrase("{:name}")
WELCOME = Phrase("You are welcome. Ask me another career question whenever you like.")
WHOSE_PAY = Phrase(
    "Which job, and where? Ask, for example, what a registered nurse makes in Texas."
)
COMPLAINT = Phrase(
    "I am sorry that this did not help. I can only quote what the library holds: please ask again "
    "in other words, or press “Not helpful” under the answer and say what was wrong with it."
)
ASIDE = Phrase(
    "I answer career questions with quotes from the library. Ask me one whenever you like."
)
SOURCES = Phrase("The answer above comes from:")
NO_SOURCES = Phrase("There is no answer above that I could name the sources of.")
SORRY = Phrase("Sorry, something went wrong on my side and I could not answer. Please ask again.")
ANSWER_GONE = Phrase(
    "The sources of this answer have changed since it was given. Please ask again."
)
ALREADY_SHARED = Phrase("This answer was shared already.")

# --- home ---
HOME_TITLE = Phrase("Career questions, answered with quotes")
HOME_LIBRARY_ONE = Phrase("The library holds 1 document, indexed {:date} (version {:id}).")
HOME_LIBRARY = Phrase("The library holds {:number} documents, indexed {:date} (version {:id}).")

CATALOGUE: tuple[Phrase, ...] = (
    *(value for value in tuple(globals().values()) if isinstance(value, Phrase)),
    *REASONS.values(),
)


def number(value: int) -> str:
    """Write a count for people: 1,020."""
    return f"{value:,}"


def name(value: str) -> str:
    """Return a title or a name as replies show it: on one line, a long one cut with “…”."""
    return cut(value, _LONGEST_NAME)


def option(value: str) -> str:
    """Return a name as a menu shows it."""
    return cut(value, _LONGEST_OPTION)


def line(value: str) -> str:
    """Return a text on one line, however long."""
    return " ".join(value.split())


def bare_number(value: float) -> str:
    """Write an amount as a table's cell holds it: 120000, 40.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def cut(value: str, most: int) -> str:
    """Return a text on one line, cut with “…” where it is longer than ``most``."""
    whole = line(value)
    return whole if len(whole) <= most else whole[: most - 1].rstrip() + "…"


def escape(text: str) -> str:
    """Escape the three characters that mrkdwn gives a meaning to."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
