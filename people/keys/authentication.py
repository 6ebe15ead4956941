from typing import Any

from django.utils.translation import gettext as _
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed

from people.accounts.models import Person
from people.keys.models import ApiToken
from people.keys.rules import token_digest


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Token …`, looked up by the digest of the key."""

    def authenticate_credentials(self, key: str) -> tuple[Person, Any]:
        """
        :raises AuthenticationFailed: the key is nobody's, or of somebody who may not sign in
        """
        tokens = ApiToken.objects.select_related("person")
        token = tokens.filter(digest=token_digest(key), person__is_active=True).first()
        if token is None:
            raise AuthenticationFailed(_("Invalid token."))
        return token.person, token
