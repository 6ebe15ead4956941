from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import MissingFileError, StaticFile

from people.files.models import StoredFile

_PRIVATE = "private, max-age=0, must-revalidate"
# Whatever is in it can do nothing in our name
_ALONE = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; sandbox"


def send_file(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """
    A stored file to whoever may see the thing that holds it: a caller has made sure of that.

    Pictures and videos are shown, all else is saved. A part of it may be asked for, as players do.
    """
    headers = {
        "Content-Type": file.media_type,
        "Content-Disposition": content_disposition_header(not file.is_shown, file.name) or "",
        "Cache-Control": _PRIVATE,
        "Accept-Ranges": "bytes",
    }
    try:
        content = StaticFile(file.content.path, list(headers.items()))
    except MissingFileError:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    response: HttpResponseBase = WhiteNoiseMiddleware.serve(content, request)
    response.headers["Content-Security-Policy"] = _ALONE
    return response
