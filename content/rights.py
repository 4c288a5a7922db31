"""Puts into the audit log what Wagtail logs of accounts and groups: who may do what is decided there."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from . import audit

#: Wagtail's word for what happened → ours.
CHANGES = {"wagtail.create": "create", "wagtail.edit": "edit", "wagtail.delete": "delete"}


def record_change(*, entry):
    """Record the ``ModelLogEntry`` ``entry`` if it is about an account or a group; others are none of ours."""
    user_model = get_user_model()
    models = {user_model: ("account", user_model.USERNAME_FIELD), Group: ("group", "name")}
    model = entry.content_type.model_class()
    if model not in models or entry.action not in CHANGES:
        return
    noun, name_field = models[model]
    change = CHANGES[entry.action]
    # What is deleted may be gone already.
    subject = model(**{"pk": entry.object_id, name_field: entry.label})
    detail = {}
    if noun == "account" and change != "delete":
        subject = model.objects.get(pk=entry.object_id)
        detail = _rights_of(subject)
    audit.record(action=f"content.{noun}_{change}", actor=entry.user, subject=subject, detail=detail)


def _rights_of(user):
    # A group may be named like an address, which no detail holds.
    groups = [
        name.replace("@", " at ") for name in user.groups.order_by("name").values_list("name", flat=True)
    ]
    return {"groups": groups, "administrator": user.is_superuser, "active": user.is_active}
