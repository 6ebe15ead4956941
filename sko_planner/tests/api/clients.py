from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient


def client_of(person):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.create(user=person).key}")
    return client
