"""Phone numbers, addresses, dates, times and numbers are the same in every language."""

import pytest

from .units import found, said

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("Rufen Sie an: 0831 99998-123.", "Call us: 0831 99998-123.", "en"),
        ("Rufen Sie an: 0831 99998-123.", "Call us: +49 831 99998123.", "en"),
        ("Rufen Sie an: +49 (0)831 99998-123.", "Bizi arayın: 0831/99998123.", "tr"),
        ("Rufen Sie an: 0049 831 99998-123.", "Телефонуйте: +49 831 99998 123.", "uk"),
        ("Rufen Sie an: <1>0831 99998-123</1>.", "Call us: <1>0831</1> 99998-123.", "en"),
        (
            "Anruf: 0831 99998-123.",
            "الهاتف: \u200e" + "0831 99998-123".translate(ARABIC_DIGITS) + "\u200e.",
            "ar",
        ),
        ("Schreiben Sie an info@haus.example.org.", "Пишіть на info@haus.example.org.", "uk"),
        ("Schreiben Sie an info@haus.example.org.", "info@haus.example.org’a yazın.", "tr"),
        ("Mehr auf www.example.org/kurse.", "Daha fazlası: https://www.example.org/kurse/.", "tr"),
        ("Mehr auf https://example.org/de/kurse.", "More at https://example.org/en/kurse.", "en"),
        ("Mehr auf example.org.", "Більше на example.org.", "uk"),
    ],
)
def test_the_same_address_or_number_in_another_spelling_is_the_same(source, target, language):
    assert found(source, target, language) == []


@pytest.mark.parametrize(
    ("source", "target", "language", "finding"),
    [
        ("Tel. 0831 99998-123.", "Tel. 0831 99998-132.", "en", ("error", "phone", "0831 99998-132")),
        ("Tel. 0831 99998-123.", "Tel. +90 831 99998123.", "tr", ("error", "phone", "+90 831 99998123")),
        ("Tel. 0831 99998-123.", "Зателефонуйте нам.", "uk", ("error", "phone", None)),
        ("Rufen Sie uns an.", "Call us: 0831 99998-123.", "en", ("error", "phone", "0831 99998-123")),
        (
            "Schreiben Sie an a@example.org.",
            "Write to b@example.org.",
            "en",
            ("error", "email", "b@example.org"),
        ),
        ("Schreiben Sie an a@example.org.", "اكتبوا إلينا.", "ar", ("error", "email", None)),
        (
            "Mehr: example.org/kurse",
            "More: example.org/courses",
            "en",
            ("error", "url", "example.org/courses"),
        ),
        ("Mehr: https://example.org", "Daha fazlası", "tr", ("error", "url", None)),
    ],
)
def test_another_address_or_number_is_an_error_that_points_at_it(source, target, language, finding):
    assert found(source, target, language) == [finding]


def test_a_wrong_phone_number_is_told_with_the_right_one():
    assert said("Tel. 0831 99998-123.", "Tel. 0831 99998-132.") == [
        "The phone number “0831 99998-132” is not the one of the original. Write “0831 99998-123”."
    ]


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("Am 12. Dezember 2015 um 14 Uhr.", "On 12 December 2015 at 2 p.m.", "en"),
        ("Am 12.12.2015 um 14:00 Uhr.", "On December 12, 2015, at 14:00.", "en"),
        ("Am 12.12.2015 um 14.30 Uhr.", "12 Aralık 2015’te saat 14.30’da.", "tr"),
        ("Am 12. Dezember, 14 Uhr", "12 грудня, 14:00", "uk"),
        ("Am 12. Dezember, 14 Uhr", "12 грудня о 2 годині дня", "uk"),
        ("Am 12. Juni um 17 Uhr.", "في 12 حزيران الساعة 5 مساءً.", "ar"),
        ("Am 12. Juni um 17 Uhr.", "في ١٢ يونيو الساعة ١٧.", "ar"),
        ("Am 12. und 13. Dezember.", "12 Aralık ve 13 Aralık.", "tr"),
        ("Am 12. Juni 2026", "On 12/06/2026", "en"),
        ("Vom 12. bis 14. Dezember", "December 12 to 14", "en"),
        ("Vom 3. bis 5. Mai", "From 3 to 5 May", "en"),
        ("Um 12 Uhr wird gegessen.", "We eat at noon.", "en"),
        ("14 bis 16 Uhr", "2 to 4 p.m.", "en"),
        ("Bis 12. Dezember 2026.", "Bis 12. Dezember 2026.", "de-simple"),
        ("Um 19 Uhr 30 geht es los.", "Başlangıç 19.30.", "tr"),
    ],
)
def test_days_and_times_are_the_same_however_the_language_writes_them(source, target, language):
    assert [finding for finding in found(source, target, language) if finding[0] == "error"] == []


