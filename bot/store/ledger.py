"""The quote ledger: which message quoted which span of which text."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import Engine, insert, select

from bot.conversation.pay import PayAsked
from bot.store.inbox import Claim, finish
from bot.store.tables import answers, gaps, pay_queries, quotes
from index.answer import Answer, Timings
from index.documents.document import Document, Quote, Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands: ``message_ts`` is unknown for ephemeral ones."""

    team: str
    channel: str
    thread_ts: str | None
    message_ts: str | None
    user: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One quote as the ledger keeps it: a document, the hash of its text, and offsets."""

    document: str
    sha256: str
    span: Span
    lead: Span | None
    score: float

    def cut(self, documents: Mapping[str, Document]) -> Quote | None:
        """Cut the quote again; None if the document is gone or its text has changed."""
        document = documents.get(self.document)
        if document is None or document.sha256 != self.sha256:
            return None
        return Quote(document, self.span, self.lead, self.score)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every answer that was given, without the words it quoted."""

    engine: Engine

    def record(
        self,
        answer_id: str,
        answer: Answer,
        place: Place,
        claim: Claim,
        now: float,
        *,
        pay: PayAsked | None = None,
    ) -> None:
        """Note an answer that was sent, and that its event is done, both or neither.

        An unanswered question is a gap in the library, and noted as one.
        """
        with self.engine.begin() as connection:
            connection.execute(
                insert(answers).values(
                    id=answer_id,
                    created=now,
                    team=place.team,
                    channel=place.channel,
                    thread_ts=place.thread_ts,
                    message_ts=place.message_ts,
                    user=place.user,
                    question=answer.question,
                    answered=answer.answered,
                    differs=answer.differs,
                    confidence=answer.confidence,
                    index_version=answer.index_version,
                )
            )
            if rows := [_row(answer_id, i, q) for i, q in enumerate(_quoted(answer))]:
                connection.execute(insert(quotes), rows)
            if pay:
                connection.execute(insert(pay_queries).values(answer_id=answer_id, **asdict(pay)))
            if not answer.answered:
                gap = {"answer_id": answer_id, "question": answer.question, "created": now}
                connection.execute(insert(gaps).values(**gap))
            finish(connection, claim, now)

    def entries(self, answer_id: str) -> list[Entry]:
        """Return what an answer quoted, in order; empty for an unknown answer."""
        wanted = select(quotes).where(quotes.c.answer_id == answer_id).order_by(quotes.c.rank)
        with self.engine.connect() as connection:
            return [
                Entry(
                    document=row.document,
                    sha256=row.sha256,
                    span=Span(row.start, row.end),
                    lead=None if row.lead_start is None else Span(row.lead_start, row.lead_end),
                    score=row.score,
                )
                for row in connection.execute(wanted)
            ]

    def answer(self, answer_id: str, documents: Mapping[str, Document]) -> Answer | None:
        """Rebuild an answer that quoted something; None if any source is not as it was."""
        with self.engine.connect() as connection:
            row = connection.execute(select(answers).where(answers.c.id == answer_id)).first()
        cut = [entry.cut(documents) for entry in self.entries(answer_id)]
        whole = tuple(quote for quote in cut if quote)
        if row is None or not row.answered or not whole or len(whole) < len(cut):
            return None
        return Answer(
            question=row.question,
            answered=True,
            confidence=row.confidence,
            index_version=row.index_version,
            quotes=whole,
            nearest=(),
            differs=row.differs,
            timings_ms=Timings(0, 0, 0, 0),
        )

    def pay_asked(self, answer_id: str) -> PayAsked | None:
        """Return what a pay answer was looked up with; None for any other answer."""
        wanted = select(pay_queries).where(pay_queries.c.answer_id == answer_id)
        with self.engine.connect() as connection:
            row = connection.execute(wanted).first()
        return PayAsked(row.query, row.occupation, row.area) if row else None

    def previous(self, team: str, channel: str, thread_ts: str) -> tuple[str, str] | None:
        """Return the id and the question, as it was read, of the last answer in a thread."""
        wanted = (
            select(answers.c.id, answers.c.question)
            .where(answers.c.team == team, answers.c.channel == channel)
            .where(answers.c.thread_ts == thread_ts)
            .order_by(answers.c.created.desc())
            .limit(1)
        )
        with self.engine.connect() as connection:
            row = connection.execute(wanted).first()
        return (row.id, row.question) if row else None


def _quoted(answer: Answer) -> tuple[Quote, ...]:
    """Return every passage that a reply to this answer may show."""
    return answer.quotes if answer.answered else answer.nearest


def _row(answer_id: str, rank: int, quote: Quote) -> dict[str, object]:
    return {
        "answer_id": answer_id,
        "rank": rank,
        "document": quote.document.id,
        "sha256": quote.document.sha256,
        "start": quote.span.start,
        "end": quote.span.end,
        "lead_start": quote.lead.start if quote.lead else None,
        "lead_end": quote.lead.end if quote.lead else None,
        "score": quote.score,
    }
