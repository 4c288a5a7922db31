"""The page behind a signed link: GET shows, POST acts."""

from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from . import signed_links

#: Reason as the template knows it → the answer's status.
STATUS = {
    signed_links.LinkInvalid: ("invalid", 404),
    signed_links.LinkExpired: ("expired", 410),
    signed_links.LinkUsed: ("used", 410),
}


# There is no cookie that another site could make a browser send along: who has the token in the address may act,
# and nobody else can guess it. Django's check would refuse the honest, because ``no-referrer`` makes browsers send
# ``Origin: null`` with the form.
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class SignedLinkView(View):
    """Give it an address with ``<str:token>`` in it, below the language prefix.

    GET and HEAD never act, because mail scanners open every link. Subclasses set ``purpose`` and
    ``template_name`` (which extends ``content/signed_link.html``) and write ``act``; the others where needed. All
    run in the language of the address, none needs a session. Answers: 200; 404 for an invalid link, 410 for one
    that is used or expired, each on a page that says so; 409 with the page as it is now, when what is shown has
    changed since.
    """

    http_method_names = ["get", "head", "post"]
    purpose = ""
    template_name = ""
    done_template_name = "content/signed_link_done.html"
    refused_template_name = "content/signed_link_refused.html"

    def act(self, link):
        """Do what the link is for and return what ``done_template_name`` shows, as a dict.

        Runs in the transaction that marks the link as used. Raise ``LinkRefused`` of any kind to undo both.
        """
        raise NotImplementedError

    def get_binding(self, link):
        """Return ``binding_of`` what there is to see now; "" where the deed depends on nothing that changes.

        Called again before ``act``, in its transaction: lock the rows there that must not change in between.
        """
        return ""

    def get_context(self, link):
        """Return what ``template_name`` shows, as a dict."""
        return {}

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def get(self, request, token):
        try:
            return self._show(signed_links.read_link(token, purpose=self.purpose))
        except signed_links.LinkRefused as refused:
            return self._refuse(refused)

    def post(self, request, token):
        try:
            link = signed_links.read_link(token, purpose=self.purpose)
            with transaction.atomic():
                current = self.get_binding(link)
                signed_links.use(link, current=current, shown=request.POST.get("shown"))
                context = self.act(link)
        except signed_links.LinkOutdated:
            return self._show(link, status=409)
        except signed_links.LinkRefused as refused:
            return self._refuse(refused)
        return TemplateResponse(request, self.done_template_name, context or {})

    def _show(self, link, *, status=200):
        current = self.get_binding(link)
        context = {
            **self.get_context(link),
            "link": link,
            "shown": current,
            "is_outdated": status == 409 or link.binding != current,
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)

    def _refuse(self, refused):
        reason, status = next(found for error, found in STATUS.items() if isinstance(refused, error))
        context = {"reason": reason, "link": refused.link}
        return TemplateResponse(self.request, self.refused_template_name, context, status=status)


class AskingLinkView(SignedLinkView):
    """A link whose page asks something before it acts: ``form_class`` is bound to what was sent.

    What is missing is asked for with 422 and without using the link, and nothing typed is lost. ``get_context`` adds
    the form as ``form``; in ``act`` it is valid, as ``self.form``.
    """

    form_class = None
    form = None

    def get_context(self, link):
        return {"form": self.form or self.form_class()}

    def post(self, request, token):
        self.form = self.form_class(request.POST)
        if not self.form.is_valid():
            response = super().get(request, token)
            if response.status_code == 200:
                response.status_code = 422
            return response
        return super().post(request, token)
