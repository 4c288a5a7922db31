"""System checks: what would make translations go wrong quietly.

========  ==========================================================================================
E001      the source language is not in the language table, or translations are switched off
E002      wagtail-localize stands before this app, so that its publishing would be used
E003      a page model does not state its ``translatable_fields``
E004      an address that translations could change
E005      a fact that a translator could change, or that cannot be copied into translations
========  ==========================================================================================
"""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.models import TranslatableMixin, get_page_models
from wagtail_localize.fields import SynchronizedField


def localisable_models():
    """Return the page models whose pages appear in several languages."""
    from content.untranslated import UntranslatedMixin  # Models are not ready when this module is imported.

    return [model for model in get_page_models() if issubclass(model, UntranslatedMixin)]


@register()
def check_languages(app_configs, **kwargs):
    """E001."""
    errors = []
    codes = [row.code for row in settings.LANGUAGE_TABLE]
    if settings.LANGUAGE_CODE not in codes:
        errors.append(
            Error(
                f"The source language “{settings.LANGUAGE_CODE}” is not in LANGUAGE_TABLE.",
                hint=f"Add a line for it, or set LANGUAGE_CODE to one of: {', '.join(codes)}.",
                id="translation.E001",
            )
        )
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        errors.append(
            Error(
                "WAGTAIL_I18N_ENABLED is off.",
                hint="Set it to True; without it pages have no language.",
                id="translation.E001",
            )
        )
    missing = [code for code in codes if code not in dict(settings.WAGTAIL_CONTENT_LANGUAGES)]
    if missing:
        errors.append(
            Error(
                f"WAGTAIL_CONTENT_LANGUAGES lacks {', '.join(missing)}.",
                hint="Let it be the same list as LANGUAGES, made from LANGUAGE_TABLE.",
                id="translation.E001",
            )
        )
    return errors


@register()
def check_order_of_apps(app_configs, **kwargs):
    """E002."""
    names = [config.name for config in apps.get_app_configs()]
    if "wagtail_localize" in names and names.index("translation") < names.index("wagtail_localize"):
        return []
    return [
        Error(
            "“translation” does not stand before “wagtail_localize” in INSTALLED_APPS.",
            hint="Put it before; what it changes in wagtail-localize works by coming first.",
            id="translation.E002",
        )
    ]


@register()
def check_page_models(app_configs, **kwargs):
    """E003, E004, E005."""
    errors = []
    for model in localisable_models():
        if "translatable_fields" not in vars(model):
            errors.append(
                Error(
                    f"“{model._meta.label}” does not state translatable_fields.",
                    hint="List its sentences and facts with content.localisable.sentences() and facts().",
                    obj=model,
                    id="translation.E003",
                )
            )
            continue
        declared = {field.field_name: field for field in model.translatable_fields}
        slug = declared.get("slug")
        if not isinstance(slug, SynchronizedField) or slug.overridable:
            errors.append(
                Error(
                    f"The slug of “{model._meta.label}” is not a fact.",
                    hint='Add "slug" to its content.localisable.facts(); addresses are the same in all languages.',
                    obj=model,
                    id="translation.E004",
                )
            )
        errors += [error for field in declared.values() if (error := _fact_error(model, field))]
    return errors


def _fact_error(model, declared):
    if not isinstance(declared, SynchronizedField):
        return None
    name = f"{model._meta.label}.{declared.field_name}"
    if declared.overridable:
        return Error(
            f"“{name}” can be changed by translators.",
            hint="Declare it with content.localisable.facts().",
            obj=model,
            id="translation.E005",
        )
    try:
        field = model._meta.get_field(declared.field_name)
    except FieldDoesNotExist:
        return Error(
            f"“{name}” is no field.",
            hint="Correct the name, or take it out.",
            obj=model,
            id="translation.E005",
        )
    is_children = isinstance(field, models.ManyToOneRel)
    if isinstance(field, models.ManyToManyField) or (
        is_children and issubclass(field.related_model, TranslatableMixin)
    ):
        return Error(
            f"“{name}” cannot be copied into translations.",
            hint="Use a ParentalKey from a model that is not translatable itself, or a list of keys.",
            obj=model,
            id="translation.E005",
        )
    return None
