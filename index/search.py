"""An opened version: question → Answer."""

import weakref
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter

import numpy as np
import numpy.typing as npt

from index import evidence, fusion, stored, versions
from index.answer import Answer, Timings
from index.errors import IndexDamaged
from index.evidence import Candidate
from index.models.runtime import CrossEncoder, Encoder
from index.pay.lookup import PayLookup
from index.pay.model import PayAnswer
from index.pay.official import OfficialTable
from index.pay.titles import TitleMatcher
from index.question.asked import Asked
from index.question.read import read
from index.vectors import VectorIndex
from index.words import WordIndex

_SHORTLIST = 100
"""Passages that each ranking may put forward."""


@dataclass(frozen=True, slots=True)
class Models:
    """The models of a version, loaded; versions that name the same folders share them."""

    folders: tuple[Path, Path]
    encoder: Encoder
    cross_encoder: CrossEncoder


class Index:
    """One version of the index, in memory. Safe to share between threads."""

    def __init__(
        self, index: Path, version: versions.Version, models: Models | None = None
    ) -> None:
        """Load a version whose files have been checked; `open` does both."""
        manifest = version.manifest
        self.version = version.name
        self.built_at = datetime.fromisoformat(manifest.built_at)
        self._level = manifest.level
        self.examples = manifest.examples
        """Golden questions of the library that are due an answer, for people to try."""
        self.documents = stored.Documents(version.folder, manifest.documents)
        self.passages = stored.read_passages(version.folder)
        self._vectors = VectorIndex(version.folder)
        self._words = WordIndex(version.folder)
        self.models: Models = _load_models(index / "models", manifest, models)
        self._encoder, self._cross_encoder = self.models.encoder, self.models.cross_encoder
        self._check_counts(manifest)
        self.pay_figures = stored.read_figures(version.folder, self.documents)
        wages = version.folder / stored.WAGES
        self.wages = OfficialTable(wages) if wages.is_dir() else None
        """The official wages, where the version holds them."""
        self._pay = PayLookup(
            self.pay_figures,
            self.version,
            self.wages,
            TitleMatcher(
                self.wages.occupations,
                self._encoder,
                np.load(wages / stored.TITLES, allow_pickle=False),
            )
            if self.wages
            else None,
        )

    @classmethod
    def open(cls, index: Path, name: str | None = None, models: Models | None = None) -> "Index":
        """Check and open a version; without ``name``, the current one.

        ``models`` are those that are loaded already: if the version names the same, they are
        shared. No build deletes the version as long as it is open.

        Raises:
            IndexUnavailable: there is none, or it is damaged or too old; the message says which.
        """
        name = name or versions.current_name(index)
        with ExitStack() as stack:
            held = stack.enter_context(versions.hold(index, name))
            version = versions.read_version(index, name)
            versions.check_files(version)
            opened = cls(index, version, models)
            stack.pop_all()
        weakref.finalize(opened, held.close)
        return opened

    def ask(self, question: str, after: str | None = None) -> Answer:
        """Answer a question with up to three quotes, or say that nothing answers it.

        ``after`` is the question asked just before in the same conversation, if any.
        """
        return self.answer(self.read(question, after))

    def read(self, text: str, before: str | None = None) -> Asked:
        """What a message asks, after the question ``before`` if there was one."""
        return read(text, before, self._encoder.encode, self._pay.employers)

    def answer(self, asked: Asked) -> Answer:
        """The quotes that answer what was asked, or none."""
        started = perf_counter()
        if not asked.words:
            return self._none(asked, started)
        vector = self._encoder.encode_query(asked.words)
        encoded = perf_counter()
        candidates = self._candidates(asked.words, vector)
        searched = perf_counter()
        found = evidence.judge(asked, candidates, self._cross_encoder, self._level)
        finished = perf_counter()
        return Answer(
            question=asked.text,
            answered=found.answered,
            confidence=found.confidence,
            index_version=self.version,
            quotes=found.quotes if found.answered else (),
            nearest=() if found.answered else found.quotes,
            differs=False,
            timings_ms=Timings(
                encode=1000 * (encoded - started),
                search=1000 * (searched - encoded),
                evidence=1000 * (finished - searched),
                total=1000 * (finished - started),
            ),
            read_as=asked.read_as,
            around=found.around,
        )

    def closeness(self, question: str, reader: evidence.Reader) -> float | None:
        """How close the library comes to a question, before calibration; None without passages."""
        words = self.read(question).words
        if not words:
            return None
        candidates = self._candidates(words, self._encoder.encode_query(words))
        return evidence.closeness(words, candidates, reader)

    def candidates(self, question: str) -> Iterator[Candidate]:
        """The passages worth reading for a question that stands alone, best first."""
        words = self.read(question).words
        return self._candidates(words, self._encoder.encode_query(words))

    def pay(self, query: str) -> PayAnswer:
        """What documents and official statistics say of pay, or that they say nothing."""
        return self._pay.ask(query)

    def check_finds(self, number: int) -> None:
        """Check that a passage is found by its own words.

        Raises:
            IndexDamaged: it is not.
        """
        passage = self.passages[number]
        document = self.documents.at(self.passages.document(number))
        words = document.cut(passage.span)
        vector = self._encoder.encode_query(words)
        if number not in self._shortlist(vector, self._words.scores(words)):
            raise IndexDamaged(
                f"version {self.version} does not find a passage of {document.id} by its own words"
            )

    def _candidates(self, wanted: str, vector: npt.NDArray[np.float32]) -> Iterator[Candidate]:
        """The passages worth reading for these words and their vector, each cut in its turn."""
        words = self._words.scores(wanted)
        numbers = self._shortlist(vector, words)
        fused = fusion.fuse(self._vectors.scores(vector, numbers), words[numbers])
        order = fusion.best(fused, len(numbers))
        return map(self._candidate, numbers[order].tolist(), fused[order].tolist())

    def _candidate(self, number: int, fused: float) -> Candidate:
        document = self.documents.at(self.passages.document(number))
        return Candidate(document, self.passages[number], fused)

    def _shortlist(
        self, vector: npt.NDArray[np.float32], words: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.int64]:
        """The numbers of the passages that either ranking puts forward, ascending.

        ``words`` are the lexical scores of all passages.
        """
        by_meaning, _ = self._vectors.nearest(vector, _SHORTLIST)
        return np.union1d(by_meaning, fusion.best_above_zero(words, _SHORTLIST))

    def _none(self, asked: Asked, started: float) -> Answer:
        """The answer to a message that asks nothing."""
        total = 1000 * (perf_counter() - started)
        return Answer(
            asked.text, False, 0.0, self.version, (), (), False, Timings(0.0, 0.0, 0.0, total)
        )  # fmt: skip

    def _check_counts(self, manifest: versions.Manifest) -> None:
        counts = {len(self.passages), len(self._vectors), len(self._words), manifest.passages}
        if len(counts) != 1:
            raise IndexDamaged(f"version {self.version} is damaged (counts differ): build again")


def _load_models(models: Path, manifest: versions.Manifest, loaded: Models | None) -> Models:
    """The models that a manifest names: those already loaded, if they are the same."""
    folders = (models / manifest.encoder, models / manifest.cross_encoder)
    if loaded and loaded.folders == folders:
        return loaded
    return Models(folders, Encoder(folders[0]), CrossEncoder(folders[1]))
