"""Lets the labels of Wagtail's choosers follow the language of the person who chooses.

Wagtail 8.0 writes them down once, in the language of the process that loads ``wagtail.admin.viewsets.chooser``.
"""

# Under another name, because these are Wagtail's texts and stand in its catalogues, not in ours.
from django.utils.translation import gettext_lazy as as_read
from wagtail.admin.viewsets.chooser import ChooserViewSet

LABELS = {
    "choose_one_text": as_read("Choose"),
    "choose_another_text": as_read("Choose another"),
    "edit_item_text": as_read("Edit"),
    "search_tab_label": as_read("Search"),
    "create_action_label": as_read("Create"),
}


def follow_the_reader():
    """Replace the labels that are written down; what a chooser names itself stays."""
    for name, label in LABELS.items():
        setattr(ChooserViewSet, name, label)
