"""People and rights, without Wagtail's administration of users: who is in a team, inviting and removing."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from content import signed_links
from content.signed_link_views import SignedLinkView

from . import membership, selectors
from .forms import FirstPasswordForm, InviteForm
from .models import Team, TeamKind

TEAMS_PER_PAGE = 50


@require_safe
def people(request):
    """List the teams that the user sees, by name; ``?q=`` narrows them."""
    teams = selectors.with_counts(selectors.visible_teams(request.user))
    query = request.GET.get("q", "").strip()[:100]
    if query:
        teams = teams.filter(title__icontains=query)
    paginator = Paginator(teams.order_by("title", "pk"), TEAMS_PER_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    if paginator.count == 0 and not query:
        raise PermissionDenied
    if paginator.count == 1 and not query:
        return redirect("partners_team", page.object_list[0].pk)
    return TemplateResponse(
        request, "partners/admin/people.html", {"page": page, "query": query, "kinds": TeamKind}
    )


@require_safe
def team(request, team_id):
    """Show who is in a team, and what the user can do about it; or whom to ask."""
    found = _team(request, team_id)
    is_manager = _manages(request.user, found)
    return TemplateResponse(
        request,
        "partners/admin/team.html",
        {
            "team": found,
            "members": selectors.members(found),
            "is_manager": is_manager,
            "is_organisation": found.kind == TeamKind.PARTNER,
            "whom_to_ask": [] if is_manager else selectors.whom_to_ask(found),
        },
    )


@require_http_methods(["GET", "POST"])
def invite(request, team_id):
    """Ask for name, address and language, and send the invitation."""
    found = _managed_team(request, team_id)
    form = InviteForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        membership.invite(team=found, by=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("%(email)s is in the team “%(team)s” and gets a mail.")
            % {"email": form.cleaned_data["email"], "team": found.title},
        )
        return redirect("partners_team", found.pk)
    return TemplateResponse(request, "partners/admin/invite.html", {"team": found, "form": form})


@require_POST
def send_again(request, team_id, user_id):
    """Send an invitation once more."""
    found = _managed_team(request, team_id)
    user = _member(found, user_id)
    if membership.send_again(team=found, user=user, by=request.user):
        messages.success(
            request,
            _("The invitation is on its way again. The link in the earlier mail no longer works."),
        )
    else:
        messages.warning(request, _("This person has set a password already. No mail was sent."))
    return redirect("partners_team", found.pk)


@require_http_methods(["GET", "POST"])
def remove(request, team_id, user_id):
    """Ask whether to take somebody out of the team, and do it."""
    found = _managed_team(request, team_id)
    user = _member(found, user_id)
    if user.pk == request.user.pk:
        messages.error(request, _("You cannot remove yourself. Please ask somebody else of your team."))
        return redirect("partners_team", found.pk)
    name = user.get_full_name() or user.email
    if request.method == "POST":
        switched_off = membership.remove(team=found, user=user, by=request.user)
        text = (
            _("%(name)s is no longer in the team, and can no longer log in.")
            if switched_off
            else _("%(name)s is no longer in the team.")
        )
        messages.success(request, text % {"name": name})
        return redirect("partners_team", found.pk)
    return TemplateResponse(request, "partners/admin/remove.html", {"team": found, "name": name})


@require_POST
def trust(request, team_id):
    """Let an organisation publish at once, or only after a coordinator's look."""
    found = _managed_team(request, team_id)
    if found.kind != TeamKind.PARTNER:
        raise Http404
    publishes_at_once = request.POST.get("publishes_at_once") == "yes"
    membership.trust(team=found, publishes_at_once=publishes_at_once, by=request.user)
    messages.success(
        request,
        _("“%(team)s” publishes at once from now on.") % {"team": found.title}
        if publishes_at_once
        else _("You look at what “%(team)s” writes before readers see it.") % {"team": found.title},
    )
    return redirect("partners_team", found.pk)


def _team(request, team_id):
    found = selectors.visible_teams(request.user).select_related("within", "group").filter(pk=team_id).first()
    if found is None:
        raise PermissionDenied
    return found


def _manages(user, found):
    return selectors.managed_teams(user).filter(pk=found.pk).exists()


def _managed_team(request, team_id):
    found = selectors.managed_teams(request.user).select_related("group").filter(pk=team_id).first()
    if found is None:
        raise PermissionDenied
    return found


def _member(found: Team, user_id):
    user = get_user_model().objects.filter(pk=user_id, groups=found.group_id).first()
    if user is None:
        raise PermissionDenied
    return user


class InvitationView(SignedLinkView):
    """Lets somebody who was invited set a password."""

    purpose = membership.PURPOSE
    template_name = "partners/invitation.html"
    done_template_name = "partners/invitation_done.html"
    form = None

    def get_context(self, link):
        user = membership.invited_by(link)
        return {"form": self.form or FirstPasswordForm(user=user), "invited": user}

    def post(self, request, token):
        """Refuse a password that is too weak before the link is used."""
        try:
            link = signed_links.read_link(token, purpose=self.purpose)
            self.form = FirstPasswordForm(request.POST, user=membership.invited_by(link))
        except signed_links.LinkRefused:
            # Showing it says why it does nothing.
            return super().get(request, token)
        if not self.form.is_valid():
            response = super().get(request, token)
            response.status_code = 422
            return response
        return super().post(request, token)

    def act(self, link):
        user = membership.accept(link=link, password=self.form.cleaned_data["password"])
        return {"username": user.get_username()}
