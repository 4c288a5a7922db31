"""What is expected of every address of the admin. A new address has to be put in here by whoever brings it.

``PUBLIC``: for everybody, also without login. ``EVERYBODY``: for whoever works in the admin. Neither shows a thing
of anybody in particular.
``LIST``: shows things, to each only the own; ``canaries=True`` says that the administrator finds hidden ones there,
so that the test would notice.
``THING``: about one thing; refused to strangers, works for the administrator.
``OFFICE``: for administrators only.
``NOBODY``: answers nobody.
"""

from dataclasses import dataclass, field

from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from content import registry

PUBLIC, EVERYBODY, LIST, THING, OFFICE, NOBODY = "public", "everybody", "list", "thing", "office", "nobody"


#: What the network office shares with the administrators.
NETWORK_MAY = {"audit_log", "audit_log_results", "mails:index", "mails:index_results"}


@dataclass(frozen=True)
class Row:
    """One line of the table.

    ``values``: the values of the address by slot where the usual ones (``tests.matrix.asking``) do not fit.
    ``each``: the address is asked for once with each of these dicts of values. ``queries``: what is asked for
    behind the "?", each once. ``data``: what is sent by POST. In all of them ``{page}``, ``{picture}`` and so on
    stand for the hidden things. ``works``: False where more than an address is needed to be answered: a file, an
    earlier step. ``methods``: how it is asked for. ``canaries``: the administrator finds hidden things there.
    ``shared_with``: roles that a ``THING`` is for as well.
    """

    kind: str
    values: dict = field(default_factory=dict)
    each: tuple = ({},)
    queries: tuple = ("",)
    data: dict = field(default_factory=dict)
    canaries: bool = False
    methods: tuple = ("get", "post")
    works: bool = True
    shared_with: tuple = ()


def _named(prefix, names, *args, **kwargs):
    return {f"{prefix}{name}": Row(*args, **kwargs) for name in names.split()}


def _bulk_actions():
    """Return ``({slot: value}, …)`` for all bulk actions there are."""
    bulk_action_registry._scan_for_bulk_actions()
    return tuple(
        {"app_label": app, "model_name": model, "action": action}
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action in actions
    )


SEARCH = "q=zzkanarie"
#: The kinds of which there are hidden pages (``tests.matrix.world``).
HIDDEN_KINDS = ("offers", "organisations")
OFFER = {"content_type_app_name": "offers", "content_type_model_name": "offerpage"}
PAGE = "{page}"
#: Who looks after all languages.
COORDINATION = ("coordinator",)
EVERY_ID = "id={pages}&id={own_page}&id={picture}&id={document}&id={contact}&id={user}&id={group}"

CIRCLE_MEMBER = {
    "name": "Jemand",
    "organisation": "Verein",
    "sector": "municipal",
    "field": "integration",
    "email": "jemand@example.org",
    "language": "de",
}
CIRCLE_STEP = {"title": "Etwas anderes", "day": "2030-05-04"}

