"""What a document says about itself: title, author, publisher, dates, and what it restates."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """The stated origin of a document, or of a work that a brief restates.

    What is not stated is ``None``: nothing here is guessed. Dates are ISO 8601, as precise as
    stated and no more: ``2026-04-20``, ``2026-04`` or ``2026``; so they sort as text.
    """

    title: str
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    language: str | None = None
    license: str | None = None
    restates: tuple["Source", ...] = field(default=())

    @property
    def date(self) -> str | None:
        """The latest date that the document states, the one its facts are judged by."""
        return max((d for d in (self.published, self.updated) if d), default=None)
