"""The store of what was worked out before."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.derived import Derived, key


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store may be."""
    return tmp_path / "derived.sqlite3"


def test_what_was_put_is_found_by_another_build(path: Path) -> None:
    """A value outlives the process that put it."""
    with closing(Derived(path)) as store:
        store.put(key("a"), b"value")
    with closing(Derived(path)) as store:
        assert store.get(key("a")) == b"value"
        assert store.get(key("b")) is None


def test_keys_keep_their_parts_apart() -> None:
    """What is one part and what is two never have the same key."""
    assert len({key("ab"), key("a", "b"), key("b", "a"), key("a", b"b", "")}) == 4


def test_a_changed_value_counts_as_absent(path: Path) -> None:
    """A byte that is not what was put makes no wrong quote."""
    with closing(Derived(path)) as store:
        store.put(key("a"), b"value")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE derived SET value = replace(value, 'value', 'other')")
        connection.execute("UPDATE derived SET value = CAST(value AS BLOB)")
    with closing(Derived(path)) as store:
        assert store.get(key("a")) is None


def test_a_damaged_store_starts_empty(path: Path) -> None:
    """Whether it is damaged from the start or further back."""
    path.write_bytes(b"no database" * 1000)
    with closing(Derived(path)) as store:
        for number in range(200):
            store.put(key(str(number)), bytes(2000))
    data = bytearray(path.read_bytes())
    data[8192:] = bytes(len(data) - 8192)
    path.write_bytes(data)
    with closing(Derived(path)) as store:
        found = [store.get(key(str(number))) for number in range(200)]
        assert None in found
        store.put(key("a"), b"value")
        assert store.get(key("a")) == b"value"


def test_pruning_keeps_as_much_again(path: Path) -> None:
    """What the last build used stays, and as many of the newest others."""
    with closing(Derived(path)) as store:
        for name in "abcd":
            store.put(key(name), name.encode())
    with closing(Derived(path)) as store:
        assert store.get(key("a")) == b"a"
        store.prune()
    with closing(Derived(path)) as store:
        assert [store.get(key(name)) for name in "abcd"] == [b"a", None, None, b"d"]
