"""One plain sentence of the catalogue as a message."""

from bot.slack import strings
from bot.slack.blocks.elements import sentence
from bot.slack.message import Message


def notice(text: str) -> Message:
    """Say one sentence of the catalogue."""
    return Message(strings.escape(text), [sentence(text)])