TABLE = {
    # --- The frame ----------------------------------------------------------------------------------------
    "wagtailadmin_home": Row(LIST, canaries=True),
    **_named("wagtailadmin_", "login password_reset password_reset_done", PUBLIC),
    "wagtailadmin_password_reset_complete": Row(PUBLIC, works=False),
    "wagtailadmin_password_reset_confirm": Row(
        PUBLIC, values={"uidb64": "MQ", "token": "set-password"}, works=False
    ),
    **_named("wagtailadmin_", "sprite javascript_catalog", PUBLIC),
    **_named("wagtailadmin_", "account dismissibles", EVERYBODY),
    "wagtailadmin_block_preview": Row(EVERYBODY, works=False),
    "wagtailadmin_logout": Row(PUBLIC, works=False),
    **_named("admin:", "login logout", PUBLIC, works=False),
    "wagtailadmin_error_test": Row(NOBODY),
    "admin/test404/": Row(EVERYBODY),
    "admin/.*/": Row(NOBODY),
    "wagtailadmin_tag_autocomplete": Row(LIST, queries=("term=zzkanarie",), canaries=True),
    "wagtailadmin_tag_model_autocomplete": Row(
        LIST,
        each=({"app_name": "taggit", "model_name": "tag"}, {"app_name": "content", "model_name": "topic"}),
        queries=("term=zzkanarie",),
        canaries=True,
    ),
    "wagtailadmin_editing_sessions:ping": Row(
        THING,
        each=(
            {"app_label": "wagtailcore", "model_name": "page", "object_id": "{page}"},
            {"app_label": "offers", "model_name": "offerpage", "object_id": "{page}"},
        ),
        data={"revision_id": "{revision}"},
    ),
    "wagtailadmin_editing_sessions:release": Row(EVERYBODY),
    # --- Interfaces ---------------------------------------------------------------------------------------
    "wagtailadmin_api:pages:listing": Row(
        LIST,
        queries=(
            "",
            "child_of={parent}",
            "descendant_of={parent}",
            "child_of={parent}&for_explorer=1",
            "search=zzkanarie",
        ),
        canaries=True,
    ),
    "wagtailadmin_api:pages:detail": Row(THING, values={"pk": PAGE}),
    "wagtailadmin_api:pages:find": Row(LIST, queries=("html_path=roth/sv-illertal/", "id={page}")),
    "wagtailadmin_api:pages:action": Row(
        THING,
        values={"pk": PAGE},
        each=tuple({"action_name": name} for name in PagesAdminAPIViewSet.actions),
        data={"destination_page_id": "{own_parent}", "revision_id": "{revision}", "locale": "tr"},
    ),
    **{
        f"wagtailadmin_api:{kind}:listing": Row(
            LIST, queries=("", "search=zzkanarie", "fields=*"), canaries=True
        )
        for kind in ("images", "documents")
    },
    "wagtailadmin_api:images:detail": Row(THING, values={"pk": "{picture}"}),
    "wagtailadmin_api:documents:detail": Row(THING, values={"pk": "{document}"}),
    "wagtailadmin_api:images:find": Row(THING, queries=("id={picture}",)),
    "wagtailadmin_api:documents:find": Row(THING, queries=("id={document}",)),
    # --- Pages --------------------------------------------------------------------------------------------
    "wagtailadmin_explore_root": Row(LIST, queries=("", SEARCH)),
    "wagtailadmin_explore": Row(LIST, values={"parent_page_id": PAGE}, queries=(SEARCH,)),
    "wagtailadmin_explore_results": Row(LIST, values={"parent_page_id": PAGE}, queries=("",)),
    "wagtailadmin_pages:add": Row(
        THING,
        values=OFFER | {"parent_page_id": "{parent}"},
        data={"title": "Neu", "slug": "neu", "action-publish": "1"},
    ),
    "wagtailadmin_pages:preview_on_add": Row(
        THING, values=OFFER | {"parent_page_id": "{parent}"}, data={"title": "Neu"}
    ),
    "wagtailadmin_pages:choose_parent": Row(
        LIST,
        values={"app_label": "offers", "model_name": "offerpage"},
        data={"parent_page": "{parent}"},
        canaries=True,
    ),
    **_named(
        "wagtailadmin_pages:",
        "type_use type_use_results",
        LIST,
        values=OFFER,
        queries=("", SEARCH),
        canaries=True,
    ),
    **_named("wagtailadmin_pages:", "search search_results", LIST, queries=(SEARCH, ""), canaries=True),
    **_named("wagtailadmin_pages:", "usage history history_results view_draft workflow_history", THING),
    **_named(
        "wagtailadmin_pages:", "revisions_index add_subpage", THING, values={"parent_page_id": "{parent}"}
    ),
    **_named(
        "wagtailadmin_pages:",
        "edit preview_on_edit",
        THING,
        data={"title": "verändert", "slug": "veraendert", "action-publish": "1"},
    ),
    **_named("wagtailadmin_pages:", "delete unpublish lock unlock", THING),
    "wagtailadmin_pages:convert_alias": Row(THING, values={"page_id": "{alias}"}),
    "wagtailadmin_pages:copy": Row(
        THING,
        queries=("", "next=/admin/"),
        data={
            "new_title": "Kopie",
            "new_slug": "kopie",
            "new_parent_page": "{own_parent}",
            "copy_subpages": "on",
        },
    ),
    "wagtailadmin_pages:move": Row(THING, data={"new_parent_page": "{own_parent}"}),
    "wagtailadmin_pages:move_confirm": Row(THING, values={"destination_id": "{own_parent}"}),
    "wagtailadmin_pages:set_page_position": Row(THING, queries=("position=0",)),
    "wagtailadmin_pages:set_privacy": Row(THING, data={"restriction_type": "none"}),
    "wagtailadmin_pages:revisions_view": Row(THING),
    "wagtailadmin_pages:revisions_revert": Row(THING),
    "wagtailadmin_pages:revisions_unschedule": Row(THING),
    "wagtailadmin_pages:revisions_compare": Row(
        THING,
        values={"pk": PAGE},
        each=(
            {"revision_id_a": "live", "revision_id_b": "latest"},
            {"revision_id_a": "earliest", "revision_id_b": "{revision}"},
        ),
    ),
    "wagtailadmin_pages:workflow_history_detail": Row(THING, values={"page_id": "{hidden_offer}"}),
    **_named(
        "wagtailadmin_pages:",
        "workflow_action collect_workflow_action_data",
        THING,
        values={"page_id": "{hidden_offer}"},
        each=({"action_name": "approve"}, {"action_name": "reject"}),
        data={"comment": "gut"},
    ),
    **_named(
        "wagtailadmin_pages:",
        "confirm_workflow_cancellation workflow_preview",
        THING,
        values={"page_id": "{hidden_offer}"},
    ),
    "wagtail_bulk_action": Row(
        LIST,
        each=_bulk_actions(),
        queries=(EVERY_ID, "id=all&childOf={parent}", "id=all&q=zzkanarie"),
        data={
            "chooser": "{own_parent}",
            "collection": "{own_collection}",
            "tags": "neu",
            "role": "{own_group}",
            "mark_as_active": "on",
            "include_descendants": "on",
        },
        canaries=True,
    ),
    # --- Choosers -----------------------------------------------------------------------------------------
    "wagtailadmin_choose_page": Row(LIST, queries=("", "page_type=offers.offerpage", "multiple=1")),
    "wagtailadmin_choose_page_child": Row(
        LIST,
        values={"parent_page_id": "{parent}"},
        queries=("", "page_type=offers.offerpage&user_perms=move_to&target_pages[]={own_page}"),
        canaries=True,
    ),
    "wagtailadmin_choose_page_search": Row(LIST, queries=(SEARCH, "q=lernen", "q=Illertal"), canaries=True),
    "wagtailadmin_choose_page_chosen_multiple": Row(LIST, queries=(EVERY_ID,), canaries=True),
    "wagtailadmin_choose_page_external_link": Row(
        LIST,
        data={"external-link-chooser-url": "{url}", "external-link-chooser-link_text": "hier"},
    ),
    **_named("wagtailadmin_choose_page_", "email_link phone_link anchor_link", EVERYBODY),
    **_named(
        "wagtailimages_chooser:",
        "choose choose_results",
        LIST,
        queries=("", SEARCH, "collection_id={collection}"),
        canaries=True,
    ),
    **_named(
        "wagtaildocs_chooser:",
        "choose choose_results",
        LIST,
        queries=("", SEARCH, "collection_id={collection}"),
        canaries=True,
    ),
    "wagtailimages_chooser:chosen": Row(THING, values={"pk": "{picture}"}),
    "wagtaildocs_chooser:chosen": Row(THING, values={"pk": "{document}"}),
    "wagtailimages_chooser:chosen_multiple": Row(LIST, queries=("id={picture}",), canaries=True),
    "wagtaildocs_chooser:chosen_multiple": Row(LIST, queries=("id={document}",), canaries=True),
    "wagtailimages_chooser:create": Row(
        LIST,
        data={"image-chooser-upload-title": "Neu", "image-chooser-upload-collection": "{collection}"},
        canaries=True,
    ),
    "wagtaildocs_chooser:create": Row(
        LIST,
        data={"document-chooser-upload-title": "Neu", "document-chooser-upload-collection": "{collection}"},
        canaries=True,
    ),
    "wagtailimages_chooser:select_format": Row(THING),
    "wagtailembeds:chooser": Row(EVERYBODY),
    "wagtailembeds:chooser_upload": Row(EVERYBODY, data={"embed-chooser-url": "ftp://example.org/"}),
    # --- Pictures and documents ---------------------------------------------------------------------------
    **_named(
        "wagtailimages:",
        "index index_results",
        LIST,
        queries=("", SEARCH, "collection_id={collection}"),
        canaries=True,
    ),
    **_named(
        "wagtaildocs:",
        "index index_results",
        LIST,
        queries=("", SEARCH, "collection_id={collection}"),
        canaries=True,
    ),
    **_named(
        "wagtailimages:",
        "add add_multiple",
        LIST,
        data={"title": "Neu", "collection": "{collection}"},
        canaries=True,
    ),
    **_named(
        "wagtaildocs:",
        "add add_multiple",
        LIST,
        data={"title": "Neu", "collection": "{collection}"},
        canaries=True,
    ),
    **_named(
        "wagtailimages:",
        "edit edit_multiple",
        THING,
        data={"title": "verändert", "collection": "{own_collection}"},
    ),
    **_named("wagtailimages:", "delete delete_multiple image_usage", THING),
    **_named(
        "wagtailimages:", "url_generator url_generator_output", NOBODY, values={"filter_spec": "max-165x165"}
    ),
    "wagtailimages:preview": Row(THING, values={"filter_spec": "max-165x165"}),
    # Whoever uploaded something goes on with it, and nobody else.
    "wagtailimages:create_multiple_from_uploaded_image": Row(NOBODY),
    "wagtailimages:delete_upload_multiple": Row(NOBODY),
    **_named(
        "wagtaildocs:",
        "edit edit_multiple",
        THING,
        data={"title": "verändert", "collection": "{own_collection}"},
    ),
    **_named("wagtaildocs:", "delete delete_multiple document_usage", THING),
    "wagtaildocs:create_multiple_from_uploaded_document": Row(NOBODY),
    "wagtaildocs:delete_upload_multiple": Row(NOBODY),
    **_named("wagtailadmin_collections:", "index", LIST, canaries=True),
    **_named("wagtailadmin_collections:", "add", LIST, data={"name": "Neu"}),
    **_named(
        "wagtailadmin_collections:", "edit delete", THING, values={"pk": "{collection}"}, data={"name": "Neu"}
    ),
    "wagtailadmin_collections:set_privacy": Row(THING, data={"restriction_type": "none"}),
    # --- Contacts, redirects, forms -----------------------------------------------------------------------
    **_named("contacts:", "index index_results", LIST, queries=("", SEARCH), canaries=True),
    "contacts:add": Row(
        LIST,
        data={"organisation": "{organisation}", "name": "Neu", "email": "neu@example.org"},
        canaries=True,
    ),
    **_named(
        "contacts:",
        "edit delete history history_results usage",
        THING,
        values={"pk": "{contact}"},
        data={"name": "verändert"},
    ),
    **_named("wagtailredirects:", "index index_results", OFFICE),
    **_named("wagtailredirects:", "add start_import", OFFICE),
    "wagtailredirects:process_import": Row(OFFICE, works=False),
    **_named("wagtailredirects:", "edit delete", THING, data={"old_path": "/neu"}),
    **_named("wagtailforms:", "index index_results", NOBODY),
    **_named("wagtailforms:", "list_submissions list_submissions_results delete_submissions", NOBODY),
    # --- Workflows and reports ----------------------------------------------------------------------------
    **_named(
        "wagtailadmin_workflows:",
        "index index_results add select_task_type task_index task_index_results",
        OFFICE,
    ),
    **_named(
        "wagtailadmin_workflows:",
        "enable disable edit usage usage_results",
        OFFICE,
        values={"pk": "{workflow}"},
    ),
    **_named(
        "wagtailadmin_workflows:", "edit_task disable_task enable_task", OFFICE, values={"pk": "{task}"}
    ),
    "wagtailadmin_workflows:remove": Row(
        OFFICE, values={"page_pk": "{organisation}", "workflow_pk": "{workflow}"}
    ),
    "wagtailadmin_workflows:add_task": Row(
        OFFICE, values={"app_label": "wagtailcore", "model_name": "groupapprovaltask"}
    ),
    **_named(
        "wagtailadmin_workflows:", "task_chooser task_chooser_results task_chooser_create task_chosen", OFFICE
    ),
    **{
        f"wagtailadmin_reports:{name}{ending}": Row(
            LIST, canaries=name not in ("aging_pages", "page_types_usage"), queries=("", "export=csv")
        )
        for name in (
            "locked_pages",
            "workflow",
            "workflow_tasks",
            "site_history",
            "aging_pages",
            "page_types_usage",
        )
        for ending in ("", "_results")
    },
    # --- Translations -------------------------------------------------------------------------------------
    "translation_start": Row(THING),
    "translation_desk": Row(LIST, queries=("", "language=ar", SEARCH), canaries=True),
    "translation_matrix": Row(LIST, queries=("", "export=csv", "state=missing", SEARCH), canaries=True),
    "translation_wanted": Row(THING, values={"page_id": PAGE}, data={"languages": "tr"}),
    "translation_claim": Row(
        THING,
        values={"page_id": "{alias}"},
        data={"action": "claim", "due_on": "2030-05-04", "next": "//example.org/"},
        methods=("post",),
    ),
    "translation_workbench": Row(THING, values={"page_id": "{alias}"}, data={"action": "submit"}),
    "translation_preview": Row(THING, values={"page_id": "{alias}"}, methods=("get",)),
    "translation_history": Row(
        THING, values={"page_id": "{alias}", "segment_id": "{string}"}, methods=("get",)
    ),
    "translation_save_line": Row(THING, values={"page_id": "{alias}", "segment_id": "{string}"}, works=False),
    "wagtail_localize:javascript_catalog": Row(PUBLIC),
    "wagtail_localize:submit_page_translation": Row(THING, data={"locales": "{locale}"}),
    "wagtail_localize:submit_snippet_translation": Row(
        NOBODY, values={"app_label": "content", "model_name": "topic", "pk": "1"}
    ),
    "wagtail_localize:update_translations": Row(THING, data={"publish_translations": "on"}),
    "wagtail_localize:edit_string_translation": Row(
        NOBODY, data={"value": "verändert"}, methods=("get", "put", "delete")
    ),
    "wagtail_localize:edit_override": Row(
        NOBODY, data={"value": "https://example.org/neu"}, methods=("get", "put", "delete")
    ),
    "wagtail_localize:stop_translation": Row(THING),
    **_named("wagtail_localize:", "download_pofile upload_pofile machine_translate", NOBODY),
    "wagtail_localize:preview_translation": Row(NOBODY, values={"mode": "other"}),
    "wagtail_localize:convert_to_alias": Row(THING, values={"page_id": "{translated}"}),
    **_named("wagtail_localize:", "translations_report translations_report_results", OFFICE),
    "wagtail_localize:snippets_api_listing": Row(
        NOBODY, values={"app_label": "content", "model_name": "topic"}
    ),
    "wagtail_localize:snippets_api_detail": Row(
        NOBODY, values={"app_label": "content", "model_name": "topic", "pk": "1"}
    ),
    # --- Glossaries and memories: those of a language are for its translators and for who coordinates ------
    **_named("translation_", "glossary_languages memory_languages", LIST),
    **_named(
        "translation_",
        "glossary glossary_export memory memory_export",
        THING,
        values={"language": "{language}"},
        queries=("", SEARCH),
        canaries=True,
        shared_with=COORDINATION,
    ),
    **_named(
        "translation_",
        "glossary_add glossary_import memory_import",
        THING,
        values={"language": "{language}"},
        data={"source": "Neu", "target": "neu", "rule": "required"},
        shared_with=COORDINATION,
    ),
    **_named(
        "translation_",
        "glossary_preview memory_preview",
        THING,
        values={"language": "{language}", "upload_id": "00000000-0000-4000-8000-000000000000"},
        shared_with=COORDINATION,
    ),
    **_named(
        "translation_",
        "glossary_change glossary_delete",
        THING,
        values={"language": "{language}", "term_id": "{term}"},
        data={"source": "Neu", "target": "neu", "rule": "required"},
        shared_with=COORDINATION,
    ),
    "translation_memory_delete": Row(
        THING, values={"language": "{language}", "unit_id": "{unit}"}, shared_with=COORDINATION
    ),
    # --- Pages as files -----------------------------------------------------------------------------------
    "translation_files_languages": Row(LIST),
    "translation_files": Row(THING, values={"language": "{language}"}),
    "translation_files_download": Row(
        THING, values={"language": "{language}"}, queries=("which=all&format=po",), methods=("get",)
    ),
    "translation_files_preview": Row(
        THING, values={"language": "{language}", "upload_id": "00000000-0000-4000-8000-000000000000"}
    ),
    "translation_page_file": Row(
        THING, values={"page_id": "{alias}", "format_slug": "po"}, methods=("get",), canaries=True
    ),
    # --- What is for administrators -----------------------------------------------------------------------
    **_named("wagtailsites:", "index index_results add", OFFICE),
    **_named("wagtailsites:", "edit delete history history_results usage", OFFICE, values={"pk": "{site}"}),
    "wagtailsites:copy": Row(OFFICE, values={"pk": "{site}"}),
    **_named("wagtailusers_users:", "index index_results add", OFFICE),
    **_named(
        "wagtailusers_users:", "edit delete history history_results usage", OFFICE, values={"pk": "{user}"}
    ),
    "wagtailusers_users:copy": Row(OFFICE, values={"pk": "{user}"}),
    **_named("wagtailusers_groups:", "index index_results add", OFFICE),
    **_named(
        "wagtailusers_groups:", "edit delete history history_results usage", OFFICE, values={"pk": "{group}"}
    ),
    "wagtailsnippets:index": Row(NOBODY),
    **_named(
        "wagtailsettings:",
        "edit preview_on_edit",
        NOBODY,
        values={"app_name": "content", "model_name": "topic", "pk": "1"},
    ),
    # --- Signing in ---------------------------------------------------------------------------------------
    **_named("account_", "login logout reset_password reset_password_done", PUBLIC, works=False),
    "account_reset_password_from_key_done": Row(PUBLIC, works=False),
    "account_reset_password_from_key": Row(PUBLIC, values={"uidb36": "1", "key": "x-y"}, works=False),
    "sign_in_language": Row(PUBLIC, works=False),
    **_named("mfa_", "login_webauthn authenticate", PUBLIC, works=False),
    **_named("account_", "reauthenticate change_password", EVERYBODY, works=False),
    # Leads on to where a link is asked for by mail.
    "account_set_password": Row(PUBLIC, works=False),
    "sign_out_elsewhere": Row(EVERYBODY, works=False),
    **_named(
        "mfa_",
        "index reauthenticate activate_totp deactivate_totp view_recovery_codes generate_recovery_codes "
        "download_recovery_codes list_webauthn add_webauthn reauthenticate_webauthn",
        EVERYBODY,
        works=False,
    ),
    **_named("mfa_", "remove_webauthn edit_webauthn", EVERYBODY, values={"pk": "1"}, works=False),
    "reset_second_factor": Row(OFFICE, values={"pk": "{user}"}, works=False),
    # --- People and what is written down of them ----------------------------------------------------------
    "partners_help": Row(EVERYBODY),
    "partners_help_guide": Row(EVERYBODY, each=({"slug": "confirm"},)),
    "partners_people": Row(LIST, canaries=True),
    **_named("partners_", "team invite", THING, values={"team_id": "{team}"}),
    "partners_trust": Row(THING, values={"team_id": "{team}"}, data={"publishes_at_once": ""}, works=False),
    **_named(
        "partners_",
        "send_again remove",
        THING,
        values={"team_id": "{team}", "user_id": "{user}"},
        works=False,
    ),
    # --- Copying --------------------------------------------------------------------------------------------
    "partners_copy": Row(
        THING,
        values={"page_id": PAGE},
        data={"token": "11111111-1111-4111-8111-111111111111", "publish": "1"},
    ),
    # --- Presets --------------------------------------------------------------------------------------------
    "partners_new": Row(THING, values={"page_id": "{parent}"}, methods=("get",)),
    # --- Take over ------------------------------------------------------------------------------------------
    "partners_take_over_ideas": Row(LIST, queries=("", SEARCH)),
    # What readers see is for everybody to take over; what is hidden is for nobody, administrators included.
    "partners_take_over": Row(
        NOBODY,
        values={"page_id": "{hidden_offer}"},
        data={"token": "22222222-2222-4222-8222-222222222222", "into": "{own_parent}"},
    ),
    # --- Freshness ------------------------------------------------------------------------------------------
    "partners_freshness": Row(LIST),
    "partners_freshness_confirm": Row(THING, values={"page_id": PAGE}, methods=("post",), works=False),
    # --- Voices ---------------------------------------------------------------------------------------------
    "partners_reader_reports": Row(LIST, queries=("", "settled=1"), canaries=True),
    "partners_reader_report": Row(THING, values={"report_id": "{report}"}, data={"do": "done"}),
    # --- Steering circles -----------------------------------------------------------------------------------
    "partners_circles": Row(LIST),
    "partners_circle_region": Row(THING, values={"region_id": "{region}"}),
    "partners_circle_agreement": Row(
        THING, values={"region_id": "{region}"}, data={"agreements_needed": "1", "silence_days": "7"}
    ),
    **_named(
        "partners_circle_",
        "member_add step_add",
        THING,
        values={"region_id": "{region}"},
        data={**CIRCLE_MEMBER, **CIRCLE_STEP},
    ),
    **_named(
        "partners_circle_",
        "member member_remove member_back",
        THING,
        values={"member_id": "{member}"},
        data=CIRCLE_MEMBER,
    ),
    "partners_circle_step": Row(THING, values={"step_id": "{asked_step}"}),
    "partners_circle_step_withdraw": Row(THING, values={"step_id": "{asked_step}"}),
    **_named(
        "partners_circle_",
        "step_edit step_delete step_propose step_done",
        THING,
        values={"step_id": "{planned_step}"},
        data=CIRCLE_STEP,
    ),
    # --- Joining and ideas ----------------------------------------------------------------------------------
    "partners_applications": Row(LIST, queries=("", "decided=1"), canaries=True),
    "partners_application": Row(
        THING, values={"application_id": "{application}"}, data={"do": "decline", "reason": "gut"}
    ),
    "partners_idea_inbox": Row(LIST, queries=("", "state=hidden"), canaries=True),
    "partners_idea_decide": Row(
        THING, values={"idea_id": "{idea}"}, data={"state": "hidden", "reason": "gut"}
    ),
    **_named("", "audit_log audit_log_results", OFFICE),
    **_named("mails:", "index index_results", OFFICE),
    "mails:inspect": Row(OFFICE, values={"pk": "1"}, works=False),
    # --- Lists and sheets of each kind --------------------------------------------------------------------
    **{
        f"kind_{kind.slug}:{name}": row
        for kind in registry.all_kinds()
        for name, row in {
            "index": Row(LIST, canaries=kind.slug in HIDDEN_KINDS),
            "index_results": Row(LIST, canaries=kind.slug in HIDDEN_KINDS),
            "choose_parent": Row(LIST, works=False),
            "template": Row(EVERYBODY),
            "upload": Row(EVERYBODY),
            # A sheet that is not one's own is as if it were not there: the way leads back to the upload.
            "preview": Row(LIST, values={"upload_id": "00000000-0000-4000-8000-000000000000"}, works=False),
        }.items()
    },
    # --- Contributed by kinds -----------------------------------------------------------------------------
    "events_dates_preview": Row(EVERYBODY),
}

#: Django's own admin has no address for anybody but administrators.
DJANGO_ADMIN = Row(
    OFFICE,
    values={"object_id": "{user}", "id": "{user}", "content_type_id": "1", "app_label": "auth", "url": "x"},
    works=False,
)


def row_of(route):
    """Return the ``Row`` of a route, None where nobody has classified it."""
    row = TABLE.get(route.name or route.path)
    return row or (DJANGO_ADMIN if route.path.startswith("django-admin/") else None)
