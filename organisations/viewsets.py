"""The admin's views of contacts: everybody sees and changes those of the own organisation only."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import UsageCountColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import ReferenceIndex

from .forms import ContactForm
from .models import Contact
from .selectors import contacts_editable_by


class OwnContactMixin:
    """Refuses a contact of an organisation that the user may not change."""

    def dispatch(self, request, *args, **kwargs):
        if not contacts_editable_by(request.user).filter(pk=kwargs.get("pk")).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ContactIndexView(generic.IndexView):
    """Lists the own contacts, each with how often pages name it."""

    usage_url_name = None

    def get_base_queryset(self):
        return contacts_editable_by(self.request.user)

    def get_table(self, object_list):
        contacts = list(object_list)
        counts = ReferenceIndex.get_count_references_to_in_bulk(contacts)
        for contact in contacts:
            contact.usage_count = counts[contact]
            contact.usage_url = reverse(self.usage_url_name, args=[contact.pk])
        return super().get_table(contacts)


class ContactEditView(OwnContactMixin, generic.EditView):
    """Changes an own contact."""


class ContactDeleteView(OwnContactMixin, generic.DeleteView):
    """Deletes an own contact; pages that use it fall back to their organisation's."""


class ContactHistoryView(OwnContactMixin, HistoryView):
    """Shows who changed an own contact."""


class ContactUsageView(OwnContactMixin, UsageView):
    """Shows the pages that use an own contact."""


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
        "phone_for_people",
        UsageCountColumn("usage_count", label=_("where it is used")),
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
        [FieldPanel(name) for name in ContactForm.field_order],
        base_form_class=ContactForm,
    )


contact_viewset = ContactViewSet("contacts")
