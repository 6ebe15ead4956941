"""Text that planners write as Markdown, as a page shows it: no script, no foreign picture."""

from collections.abc import Mapping

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre",
    "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title", "loading"}, "ol": {"start"}}
_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def text_of(markdown: str, pictures: Mapping[str, str]) -> SafeString:
    """
    The HTML of a text. A heading stands below the page's own; a picture is one of `pictures`, by
    its file name in small letters, and any other is left out.
    """
    tokens = _markdown.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"
        for child in token.children or ():
            if child.type == "image":
                child.attrSet("src", pictures.get(str(child.attrGet("src")).lower(), ""))
                child.attrSet("loading", "lazy")
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # it was cleaned just now
