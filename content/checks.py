"""System checks for every rule that a plugin, a declaration or a setting could break.

Each message has an id, says what is wrong, and hints at how to mend it:

========  ==========================================================================================
E001      two declarations claim the same slug or the same model
E002      a kind's model does not exist or is no ``ContentPage``
E003      a template does not exist
E004      a ``register_content_*`` hook that nobody calls
E005      a kind's model does not state where its pages belong
E006      a kind's model does not state its ``translatable_fields``, or names fields it has not
E007      a plugin that does not fit this version of the platform
E008      a plugin whose label does not carry its entry point's name
E009      a plugin with templates outside its own directory
E010      a plugin with URL names that are not its own
E011      an entry point that names no ``PluginConfig``
E012      a language table that contradicts itself
E013      ``modelsearch`` beside ``wagtail.search``
E014      submitting for translation would publish
E015      facets or columns that hide each other or something of ours
E016      a column about a field that the model has not
E017      a page that refuses the pages which belong below it
E018      a public server with the demo's logins
E019      a link at the foot of pages that is none, or that two apps call the same
E020      presets of one name, or with values that the form cannot take
E021      a check of texts that is none, or that two apps call the same
W001      pages whose plugin was removed
========  ==========================================================================================
"""

import re
from copy import deepcopy
from importlib.metadata import entry_points
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.utils import OperationalError, ProgrammingError
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail import hooks
from wagtail.models import Page

from . import __version__, registry
from .plugins import PLUGIN_GROUP, PluginConfig, installed_plugins, plugin_of

HOOK_PREFIXES = ("register_content_", "register_demo_")
#: Parameters of lists, feeds and the API that no facet may be named like.
RESERVED_PARAMETERS = frozenset({"q", "page", "limit", "offset", "sort", "when", "from", "to", "format"})
_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*")


def _declarations():
    """Yield ``(function, declaration)`` of every kind, doubles and broken ones too."""
    for function in hooks.get_hooks("register_content_kind"):
        result = function()
        for declaration in result if isinstance(result, list) else [result]:
            yield function, declaration


def _kinds_with_models():
    """Yield ``(kind, model)`` of the declarations whose model is a ``ContentPage``."""
    from .models import ContentPage  # Models are not ready when this module is imported.

    for _function, kind in _declarations():
        try:
            model = kind.page_model
        except (LookupError, ValueError):
            continue
        if issubclass(model, ContentPage):
            yield kind, model


def _origin(function):
    return f"{function.__module__}.{function.__qualname__}"


@register()
def check_kinds_are_declared_once(app_configs, **kwargs):
    """E001."""
    slugs, labels, errors = {}, {}, []
    for function, kind in _declarations():
        for claimed, value, noun in ((slugs, kind.slug, "slug"), (labels, kind.model, "model")):
            if value in claimed:
                errors.append(
                    Error(
                        f"The {noun} “{value}” is declared by {claimed[value]} and by {_origin(function)}.",
                        hint=f"Give each kind a {noun} of its own, or remove one of the two plugins.",
                        id="content.E001",
                    )
                )
            claimed.setdefault(value, _origin(function))
    return errors


@register()
def check_kinds_have_content_pages(app_configs, **kwargs):
    """E002."""
    from .models import ContentPage  # Models are not ready when this module is imported.

    errors = []
    for function, kind in _declarations():
        try:
            model = kind.page_model
        except (LookupError, ValueError):
            errors.append(
                Error(
                    f"The kind “{kind.slug}” names the model “{kind.model}”, which does not exist.",
                    hint='Write it as "app_label.ModelName" of an installed app.',
                    obj=_origin(function),
                    id="content.E002",
                )
            )
            continue
        if not issubclass(model, ContentPage):
            errors.append(
                Error(
                    f"The model “{kind.model}” of the kind “{kind.slug}” is no ContentPage.",
                    hint="Let it inherit from content.models.ContentPage.",
                    obj=_origin(function),
                    id="content.E002",
                )
            )
    return errors


