"""What an approved workflow does. Read by Wagtail before there are models, so nothing is imported at the top."""


def finish_workflow(workflow_state, user=None):
    """Publish what was approved (``WAGTAIL_FINISH_WORKFLOW_ACTION``); of a translation the approval has done it."""
    from wagtail.workflows import publish_workflow_state  # needs models

    from translation.selectors import is_translation_review  # needs models

    if not is_translation_review(workflow_state):
        publish_workflow_state(workflow_state, user=user)
