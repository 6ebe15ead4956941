"""A notice about what somebody just did, with the button that takes it back."""

from django.contrib import messages
from django.http import HttpRequest


def said_with_undo(request: HttpRequest, said: str, url: str) -> None:
    """Say on the next page what was done; one tap there posts to `url`, an address of ours."""
    messages.success(request, said, extra_tags=url)
