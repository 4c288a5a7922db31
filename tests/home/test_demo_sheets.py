"""The demo's data: every value is one the models take, and every translation has the shape of its source."""

import csv
import datetime
import json
import re
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from django.conf import settings
from django.db import models
from PIL import Image

from content import registry
from content.fields import KeysField, TriStateField
from content.models import Topic
from content.sanitise import clean_rich_text
from content.transfer.sheets import Sheet
from events.models import EventPage
from events.vocabularies import OrganiserRole
from home.demo.dates import resolve_date, resolve_dates, resolve_moves
from home.demo.pictures import SIZE, picture, picture_keys
from home.models import HomePage, PlainPage
from offers.models import OfferPage
from organisations.models import Contact, OrganisationPage, RegionPage
from organisations.vocabularies import RegionKind, RegionRoleKind

ROOT = Path(settings.BASE_DIR)
DEMO = ROOT / "home" / "demo"
SHEETS = {"organisations": OrganisationPage, "offers": OfferPage, "events": EventPage}
SENTENCES = {
    "organisations": ["teaser", "text"],
    "offers": ["title", "teaser", "text", "first_step", "what_to_bring", "commitment_note"],
    "events": ["title", "teaser", "text", "how_to_find", "reply_note", "weather_note", "results"],
}
NO_FIELDS = {"region", "owner", "topics", "organisers"}
DATES = {"start_date", "end_date", "reply_by", "valid_until", "confirmed_on", "verified_on"}
# Leap days, ends of months and years, every day of the week, and the days around 12 December.
LOADING_DAYS = [
    *(datetime.date(2026, 12, day) for day in range(8, 16)),
    *(datetime.date(2027, 1, 1) + datetime.timedelta(days=37 * step) for step in range(40)),
    datetime.date(2028, 2, 29),
]
#: Share of pages that readers find in their language, in per cent.
COVERAGE = {"en": 80, "tr": 60, "uk": 55, "ar": 50, "de-simple": 35}


@cache
def read_json(name):
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def sheet_path(app, code=""):
    return ROOT / app / "demo" / f"{app}{'.' + code if code else ''}.csv"


@cache
def read_sheet(app, code=""):
    with sheet_path(app, code).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def split(cell):
    return [part.strip() for part in cell.split(";") if part.strip()]


def translated_codes():
    return sorted({path.name.split(".")[1] for path in DEMO.glob("pages.*.json")})


def all_rows():
    return [(app, row) for app in SHEETS for row in read_sheet(app)]


def page_path(page):
    return f"{page['below']}/{page['slug']}".strip("/")


def row_ids(pair):
    return f"{pair[0]}-{pair[1]['slug']}"


every_row = pytest.mark.parametrize("pair", all_rows(), ids=row_ids)
every_translation = pytest.mark.parametrize("code", translated_codes())