@pytest.mark.parametrize(
    ("source", "target", "language", "finding"),
    [
        ("Am 12. Dezember.", "On 12 November.", "en", ("error", "date", "12 November")),
        ("Am 12. Dezember.", "13 Aralık’ta.", "tr", ("error", "date", "13 Aralık")),
        ("Am 12.12.2015.", "12 грудня 2016 року.", "uk", ("error", "date", "12 грудня 2016")),
        ("Am 12.12.2015.", "On 5/6/2015.", "en", ("error", "date", "5/6/2015")),
        ("Am 12. Dezember.", "In winter.", "en", ("error", "date", None)),
        ("Irgendwann.", "On 12 June.", "en", ("error", "date", "12 June")),
        ("Um 14 Uhr.", "At 2 a.m.", "en", ("error", "numbers", "2")),
        ("Um 14 Uhr.", "Saat 15.", "tr", ("error", "numbers", "15")),
        ("Um 14:30 Uhr.", "О 14:00.", "uk", ("error", "numbers", "14:00")),
    ],
)
def test_another_day_or_time_is_an_error(source, target, language, finding):
    assert found(source, target, language) == [finding]


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("1.500 Euro", "1,500 euros", "en"),
        ("1.500 Euro", "1 500 євро", "uk"),
        ("1.500 Euro", "1\u00a0500 євро", "uk"),
        ("1.500 Euro", "1.500 avro", "tr"),
        ("1.500 Euro", "١٬٥٠٠ يورو", "ar"),
        ("1.500 Euro", "1500 euros", "en"),
        ("2,5 Stunden", "2.5 hours", "en"),
        ("2,5 Stunden", "٢٫٥ ساعة", "ar"),
        ("100.000,50 Euro", "100,000.50 euros", "en"),
        ("50 % Rabatt", "%50 indirim", "tr"),
        ("640 Mitglieder", "640 members".translate(PERSIAN_DIGITS), "ar"),
        ("Sprachniveau B1", "Мовний рівень B1", "uk"),
        ("87439 Kempten", "87439 Kempten", "en"),
    ],
)
def test_numbers_are_read_as_each_language_writes_them(source, target, language):
    assert [finding for finding in found(source, target, language) if finding[0] == "error"] == []


def test_digits_of_another_script_are_digits():
    assert found("640 Mitglieder", "لدينا ٦٤٠ عضوًا", "ar") == []
    assert found("640 Mitglieder", "لدينا ۶۴۰ عضوًا", "ar") == []
    assert found("640 Mitglieder", "لدينا ٦٥٠ عضوًا", "ar") == [("error", "numbers", "٦٥٠")]


def test_a_number_copied_into_a_language_that_reads_it_otherwise_is_told():
    assert found("1.500 Euro", "1.500 euros") == [("error", "numbers", "1.500")]
    assert said("1.500 Euro", "1.500 euros") == [
        "In this language “1.500” is another number than in the original. Write “1,500”."
    ]


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("Nach zwanzig Minuten wechseln Sie.", "Nach 20 Minuten wechseln Sie.", "de-simple"),
        ("Nach fünfundzwanzig Minuten.", "After 25 minutes.", "en"),
        ("16 Gemeinden", "Sixteen municipalities", "en"),
        ("16 Gemeinden", "On altı belediye", "tr"),
        ("25 Gemeinden", "Yirmi beş belediye", "tr"),
        ("60 Länder", "Шістдесяти країн", "uk"),
        ("14 Länder", "Чотирнадцять країн", "uk"),
        ("50 Menschen", "نحو خمسين شخصًا", "ar"),
        ("15 Vereine", "خمسة عشر ناديًا", "ar"),
        ("2 Kurse", "Two courses", "en"),
        ("In 8 Sprachen", "Вісьмома мовами", "uk"),
        ("Alle 14 Tage", "Every other week", "en"),
        ("Zehn Tische, zehn Tische", "10 tables, 10 tables", "en"),
    ],
)
def test_a_number_in_words_is_no_finding(source, target, language):
    assert found(source, target, language) == []


@pytest.mark.parametrize(
    ("source", "target", "language", "finding"),
    [
        ("2 Stunden", "ساعتان", "ar", ("warning", "numbers", None)),
        ("Mehrere Gruppen", "7 groups", "en", ("warning", "numbers", "7")),
        ("Raum 2", "Room 3", "en", ("error", "numbers", "3")),
        ("60 Leute", "People", "en", ("error", "numbers", None)),
        ("Viele Leute", "60 people", "en", ("error", "numbers", "60")),
        ("Um halb drei", "At 14:30", "en", ("warning", "numbers", "14:30")),
        ("60 Leute", "Viele Leute", "de-simple", ("warning", "numbers", None)),
        ("60 Leute", "70 Leute", "de-simple", ("error", "numbers", "70")),
    ],
)
def test_small_numbers_may_be_said_otherwise_and_large_ones_not(source, target, language, finding):
    assert found(source, target, language) == [finding]


def test_a_number_may_stand_there_more_or_less_often():
    assert found("10 Tische und 10 Gruppen", "10 tables and groups") == []
    assert found("Die 16 Gemeinden", "All 16 of the 16 municipalities") == []


def test_what_nobody_sees_changes_no_number():
    assert found("Tel. 0831 99998-123", "Tel. 0831\u00ad 99998-\u200b123") == []
    assert found("640 Mitglieder", "6\u00ad40 members") == []


def test_the_month_is_named_where_no_day_is():
    assert found("Das Projekt läuft bis April.", "The project runs until May.") == [
        ("warning", "month", None)
    ]
    assert found("Das Projekt läuft bis April.", "Проєкт триває до квітня.", "uk") == []
    assert found("Das Projekt läuft bis April.", "Proje nisana kadar sürüyor.", "tr") == []
    assert found("Das Projekt läuft bis Juni.", "يستمر المشروع حتى حزيران.", "ar") == []
