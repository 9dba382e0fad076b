"""The official wages of the installed package, in the form that an index has."""

from pathlib import Path

import pytest

from index.models.export import export_model
from index.models.runtime import Encoder
from index.pay.official import OfficialTable, installed_database, write_wages
from index.pay.places import PlaceMatcher
from index.pay.titles import TitleMatcher
from tests.conftest import Once


@pytest.fixture(scope="session")
def database(once: Once) -> Path:
    """The database of the installed package, unpacked."""
    found = installed_database(once("database", installed_database))
    if found is None:
        pytest.skip("needs the package that carries the official wages: make install")
    return found


@pytest.fixture(scope="session")
def wages_folder(database: Path, once: Once) -> Path:
    """All official wages as an index has them."""
    return once("wages", lambda folder: write_wages(database, folder))


@pytest.fixture(scope="session")
def table(wages_folder: Path) -> OfficialTable:
    """All official wages, opened."""
    return OfficialTable(wages_folder)


@pytest.fixture(scope="session")
def encoder(models: Path) -> Encoder:
    """The default encoder."""
    return Encoder(export_model("encoder", "", models))


@pytest.fixture(scope="session")
def titles(table: OfficialTable, encoder: Encoder) -> TitleMatcher:
    """Titles with the default encoder."""
    return TitleMatcher(table.occupations, encoder)


@pytest.fixture(scope="session")
def places(table: OfficialTable) -> PlaceMatcher:
    """Places of the installed release."""
    return PlaceMatcher(table.areas)
