"""Vectors → nearest passages. The only file that imports faiss.

A small library is searched exactly. Beyond `EXACT_UP_TO`, FAISS divides the vectors into cells and
looks only into those nearest to the question, at two bits a number; what it puts forward is then
scored exactly. Which index from which size, by which measurements: docs/decisions/0017-scale.md.
"""

import errno
import math
import os
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import IndexDamaged

FILE = "vectors.npy"
CELLS = "vectors.faiss"

EXACT_UP_TO = 150_000
"""Vectors that are searched one by one: 100,000 of 384 numbers take about 5 ms."""

_LOOKED_INTO = 320
"""Cells, of 512 or 1,024: recall at 10 of 0.99 among 160,000, 400,000 and a million."""
_SAMPLE = 64
"""Vectors a cell that its centre is learnt from."""
_ROUNDS = 10
_SPARE = 2
"""So many times as many passages as asked for are scored exactly."""


def write_vectors(vectors: npt.NDArray[np.float32], folder: Path) -> None:
    """Write what is needed to search ``vectors``, shape (passages, dimension)."""
    np.save(folder / FILE, vectors, allow_pickle=False)
    if len(vectors) > EXACT_UP_TO:
        try:
            faiss.write_index(_cells(vectors), str(folder / CELLS))
        except RuntimeError as error:  # its only one: no more could be written
            raise OSError(errno.EIO, "no room for the vectors", str(folder / CELLS)) from error


def _cells(vectors: npt.NDArray[np.float32]) -> faiss.Index:
    """The same vectors always give the same index: seeds and samples are fixed."""
    count, dimension = vectors.shape
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    cells = 2 ** round(math.log2(math.sqrt(count)))
    kind = f"IVF{cells},PQ{dimension // 2}x4fs"
    index = faiss.index_factory(dimension, kind, faiss.METRIC_INNER_PRODUCT)
    learning = faiss.extract_index_ivf(index).cp
    learning.niter = _ROUNDS
    learning.spherical = True
    index.train(vectors[np.linspace(0, count - 1, _SAMPLE * cells, dtype=np.int64)])
    index.add(vectors)
    return index


class VectorIndex:
    """Opened vectors; row numbers are passage numbers."""

    def __init__(self, folder: Path) -> None:
        """Open ``folder``'s vectors, without reading them; hashes have to be checked before."""
        try:
            self._vectors = np.asarray(np.load(folder / FILE, mmap_mode="r", allow_pickle=False))
            self._cells = None
            if (folder / CELLS).is_file():
                self._cells = faiss.read_index(str(folder / CELLS), faiss.IO_FLAG_MMAP)
                cells = faiss.extract_index_ivf(self._cells)
                cells.nprobe = min(_LOOKED_INTO, cells.nlist)
        except (RuntimeError, ValueError, OSError) as error:
            raise IndexDamaged(f"the vectors in {folder} cannot be read: build again") from error

    def __len__(self) -> int:
        """The number of vectors."""
        return len(self._vectors)

    def nearest(
        self, query: npt.NDArray[np.float32], count: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The ``count`` passages with the highest inner product, best first, and the products."""
        faiss.omp_set_num_threads(1)  # of this thread; two wait for each other on a busy machine
        if self._cells is None:
            scores, numbers = faiss.knn(
                query.reshape(1, -1),
                self._vectors,
                min(count, len(self)),
                metric=faiss.METRIC_INNER_PRODUCT,
            )
            return numbers[0], scores[0]
        _, found = self._cells.search(query.reshape(1, -1), _SPARE * count)
        likely = np.sort(found[0][found[0] >= 0])
        exact = self.scores(query, likely)
        best = np.argsort(-exact, kind="stable")[:count]
        return likely[best], exact[best]

    def scores(
        self, query: npt.NDArray[np.float32], numbers: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float32]:
        """The inner products of ``query`` with the passages ``numbers``."""
        products: npt.NDArray[np.float32] = self._vectors[numbers] @ query
        return products
