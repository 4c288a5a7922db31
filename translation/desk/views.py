"""The page that translators land on, and the buttons on it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from content.languages import language
from translation.selectors import languages_of
from translation.workbench.views import translation_for

from . import selectors, services
from .forms import DueForm, FilterForm

ENTRIES_PER_PAGE = 50


@dataclass(frozen=True)
class Tab:
    """A choice among languages or groups. ``code``: the language that the label is in, or ""."""

    label: Any
    url: str
    is_current: bool
    count: int | None = None
    code: str = ""


@require_safe
def desk(request):
    """Show what there is to translate in one of the user's languages."""
    locales = languages_of(request.user)
    if not locales:
        raise PermissionDenied
    locale = next((each for each in locales if each.language_code == request.GET.get("language")), locales[0])
    found = selectors.entries_of(user=request.user, locale=locale)
    form = FilterForm(request.GET, sources=[entry.source for entry in found])
    matching = [entry for entry in found if form.matches(entry.source)]
    group, tabs, shown = _groups(request, matching)
    page = Paginator(shown, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = selectors.with_words(page.object_list, locale)
    context = {
        "locale": locale,
        "language": language(locale.language_code),
        "languages": _language_tabs(request, locales, locale),
        "form": form,
        "group": group,
        "kept": [("language", locale.language_code), ("group", group)],
        "groups": tabs,
        "page": page,
        "user_id": request.user.pk,
        "to_do": sum(entry.group not in selectors.WITH_OTHERS for entry in matching),
        "urgent": sum(
            entry.urgent_at is not None and entry.group not in selectors.WITH_OTHERS for entry in matching
        ),
        "source_code": settings.LANGUAGE_CODE,
        "here": request.get_full_path(),
        "query": _query(request, page=""),
    }
    return render(request, "translation/desk/desk.html", context)


def _query(request, **values):
    """Return the query string of ``request`` with ``values`` instead; "" takes a name away."""
    query = request.GET.copy()
    for name, value in values.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return query.urlencode()


def _language_tabs(request, locales, current):
    if len(locales) < 2:
        return []
    return [
        Tab(
            language(locale.language_code).endonym,
            f"?{_query(request, language=locale.language_code, group='', page='')}",
            locale == current,
            code=locale.language_code,
        )
        for locale in locales
    ]


def _groups(request, entries):
    """Return the chosen group or "", the ``Tab`` objects of groups that have entries, and the entries to show."""
    by_group = {}
    for entry in entries:
        by_group.setdefault(entry.group, []).append(entry)
    chosen = request.GET.get("group", "")
    chosen = chosen if chosen in by_group else ""
    tabs = [Tab(_("All"), f"?{_query(request, group='', page='')}", not chosen, len(entries))]
    tabs += [
        Tab(
            group.label,
            f"?{_query(request, group=group.value, page='')}",
            group == chosen,
            len(by_group[group]),
        )
        for group in selectors.Group
        if group in by_group
    ]
    return chosen, tabs, by_group[chosen] if chosen else entries


@require_POST
def claim(request, page_id):
    """Take a page, hand it back, or say by when it is done; then show the desk again as it was."""
    target, is_translator = translation_for(request, page_id)
    if not is_translator:
        raise PermissionDenied
    action, title = request.POST.get("action"), target.title
    if action == "claim":
        services.claim(target=target, user=request.user)
        messages.success(
            request, _("“%(title)s” is yours. Everybody sees that you are at it.") % {"title": title}
        )
    elif action == "hand_back" and services.hand_back(target=target, user=request.user):
        messages.success(
            request,
            _("“%(title)s” is free for others. What you have written stays.") % {"title": title},
        )
    elif action == "due":
        _set_due(request, target)
    return redirect(_back(request, target.locale))


def _set_due(request, target):
    form = DueForm(request.POST)
    if not form.is_valid():
        text = " ".join(form.errors["due_on"])
        typed = request.POST.get("due_on", "")[:30]
        messages.error(request, f"{form.fields['due_on'].label}: {typed} – {text}")
    elif services.set_due(target=target, user=request.user, due_on=form.cleaned_data["due_on"]):
        messages.success(request, _("The day is noted."))
    else:
        messages.warning(request, _("Somebody else has taken this page in between."))


def _back(request, locale):
    """Return where the desk was left, or the desk of ``locale``."""
    onward = request.POST.get("next", "")
    if onward and url_has_allowed_host_and_scheme(
        onward, {request.get_host()}, require_https=request.is_secure()
    ):
        return onward
    return f"{reverse('translation_desk')}?language={locale.language_code}"
