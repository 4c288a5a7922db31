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
