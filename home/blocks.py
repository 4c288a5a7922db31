"""The small set of blocks that plain pages are made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class TextBlock(blocks.RichTextBlock):
    """Running text."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Headings, paragraphs, lists and links.")
        template = "home/blocks/text.html"
        preview_value = "<h2>Wer macht mit?</h2><p>Alle, die mögen – mit oder ohne Verein.</p>"


class PictureBlock(blocks.StructBlock):
    """A picture with a caption."""

    image = ImageChooserBlock(label=_("picture"))
    alt_text = blocks.CharBlock(
        label=_("description"), help_text=_("Describe the picture for people who cannot see it.")
    )
    caption = blocks.CharBlock(label=_("caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with its description and a caption.")
        template = "home/blocks/picture.html"
        preview_template = "home/blocks/picture_preview.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    quote = blocks.TextBlock(label=_("quote"))
    source = blocks.CharBlock(label=_("who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("A sentence that somebody said, with the name.")
        template = "home/blocks/quote.html"
        preview_value = {
            "quote": "Beim Kochen habe ich Deutsch gelernt.",
            "source": "Teilnehmerin, Sprachcafé",
        }


class CalloutBlock(blocks.StructBlock):
    """Something that must not be overlooked."""

    heading = blocks.CharBlock(label=_("heading"))
    text = blocks.RichTextBlock(label=_("text"), features=["bold", "italic", "ul", "link"])

    class Meta:
        icon = "warning"
        label = _("Call-out")
        description = _("A framed hint.")
        template = "home/blocks/callout.html"
        preview_value = {"heading": "Gut zu wissen", "text": "<p>Alle Angebote sind kostenlos.</p>"}


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("question"))
    answer = blocks.RichTextBlock(label=_("answer"), features=["bold", "italic", "ol", "ul", "link"])

    class Meta:
        icon = "help"
        label = _("Question and answer")
        description = _("A question that opens its answer.")
        template = "home/blocks/question.html"
        preview_value = {"question": "Muss ich Deutsch können?", "answer": "<p>Nein, oft nicht.</p>"}


class StepsBlock(blocks.StructBlock):
    """Steps in order."""

    heading = blocks.CharBlock(label=_("heading"))
    steps = blocks.ListBlock(blocks.TextBlock(label=_("step")), label=_("steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("What to do first, second, third.")
        template = "home/blocks/steps.html"
        preview_value = {"heading": "So geht es", "steps": ["Angebot aussuchen", "Anrufen", "Mitmachen"]}


class LinkBlock(blocks.StructBlock):
    """A button that leads to a page."""

    label = blocks.CharBlock(label=_("words on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    url = blocks.URLBlock(label=_("or an address"), required=False)

    class Meta:
        icon = "link"
        label = _("Button")
        description = _("A button that leads to a page.")
        template = "home/blocks/link.html"
        preview_value = {"label": "Angebote ansehen", "url": "https://example.org/"}


class BodyBlock(blocks.StreamBlock):
    """Everything a plain page can contain."""

    text = TextBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    question = QuestionBlock()
    steps = StepsBlock()
    link = LinkBlock()
