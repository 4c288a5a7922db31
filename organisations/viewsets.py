"""The admin's views of contacts: everybody sees and changes those of the own organisation only."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet

from content.permissions import changeable_pages

from .forms import ContactForm
from .models import Contact
from .selectors import contacts_editable_by, pages_showing

HOURS_EXAMPLE = _("Write for example: Mo-Th 09:00-12:00; Tu 14:00-17:00")


class OwnContactMixin:
    """Refuses a contact of an organisation that the user may not change."""

    def dispatch(self, request, *args, **kwargs):
        if not contacts_editable_by(request.user).filter(pk=kwargs.get("pk")).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PhoneColumn(Column):
    """A number, read from left to right in every language."""

    cell_template_name = "organisations/admin/phone_cell.html"


class UsageColumn(Column):
    """On how many pages readers find a contact, linked to them."""

    cell_template_name = "organisations/admin/usage_cell.html"


class ContactIndexView(generic.IndexView):
    """Lists the own contacts, each with on how many pages readers find it."""

    usage_url_name = None

    def get_base_queryset(self):
        return contacts_editable_by(self.request.user)

    def get_table(self, object_list):
        contacts = list(object_list)
        pages = pages_showing(contacts, user=self.request.user)
        for contact in contacts:
            contact.usage_count = len(pages[contact.pk])
            contact.usage_url = reverse(self.usage_url_name, args=[contact.pk])
        return super().get_table(contacts)


class SaysWhereItIsUsedMixin:
    """Says on how many pages readers find a contact, in place of what Wagtail counts: references, per language."""

    def get_usage_url(self):
        return None

    def get_context_data(self, **kwargs):
        pages = pages_showing([self.object], user=self.request.user)[self.object.pk]
        used_on = {"used_on": len(pages), "used_on_url": reverse(self.usage_url_name, args=[self.object.pk])}
        return super().get_context_data(**kwargs) | used_on


class ContactEditView(OwnContactMixin, SaysWhereItIsUsedMixin, generic.EditView):
    """Changes an own contact."""

    template_name = "organisations/admin/edit_contact.html"


class ContactDeleteView(OwnContactMixin, SaysWhereItIsUsedMixin, generic.DeleteView):
    """Deletes an own contact; pages that use it fall back to their organisation's."""

    template_name = "organisations/admin/delete_contact.html"


class ContactHistoryView(OwnContactMixin, HistoryView):
    """Shows who changed an own contact."""


class ContactUsageView(OwnContactMixin, UsageView):
    """Shows the pages on which readers find an own contact, each once, not per language."""

    page_title = _("Where it is used")

    def get_queryset(self):
        return pages_showing([self.object], user=self.request.user)[self.object.pk]

    @cached_property
    def columns(self):
        return [
            TitleColumn("title", label=_("Page"), get_url=lambda page: page.edit_url),
            Column("kind", label=_("Kind"), accessor=lambda page: capfirst(page._meta.verbose_name)),
            Column("way", label=_("How"), accessor=self._way),
        ]

    def _way(self, page):
        return _("chosen here") if page.contact_id else _("taken from the organisation")

    def get_table(self, object_list, **kwargs):
        own = set(
            changeable_pages(self.request.user)
            .filter(pk__in=[page.pk for page in object_list])
            .values_list("pk", flat=True)
        )
        for page in object_list:
            page.edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.pk in own else None
        return BaseListingView.get_table(self, object_list, **kwargs)


class ContactViewSet(ModelViewSet):
    """Contacts in the admin."""

    model = Contact
    icon = "user"
    menu_label = _("Contacts")
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        "name",
        "function",
        PhoneColumn("phone_for_people", label=_("phone")),
        UsageColumn("usage_count", label=_("where it is used")),
    ]
    list_filter = []
    search_fields = ["name", "function"]
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = ContactIndexView
    edit_view_class = ContactEditView
    delete_view_class = ContactDeleteView
    history_view_class = ContactHistoryView
    usage_view_class = ContactUsageView
    edit_handler = ObjectList(
        [
            FieldPanel(name, help_text=HOURS_EXAMPLE if name == "hours" else "")
            for name in ContactForm.field_order
        ],
        base_form_class=ContactForm,
    )


contact_viewset = ContactViewSet("contacts")
