"""Drafts: kept, never overwritten, never public before somebody else has read them."""

import pytest
from django.utils.translation import override
from wagtail_localize.models import StringTranslation

from content.mail.models import Mail
from translation import states
from translation.drafts import services as drafts
from translation.drafts.models import Draft, DraftVersion, LanguageRule, Origin
from translation.errors import NothingTranslated, TranslationInvalid
from translation.models import MemoryUnit, State, Work

from .world import Desk

WELCOME, FOOD = "Alle sind willkommen.", "Für das <1>leibliche</1> Wohl ist gesorgt."


@pytest.fixture
def desk(db):
    return Desk()


def public(desk, code="tr"):
    page = desk.target(code)
    return page.title, page.text


def test_sentences_have_their_shapes_and_their_places(desk):
    assert [(line.place, line.shape, line.source) for line in desk.lines()] == [
        ("Titel", "text", "World Café"),
        ("Kurztext", "text", "Komm!"),
        ("Text", "heading", "Was geschieht"),
        ("Text", "text", FOOD),
        ("Text", "list", WELCOME),
    ]
    title = desk.lines().lines[0]
    assert (title.limit, title.is_single_line, title.target, title.needs_work) == (255, True, "", True)


def test_a_draft_is_kept_and_not_public(desk):
    before = public(desk)
    desk.save("World Café", "Dünya Kafesi")
    line = desk.line("World Café")
    assert (line.target, line.is_pending, line.origin, line.draft.author_id) == (
        "Dünya Kafesi",
        True,
        "person",
        desk.aylin.pk,
    )
    assert public(desk) == before
    assert not StringTranslation.objects.exists()
    assert (desk.state().state, desk.state().work, desk.state().standing) == (
        State.MISSING,
        Work.PERSON,
        State.IN_WORK,
    )


def test_two_people_at_one_sentence_never_overwrite_each_other(desk):
    seen = desk.line(WELCOME).version
    desk.save(WELCOME, "Herkes davetlidir.", by=desk.aylin)
    with pytest.raises(drafts.Conflict) as conflict:
        desk.save(WELCOME, "Hepiniz hoş geldiniz.", by=desk.deniz, version=seen)
    assert conflict.value.line.target == "Herkes davetlidir."
    assert desk.line(WELCOME).target == "Herkes davetlidir."
    # The same text twice is no conflict: a button that was pressed twice.
    assert desk.save(WELCOME, "Herkes davetlidir.", version=seen).target == "Herkes davetlidir."
    assert DraftVersion.objects.filter(text="Herkes davetlidir.").count() == 1
    # Who has seen the other's text may write another.
    desk.save(WELCOME, "Hepiniz hoş geldiniz.", by=desk.deniz)
    assert [one.text for one in DraftVersion.objects.order_by("pk")] == [
        "Herkes davetlidir.",
        "Hepiniz hoş geldiniz.",
    ]


def test_what_was_typed_is_kept_exactly(desk):
    typed = "a < b & \"c\" 'd' <x> <script>alert(1)</script>\nİkinci satır"
    assert desk.save(WELCOME, typed).target == typed
    desk.translate()
    desk.submit()
    desk.approve()
    assert "<script" not in desk.target().text
    assert "alert(1)" in desk.target().text
    assert desk.line(WELCOME).target == typed


def test_a_sentence_that_is_no_longer_there_is_told(desk):
    line = desk.line(WELCOME)
    desk.republish(text="<p>Ganz etwas anderes steht jetzt hier, ohne alles von vorher 1234.</p>")
    with pytest.raises(drafts.SentenceGone):
        drafts.save(
            target=desk.target(),
            segment_id=line.pk,
            text="x",
            version=line.version,
            user=desk.aylin,
        )


def test_a_sentence_of_another_page_is_not_reached(desk):
    other = next(iter(desk.lines("ar")))
    region = drafts.selectors.lines_of(desk.region.specific, desk.tr).lines[0]
    assert other.pk in desk.lines().by_segment
    with pytest.raises(drafts.SentenceGone):
        drafts.save(
            target=desk.target(),
            segment_id=region.pk,
            text="x",
            version=region.version,
            user=desk.aylin,
        )
    assert not Draft.objects.exists()


