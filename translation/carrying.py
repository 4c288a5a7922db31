"""Finds for each changed sentence of a source the older one that it came from, and keeps its translations."""

from django.utils import timezone
from rapidfuzz import fuzz
from wagtail_localize.models import StringTranslation

from .models import CarriedTranslation
from .segments import carried_source, markup_error, translations_of

#: How alike two sentences of a longer text must be (0 to 100) for one to be the other's successor.
SUCCESSOR = 55


def successors(before, after):
    """Match sentences that went with sentences that came.

    ``before`` and ``after`` are lists of ``Sentence``. Returns ``[(old, new)]``, each at most once. In a field that
    is one sentence the new one follows the old one however different it is; paragraphs follow the most
    similar one; blocks that were rebuilt under a new id are found again by their text.
    """
    known = {(sentence.context_id, sentence.string_id) for sentence in after}
    gone = [sentence for sentence in before if (sentence.context_id, sentence.string_id) not in known]
    known = {(sentence.context_id, sentence.string_id) for sentence in before}
    come = [sentence for sentence in after if (sentence.context_id, sentence.string_id) not in known]
    pairs = []
    for same in (lambda sentence: sentence.path, lambda sentence: sentence.field):
        for place in dict.fromkeys(same(sentence) for sentence in come):
            olds = [sentence for sentence in gone if same(sentence) == place]
            news = [sentence for sentence in come if same(sentence) == place]
            alone = (
                len([sentence for sentence in before if same(sentence) == place]) == 1
                and len([sentence for sentence in after if same(sentence) == place]) == 1
            )
            for old, new in _best(olds, news, 0 if alone else SUCCESSOR):
                pairs.append((old, new))
                gone.remove(old)
                come.remove(new)
    return pairs


def _best(olds, news, least):
    scored = sorted(
        (
            (-fuzz.ratio(old.text, new.text), abs(i - j), i, j)
            for i, old in enumerate(olds)
            for j, new in enumerate(news)
        ),
    )
    taken_old, taken_new = set(), set()
    for score, _distance, i, j in scored:
        if -score >= least and i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            yield olds[i], news[j]


def carry_forward(*, before, after, locale_ids, is_minor_edit=False):
    """Give changed sentences of a source the translations of the sentences they came from.

    Translations that exist for the new sentence already are left alone. What was carried is marked by a
    ``CarriedTranslation`` with the older sentence, unless the sentence is the same or the edit was minor.
    Returns the pairs that ``successors`` found.
    """
    pairs = successors(before.sentences, after.sentences)
    if not pairs:
        return pairs
    old_rows = translations_of(before, locale_ids)
    new_rows = translations_of(after, locale_ids)
    rows, older = [], []
    # Two sentences of a text may have become the same; they have one translation.
    taken = set(new_rows)
    now = timezone.now()
    for old, new in pairs:
        for locale_id in locale_ids:
            row = old_rows.get((locale_id, old.string_id, old.context_id))
            place = (locale_id, new.string_id, new.context_id)
            if row is None or not row.data or place in taken:
                continue
            taken.add(place)
            rows.append(
                StringTranslation(
                    translation_of_id=new.string_id,
                    context_id=new.context_id,
                    locale_id=locale_id,
                    data=row.data,
                    translation_type=row.translation_type,
                    tool_name=row.tool_name,
                    last_translated_by_id=row.last_translated_by_id,
                    has_error=markup_error(new, row.data) is not None,
                    updated_at=now,
                )
            )
            made_for = carried_source(row)
            if made_for is None and not is_minor_edit:
                made_for = old.text
            older.append(made_for if made_for != new.text else None)
    # Without signals: a signal is how we learn that a person looked at a sentence.
    made = StringTranslation.objects.bulk_create(rows)
    CarriedTranslation.objects.bulk_create(
        CarriedTranslation(string_translation=row, old_source=text)
        for row, text in zip(made, older, strict=True)
        if text is not None
    )
    return pairs
