"""A translated page as it would be with every draft in it; nothing is saved."""

from wagtail.fields import RichTextField

from content.sanitise import clean_rich_text
from translation.assembling import assemble
from translation.drafts import selectors
from translation.facts import Facts
from translation.placeholders import Broken, to_html
from translation.segments import overrides_of


def preview_page(*, source_page, target):
    """Return ``target`` in memory, filled with drafts; a sentence whose marks are broken shows its source."""
    lines = selectors.lines_of(source_page, target.locale)
    by_segment = lines.by_segment

    def translation_of(sentence):
        line = by_segment[sentence.segment_id]
        try:
            html = to_html(line.target, sentence.text) if line.target else ""
        except Broken:
            html = ""
        # A preview shows what is there, in the middle of the rest, so that it can be seen at its place.
        return html or sentence.text

    overrides = overrides_of(lines.text, [target.locale_id])
    assemble(
        facts=Facts(source_page),
        target=target,
        text=lines.text,
        translation_of=translation_of,
        was_translated=set(),
        overrides={context: value for (_locale, context), value in overrides.items()},
    )
    for field in target._meta.get_fields():
        if isinstance(field, RichTextField):
            html = getattr(target, field.name)
            setattr(target, field.name, clean_rich_text(html or "", field.features))
    target.alias_of_id = None
    target.untranslated_fields = [
        name
        for name, sentences in lines.text.by_field.items()
        if not any(by_segment[sentence.segment_id].target for sentence in sentences)
    ]
    return target
