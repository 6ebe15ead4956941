from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXT = {"application/javascript", "application/json", "image/svg+xml"}
_NOT_WHOLE = {206, 304}


class CompressText(GZipMiddleware):
    """
    Middleware: pages, answers of the API, and what static files are not compressed on disk.

    What is compressed in itself, as PDF, archives and fonts are, goes out as it is.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        text = kind.startswith("text/") or kind in _TEXT
        if not text or response.status_code in _NOT_WHOLE:
            return response
        return super().process_response(request, response)
