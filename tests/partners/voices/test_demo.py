"""The demo's reports and searches are there once, however often the demo is built."""

import json

from django.utils import timezone

from content.demo import Demo
from content.mail.models import Mail
from content.searches.models import EmptySearch
from partners.models import Report
from partners.voices import demo_steps


def test_building_the_demo_twice_keeps_each_report_and_each_search_once(world, tmp_path):
    report = {"reason": "time", "text": "Erst um 10", "language": "de", "address": "", "days_ago": 2}
    search = {"language": "tr", "words": "ehliyet kursu", "count": 4, "days_ago": 5}
    (tmp_path / "reports.json").write_text(json.dumps([{"page": "naehkurs", **report}]))
    (tmp_path / "searches.json").write_text(json.dumps([search]))
    demo = Demo(data=tmp_path, today=timezone.localdate())

    for step in demo_steps.steps() * 2:
        step.run(demo)

    kept, counted = Report.objects.get(), EmptySearch.objects.get()
    assert (kept.page_id, kept.text, kept.state) == (world.offer.pk, "Erst um 10", "open")
    assert (timezone.now() - kept.created_at).days == 2
    assert (counted.words, counted.count, (demo.today - counted.day).days) == ("ehliyet kursu", 4, 5)
    # Nobody is told of what nobody has sent.
    assert Mail.objects.count() == 0