def _missing_template(name, what, id):
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return [
            Error(
                f"The template “{name}” of {what} does not exist.",
                hint="Create it below the app's templates directory, or correct the name.",
                id=id,
            )
        ]
    return []


def check_templates_exist(app_configs, **kwargs):
    """E003: of cards, of pages, and of sections on other kinds' pages."""
    errors = []
    for _function, kind in _declarations():
        errors += _missing_template(kind.card_template, f"the cards of “{kind.slug}”", "content.E003")
    for kind, model in _kinds_with_models():
        errors += _missing_template(model.template, f"the pages of “{kind.slug}”", "content.E003")
    for function in hooks.get_hooks("register_content_section"):
        result = function()
        for section in result if isinstance(result, list) else [result]:
            errors += _missing_template(section.template, f"the section “{section.slug}”", "content.E003")
    return errors


@register()
def check_hook_names_are_known(app_configs, **kwargs):
    """E004: a misspelt hook is never called, and nothing else says so."""
    hooks.search_for_hooks()
    return [
        Error(
            f"Nobody calls the hook “{name}” that {_origin(functions[0][0])} registers.",
            hint=f"Known are: {', '.join(registry.HOOK_NAMES)}.",
            id="content.E004",
        )
        for name, functions in sorted(hooks._hooks.items())
        if name.startswith(HOOK_PREFIXES) and name not in registry.HOOK_NAMES and functions
    ]


@register()
def check_page_actions_are_distinct(app_configs, **kwargs):
    """E019."""
    claimed, errors = {}, []
    for function in hooks.get_hooks("register_content_page_actions"):
        result = function()
        for action in result if isinstance(result, list) else [result]:
            if not isinstance(action, registry.PageAction) or not callable(action.url):
                errors.append(
                    Error(
                        f"{_origin(function)} returns no PageAction with a function for its address.",
                        hint='Return PageAction(slug="…", label=_("…"), url=function of page and request).',
                        id="content.E019",
                    )
                )
                continue
            if action.slug in claimed:
                errors.append(
                    Error(
                        f"The link “{action.slug}” at the foot of pages is declared by {claimed[action.slug]} and "
                        f"by {_origin(function)}.",
                        hint="Give each link a slug of its own, or remove one of the two plugins.",
                        id="content.E019",
                    )
                )
            claimed.setdefault(action.slug, _origin(function))
    return errors


@register()
def check_text_checks_are_distinct(app_configs, **kwargs):
    """E021."""
    claimed, errors = {}, []
    for function in hooks.get_hooks("register_content_text_checks"):
        result = function()
        for check in result if isinstance(result, list) else [result]:
            if (
                not isinstance(check, registry.TextCheck)
                or callable(check.find) == callable(check.compare)
                or (check.kinds and not check.compare)
            ):
                errors.append(
                    Error(
                        f"{_origin(function)} returns no TextCheck with one function.",
                        hint='Return TextCheck(slug="…", find=…), or compare=… where the page is needed; kinds belong '
                        "to compare.",
                        id="content.E021",
                    )
                )
                continue
            if check.slug in claimed:
                errors.append(
                    Error(
                        f"The check of texts “{check.slug}” is declared by {claimed[check.slug]} and by "
                        f"{_origin(function)}.",
                        hint="Give each check a slug of its own, or remove one of the two plugins.",
                        id="content.E021",
                    )
                )
            claimed.setdefault(check.slug, _origin(function))
    return errors


def _states(model, attribute):
    """Return whether ``model`` or one of its own bases, not Wagtail's, sets ``attribute``."""
    for base in model.__mro__:
        if base is Page:
            return False
        if attribute in vars(base):
            return True
    return False


@register(Tags.models)
def check_kinds_state_their_parents(app_configs, **kwargs):
    """E005."""
    return [
        Error(
            f"“{kind.model}” does not state parent_page_types.",
            hint='State whose pages it belongs below, for example ["organisations.OrganisationPage"].',
            obj=model,
            id="content.E005",
        )
        for kind, model in _kinds_with_models()
        if not _states(model, "parent_page_types")
    ]