def test_somebody_else_approves_and_then_it_is_public(desk):
    desk.translate()
    before = public(desk)
    submission = desk.submit()
    assert (desk.state().standing, public(desk)) == (State.IN_REVIEW, before)
    assert submission.task_state.task.name == "Übersetzung: Türkçe"
    with pytest.raises(drafts.InReview):
        desk.save(WELCOME, "Son dakika")
    published = desk.approve()
    assert (published.untranslated, published.kept) == ([], [])
    assert public(desk)[0] == "Dünya Kafesi"
    assert "Yiyecek ve <b>içecek</b> var." in public(desk)[1]
    assert (desk.state().standing, desk.state().work) == (State.FRESH, Work.NONE)
    assert not desk.target().workflow_in_progress
    assert {one.approved_by for one in DraftVersion.objects.all()} == {desk.deniz}


def test_what_was_approved_is_remembered_and_what_was_not_is_not(desk):
    desk.translate()
    desk.save(WELCOME, "Hepiniz hoş geldiniz.", by=desk.hanan)
    desk.submit()
    assert MemoryUnit.objects.count() == 0
    desk.approve()
    units = MemoryUnit.objects.select_related("author")
    assert {(unit.source, unit.target, unit.context, unit.author) for unit in units} == {
        (line.source, line.target, line.sentence.path, desk.hanan if line.source == WELCOME else desk.aylin)
        for line in desk.lines()
    }
    assert {(unit.locale, unit.region_key) for unit in units} == {(desk.tr, str(desk.region.translation_key))}


def test_nobody_approves_what_they_wrote_unless_the_region_allows_it(desk):
    desk.translate()
    desk.save(WELCOME, "Hepiniz hoş geldiniz.", by=desk.deniz)
    desk.submit()
    for person, reason in ((desk.aylin, "own"), (desk.deniz, "own"), (desk.hanan, "not_yours")):
        with pytest.raises(drafts.CannotDecide) as refused:
            desk.approve(by=person)
        assert refused.value.reason == reason
    assert desk.state().standing == State.IN_REVIEW
    LanguageRule.objects.create(scope=desk.region.translation_key, locale=desk.tr, may_approve_own=True)
    desk.approve(by=desk.aylin)
    assert desk.state().standing == State.FRESH


def test_an_approval_is_bound_to_what_was_read(desk):
    desk.translate()
    read = desk.lines().digest
    desk.submit()
    drafts.take_back(target=desk.target(), user=desk.aylin)
    desk.save(WELCOME, "Başka bir cümle.")
    desk.submit()
    with pytest.raises(drafts.Outdated):
        desk.approve(digest=read)
    # Whoever changes a draft behind the services' back is found out as well.
    Draft.objects.filter(text="Başka bir cümle.").update(text="Gizlice değişti.")
    with pytest.raises(drafts.Outdated):
        desk.approve()
    assert desk.target().title == "World Café"


def test_what_comes_back_has_a_reason_and_can_be_handed_in_again(desk):
    desk.translate()
    desk.submit()
    drafts.send_back(target=desk.target(), by=desk.deniz, text="Ton zu förmlich.")
    assert desk.state().standing == State.IN_WORK
    mail = Mail.objects.get(template="translation/mail/decision")
    assert (mail.to, "Ton zu förmlich." in mail.text) == ("aylin@example.org", True)
    with pytest.raises(drafts.CannotDecide):
        desk.approve()
    desk.save(WELCOME, "Herkes gelsin.")
    desk.submit()
    desk.approve()
    assert desk.state().standing == State.FRESH


def test_a_region_may_do_without_a_review(desk):
    LanguageRule.objects.create(scope=desk.region.translation_key, locale=desk.tr, needs_review=False)
    desk.translate()
    assert desk.submit() is None
    assert desk.target().title == "Dünya Kafesi"
    assert not Mail.objects.exists()


def test_those_who_may_answer_are_asked_and_nobody_else(desk):
    desk.translate()
    desk.submit()
    asked = Mail.objects.filter(template="translation/mail/review")
    assert set(asked.values_list("to", flat=True)) == {"deniz@example.org"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Yiyecek ve içecek var.", "The mark <1> is missing."),
        ("<1>a</1><1>b</1>", "The mark <1> stands there twice."),
    ],
)
def test_what_is_broken_is_named_at_its_sentence(desk, text, said):
    desk.translate()
    line = desk.save(FOOD, text)
    with override("en"):
        with pytest.raises(TranslationInvalid) as refused:
            desk.submit()
        assert [str(message).startswith(said) for message in refused.value.segments[line.pk]] == [True]
    assert list(refused.value.segments) == [line.pk]
    assert desk.line(FOOD).target == text