class TagList(HTMLParser):
    """Collects the tags of a text in order, without their contents."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        self.tags.append(f"/{tag}")


def tags(html):
    return TagList(html).tags


def refusal(field, cell):
    """Return why ``field`` would not take ``cell``, or None."""
    if isinstance(field, KeysField):
        unknown = [key for key in split(cell) if key not in field.vocabulary.values]
        return f"unknown keys {unknown}" if unknown else None
    if isinstance(field, models.BooleanField):
        return None if cell in ("yes", "no") else "neither yes nor no"
    if isinstance(field, TriStateField):
        return None if cell in ("yes", "no", "unknown") else "neither yes, no nor unknown"
    if not cell:
        return None
    if field.choices:
        return None if cell in [str(key) for key, _label in field.choices] else "not among the choices"
    if isinstance(field, models.TimeField):
        return None if re.fullmatch(r"[0-2]\d:[0-5]\d", cell) else "no time"
    if isinstance(field, models.IntegerField):
        return None if cell.isdigit() else "no number"
    if isinstance(field, models.CharField) and len(cell) > field.max_length:
        return f"{len(cell)} characters, {field.max_length} fit"
    for validator in field.validators if isinstance(field, models.CharField) else ():
        validator(cell)
    return None


def test_the_demo_has_the_organisations_offers_events_and_regions_it_promises():
    numbers = {app: len(read_sheet(app)) for app in SHEETS}
    assert numbers == {"organisations": 17, "offers": 24, "events": 18}
    assert len(read_json("regions.json")) == 4


@pytest.mark.parametrize("app", SHEETS)
def test_every_heading_is_one_that_the_import_knows(app):
    headings = list(read_sheet(app)[0])
    assert set(headings) - set(Sheet(registry.kind(app)).headings) == set()
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("code", ["", *translated_codes()])
@pytest.mark.parametrize("app", SHEETS)
def test_cleaning_changes_no_text_so_that_loading_twice_changes_nothing(app, code):
    model = SHEETS[app]
    for row in read_sheet(app, code):
        for name in {"text", "results"} & row.keys():
            features = model._meta.get_field(name).features
            assert clean_rich_text(row[name], features) == row[name], f"{code} {row['slug']}"
        assert all(cell == cell.strip() for cell in row.values()), f"{code} {row['slug']}"


@pytest.mark.parametrize("app", SHEETS)
def test_no_slug_stands_in_a_sheet_twice(app):
    slugs = [row["slug"] for row in read_sheet(app)]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in slugs)


@every_row
def test_the_model_takes_every_value(pair):
    app, row = pair
    model = SHEETS[app]
    for name, cell in row.items():
        if name in NO_FIELDS | DATES | {"excluded_dates", "moved_dates", "contact", "image", "funded_by"}:
            continue
        field = model._meta.get_field(name)
        assert refusal(field, cell) is None, f"{name}: {cell!r} – {refusal(field, cell)}"
    assert len(row["title"]) <= 80
    assert len(row["teaser"]) <= 160


@every_row
def test_what_is_referred_to_exists(pair):
    _app, row = pair
    organisations = {page["slug"] for page in read_sheet("organisations")}
    contacts = {contact["key"] for contact in read_json("contacts.json")}
    topics = {topic["slug"] for topic in read_json("topics.json")}
    regions = {region["slug"] for region in read_json("regions.json")}
    assert row.get("owner", "haus-international") in organisations
    assert row.get("region", "kempten") in regions
    assert not row["contact"] or row["contact"] in contacts
    assert not row.get("funded_by") or row["funded_by"] in organisations
    assert row["image"] in picture_keys()
    assert split(row["topics"])
    assert set(split(row["topics"])) <= topics
    for organiser in split(row.get("organisers", "")):
        slug, _colon, role = organiser.partition(":")
        assert slug in organisations
        assert slug != row["owner"]
        assert role in OrganiserRole.values


@every_row
def test_places_are_spelled_as_the_region_spells_them(pair):
    _app, row = pair
    owners = {page["slug"]: page["region"] for page in read_sheet("organisations")}
    region_slug = row.get("region") or owners[row["owner"]]
    region = next(region for region in read_json("regions.json") if region["slug"] == region_slug)
    assert set(split(row["places"])) <= set(region["places"])


@every_row
def test_nothing_that_publication_needs_is_missing(pair):
    app, row = pair
    for name in SHEETS[app].required_to_publish:
        assert row[name], name
    if app == "events":
        assert row["start_date"]
        assert row["start_time"] or row["all_day"] == "yes"
        assert row["online_url"] if row["place_mode"] == "online" else row["place_name"] and row["street"]
        assert row["reply_channels"] or row["reply_mode"] == "none"
    if row.get("place_mode") == "online":
        owner = next(page for page in read_sheet("organisations") if page["slug"] == row["owner"])
        assert row["online_url"] or row["contact"] or owner["contact"]


@every_row
def test_every_date_can_be_read_on_any_day(pair):
    app, row = pair
    for today in LOADING_DAYS:
        start = resolve_date(row.get("start_date", ""), today=today)
        for name in DATES & row.keys():
            resolve_date(row[name], today=today, start=start)
        for name in ("confirmed_on", "verified_on"):
            day = resolve_date(row.get(name, ""), today=today)
            assert day is None or day <= today
        reply_by = resolve_date(row.get("reply_by", ""), today=today, start=start)
        assert reply_by is None or reply_by <= start


@pytest.mark.parametrize(
    "row", [row for row in read_sheet("events") if row["rrule"]], ids=lambda row: row["slug"]
)
def test_a_repeated_event_starts_on_its_rule_and_its_exceptions_hit_dates_of_it(row):
    for today in LOADING_DAYS:
        start = resolve_date(row["start_date"], today=today)
        first = datetime.datetime.combine(start, datetime.time())
        days = [
            date.date()
            for date in rrulestr(row["rrule"], dtstart=first).between(
                first, first + datetime.timedelta(days=400), inc=True
            )
        ]
        assert days[0] == start
        assert set(resolve_dates(row["excluded_dates"], today=today)) <= set(days)
        for original, new in resolve_moves(row["moved_dates"], today=today):
            assert original in days
            assert datetime.timedelta() < new.date() - original <= datetime.timedelta(days=3)


def test_the_calendar_is_never_empty():
    for today in LOADING_DAYS:
        coming = [
            row["slug"]
            for row in read_sheet("events")
            if resolve_date(row["start_date"], today=today) >= today
        ]
        assert len(coming) >= 12
        assert "world-cafe-neuauflage" in coming


def test_the_world_cafe_asks_for_replies_by_the_tenth_of_december():
    row = next(row for row in read_sheet("events") if row["slug"] == "world-cafe-neuauflage")
    for today in LOADING_DAYS:
        start = resolve_date(row["start_date"], today=today)
        reply_by = resolve_date(row["reply_by"], today=today, start=start)
        assert (start.month, start.day) == (12, 12)
        assert (reply_by.year, reply_by.month, reply_by.day) == (start.year, 12, 10)
    assert (row["reply_preferred"], row["reply_fallback"]) == ("email", "phone")
    assert row["capacity"] == "80"


def test_the_states_that_readers_can_meet_are_all_there():
    events = {row["slug"]: row for row in read_sheet("events")}
    offers = read_sheet("offers")
    assert {row["status"] for row in events.values()} >= {"planned", "cancelled", "full"}
    assert events["sprachcafe"]["excluded_dates"]
    assert events["fussballturnier"]["moved_dates"]
    assert events["traegerkreis-kempten"]["is_listed"] == "no"
    assert len([row for row in events.values() if row["series"] == "Interkultureller Herbst"]) == 3
    assert {row["stage"] for row in offers} >= {"development", "pilot", "running", "paused", "ended"}
    assert {row["costs"] for row in offers} >= {"free", "donation", "reduced"}
    assert {row["place_mode"] for row in offers} == {"on_site", "online", "mobile"}
    assert {row["german_level"] for row in offers} == {"none", "a1", "a2", "b1", "b2"}
    assert {row["car_needed"] for row in offers} == {"yes", "no"}
    assert {row["direction"] for row in offers} == {"support", "opening"}
    assert {row["offer_kind"] for row in offers} == {
        "information",
        "qualification",
        "service",
        "networking",
        "funding",
    }
    assert any(row["contact"] for row in offers)
    assert not all(row["contact"] for row in offers)
    assert any(row["place_name"] for row in offers)
    assert not all(row["place_name"] for row in offers)


@pytest.mark.parametrize("region", read_json("regions.json"), ids=lambda region: region["slug"])
def test_a_region_has_a_kind_known_roles_and_a_readable_end(region):
    organisations = {page["slug"] for page in read_sheet("organisations")}
    contacts = {contact["key"] for contact in read_json("contacts.json")}
    assert region["region_kind"] in RegionKind.values
    assert region["contact"] in contacts
    assert len(region["teaser"]) <= RegionPage._meta.get_field("teaser").max_length
    assert set(region["languages"]) <= {row.code for row in settings.LANGUAGE_TABLE}
    resolve_date(region["runs_until"], today=LOADING_DAYS[0])
    for role in region["roles"]:
        assert role["organisation"] in organisations
        assert role["role"] in RegionRoleKind.values
        assert bool(role.get("funding_sentence")) == (role["role"] == RegionRoleKind.FUNDER)


def test_kempton_is_another_spelling_of_kempten_and_one_region_has_ended():
    regions = {region["slug"]: region for region in read_json("regions.json")}
    assert "Kempton" in regions["kempten"]["name_variants"]
    ends = [resolve_date(region["runs_until"], today=LOADING_DAYS[0]) for region in regions.values()]
    assert [end for end in ends if end and end < LOADING_DAYS[0]] == [datetime.date(2018, 4, 30)]


@pytest.mark.parametrize("contact", read_json("contacts.json"), ids=lambda contact: contact["key"])
def test_a_contact_passes_the_model(contact):
    fields = {name: value for name, value in contact.items() if name not in ("key", "organisation")}
    record = Contact(organisation_key="00000000-0000-4000-8000-000000000000", **fields)
    record.clean_fields()
    record.clean()
    assert contact["organisation"] in {page["slug"] for page in read_sheet("organisations")}


def test_every_topic_has_a_label_in_every_language():
    topics = read_json("topics.json")
    codes = {row.code for row in settings.LANGUAGE_TABLE}
    assert len({topic["slug"] for topic in topics}) == 12
    for topic in topics:
        assert topic["labels"].keys() == codes
        assert all(topic["labels"].values())
        Topic(**topic).clean_fields()


def test_every_login_belongs_somewhere():
    people = read_json("people.json")
    organisations = {page["slug"] for page in read_sheet("organisations")}
    regions = {region["slug"] for region in read_json("regions.json")}
    codes = {row.code for row in settings.LANGUAGE_TABLE}
    assert len({person["username"] for person in people}) == len(people)
    by_role = {}
    for person in people:
        by_role.setdefault(person["role"], []).append(person)
        assert person["language"] in codes
    assert {person["organisation"] for person in by_role["partner"]} <= organisations
    assert {person["region"] for person in by_role["coordinator"]} <= regions
    assert {person["translates"] for person in by_role["translator"]} == codes - {settings.LANGUAGE_CODE}
    assert {role: len(members) for role, members in by_role.items()} == {
        "administrator": 1,
        "network_office": 1,
        "coordinator": 2,
        "partner": 6,
        "translator": 5,
    }


def demo_texts():
    """Yield every demo file's text, without the press text, which quotes a real invitation."""
    for path in [
        *DEMO.glob("*.json"),
        *(path for app in SHEETS for path in (ROOT / app / "demo").glob("*.csv")),
    ]:
        text = path.read_text(encoding="utf-8")
        if path == sheet_path("events"):
            text = json.dumps([{**row, "press_text": ""} for row in read_sheet("events")], ensure_ascii=False)
        yield path.name, text


