"""What the demo shows around the kinds: start pages, lists, pictures, plain pages."""

import datetime
from io import BytesIO
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.files.images import ImageFile
from django.utils.text import slugify
from django.utils.translation import override
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from content import registry
from content.demo import PICTURES, Demo, DemoStep, put_page
from content.vocabularies import PeopleShown

from .demo.dates import resolve_dates, resolve_moves
from .demo.pictures import picture
from .models import DirectoryPage, HomePage, PlainPage

LANGUAGES, LISTS, PLAIN_PAGES = 10, 15, 75
_DEFAULT_PORTS = {"http": 80, "https": 443}


def steps():
    """Return this app's ``DemoStep`` objects."""
    return [
        DemoStep(LANGUAGES, "Languages and start pages", load_start_pages),
        DemoStep(LISTS, "Lists", load_lists),
        DemoStep(PICTURES, "Pictures", load_pictures),
        DemoStep(PLAIN_PAGES, "Plain pages", load_plain_pages),
    ]


def resolver(today):
    """Return a function that replaces relative dates in a cell, for ``Demo.resolve``."""

    def resolve(text, start):
        first = datetime.date.fromisoformat(start) if start else None
        if ">" in text:
            moves = resolve_moves(text, today=today, start=first)
            return "; ".join(f"{day.isoformat()}>{new:%Y-%m-%dT%H:%M}" for day, new in moves)
        return "; ".join(day.isoformat() for day in resolve_dates(text, today=today, start=first))

    return resolve


def load_start_pages(demo: Demo):
    """Make the locales, the start page as the site's root, and its translations."""
    for row in settings.LANGUAGE_TABLE:
        Locale.objects.get_or_create(language_code=row.code)
    sentences = demo.json("pages")["home"]
    root = Page.get_first_root_node()
    home = HomePage.objects.filter(locale=demo.source_locale, depth=2).first()
    home = put_page(
        model=HomePage, parent=_placed(root, demo), slug=home.slug if home else "mitmischen", **sentences
    )
    address = urlsplit(settings.BASE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": address.port or _DEFAULT_PORTS[address.scheme],
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
    _delete_welcome_page(root)
    for code in demo.target_languages:
        demo.translate(home, code, (demo.json(f"pages.{code}") or {}).get("home"))


def _placed(root, demo):
    """Return the tree's root as a parent of pages in the source language; it has a language of its own."""
    root.locale = demo.source_locale
    return root


def _delete_welcome_page(root):
    """Delete the page that Wagtail brings."""
    for page in root.get_children():
        if type(page.specific) is Page and page.slug == "home":
            page.delete()


def load_lists(demo: Demo):
    """Make a list for every kind, named as the kind is called in each language."""
    home = demo.home
    for kind in registry.all_kinds():
        with override(settings.LANGUAGE_CODE):
            title, intro = str(kind.label), str(kind.intro)
        present = DirectoryPage.objects.child_of(home).filter(kind_slug=kind.slug).first()
        page = put_page(
            model=DirectoryPage,
            parent=home,
            slug=present.slug if present else slugify(title),
            title=title,
            intro=intro,
            kind_slug=kind.slug,
            show_in_menus=True,
        )
        for code in demo.target_languages:
            with override(code):
                sentences = {"title": str(kind.label), "intro": str(kind.intro)}
            demo.translate(page, code, sentences)


def load_pictures(demo: Demo):
    """Draw the pictures that are not there yet; the sheets name them by their key, which is their title.

    Those that were drawn before anybody asked for rights and consent get theirs: without, no page may show them.
    """
    model = get_image_model()
    known = set(model.objects.values_list("title", flat=True))
    described = demo.json("pictures")
    rights = {"photographer": "MitMischen", "licence": "CC0 1.0", "people_shown": PeopleShown.NOBODY}
    model.objects.filter(title__in=described, people_shown=PeopleShown.UNKNOWN).update(**rights)
    for number, (key, description) in enumerate(described.items()):
        if key not in known:
            model.objects.create(
                title=key,
                description=description,
                file=ImageFile(BytesIO(picture(key)), name=f"{key}.png"),
                **rights,
            )
        demo.progress(number / len(described))


def load_plain_pages(demo: Demo):
    """Make the plain pages with their pictures and links, then their translations."""
    home = demo.home
    rows = demo.json("pages")["pages"]
    pages = {}
    for _attempt in range(2):
        # Pages link to each other; the second time all of them are there.
        for number, row in enumerate(rows):
            path = f"{row['below']}/{row['slug']}".lstrip("/")
            pages[path] = _put_plain_page(demo, home, row)
            demo.progress(number / len(rows) / 2)
    for number, code in enumerate(demo.target_languages):
        for path, sentences in ((demo.json(f"pages.{code}") or {}).get("pages") or {}).items():
            demo.translate(pages[path], code, _sentences(pages[path], sentences))
        demo.progress(0.5 + number / len(demo.target_languages) / 2)


def _put_plain_page(demo, home, row):
    parent = demo.page(row["below"]) if row["below"] else home
    values = {key: value for key, value in row.items() if key not in ("below", "slug", "body")}
    blocks = [
        {"type": block["type"], "value": _value(demo, block["value"], path), "id": _id(path)}
        for path, block in ((f"{parent.url_path}{row['slug']}/{n}", b) for n, b in enumerate(row["body"]))
    ]
    body = PlainPage._meta.get_field("body").stream_block.to_python(blocks)
    return put_page(model=PlainPage, parent=parent, slug=row["slug"], body=body, **values)


def _id(path):
    """Return the id of the block at ``path``: always the same, so that translations find their block again."""
    return str(uuid5(NAMESPACE_URL, path))


def _value(demo, value, path):
    """Return a block's value with the picture and the page that its keys mean, and ids for the items of lists."""
    if isinstance(value, list):
        return [
            {"type": "item", "value": part, "id": _id(f"{path}/{number}")}
            for number, part in enumerate(value)
        ]
    if not isinstance(value, dict):
        return value
    value = {name: _value(demo, part, f"{path}/{name}") for name, part in value.items()}
    if "image" in value:
        value["image"] = get_image_model().objects.get(title=value["image"]).pk
    if "page" in value:
        slug = value["page"].rpartition("/")[2]
        found = Page.objects.filter(slug=slug, locale=demo.source_locale).first()
        value["page"] = found.pk if found else None
    return value


def _sentences(page, told):
    """Return a plain page's translation in the shape of the localiser: streams by path of block and field."""
    sentences = {name: text for name, text in told.items() if name != "body"}
    if "body" in told:
        stream = {}
        for block, translated in zip(page.body, told["body"], strict=True):
            stream.update(_texts(block.id, block.value, translated["value"]))
        sentences["body"] = stream
    return sentences


def _texts(path, source, told):
    """Return ``{path: text}`` of everything told of a block; items of lists have the ids of the source's."""
    if isinstance(told, str):
        return {path: told} if told else {}
    texts = {}
    if isinstance(told, dict):
        for name, part in told.items():
            texts |= _texts(f"{path}.{name}", source[name], part)
    else:
        for item, part in zip(source.bound_blocks, told, strict=True):
            texts |= _texts(f"{path}.{item.id}", item.value, part)
    return texts