def test_a_text_that_is_too_long_and_a_machines_draft_are_not_handed_in(desk):
    desk.translate()
    long = desk.save("World Café", "D" * 256)
    machine = desk.line(WELCOME)
    drafts.save_many(target=desk.target(), texts={machine.pk: "Makine."}, origin=Origin.MACHINE)
    with pytest.raises(TranslationInvalid) as refused:
        desk.submit()
    assert set(refused.value.segments) == {long.pk, machine.pk}
    # Saving it as it is says that a person has read it.
    assert desk.save(WELCOME, "Makine.").origin == "person"


def test_nothing_is_not_handed_in(desk):
    with pytest.raises(NothingTranslated):
        desk.submit()


def test_a_changed_source_keeps_the_draft_and_says_what_it_was_made_for(desk):
    desk.translate()
    desk.submit()
    desk.republish(text=desk.source.text.replace("willkommen", "herzlich willkommen"))
    line = desk.line("Alle sind herzlich willkommen.")
    assert (line.target, line.made_for, line.is_outdated) == ("[tr] Alle sind willkommen.", WELCOME, True)
    # What was handed in is not what it was: it has to be looked at and handed in again.
    assert desk.state().standing == State.IN_WORK
    with pytest.raises(drafts.CannotDecide):
        desk.approve()
    with pytest.raises(TranslationInvalid) as refused:
        desk.submit()
    assert list(refused.value.segments) == [line.pk]
    desk.save(line.source, line.target)
    desk.submit()
    desk.approve()
    assert desk.state().standing == State.FRESH


def test_a_minor_edit_takes_nothing_back(desk):
    desk.translate()
    desk.submit()
    desk.republish(text=desk.source.text.replace("willkommen", "wilkommen"), minor=True)
    assert desk.state().standing == State.IN_REVIEW
    line = desk.line("Alle sind wilkommen.")
    assert (line.is_outdated, line.target) == (False, "[tr] Alle sind willkommen.")
    desk.approve()
    assert desk.state().standing == State.FRESH


def test_an_approved_translation_that_is_changed_stays_public_until_the_change_is_approved(desk):
    desk.translate()
    desk.submit()
    desk.approve()
    before = public(desk)
    desk.save("World Café", "Dünya Kahvesi")
    assert (public(desk), desk.state().standing, desk.state().state) == (before, State.IN_WORK, State.FRESH)
    line = desk.line("World Café")
    assert (line.target, line.approved) == ("Dünya Kahvesi", "Dünya Kafesi")
    # Back to what is approved: nothing is pending any more.
    assert desk.save("World Café", "Dünya Kafesi").is_pending is False
    assert desk.state().standing == State.FRESH
    texts = [one.text for one in DraftVersion.objects.filter(draft=line.draft).order_by("pk")]
    assert texts == ["Dünya Kafesi", "Dünya Kahvesi", "Dünya Kafesi"]


def test_a_draft_is_thrown_away(desk):
    line = desk.save("World Café", "Dünya Kafesi")
    assert drafts.discard(target=desk.target(), segment_id=line.pk).target == ""
    assert desk.state().standing == State.MISSING


def test_states_are_what_a_recomputation_gives(desk):
    desk.translate()
    assert states.recompute_states() == 0
    desk.submit()
    assert states.recompute_states() == 0
    desk.approve()
    desk.save("World Café", "Dünya Kahvesi")
    desk.republish(title="World Café am Abend")
    assert states.recompute_states() == 0
    assert desk.line("World Café am Abend").target == "Dünya Kahvesi"


def test_what_a_save_costs(desk, django_assert_max_num_queries):
    desk.save("World Café", "Dünya Kafesi")
    line, target = desk.line("World Café"), desk.target()
    with django_assert_max_num_queries(13):
        drafts.save(
            target=target,
            segment_id=line.pk,
            text="Dünya Kahvesi",
            version=line.version,
            user=desk.aylin,
        )


def test_a_sentence_that_stands_twice_has_one_translation(desk):
    desk.republish(text=f"<p>{WELCOME}</p><p>Dazwischen.</p><p>{WELCOME}</p>")
    twins = [line.pk for line in desk.lines() if line.source == WELCOME]
    assert len(twins) == 2
    drafts.save_many(target=desk.target(), texts=dict.fromkeys(twins, "Herkes gelsin."), origin=Origin.FILE)
    assert Draft.objects.filter(text="Herkes gelsin.").count() == 1
    desk.translate()
    desk.submit()
    desk.approve()
    assert desk.target().text.count("Herkes gelsin.") == 2