@pytest.mark.parametrize("text", list(demo_texts()), ids=lambda text: text[0])
def test_mail_phones_and_sites_are_invented(text):
    _name, words = text
    for address in re.findall(r"[\w.+-]+@[\w.-]+\w", words):
        assert address.endswith("@example.org"), address
    for number in re.findall(r"\+?\d[\d /()-]{8,}\d", words):
        if not re.fullmatch(r"\d{4}-\d\d-\d\d.*", number):
            assert re.fullmatch(r"089 99998-\d{3}", number), number
    for site in re.findall(r"https?://[^\s\"<,;]+", words):
        assert re.match(r"https://[a-z0-9-]+\.example\.org(/|$)", site), site


def test_the_invitation_is_quoted_word_for_word():
    row = next(row for row in read_sheet("events") if row["slug"] == "world-cafe-2015")
    assert "»MitmischerInnen« in Kempton gesucht" in row["press_text"]
    assert "am besten per E-Mail" in row["press_text"]
    assert row["press_text"].endswith("Das Projekt am Standort läuft bis April 2018. kb")
    assert (row["start_date"], row["place_name"], row["street"]) == (
        "2015-12-12",
        "Haus International",
        "Poststr. 22",
    )
    assert row["results"]


@every_row
def test_rich_text_is_well_formed_and_keeps_to_the_blocks_editors_have(pair):
    _app, row = pair
    for name in ("text", "results"):
        if row.get(name):
            assert_well_formed(row[name])