@register(Tags.models)
def check_parents_accept_their_children(app_configs, **kwargs):
    """E017: a container that lists its children shuts out every plugin's pages."""
    errors = []
    for kind, model in _kinds_with_models():
        if not _states(model, "parent_page_types"):
            continue
        for parent in model.clean_parent_page_models():
            if model not in parent.clean_subpage_models():
                errors.append(
                    Error(
                        f"“{parent._meta.label}” does not accept pages of the kind “{kind.slug}”.",
                        hint="Leave subpage_types of the container unset; children state parent_page_types.",
                        obj=parent,
                        id="content.E017",
                    )
                )
    return errors


@register(Tags.models)
def check_kinds_state_what_is_translated(app_configs, **kwargs):
    """E006."""
    errors = []
    for kind, model in _kinds_with_models():
        if "translatable_fields" not in vars(model):
            errors.append(
                Error(
                    f"“{kind.model}” does not state translatable_fields.",
                    hint="List its sentences and facts with content.localisable.sentences() and facts().",
                    obj=model,
                    id="content.E006",
                )
            )
            continue
        for declared in model.translatable_fields:
            try:
                model._meta.get_field(declared.field_name)
            except FieldDoesNotExist:
                errors.append(
                    Error(
                        f"translatable_fields of “{kind.model}” names “{declared.field_name}”, "
                        "which is no field of it.",
                        hint="Correct the name, or take it out.",
                        obj=model,
                        id="content.E006",
                    )
                )
    return errors


@register()
def check_facets_and_columns_are_distinct(app_configs, **kwargs):
    """E015."""
    errors = []
    for _function, kind in _declarations():
        for what, names in (
            ("facet", [facet.slug for facet in kind.facets]),
            ("column", [column.name for column in kind.columns]),
        ):
            doubles = sorted({name for name in names if names.count(name) > 1})
            errors += [
                Error(
                    f"The kind “{kind.slug}” has two {what}s “{name}”.",
                    hint=f"Rename one, or take it out: each {what} has a name of its own.",
                    id="content.E015",
                )
                for name in doubles
            ]
        errors += [
            Error(
                f"The facet “{facet.slug}” of the kind “{kind.slug}” is named like a parameter of every list.",
                hint=f"Take a name other than: {', '.join(sorted(RESERVED_PARAMETERS))}.",
                id="content.E015",
            )
            for facet in kind.facets
            if facet.slug in RESERVED_PARAMETERS
        ]
    return errors


@register(Tags.models)
def check_columns_have_fields(app_configs, **kwargs):
    """E016."""
    errors = []
    for kind, model in _kinds_with_models():
        for column in kind.columns:
            if column.read is not None:
                continue
            try:
                model._meta.get_field(column.field_name)
            except FieldDoesNotExist:
                errors.append(
                    Error(
                        f"The column “{column.name}” of the kind “{kind.slug}” is about the field "
                        f"“{column.field_name}”, which “{kind.model}” has not.",
                        hint="Name a field with Column(field=…), or give the column a read function.",
                        obj=model,
                        id="content.E016",
                    )
                )
    return errors


