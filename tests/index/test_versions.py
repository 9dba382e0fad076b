"""Versions: immutable, hashed, switched by one pointer."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index import in_use, versions
from index.errors import BuildInProgress, IndexDamaged, IndexMissing, IndexTooOld, UsageError
from index.versions import Manifest, Version


def _manifest(_: Path, files: dict[str, str], format_: int = versions.FORMAT) -> Manifest:
    return Manifest(
        format=format_,
        built_at="2026-11-21T00:00:00+00:00",
        inputs="",
        encoder="e",
        cross_encoder="c",
        documents={},
        passages=0,
        level=0.0,
        problems=(("a.md", "empty"),),
        files=files,
    )


def _write(index: Path, content: str = "hello") -> Version:
    def fill(folder: Path) -> None:
        (folder / "inner").mkdir()
        (folder / "inner" / "file.txt").write_text(content, "utf-8")

    return versions.write_version(index, _manifest, fill)


def test_a_version_reads_back(tmp_path: Path) -> None:
    """What was written is what is read, problems included."""
    written = _write(tmp_path)
    read = versions.read_version(tmp_path, written.name)
    assert read == written
    assert read.manifest.problems == (("a.md", "empty"),)
    versions.check_files(read)


def test_switching_replaces_the_pointer(tmp_path: Path) -> None:
    """The pointer names the version switched to, and nothing is left beside it."""
    first, second = _write(tmp_path, "1"), _write(tmp_path, "2")
    versions.switch_to(tmp_path, first.name)
    versions.switch_to(tmp_path, second.name)
    assert versions.current_name(tmp_path) == second.name
    assert sorted(p.name for p in tmp_path.iterdir()) == ["current", "versions"]
    assert versions.names(tmp_path) == [first.name, second.name]


def test_a_version_aside_is_not_listed(tmp_path: Path) -> None:
    """A folder that a killed build left is neither listed nor kept."""
    (tmp_path / "versions" / ".building-1").mkdir(parents=True)
    assert versions.names(tmp_path) == []
    with versions.build_lock(tmp_path, lambda: None, 0):
        assert list((tmp_path / "versions").iterdir()) == []


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    """When filling a version fails, its folder goes at once."""

    def fail(folder: Path) -> None:
        (folder / "half").write_text("x", "utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        versions.write_version(tmp_path, _manifest, fail)
    assert list((tmp_path / "versions").iterdir()) == []


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda f: (f / "inner/file.txt").write_text("hullo", "utf-8"), "file.txt was changed"),
        (lambda f: (f / "inner/file.txt").unlink(), "file.txt is missing"),
        (lambda f: (f / "extra").write_text("x", "utf-8"), "extra was changed"),
    ],
)
def test_damage_is_found_by_hash(
    tmp_path: Path, damage: Callable[[Path], object], message: str
) -> None:
    """A changed, missing or added file is named."""
    version = _write(tmp_path)
    damage(version.folder)
    with pytest.raises(IndexDamaged, match=message):
        versions.check_files(version)


def test_a_changed_manifest_is_found(tmp_path: Path) -> None:
    """The name of a version holds its manifest's hash."""
    version = _write(tmp_path)
    manifest = version.folder / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("a.md", "b.md"), "utf-8")
    with pytest.raises(IndexDamaged, match=r"manifest\.json was changed"):
        versions.read_version(tmp_path, version.name)


def test_another_format_is_too_old(tmp_path: Path) -> None:
    """A version of another format asks to be built again."""

    def older(folder: Path, files: dict[str, str]) -> Manifest:
        return _manifest(folder, files, versions.FORMAT - 1)

    with pytest.raises(IndexTooOld, match="build again"):
        versions.write_version(tmp_path, older, lambda _: None)


def test_no_index_says_how_to_build_one(tmp_path: Path) -> None:
    """A folder without an index names the command that makes one."""
    with pytest.raises(IndexMissing, match="careerbot index build"):
        versions.current_name(tmp_path / "nowhere")


@pytest.mark.parametrize("content", ["", "../elsewhere"])
def test_a_pointer_to_nowhere_is_damage(tmp_path: Path, content: str) -> None:
    """A pointer can only name a version of this index."""
    (tmp_path / "current").write_text(content, "utf-8")
    with pytest.raises(IndexDamaged):
        versions.current_name(tmp_path)


