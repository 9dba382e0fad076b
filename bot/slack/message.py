"""What the app wants to say: frozen values that only the outbox sends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.documents.document import Document

Block = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """A reply. ``text`` is what notifications and screen readers get, in Slack's mrkdwn.

    ``documents`` are the only ones it may quote, ``people`` the only users it may name.
    """

    text: str
    blocks: Sequence[Block]
    documents: tuple[Document, ...] = ()
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class View:
    """A modal or the Home tab; ``documents`` are the only ones it may quote."""

    payload: Mapping[str, Any]
    documents: tuple[Document, ...] = ()
