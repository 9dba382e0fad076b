"""Official wages keep BLS's own numbers and footnotes, from its database and from its files."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import IndexDamaged, UsageError
from index.pay.model import Percentiles
from index.pay.official import OfficialTable, write_wages

SEATTLE = "0042660"


def test_wages_of_an_occupation_in_a_metropolitan_area(table: OfficialTable) -> None:
    """Every number of a row is the one that the statistics publish, and says where it is from."""
    wages = table.wages("15-1252", SEATTLE)
    assert wages is not None
    assert (wages.occupation, wages.occupation_code) == ("Software Developers", "15-1252")
    assert (wages.area, wages.area_code) == ("Seattle-Tacoma-Bellevue, WA", SEATTLE)
    assert wages.annual == Percentiles(99_190, 132_800, 167_280, 211_860, 257_960)
    assert wages.hourly == Percentiles(47.69, 63.85, 80.42, 101.86, 124.02)
    assert wages.mean_annual == 174_920
    assert wages.employment == 92_770
    assert wages.relative_standard_error == 1.3
    assert wages.footnotes == ()
    assert wages.release == "May 2025"
    assert wages.retrieved == "2026-09-26"
    assert "Bureau of Labor Statistics" in wages.source


def test_national_wages_are_the_default(table: OfficialTable) -> None:
    """Without an area the row is the whole country's, and the hyphen may be missing."""
    wages = table.wages("151252")
    assert wages is not None
    assert wages.area == "National"
    assert wages.annual.p50 == 135_980
    assert wages.employment == 1_687_890


def test_wages_paid_only_by_the_year_have_no_hourly_number(table: OfficialTable) -> None:
    """A cell without number is None, and the statistics' own footnote says why."""
    wages = table.wages("25-2021")
    assert wages is not None
    assert wages.hourly == Percentiles(None, None, None, None, None)
    assert wages.annual.p50 == 63_970
    assert len(wages.footnotes) == 1
    assert "do not generally work year-round" in wages.footnotes[0]


def test_a_top_coded_cell_is_no_number(table: OfficialTable, database: Path) -> None:
    """A wage at or above the statistics' ceiling is None with BLS's words on the ceiling."""
    with closing(sqlite3.connect(database)) as cells:
        key = cells.execute(
            "SELECT key FROM cell WHERE f15 = '5' AND substr(key, 12, 6) = '000000' LIMIT 1"
        ).fetchone()[0]
    wages = table.wages(key[17:], key[4:11])
    assert wages is not None
    assert wages.annual.p90 is None
    assert any("$115.00 per hour or $239,200 per year" in note for note in wages.footnotes)


def test_every_row_and_cell_is_kept(table: OfficialTable, database: Path) -> None:
    """Each row over all industries reads back as the database has it."""
    with closing(sqlite3.connect(database)) as cells:
        rows = cells.execute(
            "SELECT substr(key, 18), substr(key, 5, 7), v01, v05, v04, v08, v13, v15 FROM cell"
            " WHERE substr(key, 12, 6) = '000000' AND substr(key, 5, 5) IN ('00000', '00426')"
        ).fetchall()
    assert len(rows) > 1000
    for occupation, area, *texts in rows:
        wages = table.wages(occupation, area)
        assert wages is not None
        numbers = [None if text == "-" else float(text) for text in texts]
        assert numbers == [
            wages.employment,
            wages.relative_standard_error,
            wages.mean_annual,
            wages.hourly.p50,
            wages.annual.p50,
            wages.annual.p90,
        ]


def test_what_is_not_in_the_statistics_is_none(table: OfficialTable) -> None:
    """An unknown occupation, an unknown area and a missing row have no wages."""
    assert table.wages("99-9999") is None
    assert table.wages("15-1252", "9999999") is None
    assert table.wages("53-5031", "0013900") is None


def test_occupations_and_areas_of_the_release(table: OfficialTable) -> None:
    """The release has 830 detailed occupations and 583 areas of four kinds."""
    assert sum(occupation.detailed for occupation in table.occupations) == 830
    kinds = [area.kind for area in table.areas]
    counts = {kind: kinds.count(kind) for kind in set(kinds)}
    assert counts == {"national": 1, "state": 54, "metropolitan": 393, "nonmetropolitan": 135}


def test_a_folder_without_wages_is_damaged(tmp_path: Path) -> None:
    """Opening says what to do."""
    with pytest.raises(IndexDamaged, match="build again"):
        OfficialTable(tmp_path)


OE_FILES = {
    "oe.release": "release_date\tdescription\n2026A01\tMay 2026\n",
    "oe.occupation": (
        "occupation_code\toccupation_name\toccupation_description\tdisplay_level\tselectable\n"
        "151252\tSoftware Developers\tText\t3\tT\n"
    ),
    "oe.area": (
        "state_code\tarea_code\tareatype_code\tarea_name\n"
        "00\t0000000\tN\tNational\n53\t0042660\tM\tSeattle-Tacoma-Bellevue, WA\n"
    ),
    "oe.footnote": (
        "footnote_code\tfootnote_text\n5\tAt the ceiling.\n8\tEstimate not released.\n"
    ),
    "oe.data.0.Current": (
        "series_id                     \tyear\tperiod\t       value\tfootnote_codes\n"
        "OEUM004266000000015125201     \t2026\tA01\t        1200\t\n"
        "OEUM004266000000015125208     \t2026\tA01\t       81.25\t\n"
        "OEUM004266000000015125213     \t2026\tA01\t      169000\t\n"
        "OEUM004266000000015125215     \t2026\tA01\t           -\t5\n"
        "OEUM004266000000015125217     \t2026\tA01\t        4.10\t\n"
        "OEUN000000051--0015125213     \t2026\tA01\t      999999\t\n"
        "OEUN000000000000015125213     \t2026\tA01\t      140000\t\n"
    ),
}


@pytest.mark.parametrize("packed", [False, True])
def test_a_newer_release_in_the_statistics_own_files(tmp_path: Path, *, packed: bool) -> None:
    """A folder or a zip of BLS's tables becomes the same compact form."""
    source = tmp_path / "oe"
    source.mkdir()
    for name, text in OE_FILES.items():
        (source / name).write_text(text.replace("\n", "\r\n"), "utf-8")
    if packed:
        with zipfile.ZipFile(tmp_path / "oe.zip", "w") as archive:
            for name in OE_FILES:
                archive.write(source / name, f"inside/{name}")
        source = tmp_path / "oe.zip"
    write_wages(source, tmp_path / "wages")
    table = OfficialTable(tmp_path / "wages")
    wages = table.wages("15-1252", SEATTLE)
    assert wages is not None
    assert wages.release == "May 2026"
    assert wages.retrieved is None
    assert wages.employment == 1200
    assert wages.hourly.p50 == 81.25
    assert wages.annual == Percentiles(None, None, 169_000, None, None)
    assert wages.footnotes == ("At the ceiling.", "Estimate not released.")
    national = table.wages("15-1252")
    assert national is not None
    assert national.annual.p50 == 140_000


def test_something_else_is_refused(tmp_path: Path) -> None:
    """A folder without BLS's tables and a database of something else say what is needed."""
    with pytest.raises(UsageError, match=r"oe\.data\.0\.Current"):
        write_wages(tmp_path, tmp_path / "wages")
    (tmp_path / "other.sqlite").write_bytes(b"not a database at all")
    with pytest.raises(UsageError, match="not a database of official wages"):
        write_wages(tmp_path / "other.sqlite", tmp_path / "wages")
