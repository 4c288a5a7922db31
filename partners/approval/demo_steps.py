"""What waits for approval in the demo, and what was sent back."""

from django.contrib.auth import get_user_model

from content import registry
from content.demo import PEOPLE, Demo, DemoStep

from . import services


def steps():
    """Return the ``DemoStep`` objects of reviews."""
    return [DemoStep(PEOPLE + 8, "Reviews", load_reviews)]


def load_reviews(demo: Demo):
    """Let people of the demo send drafts for approval, and coordinators send some of them back; each once."""
    people = get_user_model().objects
    for row in demo.json("reviews") or []:
        owner, kind = demo.page(row["owner"]), registry.kind(row["kind"])
        if kind.page_model.objects.filter(slug=row["slug"]).exists():
            continue
        person = people.get(username=row["by"])
        page = kind.page_model(
            slug=row["slug"], locale=owner.locale, live=False, owner=person, **row["values"]
        )
        owner.add_child(instance=page)
        page.save_revision(user=person)
        state = page.get_workflow().start(page, person)
        answer = row.get("sent_back")
        if answer:
            services.send_back(
                task_state=state.current_task_state.specific,
                by=people.get(username=answer["by"]),
                reason=answer["reason"],
                text=answer["text"],
            )
