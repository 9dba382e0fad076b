"""Every table of the state. Times are seconds since 1970, UTC."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

inbox = Table(
    "inbox",
    metadata,
    Column("key", String(255), primary_key=True),
    Column("payload", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("received", Float, nullable=False),
    Column("claimed_until", Float, nullable=False),
    Column("done", Float),
    Index("inbox_unfinished", "done", "claimed_until"),
)

answers = Table(
    "answers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("created", Float, nullable=False),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("thread_ts", String(32)),
    Column("message_ts", String(32)),
    Column("user", String(32), nullable=False),
    Column("question", Text, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("differs", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("index_version", String(80), nullable=False),
    Index("answers_by_thread", "team", "channel", "thread_ts"),
)

pay_queries = Table(
    "pay_queries",
    metadata,
    Column("answer_id", ForeignKey("answers.id"), primary_key=True),
    Column("query", Text, nullable=False),
    Column("occupation", String(16)),
    Column("area", String(16)),
)

quotes = Table(
    "quotes",
    metadata,
    Column("answer_id", ForeignKey("answers.id"), primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("document", Text, nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("lead_start", Integer),
    Column("lead_end", Integer),
    Column("score", Float, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("answer_id", ForeignKey("answers.id"), primary_key=True),
    Column("user", String(32), primary_key=True),
    Column("vote", String(4), nullable=False),
    Column("reason", String(32)),
    Column("comment", Text),
    Column("created", Float, nullable=False),
)

gaps = Table(
    "gaps",
    metadata,
    Column("answer_id", ForeignKey("answers.id"), primary_key=True),
    Column("question", Text, nullable=False),
    Column("created", Float, nullable=False),
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("answer_id", ForeignKey("answers.id"), nullable=False),
    Column("user", String(32), nullable=False),
    Column("source", Text, nullable=False),
    Column("created", Float, nullable=False),
    UniqueConstraint("answer_id", "user", "source"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created", Float, nullable=False),
    Column("team", String(32), nullable=False),
    Column("user", String(32), nullable=False),
    Column("action", String(16), nullable=False),
    Column("target", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("ended", Float),
    Index("audit_by_time", "created"),
)
