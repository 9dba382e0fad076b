"""The whole build, in the order of the picture: documents, passages, vectors, a version."""

import gc
import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Protocol

import numpy as np

from index import calibration, derived, gate, stored, versions
from index.derived import Derived
from index.documents.document import Document
from index.documents.kept import KeptDocuments
from index.documents.library import Library, Problem, check_folders, read_library
from index.documents.loaders import FORMATS
from index.documents.reader import Limits
from index.embedding_cache import document_vectors, encode_cached, forget_texts
from index.errors import BuildFailed, IndexMissing, IndexUnavailable, UsageError
from index.models.export import export_model
from index.models.runtime import CrossEncoder, Encoder
from index.pay import official
from index.pay.flags import Compare, flag_figures
from index.pay.lookup import RoleWages
from index.pay.model import OfficialWages, PayFigure
from index.pay.titles import TitleMatcher, name_vectors
from index.prepared import Prepared, prepare
from index.search import Index, Models
from index.vectors import write_vectors
from index.words import write_words

_WAIT_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """What a build needs to know."""

    corpora: tuple[Path, ...]
    index: Path
    encoder: str = ""
    """sentence-transformers name or path; empty is the installed model."""
    cross_encoder: str = ""
    limits: Limits = field(default_factory=Limits)
    keep_versions: int = 20
    pay_stale_months: int = 24
    """A pay figure older than this is flagged."""
    gate_tolerance: float = 0.05
    """The share of the golden questions by which a new version may be worse."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    version: str
    changed: bool
    """False: the current version already holds all this, and stays."""
    switched: bool
    """Whether ``version`` answers from now on; False where nothing changed, or it is held back."""
    documents: int
    passages: int
    encoded: int
    """Texts that had to be encoded; the others were in the cache."""
    problems: tuple[Problem, ...]
    added: tuple[str, ...]
    """Ids of the documents that the version before did not hold."""
    replaced: tuple[str, ...]
    removed: tuple[str, ...]
    gate: gate.GateResult | None
    """None: there are no golden questions, or nothing changed."""
    seconds: float


class Progress(Protocol):
    """Whoever watches a build."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins; ``total`` steps where that is known."""

    def step(self, count: int = 1) -> None:
        """Steps of the stage are done."""

    def waiting(self) -> None:
        """Another process builds; this one waits for it."""