def assert_well_formed(html):
    open_tags = []
    for tag in tags(html):
        if tag in ("br", "/br"):
            continue
        if tag.startswith("/"):
            assert open_tags[-1:] == [tag[1:]], html
            open_tags.pop()
        else:
            assert tag in {"p", "h2", "h3", "ul", "ol", "li", "b", "i"}, tag
            open_tags.append(tag)
    assert open_tags == []
    assert not re.search(r">[^<>\s][^<>]*<(p|h2|h3|ul|ol)>", html), "text outside a paragraph"


def block_sentences(block):
    """Return the block's texts in order: those that people read, not keys of pictures and pages."""
    value = block["value"]
    if isinstance(value, str):
        return [value]
    texts = []
    for name, part in value.items():
        if name not in ("image", "page", "url"):
            texts.extend(part if isinstance(part, list) else [part])
    return texts


def test_plain_pages_are_made_of_blocks_that_exist():
    blocks = PlainPage.body.field.stream_block.child_blocks
    pages = read_json("pages.json")["pages"]
    paths = [page_path(page) for page in pages]
    assert len(set(paths)) == len(paths)
    regions = {region["slug"] for region in read_json("regions.json")}
    for page in pages:
        assert page["below"] in regions | {""}
        assert len(page["teaser"]) <= PlainPage._meta.get_field("teaser").max_length
        for block in page["body"]:
            child = blocks[block["type"]]
            if isinstance(block["value"], dict):
                assert block["value"].keys() <= child.child_blocks.keys()
            if block["type"] == "link":
                assert block["value"]["page"] in paths
                assert len(block["value"]["label"]) <= 60
            if block["type"] == "picture":
                assert block["value"]["image"] in picture_keys()
            for text in block_sentences(block):
                if "<" in text:
                    assert_well_formed(text)


