"""Shows a guide inside the admin."""

from urllib.parse import urlencode

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.views.decorators.http import require_safe

from . import selectors


def _address(slug, *, language=None):
    """Return the address of a guide; with ``language`` in that one instead of the reader's own."""
    plain = (
        reverse("partners_help")
        if slug == selectors.INDEX
        else reverse("partners_help_guide", kwargs={"slug": slug})
    )
    return f"{plain}?{urlencode({'language': language})}" if language else plain


@require_safe
def guide(request, slug=selectors.INDEX):
    """Show the guide ``slug`` in the reader's language or in English; ``?language=`` chooses another."""
    own = selectors.language_to_read(get_language())
    asked = request.GET.get("language")
    language = asked if asked in selectors.LANGUAGES else own
    chosen = None if language == own else language
    found = selectors.guide(
        slug, language=language, address_of=lambda target: _address(target, language=chosen)
    )
    if found is None:
        raise Http404
    others = [
        {
            "address": _address(slug, language=None if other == own else other),
            "code": other,
            "name": get_language_info(other)["name_local"],
        }
        for other in selectors.LANGUAGES
        if other != language
    ]
    return TemplateResponse(
        request,
        "partners/help/guide.html",
        {
            "guide": found,
            "is_index": slug == selectors.INDEX,
            "index": _address(selectors.INDEX, language=chosen),
            "others": others,
            "is_foreign": get_language() not in selectors.LANGUAGES,
            "language_name": get_language_info(language)["name_translated"],
        },
    )
