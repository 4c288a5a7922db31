"""Debian's Chromium, driven by Playwright."""

from contextlib import contextmanager

from tests.services.groups import chromium_program

ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium():
    """Yield a Playwright ``Browser``. Nothing is downloaded: the browser is the one installed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_program(), chromium_sandbox=False, args=list(ARGUMENTS)
        )
        try:
            yield browser
        finally:
            browser.close()


def follow(locator):
    """Click what leads to another document, and return when that has arrived.

    ``Locator.click`` alone comes back before the answer on a busy machine, and what is read next is read from
    the page before.
    """
    with locator.page.expect_navigation():
        locator.click()