def test_the_legal_pages_are_one_tap_away():
    footer = {page_path(page) for page in read_json("pages.json")["pages"] if page["in_footer"]}
    assert {"impressum", "datenschutz", "barrierefreiheit"} <= footer


def test_every_picture_is_described_drawn_in_size_and_like_no_other():
    descriptions = read_json("pictures.json")
    assert set(descriptions) == set(picture_keys())
    assert len(set(descriptions.values())) == len(descriptions)
    drawn = {key: picture(key) for key in picture_keys()}
    assert len(set(drawn.values())) == len(drawn)
    for data in drawn.values():
        assert Image.open(BytesIO(data)).size == SIZE == (1200, 675)
    assert picture("tassen") == drawn["tassen"]


def test_an_unknown_picture_is_refused_by_name():
    with pytest.raises(LookupError, match="No picture “einhorn”"):
        picture("einhorn")


@pytest.mark.parametrize(
    ("expression", "day"),
    [
        ("2015-12-12", "2015-12-12"),
        ("today", "2026-12-12"),
        ("today-30", "2026-11-12"),
        ("next:12-12", "2026-12-12"),
        ("next:12-10", "2027-12-10"),
        ("weekday:sat+0", "2026-12-12"),
        ("weekday:thu+1", "2026-12-17"),
        ("weekday:thu-84", "2026-09-24"),
        ("monthly:2wed-60", "2026-10-14"),
        ("start-2", "2027-01-29"),
        ("start", "2027-01-31"),
    ],
)
def test_a_date_expression_counts_from_the_day_of_loading(expression, day):
    found = resolve_date(expression, today=datetime.date(2026, 12, 12), start=datetime.date(2027, 1, 31))
    assert found == datetime.date.fromisoformat(day)


@pytest.mark.parametrize("expression", ["tomorrow", "weekday:do+1", "start-2", "2026-13-01"])
def test_what_is_no_date_is_refused_with_its_words(expression):
    with pytest.raises(ValueError, match=re.escape(expression)):
        resolve_date(expression, today=datetime.date(2026, 12, 12))


def test_a_move_without_a_time_is_refused():
    with pytest.raises(ValueError, match="DATE>DATEThh:mm"):
        resolve_moves("today+1>today+2", today=datetime.date(2026, 12, 12))


@every_translation
@pytest.mark.parametrize("app", SHEETS)
def test_a_translated_sheet_holds_the_sentences_of_known_pages(app, code):
    source = {row["slug"]: row for row in read_sheet(app)}
    rows = read_sheet(app, code)
    assert len({row["slug"] for row in rows}) == len(rows)
    model = SHEETS[app]
    for row in rows:
        assert list(row) == ["slug", *SENTENCES[app]]
        german = source[row["slug"]]
        for name in SENTENCES[app]:
            where = f"{code} {row['slug']} {name}"
            assert bool(row[name]) == bool(german[name]), where
            assert tags(row[name]) == tags(german[name]), where
            assert refusal(model._meta.get_field(name), row[name]) is None, where
            assert row[name] != german[name] or len(german[name]) < 30 or code == "de-simple", where
        assert len(row.get("title", "")) <= 80
        assert len(row["teaser"]) <= 160, f"{code} {row['slug']}: {len(row['teaser'])}"


