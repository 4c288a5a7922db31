"""Whatever people do, in whatever order: what was approved is what readers see, and states are what they should be."""

import contextlib

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.translation.drafts.world import Desk
from translation import states
from translation.drafts import services as drafts
from translation.errors import TranslationInvalid

#: Words by which a text says that it is the source's.
GERMAN = "Satz"
FIELDS = ("title", "teaser", "text")
CODES = ("tr", "ar")

sentence = st.integers(0, 9).map(lambda number: f"{GERMAN} {'abcdefghij'[number] * 3} steht hier")
paragraphs = st.lists(sentence, min_size=1, max_size=3).map(
    lambda texts: "".join(f"<p>{text}.</p>" for text in texts)
)
code = st.sampled_from(CODES)
step = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(["title", "teaser"]), sentence, st.booleans()),
    st.tuples(st.just("edit"), st.just("text"), paragraphs, st.booleans()),
    st.tuples(st.just("fact"), st.sampled_from(["Stadthalle", "Altes Rathaus"])),
    st.tuples(st.just("write"), code, st.integers(0, 20)),
    st.tuples(st.just("write all"), code),
    st.tuples(st.just("submit"), code),
    st.tuples(st.just("approve"), code),
    st.tuples(st.just("answer"), code, st.sampled_from(["send back", "take back"])),
)
#: Most of a working day leads somewhere, so that there are approved texts to lose.
day = st.tuples(code, st.lists(step, min_size=2, max_size=9)).map(
    lambda drawn: [("write all", drawn[0]), ("submit", drawn[0]), ("approve", drawn[0]), *drawn[1]]
)


class Rollback(Exception):
    """Ends an example; nothing of it stays."""


class Walk:
    """One example: does the steps and remembers what was approved last, by language and field."""

    def __init__(self, desk):
        self.desk = desk
        self.number = 0
        self.approved = {}

    def do(self, action, *values):
        getattr(self, action.replace(" ", "_"))(*values)
        self.check()

    def edit(self, name, value, is_minor):
        self.desk.republish(minor=is_minor, **{name: value})

    def fact(self, place):
        self.desk.republish(place_name=place)

    def write(self, code, index):
        lines = self.desk.lines(code).lines
        self.number += 1
        self._save(code, lines[index % len(lines)])

    def write_all(self, code):
        for line in self.desk.lines(code):
            if line.needs_work:
                self.number += 1
                self._save(code, line)

    def _save(self, code, line):
        try:
            drafts.save(
                target=self.desk.target(code),
                segment_id=line.pk,
                text=f"{code} {self._unique()} burada.",
                version=line.version,
                user=self.desk.aylin,
            )
        except drafts.InReview:
            assert self.desk.state(code).work == "review"
        except drafts.Conflict:
            # A sentence that stands twice in a text has one translation, which the first one has just brought.
            assert [each.source for each in self.desk.lines(code)].count(line.source) > 1

    def _unique(self):
        """Return a word that nobody has written yet, without digits, which would have to be the source's."""
        return "".join("klmnoprstu"[int(digit)] for digit in str(self.number))

    def submit(self, code):
        try:
            self.desk.submit(code)
        except (drafts.InReview, TranslationInvalid):
            return

    def approve(self, code):
        lines = self.desk.lines(code)
        try:
            self.desk.approve(
                code, by=self.desk.deniz if code == "tr" else self.desk.hanan, digest=lines.digest
            )
        except (drafts.CannotDecide, drafts.Outdated, TranslationInvalid):
            return
        for name in FIELDS:
            texts = [line.target for line in lines if line.sentence.field == name]
            if all(texts):
                self.approved[code, name] = texts

    def answer(self, code, way):
        target = self.desk.target(code)
        if way == "take back":
            drafts.take_back(target=target, user=self.desk.aylin)
            return
        try:
            drafts.send_back(
                target=target, by=self.desk.deniz if code == "tr" else self.desk.hanan, text="So."
            )
        except drafts.CannotDecide:
            return

    def check(self):
        for (code, name), texts in self.approved.items():
            public = getattr(self.desk.target(code), name)
            assert GERMAN not in public, (code, name)
            if name != "text":
                assert public == texts[0]
            else:
                assert [text for text in texts if text in public] != []
        assert {self.desk.target(code).place_name for code in CODES} == {self.desk.source.place_name}
        assert states.recompute_states() == 0


@pytest.mark.django_db
@settings(
    max_examples=12,
    deadline=None,
    # The same examples in every run, and none made smaller: that takes minutes.
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(days=st.lists(day, min_size=1, max_size=2))
def test_an_approved_text_is_never_lost_nor_replaced_by_the_source(desk, days):
    walk = Walk(desk)
    with contextlib.suppress(Rollback), transaction.atomic():
        for each in (each for steps in days for each in steps):
            walk.do(*each)
        raise Rollback
    assert walk.approved


@pytest.fixture
def desk(db):
    desk = Desk()
    desk.republish(
        title=f"{GERMAN} eins", teaser=f"{GERMAN} zwei.", text=f"<p>{GERMAN} drei.</p><p>{GERMAN} vier.</p>"
    )
    return desk
