"""What an error page may show of a program that held figures when it failed."""

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class HidesAlways(SafeExceptionReporterFilter):
    """
    Hides what `sensitive_variables` names on the technical page of a machine in debug too.

    Django shows everything there; but somebody's own machine may hold real figures, and a page
    of it is soon in a ticket.
    """

    def is_active(self, request: HttpRequest | None) -> bool:
        return True
