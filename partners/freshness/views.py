"""The pages behind the links in mails, and the list in the admin."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from content import signed_links
from content.permissions import changeable_pages
from content.signed_link_views import SignedLinkView
from partners.links.selectors import broken_links_for
from partners.models import Team, TeamKind

from . import letters, selectors, services
from .forms import Answer, AnswerForm
from .models import Withdrawal

THANKS = "partners/freshness/thanks.html"


def _id_in(link):
    return link.subject.rpartition(":")[2]


class AnswerView(SignedLinkView):
    """Asks whether an entry is still right: three buttons, no login."""

    purpose = letters.ANSWER
    template_name = "partners/freshness/answer.html"
    done_template_name = THANKS
    form = None

    def page_of(self, link, *, lock=False):
        """Return the entry. Raises ``LinkUsed`` when readers do not see it any more, ``LinkInvalid`` without it."""
        page = selectors.source_page(_id_in(link), lock=lock)
        if page is None:
            raise signed_links.LinkInvalid(link)
        if not page.live:
            raise signed_links.LinkUsed(link)
        return page

    def get_binding(self, link):
        return selectors.binding_of(self.page_of(link, lock=self.request.method == "POST"))

    def get_context(self, link):
        page = self.page_of(link)
        wanted = self.request.POST.get("answer") or self.request.GET.get("answer")
        return {
            "page_asked": page,
            "organisation": selectors.organisation_of(page),
            "due": selectors.due_page(page),
            "form": self.form or AnswerForm(),
            "order": sorted(Answer.values, key=lambda answer: answer != wanted),
            "edit_url": _edit_url(link, page),
        }

    def post(self, request, token):
        """Ask again before the link is used where an answer or its words are missing; nothing typed is lost."""
        self.form = AnswerForm(request.POST)
        if not self.form.is_valid():
            response = super().get(request, token)
            if response.status_code == 200:
                response.status_code = 422
            return response
        return super().post(request, token)

    def act(self, link):
        page, answer = self.page_of(link), self.form.cleaned_data["answer"]
        if answer == Answer.RIGHT:
            services.confirm(page=page, way=services.Way.LINK)
        elif answer == Answer.CHANGE:
            services.report_change(page=page, text=self.form.cleaned_data["text"], link=link)
        elif page.owns_content:
            services.report_gone(page=page)
        else:
            services.withdraw(page=page)
        return {
            "answer": answer,
            "page_asked": page,
            "days": letters.UNDO_DAYS,
            "is_owner": page.owns_content,
        }


def _edit_url(link, page):
    """Return where the person may change the page themselves, "" for people without an account that may."""
    user = get_user_model().objects.filter(email__iexact=link.person, is_active=True).first()
    if user is None or not changeable_pages(user).filter(pk=page.pk).exists():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class AnswerAllView(SignedLinkView):
    """Asks whether a whole list is still right: one button."""

    purpose = letters.ANSWER_ALL
    template_name = "partners/freshness/all.html"
    done_template_name = THANKS

    def pages_of(self, link):
        """Return the entries of the organisation that wait for an answer. Raises ``LinkUsed`` when none does."""
        organisation = selectors.source_page(_id_in(link), lock=self.request.method == "POST")
        if organisation is None:
            raise signed_links.LinkInvalid(link)
        pages = [due.page for due in selectors.due_of(organisation)]
        if not pages:
            raise signed_links.LinkUsed(link)
        return organisation, pages

    def get_binding(self, link):
        return letters.binding_of_all(self.pages_of(link)[1])

    def get_context(self, link):
        organisation, pages = self.pages_of(link)
        return {"organisation": organisation, "pages": pages}

    def act(self, link):
        organisation, pages = self.pages_of(link)
        for page in pages:
            services.confirm(page=page, way=services.Way.LINK)
        return {"answer": Answer.RIGHT, "page_asked": organisation}


class UndoView(SignedLinkView):
    """Brings back what was taken down as no longer existing."""

    purpose = letters.UNDO
    template_name = "partners/freshness/undo.html"
    done_template_name = "partners/freshness/undone.html"

    def withdrawal_of(self, link):
        """Return the ``Withdrawal``. Raises ``LinkUsed`` when somebody was quicker, ``LinkInvalid`` without a page."""
        found = Withdrawal.objects.filter(pk=_id_in(link)).select_related("page").first()
        if found is None:
            raise signed_links.LinkInvalid(link)
        if found.undone_at is not None or found.page.live:
            raise signed_links.LinkUsed(link)
        return found

    def get_context(self, link):
        return {"page_asked": self.withdrawal_of(link).page}

    def act(self, link):
        withdrawal = self.withdrawal_of(link)
        services.restore(withdrawal=withdrawal)
        return {"page_asked": withdrawal.page.specific}


# --- In the admin -----------------------------------------------------------------------------------------


def keeps_others(user):
    """Return whether ``user`` looks after entries of others, and hears on the phone that they are right."""
    kinds = (TeamKind.COORDINATOR, TeamKind.NETWORK)
    return user.is_superuser or Team.objects.filter(group__user=user, kind__in=kinds).exists()


@require_safe
def due_list(request):
    """List what is to be confirmed among the pages that the user may change, the longest waiting first."""
    return TemplateResponse(
        request,
        "partners/freshness/due.html",
        {
            "entries": selectors.due_for(request.user),
            "broken_links": broken_links_for(request.user),
            "by_phone": keeps_others(request.user),
        },
    )


@require_POST
def confirm(request, page_id):
    """Write down that an entry is right: the organisation said so on the phone, or its people say so here."""
    page = changeable_pages(request.user).filter(pk=page_id, live=True).first()
    page = page and page.specific
    if page is None or page.kind is None:
        raise PermissionDenied
    way = services.Way.PHONE if keeps_others(request.user) else services.Way.ACCOUNT
    services.confirm(page=page, way=way, actor=request.user)
    messages.success(request, _("“%(title)s” is confirmed for today.") % {"title": page.title})
    return redirect(get_valid_next_url_from_request(request) or "partners_freshness")


def may_see(user):
    """Return whether the list is of any use to ``user``."""
    return user.is_active and changeable_pages(user).exists()
