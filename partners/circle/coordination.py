"""Circles in the admin: coordinators keep the members and the steps of their region, and ask the circle."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from content.languages import language
from content.signed_links import binding_of
from partners.joining.selectors import managed_regions
from partners.joining.services import RegionEnded

from . import selectors, services
from .forms import AgreementForm, MemberForm, StepForm
from .models import Circle, StepState

MEMBER_FACTS = ("name", "organisation", "sector", "field", "email", "language", "shows_name")
STEP_FACTS = ("title", "text", "day")


def _region(request, region_id):
    found = managed_regions(request.user).filter(pk=region_id).first()
    if found is None:
        raise PermissionDenied
    return found


def _member(request, member_id):
    found = selectors.members_for(request.user).filter(pk=member_id).first()
    if found is None:
        raise PermissionDenied
    return found


def _step(request, step_id):
    found = selectors.steps_for(request.user).filter(pk=step_id).first()
    if found is None:
        raise PermissionDenied
    return found


def _changes(look_up):
    """Make a view of something found by ``look_up(request, id)``; lead back where the region's project is over.

    The view is called with request, the region and what was found (the region itself for ``_region``).
    """

    def decorate(view):
        @require_http_methods(["GET", "POST"])
        @wraps(view)
        def answer(request, **kwargs):
            ((_name, pk),) = kwargs.items()
            found = look_up(request, pk)
            region = found if look_up is _region else found.circle.region
            try:
                if region.has_ended:
                    raise RegionEnded
                return view(request, region, found)
            except RegionEnded:
                messages.warning(
                    request, _("The project of this region is over. Its steering circle can be read only.")
                )
            except services.CannotChange:
                messages.warning(request, _("The step has gone on meanwhile. Nothing was changed."))
            return redirect("partners_circle_region", region.pk)

        return answer

    return decorate


def _ask_first(request, region, **context):
    return TemplateResponse(request, "partners/circle/admin/confirm.html", {"region": region, **context})


def _show_form(request, region, form, **context):
    return TemplateResponse(
        request,
        "partners/circle/admin/form.html",
        {"region": region, "form": form, **context},
        status=422 if form.errors else 200,
    )


# --- The circle -------------------------------------------------------------------------------------------


@require_safe
def regions(request):
    """List the regions with how many are in their circles; lead on where there is one only."""
    found = list(managed_regions(request.user).order_by("title", "pk"))
    if not found:
        raise PermissionDenied
    if len(found) == 1:
        return redirect("partners_circle_region", found[0].pk)
    members = dict(
        Circle.objects.filter(members__is_active=True).values_list("region").annotate(Count("members"))
    )
    return TemplateResponse(
        request,
        "partners/circle/admin/regions.html",
        {"regions": [(region, members.get(region.pk, 0)) for region in found]},
    )


@require_safe
def circle(request, region_id):
    """Show the steps, the members and the way of agreeing of a region's circle."""
    region = _region(request, region_id)
    found = selectors.circle_of(region)
    everybody = list(found.members.all()) if found.pk else []
    members = [one for one in everybody if one.is_active]
    steps = list(selectors.timeline(region))
    return TemplateResponse(
        request,
        "partners/circle/admin/circle.html",
        {
            "region": region,
            "members": members,
            "former": [one for one in everybody if not one.is_active],
            "steps": [
                (step, selectors.answers_in_words(step) if step.state == StepState.PROPOSED else "")
                for step in steps
            ],
            "meaning": selectors.meaning(found, len(members)) if members else [],
            "is_over": region.has_ended,
        },
    )


@_changes(_region)
def agreement(request, region, _found):
    """Ask how the circle agrees, and say in plain words what that means now."""
    kept = selectors.circle_of(region)
    members = selectors.active_members(region).count()
    initial = {"agreements_needed": kept.agreements_needed, "silence_days": kept.silence_days}
    form = AgreementForm(request.POST or None, initial=initial, members=members)
    if request.method == "POST" and form.is_valid():
        services.set_agreement(region=region, by=request.user, **form.cleaned_data)
        kept = selectors.circle_of(region)
        messages.success(request, " ".join(selectors.meaning(kept, max(members, 1))))
        return redirect("partners_circle_region", region.pk)
    return _show_form(
        request,
        region,
        form,
        title=_("How the circle agrees"),
        texts=selectors.meaning(kept, members) if members else [],
        note=_("What you change here is for the next questions. Open ones go on as they were asked."),
        button=_("Save"),
    )


