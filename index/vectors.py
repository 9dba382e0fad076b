"""Vectors → nearest passages. The only file that imports faiss."""

import errno
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import IndexDamaged

FILE = "vectors.faiss"


def write_vectors(vectors: npt.NDArray[np.float32], folder: Path) -> None:
    """Write an exact inner-product index over ``vectors``, shape (passages, dimension)."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors))
    try:
        faiss.write_index(index, str(folder / FILE))
    except RuntimeError as error:  # its only one: no more could be written
        raise OSError(errno.EIO, "no room for the vectors", str(folder / FILE)) from error


class VectorIndex:
    """An opened FAISS index; row numbers are passage numbers."""

    def __init__(self, folder: Path) -> None:
        """Read ``folder``'s index; its hash has to be checked before."""
        try:
            self._index = faiss.read_index(str(folder / FILE))
        except RuntimeError as error:
            raise IndexDamaged(f"{folder / FILE} is not a FAISS index: build again") from error

    def __len__(self) -> int:
        """The number of vectors."""
        return int(self._index.ntotal)

    def nearest(
        self, query: npt.NDArray[np.float32], count: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The ``count`` passages with the highest inner product, best first, and the products."""
        scores, numbers = self._index.search(query.reshape(1, -1), min(count, len(self)))
        return numbers[0], scores[0]

    def scores(
        self, query: npt.NDArray[np.float32], numbers: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float32]:
        """The inner products of ``query`` with the passages ``numbers``."""
        vectors = self._index.reconstruct_batch(numbers)
        products: npt.NDArray[np.float32] = vectors @ query
        return products
