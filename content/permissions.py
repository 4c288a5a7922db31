"""Who may do what with a page: the rights of the tree, and what language, region and workflow take away from them.

Roles have no names here. What somebody may do follows from the page permissions of their groups and from *where* these
begin: an organisation's people have theirs from its page on, a region's coordinators from the region's page on, the
network office from the source start page on, translators from the start page of their language on.
"""

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, Value
from django.utils import timezone
from wagtail.models import Locale, Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from .scopes import ScopeMixin

_CACHE = "_content_ground"


@dataclass(frozen=True)
class Ground:
    """What holds for all pages at once: the source language, and the regions whose project is over.

    ``ended``: the tree paths of those regions' pages, in every language. ``source_locale_id``: None without a locale
    of the source language.
    """

    ended: tuple
    source_locale_id: int | None

    def ended_path(self, page):
        """Return the path of the ended region that ``page`` lies in, or None."""
        return next((path for path in self.ended if page.path.startswith(path)), None)


def ground_for(user):
    """Return the ``Ground``; kept on ``user``, as Wagtail keeps page permissions, for the length of a request."""
    ground = getattr(user, _CACHE, None)
    if ground is None:
        ground = _ground()
        setattr(user, _CACHE, ground)
    return ground


def _ground():
    """Ask for both parts of a ``Ground`` at once: one query."""
    found = Locale.objects.filter(language_code=settings.LANGUAGE_CODE).order_by()
    rows = found.values_list(Value(""), "pk").union(*_ended_regions(), all=True)
    locale_ids = [locale_id for path, locale_id in rows if not path]
    ended = tuple(sorted(path for path, _locale_id in rows if path))
    return Ground(ended=ended, source_locale_id=locale_ids[0] if locale_ids else None)


def _ended_regions():
    """Return querysets of the regions whose last day is over, as ``ScopeMixin.has_ended`` says of one."""
    for model in apps.get_models():
        if issubclass(model, ScopeMixin):
            ended = model.objects.filter(runs_until__lt=timezone.localdate())
            yield ended.order_by().values_list("path", "locale_id")


def changeable_pages(user):
    """Return the source pages that ``user`` may change, as a ``Page`` queryset: what ``can_edit`` says, in SQL.

    Leaves out those that somebody may change only because a workflow asks for it.
    """
    pages = Page.objects.filter(depth__gt=1, locale__language_code=settings.LANGUAGE_CODE)
    if not user.is_active:
        return pages.none()
    if user.is_superuser:
        return pages
    ground = ground_for(user)
    reached = Q(pk__in=())
    for permission in PagePermissionPolicy().get_cached_permissions_for_user(user):
        if permission.permission.codename != "change_page":
            continue
        root = permission.page.path
        within = Q(path__startswith=root)
        for ended in ground.ended:
            if len(root) >= len(ended):
                within &= ~Q(path__startswith=ended)
        reached |= within
    return pages.filter(reached)


def kept_paths(user):
    """Return the tree paths that ``user`` keeps: of whole regions or of the source's start page; ("",) for all.

    Empty for who works on single organisations or in other languages only. Asks for nothing but the user's rights,
    which Wagtail remembers, and the ``Ground``.
    """
    if not user.is_active:
        return ()
    if user.is_superuser:
        return ("",)
    scopes = [model for model in apps.get_models() if issubclass(model, ScopeMixin)]
    types = {found.pk for found in ContentType.objects.get_for_models(*scopes).values()}
    source = ground_for(user).source_locale_id
    pages = [
        right.page
        for right in PagePermissionPolicy().get_cached_permissions_for_user(user)
        if right.permission.codename == "change_page"
    ]
    return tuple(
        sorted(
            {
                page.path
                for page in pages
                if page.locale_id == source and (page.depth <= 2 or page.content_type_id in types)
            }
        )
    )


class ContentPagePermissionTester(PagePermissionTester):
    """Answers for rights in the tree, language, region and workflow together.

    - *Tree*: what a right begins at was given together with the right, so it cannot be deleted, moved, copied,
      unpublished or closed with it: an organisation's people edit its page, and do not remove it.
    - *Language*: pages in other languages follow their sources. Who has rights there changes and publishes what
      they say, and neither adds, moves, copies nor deletes.
    - *Region*: when its project is over, its pages can be read and exported. Only who has rights beyond the
      region still changes them, and nobody changes their translations.
    - *Workflow*: a page that is locked for somebody, by a person, a review or a schedule, is not published,
      deleted or moved by them. Wagtail's own forms see to that; its bulk actions and API ask here only.

    Administrators (superusers) may do all that Wagtail lets them do.
    """

    def __init__(self, user, page):
        super().__init__(user, page)
        if not user.is_active or user.is_superuser:
            return
        ground = ground_for(user)
        self.is_source = page.locale_id == ground.source_locale_id
        ended = ground.ended_path(page)
        rights = [
            (right.page.path, right.permission.codename.rpartition("_")[0])
            for right in self.permission_policy.get_cached_permissions_for_user(user)
            if page.path.startswith(right.page.path)
        ]
        if ended is not None:
            rights = [(root, action) for root, action in rights if self.is_source and len(root) < len(ended)]
        self.is_archived = ended is not None and not rights
        self.permissions = {action for _root, action in rights}
        if not self.is_source:
            self.permissions -= {"add", "bulk_delete"}
        #: What somebody may do here by a right that begins further up.
        self.permissions_from_above = {action for root, action in rights if len(root) < len(page.path)}

    @property
    def is_administrator(self):
        """Return whether none of our restrictions applies."""
        return self.user.is_active and self.user.is_superuser

    def _may_restructure(self):
        """Return whether this page may be put elsewhere, doubled or removed at all."""
        return self.user.is_active and (
            self.user.is_superuser or (self.is_source and "change" in self.permissions_from_above)
        )

    def can_edit(self):
        if not self.user.is_active:
            return False
        return (self.is_administrator or not self.is_archived) and super().can_edit()

    def can_publish(self):
        return super().can_publish() and (self.is_administrator or not self.page_locked())

    def can_unschedule(self):
        # A schedule locks the page for everybody; who may publish takes the schedule away.
        return super().can_publish()

    def can_unpublish(self):
        if not super().can_unpublish():
            return False
        return self.is_administrator or (
            "publish" in self.permissions_from_above and self.page.alias_of_id is None
        )

    def can_publish_subpage(self):
        return super().can_publish_subpage() and (self.is_administrator or "add" in self.permissions)

    def can_reorder_children(self):
        return super().can_reorder_children() and (self.is_administrator or self.is_source)

    def can_submit_for_moderation(self):
        return self.can_edit() and super().can_submit_for_moderation()

    def can_set_view_restrictions(self):
        """Closing a page to readers is for those who keep a region: they can lock pages too."""
        if self.is_administrator:
            return super().can_set_view_restrictions()
        return self.user.is_active and self.can_publish() and "lock" in self.permissions_from_above

    def can_delete(self, ignore_bulk=False):
        if not self._may_restructure() or not super().can_delete(ignore_bulk):
            return False
        return self.is_administrator or not self.page_locked()

    def can_copy(self):
        return self._may_restructure() and super().can_copy()

    def can_lock(self):
        return self.user.is_active and (self.is_administrator or not self.is_archived) and super().can_lock()

    def can_unlock(self):
        return (
            self.user.is_active and (self.is_administrator or not self.is_archived) and super().can_unlock()
        )

    def can_view_revisions(self):
        """Former texts may hold what was never published."""
        return self.can_edit() and super().can_view_revisions()
