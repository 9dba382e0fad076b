"""What the app wants to say: frozen values that only the outbox sends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.documents.document import Document
from index.documents.library import Problem
from index.errors import CareerbotError
from index.gate import GateResult
from index.pay.model import PayAnswer

Block = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What a message about the library may name beside its documents.

    ``paths`` are ids of documents; ``problems`` the files that were skipped, with our reasons;
    ``error`` what went wrong, in the words of our own error; ``gate`` what the test questions said.
    """

    paths: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    error: CareerbotError | None = None
    gate: GateResult | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A reply. ``text`` is what notifications and screen readers get, in Slack's mrkdwn.

    ``documents`` are the only ones it may quote, ``people`` the only users it may name, ``pay``
    the only pay answers whose amounts, occupations and areas it may show, ``upkeep`` the only
    state of the library whose files and failures it may name, ``examples`` the only questions that
    it may suggest.
    """

    text: str
    blocks: Sequence[Block]
    documents: tuple[Document, ...] = ()
    people: frozenset[str] = frozenset()
    pay: tuple[PayAnswer, ...] = ()
    upkeep: Upkeep | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A modal or the Home tab; ``documents`` are the only ones it may quote."""

    payload: Mapping[str, Any]
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A file for people: ``title`` and ``alt`` (of a picture) are catalogue strings."""

    name: str
    content: bytes
    title: str
    alt: str | None = None
