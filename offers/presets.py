"""Usual ways to begin an offer. What they say is in the source language."""

from django.utils.translation import gettext_lazy as _

from content.registry import Preset
from content.vocabularies import SpokenLanguage, TargetGroup

from .vocabularies import Commitment, Costs, Direction, OfferKind, Purpose

OFFER_PRESETS = (
    Preset(
        slug="volunteers-wanted",
        label=_("Volunteers wanted"),
        description=_("A few hours a week, without experience: people help you with something."),
        icon="hands",
        values={
            "title": "Wir suchen Freiwillige: [Wofür?]",
            "teaser": "Machen Sie mit, Vorkenntnisse brauchen Sie nicht. [Was bewirkt man damit?]",
            "offer_kind": OfferKind.NETWORKING.value,
            "purpose": Purpose.JOIN_IN.value,
            "direction": Direction.OPENING.value,
            "text": "<p>Wir suchen Menschen, die [was tun?]</p>"
            "<p>Das brauchen Sie: Zeit, Freude und [was noch?] Erfahrung ist nicht nötig, wir zeigen Ihnen alles.</p>"
            "<p>[Was bekommt man zurück: Menschen, Sprache, eine Bescheinigung, ein Essen?]</p>"
            "<p>[Wer ist für die Freiwilligen da?]</p>",
            "first_step": "Melden Sie sich und schauen Sie erst einmal zu. [Wann passt das?]",
            "commitment": Commitment.WEEKLY.value,
            "commitment_note": "[Wie viele Stunden ungefähr?]",
            "target_groups": [TargetGroup.EVERYBODY.value],
            "languages_spoken": [SpokenLanguage.DE.value],
            "costs": Costs.FREE.value,
            "no_experience_needed": True,
            "no_membership_needed": True,
        },
    ),
    Preset(
        slug="founding-an-association",
        label=_("Founding an association"),
        description=_("Help for groups that want to become an association: statutes, court, tax office."),
        icon="steps",
        values={
            "title": "Einen Verein gründen: Wir helfen Ihnen",
            "teaser": "Von der Idee zur Satzung: Wir gehen die Schritte mit Ihnen. [Wer kann kommen?]",
            "offer_kind": OfferKind.QUALIFICATION.value,
            "purpose": Purpose.GET_SUPPORT.value,
            "direction": Direction.SUPPORT.value,
            "text": "<p>Sie treffen sich schon lange und möchten ein Verein werden? Wir erklären, was dafür nötig ist, "
            "und helfen Ihnen dabei:</p>"
            "<ul><li>Satzung schreiben und sieben Menschen für die Gründung finden</li>"
            "<li>Vorstand wählen und beim Registergericht anmelden</li>"
            "<li>beim Finanzamt gemeinnützig werden</li>"
            "<li>[Wobei helfen Sie noch?]</li></ul>"
            "<p>[Wer berät, und wie oft kann man kommen?]</p>"
            "<p>[In welchen Sprachen geht es außer auf Deutsch?]</p>",
            "first_step": "Schreiben Sie uns in zwei Sätzen, was Ihre Gruppe vorhat.",
            "what_to_bring": "Ihre Idee und, wenn es ihn schon gibt, den Entwurf der Satzung",
            "commitment": Commitment.FLEXIBLE.value,
            "target_groups": [TargetGroup.ASSOCIATIONS.value],
            "languages_spoken": [SpokenLanguage.DE.value],
            "costs": Costs.FREE.value,
        },
    ),
)