def build(settings: BuildSettings, progress: Progress, force: bool = False) -> BuildReport:
    """Build a version from the corpora, check it, and switch to it.

    A file that cannot be read is reported and skipped. When nothing has changed, the current
    version stays. A version that fails the golden questions is held back; ``force`` switches to
    it all the same.

    Raises:
        UsageError: no document could be read, or a folder or model cannot be used.
        BuildInProgress: another build takes too long.
        BuildFailed: the disk is full or broken, or a file may not be touched.
    """
    started = monotonic()
    check_folders(settings.corpora)
    with (
        _failures_told(),
        versions.build_lock(settings.index, progress.waiting, _WAIT_SECONDS),
        closing(Derived(settings.index / derived.FILE)) as store,
        _no_collection(),
    ):
        progress.stage("Reading documents", None)
        kept = KeptDocuments(store)
        library = read_library(
            settings.corpora, settings.limits, lambda _: progress.step(), kept.read_files
        )
        check_folders(settings.corpora)  # one that vanished meanwhile is no removal of documents
        if not library.documents:
            raise UsageError(_nothing_to_build(settings.corpora, library))
        encoder_folder, cross_encoder_folder = _models(settings, progress)
        wages = _wages(settings.index)
        inputs = _inputs(
            map(kept.record, library.documents),
            encoder_folder.name,
            cross_encoder_folder.name,
            _wages_identity(wages),
            str(settings.pay_stale_months),
        )
        current = _current_if_sound(settings.index)
        if current and current.manifest.inputs == inputs:
            return BuildReport(
                version=current.name,
                changed=False,
                switched=False,
                documents=len(library.documents),
                passages=current.manifest.passages,
                encoded=0,
                problems=library.problems,
                added=(),
                replaced=(),
                removed=(),
                gate=None,
                seconds=monotonic() - started,
            )
        encoded, models = 0, None
        version = _waiting(settings.index, inputs)
        if version is None:
            prepared = [prepare(d, kept.record(d), store) for d in library.documents]
            table = stored.passage_table([its.rows for its in prepared])
            if not len(table):
                raise UsageError(_nothing_to_build(settings.corpora, library))
            models = Models(
                (encoder_folder, cross_encoder_folder),
                Encoder(encoder_folder),
                CrossEncoder(cross_encoder_folder),
            )
            progress.stage("Encoding passages", 2 * len(table))
            vectors, encoded = document_vectors(
                list(zip(library.documents, prepared, strict=True)),
                models.encoder, store, settings.index, progress.step,
            )  # fmt: skip

            def write(folder: Path) -> None:
                stored.write_documents(map(kept.record, library.documents), folder)
                stored.write_passages(table, folder)
                write_vectors(vectors, folder)
                write_words([its.words for its in prepared], folder)
                compare = _write_wages(wages, models.encoder, settings.index, folder / stored.WAGES)
                stored.write_figures(_flagged(prepared, compare, settings), folder)

            def manifest(folder: Path, files: dict[str, str]) -> versions.Manifest:
                unmeasured = versions.Manifest(
                    format=versions.FORMAT,
                    built_at=datetime.now(UTC).isoformat(timespec="seconds"),
                    inputs=inputs,
                    encoder=encoder_folder.name,
                    cross_encoder=cross_encoder_folder.name,
                    documents={d.id: d.sha256 for d in library.documents},
                    passages=len(table),
                    level=0.0,
                    problems=tuple((p.path, p.reason) for p in library.problems),
                    doubts=tuple(
                        (d.id, "; ".join(d.doubts)) for d in library.documents if d.doubts
                    ),
                    files=files,
                    examples=gate.examples(settings.corpora),
                )
                progress.stage("Calibrating", None)
                unsealed = versions.Version("", folder, unmeasured)
                level = _level(Index(settings.index, unsealed, models), library.documents, store)
                return replace(unmeasured, level=level)

            progress.stage("Writing and checking", None)
            version = versions.write_version(settings.index, manifest, write)
        opened = verify(settings.index, version.name, models)
        judged = _judge(settings, current, version, opened, progress)
        switched = force or judged is None or judged.passed
        if switched:
            versions.switch_to(settings.index, version.name)
        elif judged:
            versions.hold_back(settings.index, version.name, judged.reason)
        versions.delete_old(settings.index, settings.keep_versions)
        store.prune()
        forget_texts(settings.index, version.manifest.passages)
    changes = versions.document_changes(
        current.manifest.documents if current else {}, version.manifest.documents
    )
    return BuildReport(
        version=version.name,
        changed=True,
        switched=switched,
        documents=len(library.documents),
        passages=version.manifest.passages,
        encoded=encoded,
        problems=library.problems,
        added=changes.added,
        replaced=changes.replaced,
        removed=changes.removed,
        gate=judged,
        seconds=monotonic() - started,
    )


def verify(index: Path, name: str, models: Models | None = None) -> Index:
    """Check a version: every file's hash, the counts, and that a few passages find themselves.

    ``models``: those that are loaded already.

    Raises:
        IndexUnavailable: it is damaged, and how.
    """
    opened = Index.open(index, name, models)
    for number in np.linspace(0, len(opened.passages) - 1, num=5, dtype=int):
        opened.check_finds(int(number))
    return opened


def rollback(index: Path, name: str | None) -> str:
    """Switch to an older version, once it is checked, and return its name.

    Without ``name``, the newest one before the current.

    Raises:
        IndexUnavailable: there is none, or it is damaged; the current version stays.
        BuildInProgress: a build runs, whose version would answer next.
    """
    with versions.build_lock(index, lambda: None, 0):
        name = name or version_before(index)
        verify(index, name)
        versions.switch_to(index, name)
    return name


def version_before(index: Path) -> str:
    """The newest version before the current one that has ever answered.

    Raises:
        IndexMissing: there is none.
    """
    current, held = versions.current_name(index), versions.held_back(index)
    older = [name for name in versions.names(index) if name < current and name not in held]
    if not older:
        raise IndexMissing(f"there is no version before the current one in {index}")
    return older[-1]


