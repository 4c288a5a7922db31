"""Friendly hints on texts: what is hard to read, stands at the wrong place, or contradicts the facts.

``hints.hints_for(text, language, page=None)`` asks all checks. Each check is a pure function of a ``texts.Text`` and
the code of its language; the workspace's forms are one place that shows what they find. Apps add their own with the
hook ``register_content_text_checks``.
"""
