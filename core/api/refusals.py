from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException


class Refused(APIException):
    """An action said no; its words are the answer's `detail`, under status 409."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = _("That is not possible now.")
    default_code = "refused"
