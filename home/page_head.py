"""What stands in a page's head for machines: search engines, messengers, readers of feeds."""

from content.alternates import hreflang_links
from content.languages import language
from content.structured_data import breadcrumb_list, json_ld_script, page_data

#: Open Graph writes languages with a territory; these are the ones people here speak them in.
TERRITORIES = {"en": "GB", "uk": "UA", "ar": "AR", "fa": "IR"}


def open_graph_locale(code):
    """Return a language as Open Graph writes it: "de_DE"; the base language for a plain-language variant."""
    base = language(code).base or code.partition("-")[0]
    return f"{base}_{TERRITORIES.get(base, base.upper())}"


def trail_of(page, request):
    """Return ``[(name, absolute address)]`` from the start page down to ``page``."""
    return [(one.title, one.get_full_url(request)) for one in (*page.lineage.ancestors, page)]


def head_of(page, request, around):
    """Return the context of ``home/_page_head.html``."""
    code = page.locale.language_code
    picture = getattr(page, "image", None)
    data = [*page_data(page, request)]
    if page.lineage.ancestors:
        data.append(breadcrumb_list(trail_of(page, request)))
    return {
        "page": page,
        "url": page.get_full_url(request),
        "summary": getattr(page, "teaser", "") or getattr(page, "intro", ""),
        "hreflang_links": hreflang_links(around.alternates, code),
        "locale": open_graph_locale(code),
        "picture": picture,
        "root_url": f"{request.scheme}://{request.get_host()}",
        "json_ld": json_ld_script(data, nonce=request.csp_nonce),
    }