@every_translation
def test_translated_pages_have_the_blocks_of_their_source(code):
    source, translated = read_json("pages.json"), read_json(f"pages.{code}.json")
    assert translated["home"].keys() == source["home"].keys()
    for name in ("headline", "teaser"):
        limit = HomePage._meta.get_field(name).max_length
        assert 0 < len(translated["home"][name]) <= limit
    regions = {region["slug"]: region for region in read_json("regions.json")}
    for slug, sentences in translated["regions"].items():
        assert sentences.keys() == {"title", "teaser", "text"}
        assert len(sentences["teaser"]) <= 160
        assert tags(sentences["text"]) == tags(regions[slug]["text"]), f"{code} {slug}"
    pages = {page_path(page): page for page in source["pages"]}
    for path, page in translated["pages"].items():
        german = pages[path]
        assert page.keys() == {"title", "teaser", "body"}
        assert len(page["teaser"]) <= PlainPage._meta.get_field("teaser").max_length
        assert [block["type"] for block in page["body"]] == [block["type"] for block in german["body"]]
        for block, original in zip(page["body"], german["body"], strict=True):
            texts, german_texts = block_sentences(block), block_sentences(original)
            assert [bool(text) for text in texts] == [bool(text) for text in german_texts], f"{code} {path}"
            assert [tags(text) for text in texts] == [tags(text) for text in german_texts], f"{code} {path}"
            if block["type"] == "link":
                assert len(block["value"]["label"]) <= 60


@every_translation
def test_the_most_read_pages_are_there_in_every_language(code):
    assert "world-cafe-neuauflage" in {row["slug"] for row in read_sheet("events", code)}
    assert "engagementberatung" in {row["slug"] for row in read_sheet("offers", code)}
    assert "haus-international" in {row["slug"] for row in read_sheet("organisations", code)}
    assert {"kempten"} <= read_json(f"pages.{code}.json")["regions"].keys()


def test_the_share_of_translated_pages_is_what_the_demo_wants_to_show():
    pages = read_json("pages.json")["pages"]
    total = 1 + len(read_json("regions.json")) + len(pages) + sum(len(read_sheet(app)) for app in SHEETS)
    shares = {}
    for code in translated_codes():
        translated = read_json(f"pages.{code}.json")
        count = 1 + len(translated["regions"]) + len(translated["pages"])
        count += sum(len(read_sheet(app, code)) for app in SHEETS)
        shares[code] = 100 * count / total
    assert shares == {code: pytest.approx(share, abs=2) for code, share in COVERAGE.items()}


@every_translation
def test_a_translation_is_written_in_its_own_script(code):
    scripts = {
        "uk": r"[а-яіїєґ]",
        "ar": r"[ء-ي]",
        "tr": r"[a-zçğıöşü]",
        "en": r"[a-z]",
        "de-simple": r"[a-zäöüß]",
    }
    cells = [
        (name, row[name])
        for app in SHEETS
        for row in read_sheet(app, code)
        for name in SENTENCES[app]
        if row[name]
    ]
    for name, cell in cells:
        words = re.sub(r"<[^>]+>", "\n", cell)
        letters = [letter for letter in words.lower() if letter.isalpha()]
        own = [letter for letter in letters if re.match(scripts[code], letter)]
        # Titles of plays and the like keep their German name beside the translated one.
        assert len(own) >= (0.3 if name == "title" else 0.6) * len(letters), cell
        if code == "ar":
            assert not re.search(r"[ء-ي][,?;]", words), cell
        if code == "uk":
            assert not re.search(r"[ыэъё]", words), cell
        if code == "de-simple":
            assert "·" not in words, cell
            longest = max(len(sentence.split()) for sentence in re.split(r"[.?!:\n]", words))
            assert longest <= 12, cell