# --- Members ----------------------------------------------------------------------------------------------


@_changes(_region)
def add_member(request, region, _found):
    """Ask who is to be in the circle, and take them in."""
    form = MemberForm(request.POST or None, initial={"language": get_language()}, region=region)
    if request.method == "POST" and form.is_valid():
        try:
            member = services.add_member(region=region, by=request.user, **form.cleaned_data)
        except services.AlreadyMember as error:
            form.add_error("email", _name_them(error.member))
        else:
            messages.success(request, _("%(name)s is in the circle now.") % {"name": member.name})
            return redirect("partners_circle_region", region.pk)
    return _show_form(
        request,
        region,
        form,
        title=_("Add somebody to the circle"),
        texts=[_("The person needs no account. Questions come by mail and are answered by a link.")],
        button=_("Add to the circle"),
    )


def _name_them(member):
    if member.is_active:
        text = _("%(name)s is in the circle with this address already.")
    else:
        text = _("%(name)s was in the circle with this address. Take the person back in the list of members.")
    return text % {"name": member.name}


@_changes(_member)
def member(request, region, found):
    """Show what is known of a member, and keep what is new."""
    initial = {name: getattr(found, name) for name in MEMBER_FACTS}
    form = MemberForm(request.POST or None, initial=initial, region=region)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_member(member=found, **form.cleaned_data)
        except services.AlreadyMember as error:
            form.add_error("email", _name_them(error.member))
        else:
            messages.success(request, _("Saved."))
            return redirect("partners_circle_region", region.pk)
    return _show_form(
        request,
        region,
        form,
        title=found.name,
        texts=[_("With a new address, open questions are sent there once more.")],
        button=_("Save"),
    )


@_changes(_member)
def remove_member(request, region, found):
    """Ask whether somebody is to leave the circle, and let them."""
    if request.method == "POST":
        is_gone = services.remove_member(member=found, by=request.user)
        text = (
            _("%(name)s is no longer in the circle, and deleted.")
            if is_gone
            else _("%(name)s is no longer in the circle. The answers stay with the steps.")
        )
        messages.success(request, text % {"name": found.name})
        return redirect("partners_circle_region", region.pk)
    was_asked = found.answers.exists()
    return _ask_first(
        request,
        region,
        title=_("Remove %(name)s from the circle?") % {"name": found.name},
        text=(
            _("The person gets no more questions and can no longer answer. What was answered stays.")
            if was_asked
            else _("Nothing is kept of the person, because no step was asked about yet.")
        ),
        button=_("Remove"),
        is_harsh=True,
    )


@_changes(_member)
def take_back_member(request, region, found):
    """Ask whether somebody who left is to be in the circle again, and take them in."""
    if request.method == "POST":
        services.take_back_member(member=found, by=request.user)
        messages.success(request, _("%(name)s is in the circle now.") % {"name": found.name})
        return redirect("partners_circle_region", region.pk)
    return _ask_first(
        request,
        region,
        title=_("Take %(name)s back into the circle?") % {"name": found.name},
        text=_("The person is asked about the next steps again."),
        button=_("Take back"),
    )


# --- Steps ------------------------------------------------------------------------------------------------


@_changes(_region)
def add_step(request, region, _found):
    """Ask what is to be done, and plan it."""
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = services.add_step(region=region, **form.cleaned_data)
        messages.success(request, _("The step is planned. Nobody was asked yet."))
        return redirect("partners_circle_step", step.pk)
    return _show_form(
        request,
        region,
        form,
        title=_("Plan a step"),
        texts=[_("Everybody sees planned steps on the page of the circle. You ask its members afterwards.")],
        button=_("Save"),
    )


