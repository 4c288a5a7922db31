"""Judges from outside: axe-core for accessibility, the Nu HTML checker for markup."""

import json
import subprocess

from tests.services import judged_views
from tests.services.groups import node_directory

# WCAG 2.2 AA takes in everything before it.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def module_path(name):
    """Return the path of ``name`` inside the installed packages of ``tests/node``."""
    return node_directory() / "node_modules" / name


def axe_violations(page, within="html", view=""):
    """Return what axe-core objects to on a Playwright ``page``: ``["rule: help (selector, selector)", …]``.

    ``within``: a selector of the parts to judge, where the rest of the page is not ours. ``view``: the name of the
    view that has rendered them, where it is not the one at the page's address.
    """
    judged_views.remember(page.url, view)
    page.evaluate(module_path("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "([tags, within]) => axe.run({include: within},"
        " {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        [AXE_TAGS, within],
    )
    return [
        f"{violation['id']}: {violation['help']} "
        f"({', '.join(' '.join(map(str, node['target'])) for node in violation['nodes'])})"
        for violation in found["violations"]
    ]


def html_errors(*paths):
    """Return the errors the Nu HTML checker finds in files: ``["page.html:3: message", …]``.

    Give it many files at once: Java starts slowly. Their names must end in ``.html``.
    """
    checker = ["java", "-jar", module_path("vnu-jar/build/dist/vnu.jar")]
    checked = subprocess.run(
        [*checker, "--format", "json", "--errors-only", "--stdout", *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    return [
        f"{message['url'].rpartition('/')[2]}:{message.get('lastLine', 0)}: {message['message']}"
        for message in json.loads(checked.stdout)["messages"]
    ]
