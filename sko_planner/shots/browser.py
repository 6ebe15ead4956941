"""The browser that looks at pages: Debian's Chromium without a window, where it is installed."""

import shutil

from playwright.sync_api import Browser, Playwright

# The one without the parts of a window begins a page with half the work
NAMES = ("chromium-headless-shell", "chromium")


class BrowserMissing(Exception):
    """There is no Chromium. The message says how to get one."""


def launch(playwright: Playwright) -> Browser:
    """
    Start Chromium.

    :raises BrowserMissing: none is on the PATH
    """
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise BrowserMissing("No Chromium on the PATH. `make setup TESTS=1` installs it.")
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
