"""The form of /salary, and the places that its menu offers."""

from collections.abc import Sequence
from functools import lru_cache

from bot.slack import pay_strings, strings
from bot.slack.blocks.elements import Element, plain
from bot.slack.blocks.windows import form, form_input
from bot.slack.message import View
from index.pay.official import Area
from index.pay.places import PlaceMatcher

_MOST_OPTIONS = 100
_LONGEST_ROLE = 150


def salary_form(channel: str) -> View:
    """Ask for role, level and place; ``channel`` comes back with what is sent in."""
    role = {"type": "plain_text_input", "action_id": "role", "max_length": _LONGEST_ROLE}
    levels = [
        {"text": plain(phrase()), "value": value} for value, phrase in pay_strings.LEVELS.items()
    ]
    level = {"type": "static_select", "action_id": "level", "options": levels}
    place = {
        "type": "external_select",
        "action_id": "pay_place",
        "placeholder": plain(pay_strings.FORM_ANY_PLACE()),
        "min_query_length": 0,
    }
    blocks = [
        form_input(pay_strings.FORM_ROLE(), "role", role),
        form_input(pay_strings.FORM_LEVEL(), "level", level) | {"optional": True},
        form_input(pay_strings.FORM_PLACE(), "place", place) | {"optional": True},
    ]
    return View(form(pay_strings.FORM_TITLE(), blocks, "salary", channel))


def place_options(areas: tuple[Area, ...], typed: str) -> list[Element]:
    """The area that the typed words mean, then those whose names hold them, wider areas first."""
    words = typed.casefold().replace(",", " ").split()
    meant = _matcher(areas).match(typed)
    code = meant.area_code if meant else None
    matching = [area for area in areas if area.code == code or _holds(area.name, words)]
    matching.sort(key=lambda area: (area.code != code, _WIDEST_FIRST.index(area.kind)))
    return [
        {"text": plain(strings.option(area.name)), "value": area.code}
        for area in matching[:_MOST_OPTIONS]
    ]


_WIDEST_FIRST = ("national", "state", "metropolitan", "nonmetropolitan")


@lru_cache(maxsize=2)
def _matcher(areas: tuple[Area, ...]) -> PlaceMatcher:
    """Made once: the areas are those of the version that serves."""
    return PlaceMatcher(areas)


def _holds(name: str, words: Sequence[str]) -> bool:
    parts = name.casefold().replace(",", " ").replace("-", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in words)
