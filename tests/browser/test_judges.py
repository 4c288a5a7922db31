"""The judges object where there is something to object to; without that their silence would mean nothing."""

import pytest

from tests.services.judges import axe_violations, html_errors

GOOD = (
    '<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Gut</title></head>'
    "<body><main><h1>Gut</h1></main></body></html>"
)


@pytest.mark.browser
@pytest.mark.node
def test_axe_names_rule_and_place_and_is_silent_about_a_good_page(chromium):
    with chromium.new_context() as context:
        page = context.new_page()
        page.set_content(GOOD)
        assert axe_violations(page) == []
        page.set_content(GOOD.replace("</main>", '<img id="nameless" src="data:,"></main>'))
        (violation,) = axe_violations(page)
        assert violation.startswith("image-alt: ")
        assert violation.endswith("(#nameless)")


@pytest.mark.node
def test_the_html_checker_names_file_and_line_and_is_silent_about_a_good_page(tmp_path):
    (tmp_path / "good.html").write_text(GOOD)
    (tmp_path / "bad.html").write_text(GOOD.replace("<h1>", "\n<h1 hidden=maybe><p></h1>"))
    errors = html_errors(tmp_path / "good.html", tmp_path / "bad.html")
    assert errors
    assert all(error.startswith("bad.html:2: ") for error in errors)


@pytest.mark.browser
@pytest.mark.both_databases
def test_a_page_of_the_live_site_is_seen_in_a_real_browser(page, live_server):
    page.goto("/admin/login/")
    assert page.get_by_role("textbox").count() == 2
    assert page.evaluate("[...document.styleSheets].some(sheet => sheet.href.startsWith(location.origin))")
