"""
What every row of the bench is held against: a bare view that renders a fixed table.

It reads no database and none of our templates, so it takes as long as the machine is slow and the
same whatever becomes of the product. Its template comes from the cached loader.
"""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import RequestFactory

ROWS = [
    {"number": number, "name": f"Person {number}", "region": f"Region {number % 5}", "late": number % 3 == 0}
    for number in range(50)
]  # fmt: skip
TABLE = """<!doctype html><title>{{ title }}</title><table>{% for row in rows %}
<tr><td>{{ row.number }}</td><td>{{ row.name }}</td><td>{{ row.region|upper }}</td>
<td>{% if row.late %}late{% else %}on time{% endif %}</td></tr>{% endfor %}</table>"""

_engine = Engine(
    loaders=[
        ("django.template.loaders.cached.Loader",
         [("django.template.loaders.locmem.Loader", {"table.html": TABLE})])
    ]
)  # fmt: skip
_request = RequestFactory().get("/")


def table(request: HttpRequest) -> HttpResponse:
    """The fixed table."""
    template = _engine.get_template("table.html")
    return HttpResponse(template.render(Context({"title": request.path, "rows": ROWS})))


def answer() -> None:
    """Answer one request."""
    table(_request)