@contextmanager
def _no_collection() -> Iterator[None]:
    """Look for no garbage: among millions of objects that stay, that took a fifth of a build."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _models(settings: BuildSettings, progress: Progress) -> tuple[Path, Path]:
    """The folders of encoder and cross-encoder, exported if need be."""
    progress.stage("Preparing models", 2)
    models = settings.index / "models"
    encoder = export_model("encoder", settings.encoder, models)
    progress.step()
    cross_encoder = export_model("cross-encoder", settings.cross_encoder, models)
    progress.step()
    return encoder, cross_encoder


@contextmanager
def _failures_told() -> Iterator[None]:
    """Raise what the disk refuses as `BuildFailed`, in a line."""
    try:
        yield
    except BrokenPipeError:  # not the disk: whoever watched the build has gone
        raise
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        place = f": {error.filename}" if isinstance(error, OSError) and error.filename else ""
        raise BuildFailed(
            f"the build failed ({reason}{place}); the version that answers is whole"
        ) from error


def _wages(index: Path) -> Path | None:
    """Official wages in compact form: those imported, else those of the installed package."""
    imported = index / stored.WAGES
    if (imported / "wages.json").is_file():
        return imported
    database = official.installed_database(index / "cache")
    if database is None:
        return None
    compact = index / "cache" / stored.WAGES
    if not compact.is_dir():
        with TemporaryDirectory(dir=compact.parent, prefix=".building-") as aside:
            official.write_wages(database, Path(aside, stored.WAGES))
            Path(aside, stored.WAGES).rename(compact)
    return compact


def _wages_identity(wages: Path | None) -> str:
    if wages is None:
        return ""
    found = hashlib.sha256()
    for path in sorted(wages.iterdir()):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def _write_wages(wages: Path | None, encoder: Encoder, index: Path, folder: Path) -> Compare:
    """Copy the official wages into the version; return what figures are compared with."""
    if wages is None:
        return _no_wages
    folder.mkdir()
    for path in wages.iterdir():
        shutil.copyfile(path, folder / path.name)
    table = official.OfficialTable(folder)
    names = name_vectors(
        table.occupations, lambda texts: encode_cached(encoder, texts, index, lambda _: None)[0]
    )
    np.save(folder / stored.TITLES, names, allow_pickle=False)
    return RoleWages(TitleMatcher(table.occupations, encoder, names), table, {})


def _no_wages(_: PayFigure) -> OfficialWages | None:
    return None


def _current_if_sound(index: Path) -> versions.Version | None:
    """The current version, if it can be served."""
    try:
        return _sound(index, versions.current_name(index))
    except IndexUnavailable:
        return None


def _waiting(index: Path, inputs: str) -> versions.Version | None:
    """A sound version, newer than the current one, that was made of the same.

    It was held back, or rolled back, or its build was interrupted.
    """
    try:
        current = versions.current_name(index)
    except IndexUnavailable:
        current = ""
    for name in versions.names(index):
        if name > current:
            with suppress(IndexUnavailable):
                if versions.read_version(index, name).manifest.inputs == inputs:
                    return _sound(index, name)
    return None


def _sound(index: Path, name: str) -> versions.Version:
    version = versions.read_version(index, name)
    versions.check_files(version)
    return version


def _judge(
    settings: BuildSettings,
    current: versions.Version | None,
    version: versions.Version,
    opened: Index,
    progress: Progress,
) -> gate.GateResult | None:
    """How a version compares with the current one on the golden questions; None without any.

    Questions that cannot be read judge no version: it is held back, and the current one stays.
    """
    try:
        questions = gate.read_golden(settings.corpora)
    except UsageError as error:
        return gate.GateResult(current is None, 0, 0, None, (), (), (), str(error))
    if not questions:
        return None
    index = settings.index
    progress.stage("Asking golden questions", None)
    replies = gate.ask_golden(index, version.name, questions, lambda: opened, progress.step)
    if current is None:
        return gate.compare(None, replies, frozenset(), settings.gate_tolerance)
    before = gate.ask_golden(
        index,
        current.name,
        questions,
        lambda: Index.open(index, current.name, models=opened.models),
        progress.step,
    )
    gone = gate.gone(questions, current.manifest, version.manifest)
    return gate.compare(before, replies, gone, settings.gate_tolerance)


def _level(unsealed: Index, documents: Sequence[Document], store: Derived) -> float:
    """How high the scores of a version run that is not sealed yet."""
    reader = calibration.KeptScores(unsealed.models.cross_encoder, store)
    return calibration.level(
        lambda question: unsealed.closeness(question, reader), calibration.headings(documents)
    )


def _flagged(
    prepared: Sequence[Prepared], compare: Compare, settings: BuildSettings
) -> list[PayFigure]:
    """All pay figures, with every flag they need."""
    figures = [figure for its in prepared for figure in its.figures]
    return flag_figures(figures, compare, datetime.now(UTC).date(), settings.pay_stale_months)


def _inputs(records: Iterable[bytes], *settings: str) -> str:
    """Hash of everything that the content of a version depends on."""
    return derived.key(derived.code_version(), *settings, *records).hex()


def _nothing_to_build(corpora: Sequence[Path], library: Library) -> str:
    places = ", ".join(str(path) for path in corpora)
    if library.problems:
        first = library.problems[0]
        return (
            f"no document could be read in {places} (first problem: {first.path}: {first.reason})"
        )
    return f"no documents in {places}: add {FORMATS} files"
