from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler


class Refused(APIException):
    """An action said no; its words are the answer's `detail`, under status 409."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = _("That is not possible now.")
    default_code = "refused"


def answer_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer as REST framework does, but say the same of what is not there and what is not theirs."""
    return exception_handler(Http404() if isinstance(error, Http404) else error, context)