def test_the_second_build_waits_and_says_so(tmp_path: Path) -> None:
    """Who finds the lock taken is told, and gives up after the timeout."""
    told: list[str] = []
    with versions.build_lock(tmp_path, lambda: None, 0):
        errors: list[Exception] = []

        def second() -> None:
            try:
                with versions.build_lock(tmp_path, lambda: told.append("waiting"), 0.05):
                    pass
            except BuildInProgress as error:
                errors.append(error)

        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert told == ["waiting"]
    assert "still running" in str(errors[0])


def test_a_file_in_the_way_is_one_line(tmp_path: Path) -> None:
    """An index folder that is a file is a usage error, not a traceback."""
    (tmp_path / "index").write_text("", "utf-8")
    with (
        pytest.raises(UsageError, match="cannot be written to"),
        versions.build_lock(tmp_path / "index", lambda: None, 0),
    ):
        pass


def _switched(index: Path, content: str) -> str:
    name = _write(index, content).name
    versions.switch_to(index, name)
    return name


def test_old_versions_go_and_the_current_stays(tmp_path: Path) -> None:
    """Only the newest are kept, and the current one whatever its age."""
    written = [_switched(tmp_path, str(n)) for n in range(4)]
    versions.switch_to(tmp_path, written[0])
    versions.delete_old(tmp_path, 2)
    assert versions.names(tmp_path) == [written[0], written[2], written[3]]


def test_a_version_is_held_back_until_it_is_switched_in(tmp_path: Path) -> None:
    """A new version is held back, without a reason as long as nobody has judged it."""
    first = _write(tmp_path, "1").name
    assert versions.held_back(tmp_path) == {first: ""}
    versions.hold_back(tmp_path, first, "worse")
    assert versions.held_back(tmp_path) == {first: "worse"}
    versions.switch_to(tmp_path, first)
    assert versions.held_back(tmp_path) == {}


def test_versions_held_back_push_out_none_that_answered(tmp_path: Path) -> None:
    """Both kinds are counted apart; what an interrupted build left goes, notes and all."""
    answered = [_switched(tmp_path, str(n)) for n in range(2)]
    held = [_write(tmp_path, f"held {n}").name for n in range(3)]
    for name in held:
        versions.hold_back(tmp_path, name, "worse")
    interrupted = _write(tmp_path, "interrupted").name
    versions.delete_old(tmp_path, 2)
    assert versions.names(tmp_path) == [*answered, *held[1:]]
    notes = {p.name for p in (tmp_path / "versions").glob(".*")}
    assert notes == {f".{name}.held" for name in held[1:]}
    assert interrupted not in versions.held_back(tmp_path)


def test_the_lock_of_a_killed_reader_vanishes(tmp_path: Path) -> None:
    """A version that another process holds stays; killed, the process no longer holds it."""
    old, _ = _switched(tmp_path, "1"), _switched(tmp_path, "2")
    manifest = tmp_path / "versions" / old / "manifest.json"
    code = "import sys, pathlib; from index.in_use import share; "
    code += "held = share(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(manifest)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as reader:
        assert reader.stdout
        reader.stdout.readline()
        versions.delete_old(tmp_path, 1)
        assert old in versions.names(tmp_path)
        reader.kill()
    versions.delete_old(tmp_path, 1)
    assert old not in versions.names(tmp_path)


def test_a_version_that_is_being_deleted_is_missing(tmp_path: Path) -> None:
    """A reader that comes too late does not wait."""
    name = _switched(tmp_path, "1")
    with in_use.claimed(tmp_path / "versions" / name / "manifest.json") as free:
        assert free
        with pytest.raises(IndexMissing, match=name):
            versions.hold(tmp_path, name)


def test_a_switch_that_was_cut_short_counts(tmp_path: Path) -> None:
    """A version whose note a crash has left has answered; no build takes it for a leftover."""
    first, second = _write(tmp_path, "1").name, _write(tmp_path, "2").name
    (tmp_path / "current").write_text(f"{first}\n", "utf-8")
    assert versions.held_back(tmp_path) == {second: ""}
    with versions.build_lock(tmp_path, lambda: None, 0):
        versions.switch_to(tmp_path, second)
    assert versions.held_back(tmp_path) == {}
