"""Pages as text to look for."""

import re


def tight(html):
    """Without the spaces about tags and between attributes, which the format of a template moves."""
    return re.sub(r" ?([<>]) ?", r"\1", " ".join(html.split()))
