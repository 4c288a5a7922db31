"""What waits for approval, for whom, and what there is to see of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Page, TaskState, WorkflowState

from content import registry
from content.choosing import own_pages
from content.signed_links import binding_of
from partners.models import Team, TeamKind

from .changes import changes


@dataclass(frozen=True)
class Review:
    """A page that waits for approval: ``page`` as its editors see it, ``before`` as readers see it, or None."""

    task_state: TaskState
    page: Any
    before: Any
    changes: list

    @property
    def is_new(self):
        """Return whether no reader has seen the page yet."""
        return self.before is None

    @property
    def language(self):
        """Return the code of the language that the page's sentences are in."""
        return self.page.locale.language_code

    @property
    def binding(self):
        """Return the hash of what is shown, in whatever language it is shown."""
        return binding_of(self.task_state.pk, self.page.latest_revision_id, self.page.serializable_data())


def is_ours(workflow_state):
    """Return whether a review is one of a region's coordinators: others keep Wagtail's own ways."""
    return Team.objects.filter(kind=TeamKind.COORDINATOR, workflow=workflow_state.workflow_id).exists()


def page_under_review(task_state):
    """Return the page that a task is about, as readers see it, or None when it is gone."""
    page = task_state.workflow_state.content_object
    return page.specific if page is not None else None


def review_of(task_state):
    """Return the ``Review`` of a task's page as it is now, described in the active language."""
    current = page_under_review(task_state)
    page = current.get_latest_revision_as_object()
    before = type(page).objects.get(pk=page.pk) if current.live else None
    kind = registry.kind_of(type(page))
    return Review(task_state, page, before, changes(before, page, kind=kind) if kind else [])


def reviewers(task_state):
    """Return the active coordinators who may decide about a task's page, as a queryset."""
    groups = task_state.task.specific.groups.all()
    return get_user_model().objects.filter(is_active=True, groups__in=groups).order_by("pk").distinct()


def people_to_ask(task_state):
    """Return of the ``reviewers`` those who get a mail: the region's coordinators; without any, the network office."""
    own = reviewers(task_state).filter(groups__team__workflow=task_state.workflow_state.workflow_id)
    return own if own.exists() else reviewers(task_state)


def is_ended(page):
    """Return whether the project of the page's region is over."""
    scope = page.lineage.scope
    return scope is not None and scope.has_ended


def returned_pages(user):
    """Return the pages of ``user`` that a coordinator sent back, as a queryset."""
    sent_back = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
    keys = [int(key) for key in sent_back.values_list("object_id", flat=True) if key.isdecimal()]
    return Page.objects.filter(pk__in=keys).filter(pk__in=own_pages(user).values("pk"))
