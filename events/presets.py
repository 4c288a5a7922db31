"""Usual ways to begin an event. What they say is in the source language; days and places are for people to give."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from content.registry import Preset
from content.vocabularies import SpokenLanguage, TargetGroup

from .vocabularies import Catering, EventCosts, EventType, ReplyChannel, ReplyMode

WEEKLY = "FREQ=WEEKLY"
FOR_EVERYBODY = {
    "target_groups": [TargetGroup.EVERYBODY.value],
    "languages_spoken": [SpokenLanguage.DE.value],
}

EVENT_PRESETS = (
    Preset(
        slug="language-cafe",
        label=_("Language café"),
        description=_("Speaking German together over coffee and tea, every week, without registering."),
        icon="speech",
        values=FOR_EVERYBODY
        | {
            "title": "Sprachcafé",
            "teaser": "Deutsch sprechen bei Kaffee und Tee. [Was ist bei Ihnen besonders schön?]",
            "event_type": EventType.MEETING.value,
            "text": "<p>Beim Sprachcafé reden wir miteinander auf Deutsch: langsam, freundlich und ohne Noten. "
            "Fehler sind erlaubt.</p>"
            "<p>[Wer sitzt mit am Tisch und hilft beim Sprechen?]</p>"
            "<p>[Was machen Sie außer Reden: spielen, Zeitung lesen, kochen?]</p>"
            "<p>Sie können jederzeit anfangen und müssen nicht jede Woche kommen. [Können Kinder mitkommen?]</p>",
            "start_time": time(15),
            "end_time": time(17),
            "rrule": WEEKLY,
            "costs": EventCosts.FREE.value,
            "catering": Catering.DRINKS.value,
            "reply_mode": ReplyMode.NONE.value,
        },
    ),
    Preset(
        slug="consultation-hour",
        label=_("Consultation hour"),
        description=_("Advice at a fixed time each week, free of charge, best with an appointment."),
        icon="message",
        values=FOR_EVERYBODY
        | {
            "title": "Sprechstunde: [Zu welchem Thema?]",
            "teaser": "Wir hören zu und helfen weiter, kostenlos und vertraulich. [Bei welchen Fragen?]",
            "event_type": EventType.CONSULTATION.value,
            "text": "<p>Sie haben Fragen oder kommen allein nicht weiter? In der Sprechstunde nehmen wir uns Zeit für "
            "Sie. Was Sie erzählen, bleibt unter uns.</p>"
            "<p>Wir beraten Sie zu:</p>"
            "<ul><li>[Welches Thema ist das wichtigste?]</li><li>[Welche Themen noch?]</li></ul>"
            "<p>[Was sollen die Leute mitbringen, zum Beispiel Briefe oder den Ausweis?]</p>"
            "<p>[Kann jemand mitkommen und übersetzen?]</p>",
            "start_time": time(10),
            "end_time": time(12),
            "rrule": WEEKLY,
            "costs": EventCosts.FREE.value,
            "reply_mode": ReplyMode.PLEASE.value,
            "reply_channels": [ReplyChannel.EMAIL.value, ReplyChannel.PHONE.value],
        },
    ),
    Preset(
        slug="world-cafe",
        label=_("World Café"),
        description=_("One evening, many small tables: people exchange ideas and change places."),
        icon="idea",
        values=FOR_EVERYBODY
        | {
            "title": "World Café: [Zu welcher Frage?]",
            "teaser": "Kleine Tische, große Fragen: Reden Sie mit. [Worum geht es?]",
            "event_type": EventType.WORLD_CAFE.value,
            "text": "<p>Beim World Café sitzen wir an kleinen Tischen und sprechen über [welche Frage?]</p>"
            "<p>Nach einer Weile wechseln alle den Tisch. So lernen sich viele Menschen kennen, und viele Ideen kommen "
            "zusammen. Sie müssen nichts vorbereiten.</p>"
            "<p>[Wer lädt ein, und warum gerade jetzt?]</p>"
            "<p>[Was geschieht danach mit den Ideen?]</p>",
            "start_time": time(18),
            "end_time": time(20, 30),
            "costs": EventCosts.FREE.value,
            "catering": Catering.FOOD.value,
            "reply_mode": ReplyMode.PLEASE.value,
            "reply_channels": [ReplyChannel.EMAIL.value, ReplyChannel.PHONE.value],
        },
    ),
    Preset(
        slug="festival",
        label=_("Festival"),
        description=_("A day of music, food and meeting, for everybody, without registering."),
        icon="star",
        values=FOR_EVERYBODY
        | {
            "title": "Fest: [Wie heißt es?]",
            "teaser": "Musik, Essen und nette Menschen: Feiern Sie mit. [Was gibt es nur bei Ihnen?]",
            "event_type": EventType.FESTIVAL.value,
            "text": "<p>Wir feiern zusammen, und alle sind eingeladen. [Was ist der Anlass?]</p>"
            "<ul><li>Musik und Tanz: [Wer tritt auf?]</li>"
            "<li>Essen: [Was gibt es, und wer kocht?]</li>"
            "<li>Für Kinder: [Was können sie machen?]</li></ul>"
            "<p>Helfende Hände sind willkommen. [Wobei, und bei wem meldet man sich?]</p>",
            "start_time": time(14),
            "end_time": time(20),
            "costs": EventCosts.FREE.value,
            "catering": Catering.FOOD.value,
            "weather_note": "[Was geschieht, wenn es regnet?]",
            "reply_mode": ReplyMode.NONE.value,
        },
    ),
    Preset(
        slug="course",
        label=_("Course"),
        description=_("Learning something, every week, in a group of limited size and with registration."),
        icon="level",
        values=FOR_EVERYBODY
        | {
            "title": "Kurs: [Was lernt man?]",
            "teaser": "Schritt für Schritt lernen, in einer kleinen Gruppe. [Was kann man am Ende?]",
            "event_type": EventType.COURSE.value,
            "text": "<p>In diesem Kurs lernen Sie [was genau?]</p>"
            "<p>Den Kurs leitet [wer?]</p>"
            "<p>[Was muss man schon können, oder braucht man nichts?]</p>"
            "<p>[Was sollen die Leute mitbringen?]</p>"
            "<p>[Gibt es am Ende eine Bescheinigung?]</p>",
            "start_time": time(18),
            "end_time": time(19, 30),
            "rrule": WEEKLY,
            "costs": EventCosts.PAID.value,
            "costs_amount": "[Wie viel kostet der ganze Kurs?]",
            "capacity": 12,
            "waiting_list": True,
            "reply_mode": ReplyMode.REQUIRED.value,
            "reply_channels": [ReplyChannel.EMAIL.value, ReplyChannel.PHONE.value],
        },
    ),
)
