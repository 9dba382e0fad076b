"""Nearest vectors, exactly and by cells."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index import vectors
from index.vectors import CELLS, VectorIndex, write_vectors

Numbers = npt.NDArray[np.float32]


@pytest.fixture(scope="module")
def many() -> Numbers:
    """Unit vectors around a few hundred centres, as texts on a few hundred subjects are."""
    random = np.random.default_rng(7)
    centres = random.normal(size=(300, 64))
    found = centres[random.integers(0, 300, 20_000)] + random.normal(size=(20_000, 64))
    unit: Numbers = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    return unit


@pytest.fixture
def in_cells(many: Numbers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> VectorIndex:
    """An index of them that is searched by cells."""
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 10_000)
    write_vectors(many, tmp_path)
    assert (tmp_path / CELLS).is_file()
    return VectorIndex(tmp_path)


def test_few_are_searched_exactly(many: Numbers, tmp_path: Path) -> None:
    """The nearest are those with the highest products, and their products are exact."""
    write_vectors(many, tmp_path)
    numbers, scores = VectorIndex(tmp_path).nearest(many[5], 10)
    expected = np.argsort(-(many @ many[5]), kind="stable")[:10]
    assert numbers.tolist() == expected.tolist()
    assert scores == pytest.approx(many[expected] @ many[5], abs=1e-6)
    assert not (tmp_path / CELLS).exists()


def test_many_are_found_by_cells(many: Numbers, in_cells: VectorIndex) -> None:
    """Cells lose next to nothing of the ten nearest, and what is found is scored exactly."""
    found = 0
    for number in range(0, 20_000, 200):
        numbers, scores = in_cells.nearest(many[number], 100)
        assert scores == pytest.approx(many[numbers] @ many[number], abs=1e-6)
        exact = np.argsort(-(many @ many[number]), kind="stable")[:10]
        found += len(np.intersect1d(numbers[:10], exact))
    assert found >= 900


def test_cells_are_the_same_every_time(
    many: Numbers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same vectors give the same bytes."""
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 10_000)
    written = []
    for name in "ab":
        (tmp_path / name).mkdir()
        write_vectors(many, tmp_path / name)
        written.append((tmp_path / name / CELLS).read_bytes())
    assert written[0] == written[1]
