"""How the benchmarks print what they measured."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table


def print_table(rows: Iterable[tuple[str, str]]) -> None:
    """Print what was measured, and how much it was."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("what")
    table.add_column("measured", justify="right")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