def _preset_value_fault(model, name, value):
    """Return ``(what is wrong, hint)`` with a preset's value for the field ``name``, or None."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return (
            f"names the field “{name}”, which “{model._meta.label}” has not",
            "Correct the name, or take it out.",
        )
    form_class = model.get_edit_handler().get_form_class()
    if field.is_relation or name not in {
        *form_class.base_fields,
        *getattr(form_class, "said_in_other_words", ()),
    }:
        return (
            f"names the field “{name}”, which the form does not ask for",
            "Add a panel for it, or take it out; what another page is needed for cannot be filled in.",
        )
    try:
        field.clean(deepcopy(value), None)
    except ValidationError as error:
        refusal = " ".join(error.messages)
        return f"has a value for the field “{name}” that it refuses: {refusal}", "Give one that can be saved."
    return None


@register(Tags.models)
def check_presets_can_be_filled_in(app_configs, **kwargs):
    """E020: what a preset says would be lost when the form is sent."""
    errors = []
    for kind, model in _kinds_with_models():
        slugs = [preset.slug for preset in kind.presets]
        errors += [
            Error(
                f"The kind “{kind.slug}” has two presets “{slug}”.",
                hint="Rename one, or take it out: each preset has a name of its own.",
                id="content.E020",
            )
            for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1})
        ]
        faults = [
            (preset, _preset_value_fault(model, name, value))
            for preset in kind.presets
            for name, value in preset.values.items()
        ]
        errors += [
            Error(
                f"The preset “{preset.slug}” of the kind “{kind.slug}” {fault[0]}.",
                hint=fault[1],
                obj=model,
                id="content.E020",
            )
            for preset, fault in faults
            if fault is not None
        ]
    return errors


@register()
def check_plugins_fit(app_configs, **kwargs):
    """E007."""
    errors = []
    for config in installed_plugins():
        try:
            fits = config.fits()
        except (TypeError, ValueError):
            errors.append(
                Error(
                    f"The plugin “{config.label}” does not say which versions of the platform it runs with.",
                    hint='State requires_cms = ("0.1", "0.2") in its app config: the lowest version, and the '
                    "first one that is too new.",
                    id="content.E007",
                )
            )
            continue
        if not fits:
            lowest, first_too_new = config.requires_cms
            errors.append(
                Error(
                    f"The plugin “{config.label}” runs with versions from {lowest} to before {first_too_new}; "
                    f"this is {__version__}.",
                    hint="Install a release of the plugin for this version, or uninstall it.",
                    id="content.E007",
                )
            )
    return errors


def _entry_point_errors(points):
    """Return E008 and E011 for entry points: pairs of name and installed app config, or None."""
    errors = []
    for name, config in points:
        if config is None:
            continue
        if not isinstance(config, PluginConfig):
            errors.append(
                Error(
                    f"The entry point “{name}” names {type(config).__name__}, which is no PluginConfig.",
                    hint="Let the app config inherit from content.plugins.PluginConfig.",
                    id="content.E011",
                )
            )
        elif config.label != name and not config.label.startswith(f"{name}_"):
            errors.append(
                Error(
                    f"The plugin “{name}” has the app label “{config.label}”.",
                    hint=f'State label = "{name}" in its app config, so that its tables and permissions carry '
                    "its name.",
                    id="content.E008",
                )
            )
    return errors


@register()
def check_plugins_carry_their_name(app_configs, **kwargs):
    """E008, E011."""
    configs = {
        f"{type(config).__module__}.{type(config).__name__}": config for config in apps.get_app_configs()
    }
    return _entry_point_errors(
        [
            (point.name, configs.get(f"{point.module}.{point.attr}"))
            for point in entry_points(group=PLUGIN_GROUP)
        ]
    )


@register(Tags.templates)
def check_plugins_keep_their_templates_together(app_configs, **kwargs):
    """E009: a template outside the plugin's directory could stand before somebody else's."""
    errors = []
    for config in installed_plugins():
        templates = Path(config.path) / "templates"
        strangers = sorted(path.name for path in templates.glob("*") if path.name != config.label)
        errors += [
            Error(
                f"The plugin “{config.label}” brings “templates/{name}”, outside its own directory.",
                hint=f"Move it into templates/{config.label}/.",
                id="content.E009",
            )
            for name in strangers
        ]
    return errors


@register(Tags.urls)
def check_plugins_name_their_urls(app_configs, **kwargs):
    """E010."""
    errors = []
    for function in hooks.get_hooks("register_content_urls"):
        config = plugin_of(function)
        if config is None:
            continue
        for pattern in function():
            name = getattr(pattern, "namespace", None) or getattr(pattern, "name", None)
            if name is None or not (name == config.label or name.startswith(f"{config.label}_")):
                errors.append(
                    Error(
                        f"The plugin “{config.label}” brings the URL “{pattern.pattern}” named “{name}”.",
                        hint=f"Name it “{config.label}_…”, or put it into the namespace “{config.label}”.",
                        id="content.E010",
                    )
                )
    return errors


def _language_table_faults(table, language_code):
    """Yield ``(message, hint)`` for everything that is wrong with a table of languages."""
    codes = [row.code for row in table]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"“{code}” stands twice in LANGUAGE_TABLE.", "Keep one line per language."
    endonyms = [row.endonym for row in table]
    for endonym in sorted({name for name in endonyms if endonyms.count(name) > 1}):
        yield (
            f"Two languages in LANGUAGE_TABLE are called “{endonym}”.",
            "Readers choose by this name; tell the two apart.",
        )
    if language_code not in codes:
        yield (
            f"LANGUAGE_CODE is “{language_code}”, which is not in LANGUAGE_TABLE.",
            "Partners write in this language; add its line.",
        )
    for row in table:
        if not _TAG.fullmatch(row.code):
            yield (
                f"“{row.code}” in LANGUAGE_TABLE is no language tag in lower case.",
                "Write a BCP 47 tag the way Django does: de, de-simple, zh-hans.",
            )
        if not row.endonym or not row.english:
            yield (
                f"“{row.code}” in LANGUAGE_TABLE has no name.",
                "Give what its speakers call it, and its English name.",
            )
        if row.direction not in ("ltr", "rtl"):
            yield (
                f"The direction of “{row.code}” in LANGUAGE_TABLE is “{row.direction}”.",
                'Write "ltr" or "rtl".',
            )
        if row.base and (row.base not in codes or row.base == row.code):
            yield (
                f"“{row.code}” in LANGUAGE_TABLE falls back to “{row.base}”, which is no other language in it.",
                "Name the code of another line, or leave the base empty.",
            )


@register()
def check_language_table(app_configs, **kwargs):
    """E012."""
    return [
        Error(message, hint=hint, id="content.E012")
        for message, hint in _language_table_faults(settings.LANGUAGE_TABLE, settings.LANGUAGE_CODE)
    ]


@register()
def check_modelsearch_is_not_installed_twice(app_configs, **kwargs):
    """E013: both apps would keep the same index tables."""
    if not {"modelsearch", "wagtail.search"} <= set(settings.INSTALLED_APPS):
        return []
    return [
        Error(
            "“modelsearch” is in INSTALLED_APPS beside “wagtail.search”.",
            hint="Take “modelsearch” out; wagtail.search brings it.",
            id="content.E013",
        )
    ]


@register()
def check_submitting_does_not_publish(app_configs, **kwargs):
    """E014."""
    if not getattr(settings, "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True):
        return []
    return [
        Error(
            "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is on.",
            hint="Set it to False: submitting would publish, and translated child pages would not be found.",
            id="content.E014",
        )
    ]


@register(Tags.security, deploy=True)
def check_demo_is_off(app_configs, **kwargs):
    """E018."""
    if not settings.DEMO:
        return []
    return [
        Error(
            "DEMO is on: everybody knows the password of its logins.",
            hint="Set DEMO=0. Logins with the demo's password are then refused.",
            id="content.E018",
        )
    ]


@register(Tags.database)
def check_no_page_is_orphaned(app_configs, databases=None, **kwargs):
    """W001. Readers get "not found" for such pages; their rows wait for the plugin to come back."""
    from django.contrib.contenttypes.models import ContentType  # Models are not ready at import.

    if not databases:
        return []
    try:
        rows = list(
            Page.objects.order_by("content_type")
            .values("content_type", "content_type__app_label", "content_type__model")
            .annotate(count=models.Count("pk"))
        )
    except (OperationalError, ProgrammingError):
        # The tables are not there before the first migration.
        return []
    return [
        Warning(
            f"{row['count']} page(s) of the kind “{row['content_type__app_label']}.{row['content_type__model']}” "
            "belong to a plugin that is not installed.",
            hint="Install the plugin again, or delete the pages in the admin.",
            id="content.W001",
        )
        for row in rows
        if row["content_type"] is not None
        and ContentType.objects.get_for_id(row["content_type"]).model_class() is None
    ]
