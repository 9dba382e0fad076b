"""Opening the database, whichever it is."""

from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from bot.store.audit import Audit
from bot.store.feedback import Feedback
from bot.store.gaps import Gaps
from bot.store.inbox import Inbox
from bot.store.ledger import Ledger
from bot.store.tables import metadata
from index.errors import UsageError

_BUSY_MS = 2000  # less than the three seconds in which Slack wants its acknowledgement


@dataclass(frozen=True, slots=True)
class Store:
    """The state of the bot, shared by every process that has the same DATABASE_URL."""

    engine: Engine
    inbox: Inbox
    ledger: Ledger
    feedback: Feedback
    gaps: Gaps
    audit: Audit

    def answers(self) -> bool:
        """Whether the database can be reached."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True


def open_store(database_url: str) -> Store:
    """Connect and create what tables are missing; a database out of reach is a `UsageError`."""
    try:
        engine = _engine(database_url)
        _create_tables(engine)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(f"DATABASE_URL cannot be used: {error}".splitlines()[0]) from error
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise UsageError(f"DATABASE_URL: the database cannot be opened ({reason})") from error
    return Store(
        engine, Inbox(engine), Ledger(engine), Feedback(engine), Gaps(engine), Audit(engine)
    )


def _create_tables(engine: Engine) -> None:
    try:
        metadata.create_all(engine)
    except DBAPIError:  # another process has just created the same table
        metadata.create_all(engine)


def _engine(database_url: str) -> Engine:
    try:
        url = make_url(database_url)
    except ValueError:  # its words hold part of the URL, maybe of the password
        raise ArgumentError("its port is no number; write an @ in a password as %40") from None
    if url.drivername in {"postgres", "postgresql"}:  # as hosts write it
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        try:
            return create_engine(url, pool_pre_ping=True, hide_parameters=True)
        except ImportError as error:
            if url.get_driver_name() != "psycopg":
                raise
            raise UsageError("DATABASE_URL needs a driver: install careerbot[postgres]") from error
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _share_sqlite)
    return engine


def _share_sqlite(connection: SqliteConnection, _record: Any) -> None:
    """Let readers and a writer work at once, and writers wait for each other."""
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
