"""Places that people type find their area, are said to be outside, or are not known."""

import pytest

from index.pay.official import OfficialTable
from index.pay.places import PlaceMatcher

BAY, SOUTH_BAY, NYC, LA, DC = "0041860", "0041940", "0035620", "0031080", "0047900"
SEATTLE, AUSTIN, CHICAGO, NATIONAL = "0042660", "0012420", "0016980", "0000000"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SF", BAY),
        ("Bay Area", BAY),
        ("the Bay Area", BAY),
        ("Oakland", BAY),
        ("Silicon Valley", SOUTH_BAY),
        ("Palo Alto, CA", SOUTH_BAY),
        ("NYC", NYC),
        ("New York", NYC),
        ("Brooklyn", NYC),
        ("Newark", NYC),
        ("New York state", "3600000"),
        ("NY", "3600000"),
        ("LA", LA),
        ("Los Angelos", LA),
        ("Louisiana", "2200000"),
        ("DC", DC),
        ("Washington DC", DC),
        ("Washington, D.C.", DC),
        ("Washington state", "5300000"),
        ("WA", "5300000"),
        ("Seattle", SEATTLE),
        ("seatle", SEATTLE),
        ("Bellevue", SEATTLE),
        ("Seattle-Tacoma-Bellevue, WA", SEATTLE),
        ("greater Chicago area", CHICAGO),
        ("Chigago", CHICAGO),
        ("Austin TX", AUSTIN),
        ("Austin, Texas", AUSTIN),
        ("Texas", "4800000"),
        ("tx", "4800000"),
        ("Portland", "0038900"),
        ("Portland, ME", "0038860"),
        ("Vancouver, WA", "0038900"),
        ("St. Louis", "0041180"),
        ("Saint Louis", "0041180"),
        ("Ft Worth", "0019100"),
        ("Boise", "0014260"),
        ("Coeur d'Alene", "0017660"),
        ("Winston-Salem", "0049180"),
        ("Rome, GA", "0040660"),
        ("Melbourne, FL", "0037340"),
        ("Ontario, CA", "0040140"),
        ("Georgia", "1300000"),
        ("Puerto Rico", "7200000"),
        ("Central Oregon nonmetropolitan area", "4100007"),
        ("remote", NATIONAL),
        ("US", NATIONAL),
        ("United States", NATIONAL),
        ("nationwide", NATIONAL),
    ],
)
def test_places_people_type(places: PlaceMatcher, text: str, code: str) -> None:
    """A place on its own, in full, short or with a slip, means its area."""
    found = places.match(text)
    assert found is not None
    assert found.area_code == code


def test_every_area_finds_itself(places: PlaceMatcher, table: OfficialTable) -> None:
    """Each official name means its own area, but for a state that is a city first."""
    names = {area.name: area.code for area in table.areas}
    found = {name: places.match(name) for name in names}
    other = {name for name, match in found.items() if not match or match.area_code != names[name]}
    assert other == {"New York"}
    for name in set(names) - other:
        for query in (f"nurse in {name}", f"nurse, {name}"):
            words, match, _ = places.find_in(query)
            assert words == name
            assert match is not None
            assert match.area_code == names[name]


def test_a_name_of_several_cities_is_less_certain(places: PlaceMatcher) -> None:
    """A bare name that several areas have is a guess, and says so; with its state it is sure."""
    bare, full = places.match("Springfield"), places.match("Springfield, MO")
    assert bare is not None
    assert full is not None
    assert bare.confidence < 0.7
    assert (full.area, full.confidence) == ("Springfield, MO", 1)


def test_an_unknown_town_in_a_state_means_the_state(places: PlaceMatcher) -> None:
    """A town that no area is named after is answered by its state, less certainly."""
    found = places.match("Smallville, KS")
    assert found is not None
    assert (found.area, found.confidence) == ("Kansas", 0.7)


@pytest.mark.parametrize(
    ("query", "words", "code"),
    [
        ("backend engineer, seattle", "seattle", SEATTLE),
        ("what does a data engineer make in Austin?", "Austin", AUSTIN),
        ("nurse in WA", "WA", "5300000"),
        ("electrician OH", "OH", "3900000"),
        ("RN Chicago", "Chicago", CHICAGO),
        ("lawyer (Boston, MA)", "Boston, MA", "0014460"),
        ("mobile developer in Mobile, AL", "Mobile, AL", "0033660"),
        ("reading specialist in Reading, PA", "Reading, PA", "0039740"),
        ("PA in PA", "PA", "4200000"),
        ("IT support in Boise, Idaho", "Boise, Idaho", "0014260"),
        ("nurse in the greater Boston area", "greater Boston area", "0014460"),
        ("teacher in seatle", "seatle", SEATTLE),
        ("nurse chigago", "chigago", CHICAGO),
        ("product manager @ Acme, Mountain View", "Mountain View", SOUTH_BAY),
        ("staff engineer silicon valley", "silicon valley", SOUTH_BAY),
        ("software engineer, remote", "remote", NATIONAL),
        ("remote software engineer in Texas", "Texas", "4800000"),
        ("cook, Seattle, WA, USA", "Seattle, WA, USA", SEATTLE),
        ("nurse in the US", "the US", NATIONAL),
        ("plumber in Smallville, KS", "Smallville, KS", "2000000"),
    ],
)
def test_a_place_inside_a_query(places: PlaceMatcher, query: str, words: str, code: str) -> None:
    """The words naming a place are found in a query, with their area."""
    found, match, outside = places.find_in(query)
    assert found == words
    assert match is not None
    assert match.area_code == code
    assert not outside


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Jakarta", "Jakarta"),
        ("sr. backend dev, jakarta", "jakarta"),
        ("dev in London", "London"),
        ("designer, Lyon, France", "Lyon, France"),
        ("engineer in Bandung, Indonesia", "Bandung, Indonesia"),
        ("software engineer in Turkey", "Turkey"),
        ("nurse in Germany", "Germany"),
        ("data scientist Canada", "Canada"),
        ("Vancouver", "Vancouver"),
        ("developer in São Paulo", "São Paulo"),
        ("analyst, UK", "UK"),
    ],
)
def test_a_place_outside_the_statistics(places: PlaceMatcher, query: str, words: str) -> None:
    """A country or a city of the world is named as outside, and has no area."""
    assert places.find_in(query) == (words, None, True)
    assert places.match(words) is None


@pytest.mark.parametrize(
    "query",
    [
        "mobile developer",
        "college professor",
        "reading teacher",
        "account manager",
        "PA",
        "physician MD",
        "Software Engineer in Test",
        "QA engineer or tester",
        "tell us what a nurse makes",
        "national sales manager",
        "Turkey farmer",
        "senior engineer at Stripe",
        "engineer in Smallville",
        "",
    ],
)
def test_no_place_in_a_query(places: PlaceMatcher, query: str) -> None:
    """Words that are names of places as well, and unknown names, are no place."""
    assert places.find_in(query) == (None, None, False)
