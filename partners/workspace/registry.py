"""What stands in the workspace: things to do, what can be done with an entry, and panels for regions.

Hooks, for features of this app and of plugins:

``register_workspace_tasks`` → a function ``(audience, entries, today) → [Task, …]``.
``register_workspace_entry_actions`` → a function ``(audience, entry) → [EntryAction, …]``.
``register_workspace_panels`` → a function ``(audience, today) → [Panel, …]``.

The functions of the first and the third hook ask the database a constant number of times, however many entries there
are; those of the second ask it never.
"""

import datetime
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any

from wagtail import hooks


class Urgency(IntEnum):
    """How soon things of a sort are shown; features of their own may lie between two of them."""

    CONFIRM = 10
    RETURNED = 20
    DEADLINE = 30
    CONFIRM_SOON = 40
    PICTURE = 50
    BROKEN_LINK = 60
    TRANSLATION = 70
    DRAFT = 80


@dataclass(frozen=True)
class Task:
    """One thing to do. The smaller ``urgency``, the sooner it is shown; ``due`` decides between equals.

    ``key``: a stable name, unique among the tasks of one person. ``label``: what to do, ``note``: more about it.
    ``url``: where it is done. ``icon_name``: a symbol of the public sprite.
    """

    key: str
    urgency: int
    label: Any
    url: str
    icon_name: str = "warning"
    due: datetime.date | None = None
    note: Any = ""

    @property
    def order(self):
        """Return what tasks are sorted by."""
        return self.urgency, self.due or datetime.date.max, self.key


@dataclass(frozen=True)
class EntryAction:
    """Something that can be done with an entry. ``is_main``: shown as the first button.

    ``icon_name``: a symbol of the public sprite. ``changes_nothing``: can be done where a region's project is over.
    ``is_post``: ``url`` is sent to by a form, with ``next``, the address to come back to.
    """

    label: Any
    url: str
    icon_name: str = ""
    order: int = 100
    is_main: bool = False
    is_post: bool = False
    changes_nothing: bool = False


@dataclass(frozen=True)
class Panel:
    """A part of the overview of regions: ``template`` is rendered with ``context``, the heading shows ``count``."""

    key: str
    title: Any
    template: str
    context: dict = field(default_factory=dict)
    count: int | None = None
    order: int = 100


@dataclass(frozen=True)
class Audience:
    """Whom the workspace is shown to: ``user``, in the teams of ``organisations`` and ``regions`` (source pages).

    ``collection_ids``: where the pictures and documents of these teams lie.
    """

    user: Any
    organisations: tuple = ()
    regions: tuple = ()
    is_network: bool = False
    collection_ids: frozenset = frozenset()

    @cached_property
    def region_ids(self):
        """Return the ids of the regions."""
        return [region.pk for region in self.regions]


def tasks_for(audience, entries, today):
    """Return all tasks, most urgent first."""
    found = [
        task
        for function in hooks.get_hooks("register_workspace_tasks")
        for task in function(audience, entries, today)
    ]
    return sorted(found, key=lambda task: task.order)


def actions_for(audience, entry):
    """Return the actions of an entry, in their order."""
    found = [
        action
        for function in hooks.get_hooks("register_workspace_entry_actions")
        for action in function(audience, entry)
    ]
    return sorted(found, key=lambda action: action.order)


def panels_for(audience, today):
    """Return the panels of an overview, in their order."""
    found = [
        panel
        for function in hooks.get_hooks("register_workspace_panels")
        for panel in function(audience, today)
    ]
    return sorted(found, key=lambda panel: (panel.order, panel.key))
