from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, url):
    """How often a page asks the database, once its session has been seen."""
    assert client.get(url).status_code == 200  # the first page of a session writes it down
    with CaptureQueriesContext(connection) as caught:
        client.get(url)
    return len([one for one in caught if "SAVEPOINT" not in one["sql"]])
