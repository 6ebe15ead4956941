"""Finds every page a person can reach by its links, and takes pictures of one of each kind."""

import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, BrowserContext

SIZES = {"1440": (1440, 900), "390": (390, 844)}
THEMES = ("light", "dark")
NOT_PAGES = re.compile(r"export|download|pdf|schema|logout|^admin:|^api:")


def view_name(url: str) -> str | None:
    """The name of the page behind a URL of ours, or None where it is no page to look at."""
    try:
        name = resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None
    return None if not name or NOT_PAGES.search(name) else name


def pages_in_reach(context: BrowserContext, start: str) -> Iterator[tuple[str, str]]:
    """Walk the links from `start`, breadth first: (page name, URL), one URL of each name."""
    page = context.new_page()
    waiting, known = deque([start]), set()
    while waiting:
        url = waiting.popleft()
        name = view_name(url)
        if name is None or name in known:
            continue
        known.add(name)
        # A download would end the walk: look before opening
        if "text/html" not in context.request.get(url).headers.get("content-type", ""):
            continue
        page.goto(url)
        yield view_name(page.url) or name, page.url
        hrefs: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)")
        origin = urlsplit(start).netloc
        waiting.extend(href for href in hrefs if urlsplit(href).netloc == origin)
    page.close()


def take_pictures(
    browser: Browser, cookie: SetCookieParam | None, urls: dict[str, str], folder: Path
) -> int:
    """Picture each page at both sizes in both themes; return how many were taken."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    for size, (width, height) in SIZES.items():
        for theme in THEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if theme == "dark" else "light",
            )
            if cookie:
                context.add_cookies([cookie])
            page = context.new_page()
            for name, url in urls.items():
                page.goto(url)
                page.screenshot(
                    path=folder / f"{name.replace(':', '-')}-{size}-{theme}.png", full_page=True
                )
                taken += 1
            context.close()
    return taken
