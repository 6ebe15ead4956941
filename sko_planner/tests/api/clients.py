from django.utils import timezone
from rest_framework.test import APIClient

from people.keys.actions import make_token


def client_of(person):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {make_token(person=person, at=timezone.now())}")
    return client
