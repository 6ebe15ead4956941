from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    """What the shell of each page shows: kickoff, sections, the person."""
    return {}
