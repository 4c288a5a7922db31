"""The admin looks like the site it belongs to."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse


class Head(HTMLParser):
    """Collects the title, the links and the first pictures of a page."""

    def __init__(self):
        super().__init__()
        self.title, self.links, self.pictures, self.inside = "", [], [], ""

    def handle_starttag(self, tag, attributes):
        self.inside = tag
        if tag == "link":
            self.links.append(dict(attributes))
        if tag == "img":
            self.pictures.append(dict(attributes))

    def handle_data(self, data):
        if self.inside == "title":
            self.title += data

    def handle_endtag(self, tag):
        self.inside = ""


def head_of(answer):
    head = Head()
    head.feed(answer.content.decode())
    return head


@pytest.mark.parametrize("address", ["wagtailadmin_home", "wagtailadmin_account", "wagtailimages:index"])
def test_every_page_of_the_admin_has_our_name_icon_logo_and_colours(admin_client, address):
    head = head_of(admin_client.get(reverse(address)))
    assert head.title.strip().endswith("- Mitmischen")
    assert "Wagtail" not in head.title
    assert [link["href"] for link in head.links if "icon" in link["rel"]] == ["/static/home/favicon.svg"]
    assert [picture["src"] for picture in head.pictures][:2] == [
        "/static/home/favicon.svg",
        "/static/home/wordmark.svg",
    ]
    sheets = [link["href"] for link in head.links if link["rel"] == "stylesheet"]
    # After Wagtail's own sheet, which sets the same properties.
    assert sheets.index("/static/home/css/admin.css") > sheets.index(
        next(sheet for sheet in sheets if sheet.startswith("/static/wagtailadmin/css/core.css"))
    )


def test_our_colours_have_names_that_wagtail_knows():
    ours = Path(finders.find("home/css/admin.css")).read_text()
    core = Path(finders.find("wagtailadmin/css/core.css")).read_text()
    names = set(re.findall(r"(--w-[\w-]+):", ours))
    assert len(names) == 14
    assert {name for name in names if f"{name}:" not in core} == set()


def test_every_file_that_the_style_sheet_names_is_there():
    sheet = Path(finders.find("home/css/admin.css"))
    named = re.findall(r'url\("([^"]+)"\)', sheet.read_text())
    assert len(named) == 6
    assert [name for name in named if not (sheet.parent / name).resolve().is_file()] == []


FORM = """
<!doctype html><html dir="{direction}"><body>
<input type="text" id="german" value="Sprachcafé"><input type="text" id="arabic" value="مقهى اللغات">
<input type="text" id="empty"><input type="text" id="own" dir="rtl" value="Sprachcafé"><input type="checkbox" id="box">
</body></html>
"""


def directions(page):
    return page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('input')].map(f => [f.id, getComputedStyle(f).direction]))"
    )


@pytest.mark.browser
def test_from_right_to_left_a_field_follows_what_is_written_in_it(chromium):
    script = Path(finders.find("home/js/direction.js")).read_text()
    with chromium.new_context() as context:
        page = context.new_page()
        page.route(
            "https://admin.test/*",
            lambda route: route.fulfill(
                content_type="text/html; charset=utf-8",
                body=FORM.format(direction=route.request.url.rpartition("/")[2]).replace(
                    "<body>", f"<body><script>{script}</script>"
                ),
            ),
        )
        page.goto("https://admin.test/rtl")
        assert directions(page) == {
            "german": "ltr",
            "arabic": "rtl",
            "empty": "rtl",
            "own": "rtl",
            "box": "rtl",
        }
        page.fill("#empty", "Haus International")
        page.fill("#german", "")
        page.fill("#own", "Haus")
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<input type=text id=later value=Kontakt>')"
        )
        page.wait_for_function("document.getElementById('later').dir === 'auto'")
        assert directions(page) == {
            "german": "rtl",
            "arabic": "rtl",
            "empty": "ltr",
            "own": "rtl",
            "box": "rtl",
            "later": "ltr",
        }
        page.goto("https://admin.test/ltr")
        assert page.evaluate("document.querySelectorAll('[dir=auto]').length") == 0