@require_safe
def step(request, step_id):
    """Show a step: where it stands, who has answered what and why, and what can be done with it."""
    found = _step(request, step_id)
    region = found.circle.region
    return TemplateResponse(
        request,
        "partners/circle/admin/step.html",
        {
            "region": region,
            "step": found,
            "answers": found.answers.select_related("member").order_by("member__organisation", "pk"),
            "answers_in_words": selectors.answers_in_words(found),
            "is_over": region.has_ended,
        },
    )


@_changes(_step)
def edit_step(request, region, found):
    """Change what is planned."""
    if found.state != StepState.PLANNED:
        raise services.CannotChange
    initial = {name: getattr(found, name) for name in STEP_FACTS}
    form = StepForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_step(step=found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("partners_circle_step", found.pk)
    return _show_form(request, region, form, title=_("Change the step"), step=found, button=_("Save"))


@_changes(_step)
def delete_step(request, region, found):
    """Ask whether a planned step is to be deleted, and delete it."""
    if request.method == "POST":
        services.delete_step(step=found)
        messages.success(request, _("The step is deleted."))
        return redirect("partners_circle_region", region.pk)
    if found.state != StepState.PLANNED:
        raise services.CannotChange
    return _ask_first(
        request,
        region,
        step=found,
        title=_("Delete this step?"),
        text=_("It disappears from the page of the circle and cannot be brought back."),
        button=_("Delete"),
        is_harsh=True,
    )


@_changes(_step)
def propose(request, region, found):
    """Show who would get a mail about a step and what an answer means; ask them.

    409 with the newest version when the step or the circle has changed since somebody looked.
    """
    if found.state != StepState.PLANNED:
        raise services.CannotChange
    members = list(selectors.active_members(region))
    kept = found.circle
    # Whoever presses the button has read to whom the question goes, and what it says.
    shown = binding_of(
        services.binding_of_step(found),
        sorted((one.pk, one.email, one.language) for one in members),
        kept.agreements_needed,
        kept.silence_days,
    )
    is_outdated = request.method == "POST" and request.POST.get("shown") != shown
    if request.method == "POST" and not is_outdated:
        try:
            services.propose(step=found, by=request.user)
        except services.CannotPropose as error:
            raise services.CannotChange from error
        messages.success(
            request,
            ngettext(
                "The circle is asked: %(number)s mail is on its way.",
                "The circle is asked: %(number)s mails are on their way.",
                len(members),
            )
            % {"number": len(members)},
        )
        return redirect("partners_circle_step", found.pk)
    context = {
        "region": region,
        "step": found,
        "members": [(one, language(one.language).endonym) for one in members],
        "meaning": selectors.meaning(kept, len(members)) if members else [],
        "until": services.last_day_to_answer(kept),
        "shown": shown,
        "is_outdated": is_outdated,
    }
    return TemplateResponse(
        request, "partners/circle/admin/propose.html", context, status=409 if is_outdated else 200
    )


@_changes(_step)
def withdraw(request, region, found):
    """Ask whether a proposal is to be taken back, and take it back."""
    if request.method == "POST":
        services.withdraw(step=found, by=request.user)
        messages.success(request, _("The question is taken back. You can change the step and ask again."))
        return redirect("partners_circle_step", found.pk)
    if found.state != StepState.PROPOSED:
        raise services.CannotChange
    return _ask_first(
        request,
        region,
        step=found,
        title=_("Take the question back?"),
        text=_("The links in the mails stop working, and the answers that came are deleted."),
        button=_("Take the question back"),
        is_harsh=True,
    )


@_changes(_step)
def finish_step(request, region, found):
    """Ask whether a step is done, and say so on the page of the circle."""
    if request.method == "POST":
        services.finish_step(step=found, by=request.user)
        messages.success(request, _("The step is done. Well done!"))
        return redirect("partners_circle_step", found.pk)
    if found.state not in (StepState.PLANNED, StepState.AGREED):
        raise services.CannotChange
    return _ask_first(
        request,
        region,
        step=found,
        title=_("Is this step done?"),
        text=(
            _("The page of the circle says so then. The circle was not asked about this step.")
            if found.state == StepState.PLANNED
            else _("The page of the circle says so then.")
        ),
        button=_("Yes, it is done"),
    )
