"""Keeps people from addresses of Wagtail's that would show or change what is not theirs."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.admin.views.bulk_action.dispatcher import index as act_on_several
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page

from content.choosing import choosable_by, own_pages

from .selectors import acts_everywhere, seen_by

#: What Wagtail's forms call the page that something is copied, moved or added to.
DESTINATIONS = ("new_parent_page", "parent_page", "chooser")


def for_those_who_act_everywhere(view):
    """Let only administrators and the network office see what shows things of everybody."""

    @wraps(view)
    def check(request, *args, **kwargs):
        if not acts_everywhere(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return check


def for_administrators(view):
    """Let only administrators see ``view``."""

    @wraps(view)
    def check(request, *args, **kwargs):
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return check


def nobody(request, *args, **kwargs):
    """Answer that there is nothing here."""
    raise Http404


def for_own_pages(view, *slots):
    """Let people see ``view`` only for pages of their own; ``slots`` name the pages in the address."""

    @wraps(view)
    def check(request, *args, **kwargs):
        wanted = {kwargs[slot] for slot in slots}
        if own_pages(request.user).filter(pk__in=wanted).count() != len(wanted):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return check


def with_known_destination(view):
    """Refuse a destination that the person may not know of: the form would show its title."""

    @wraps(view)
    def check(request, *args, **kwargs):
        for name in DESTINATIONS:
            sent = request.POST.get(name)
            if sent and not (sent.isdecimal() and choosable_by(request.user, Page).filter(pk=sent).exists()):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    return check


@with_known_destination
def bulk_action(request, app_label, model_name, action):
    """Act on those of the chosen things that the person may see; Wagtail names the others and says it did nothing."""
    action_class = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if action_class is None:
        raise Http404
    model = next(
        model for model in action_class.models if model._meta.label_lower == f"{app_label}.{model_name}"
    )
    wanted = request.GET.getlist("id")
    if "all" in wanted:
        parent = request.GET.get("childOf")
        if issubclass(model, Page) and parent is not None:
            get_object_or_404(own_pages(request.user), pk=parent)
        wanted = action_class(request, model).get_all_objects_in_listing_query(parent)
    seen = seen_by(request.user, model).filter(pk__in=[pk for pk in wanted if str(pk).isdecimal()])
    found = list(seen.values_list("pk", flat=True))
    if not found:
        raise PermissionDenied
    request.GET = request.GET.copy()
    request.GET.setlist("id", found)
    return act_on_several(request, app_label, model_name, action)
