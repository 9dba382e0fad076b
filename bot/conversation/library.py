"""The index as a conversation needs it; `index.search.Index` is one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from index.answer import Answer
from index.documents.document import Document
from index.pay.model import PayAnswer
from index.pay.official import OfficialTable
from index.question.asked import Asked


class Library(Protocol):
    """One version of the library; it never changes."""

    @property
    def version(self) -> str:
        """The name of the version."""

    @property
    def built_at(self) -> datetime:
        """When it was built."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """Its documents by id."""

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions that it answers, for people who do not know what to ask."""

    @property
    def wages(self) -> OfficialTable | None:
        """The official wage statistics, if the version holds them."""

    def read(self, text: str, before: str | None = None) -> Asked:
        """Read a message, after the question ``before`` if there was one."""

    def answer(self, asked: Asked) -> Answer:
        """Answer a question with quotes, or with none."""

    def pay(self, query: str) -> PayAnswer:
        """Look up what a role pays."""
