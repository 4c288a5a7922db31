"""Bars for numbers about regions, drawn by the template as SVG; the table below each says the same in numbers."""

from dataclasses import dataclass
from typing import Any

#: Width of a whole bar in the drawing's own units.
WIDTH = 100


@dataclass(frozen=True)
class Part:
    """A piece of a bar: from ``x``, ``width`` wide, both of ``WIDTH``; ``fill`` is a class of the style sheet."""

    x: float
    width: float
    fill: str


@dataclass(frozen=True)
class Bar:
    """One row of a plot. ``values``: the cells of the table's row."""

    label: Any
    parts: tuple
    values: tuple


@dataclass(frozen=True)
class Plot:
    """A plot with its table. ``legend``: ``((fill, label), …)``, one per column of the table."""

    title: Any
    legend: tuple
    bars: tuple


def stacked(title, legend, rows):
    """Return a ``Plot`` of rows of numbers that add up; the longest bar is as wide as the plot.

    ``rows``: ``[(label, [number, …])]`` with one number per entry of ``legend``.
    """
    longest = max((sum(numbers) for _label, numbers in rows), default=0)
    return Plot(title, tuple(legend), tuple(_bar(legend, *row, longest) for row in rows))


def shares(title, legend, rows):
    """Return a ``Plot`` of rows of numbers that add up; every bar with a number in it is as wide as the plot."""
    return Plot(title, tuple(legend), tuple(_bar(legend, *row, sum(row[1])) for row in rows))


def _bar(legend, label, numbers, whole):
    x, parts = 0.0, []
    for (fill, _name), number in zip(legend, numbers, strict=True):
        width = WIDTH * number / whole if whole else 0
        if width:
            parts.append(Part(round(x, 2), round(width, 2), fill))
        x += width
    return Bar(label, tuple(parts), tuple(numbers))
