import pytest
from django.db import connection
from django.http import QueryDict
from django.template import engines
from django.test.utils import CaptureQueriesContext

from core.lists import Column, Filter, ListSpec
from people.accounts.models import Person
from people.tests.factories import PersonFactory, RegionFactory

pytestmark = pytest.mark.django_db

SPEC = ListSpec(
    columns=[
        Column("name", "Name", sort="full_name"),
        Column("title", "Title", sort="job_title", narrow=False),
        Column("year", "Top year", sort="top_performer_year", numeric=True),
        Column("act", ""),
    ],
    filters=[
        Filter("role", "Role", Person.Role.choices, "role", counts=True),
        Filter("function", "Function", Person.Function.choices, "function", chips=False),
    ],
    search=["full_name", "job_title"],
    default_sort="name",
    per_page=2,
)


def listed(url=""):
    return SPEC.page(Person.objects.all(), QueryDict(url))


def names(url=""):
    return [person.full_name for person in listed(url).rows]


@pytest.fixture
def three():
    PersonFactory(full_name="Ana Souza", job_title="Rep", role="PLANNER", top_performer_year=2024)
    PersonFactory(full_name="Bo Chen", job_title="Manager", top_performer_year=None)
    PersonFactory(full_name="Chidi Okonkwo", job_title="Rep", top_performer_year=2026)


@pytest.mark.usefixtures("three")
class TestOrder:
    def test_the_default_sort_holds_without_a_word_in_the_url(self):
        assert names() == ["Ana Souza", "Bo Chen"]

    def test_a_minus_turns_it_around(self):
        assert names("sort=-name") == ["Chidi Okonkwo", "Bo Chen"]

    @pytest.mark.parametrize(
        "key", ["password", "full_name", "--name", "-", "act", "name;drop", "\0"]
    )
    def test_an_unknown_key_is_ignored(self, key):
        query = QueryDict(mutable=True)
        query["sort"] = key

        assert [row.full_name for row in SPEC.page(Person.objects.all(), query).rows] == [
            "Ana Souza",
            "Bo Chen",
        ]

    @pytest.mark.parametrize("sort", ["year", "-year"])
    def test_rows_without_a_value_come_last_both_ways(self, sort):
        assert names(f"sort={sort}&page=2") == ["Bo Chen"]

    def test_equal_rows_keep_one_order_over_all_pages(self):
        PersonFactory.create_batch(7, full_name="Same Name", job_title="Same")

        seen = [row.pk for n in range(1, 6) for row in listed(f"sort=title&page={n}").rows]

        assert sorted(seen) == sorted(Person.objects.values_list("pk", flat=True))


@pytest.mark.usefixtures("three")
class TestNarrowing:
    def test_each_word_is_found_in_any_field(self):
        assert names("q=rep+ana") == ["Ana Souza"]

    def test_a_filter_takes_only_its_choices(self):
        assert names("role=PLANNER") == ["Ana Souza"]
        assert len(names("role=KING")) == 2

    def test_chips_say_how_many_rows_each_leaves_whatever_is_chosen(self):
        roles = listed("role=PLANNER").filters[0]

        counts = {choice.value: choice.count for choice in roles.choices}
        assert counts == {"PLANNER": 1, "REVOPS": 0, "EXECUTIVE": 0}
        assert roles.all_count == 3

    def test_a_choice_may_be_made_by_a_function(self):
        spec = ListSpec(
            columns=[Column("name", "Name", sort="full_name")],
            filters=[
                Filter(
                    "state",
                    "State",
                    lambda: [("old", "Old hands")],
                    lambda people, value: people.exclude(top_performer_year=None),
                )
            ],
            default_sort="-name",
        )

        page = spec.page(Person.objects.all(), QueryDict("state=old"))

        assert [row.full_name for row in page.rows] == ["Chidi Okonkwo", "Ana Souza"]

    def test_nothing_left_is_told_apart_from_nothing_there(self):
        assert listed("q=zzz").is_filtered
        assert not listed("q=zzz").is_empty
        assert SPEC.page(Person.objects.none(), QueryDict()).is_empty


@pytest.mark.usefixtures("three")
class TestPages:
    def test_a_page_says_where_it_stands(self):
        page = listed("page=2")

        assert (page.start, page.end, page.total, page.pages) == (3, 3, 3, 2)

    @pytest.mark.parametrize("number", ["99", "2", "999999999"])
    def test_a_page_beyond_the_last_is_the_last(self, number):
        assert names(f"page={number}") == ["Chidi Okonkwo"]

    @pytest.mark.parametrize(
        "number", ["0", "-1", "x", "", "²", "٢", "1e9", "9" * 50, "1;--", "%00", "None"]
    )
    def test_nonsense_is_the_first(self, number):
        assert names(f"page={number}") == ["Ana Souza", "Bo Chen"]

    def test_links_carry_the_rest_of_the_state_on(self):
        page = listed("q=o&sort=-name&role=&page=1&evil=<script>")

        assert page.next_url == "?q=o&sort=-name&page=2"
        assert page.columns[0].url == "?q=o"  # back to the default order
        assert page.filters[0].choices[0].url == "?q=o&role=PLANNER&sort=-name"
        assert page.clear_url == "?sort=-name"

    def test_two_lists_on_one_page_have_prefixes(self):
        spec = ListSpec(
            columns=SPEC.columns, default_sort="name", per_page=2, prefix="a-", keep=["day"]
        )

        page = spec.page(Person.objects.all(), QueryDict("page=2&a-page=1&day=3&b-page=2"))

        assert page.number == 1
        assert page.next_url == "?day=3&a-page=2"


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_a_list_makes_the_same_queries_at_any_length(rows):
    RegionFactory()
    PersonFactory.create_batch(rows)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        listed("q=person&sort=-title&page=1")

    assert len(queries) == 3  # count, rows, and what the counting filter counts


def test_hostile_words_come_back_harmless():
    PersonFactory(full_name="<b>Bobby</b> Tables")
    query = QueryDict(mutable=True)
    query["q"] = "\0\x1b<script>alert(1)</script>%_\\" + "x" * 5000

    page = SPEC.page(Person.objects.all(), query)
    html = "".join(
        engines["django"].get_template(f"core/lists/{name}.html").render({"page": page})
        for name in ("filters", "head", "pager")
    )

    assert page.rows == []
    assert "<script>" not in html
    assert len(page.query.words) <= 100


def test_heads_say_which_way_they_sort():
    PersonFactory.create_batch(3)
    html = (
        engines["django"]
        .get_template("core/lists/head.html")
        .render({"page": listed("sort=-title")})
    )

    assert 'class=" k-hide-narrow" aria-sort="descending"' in " ".join(html.split())
    assert html.count("aria-sort") == 1
    assert "Action" in html


def test_a_default_sort_must_be_a_column_that_sorts():
    with pytest.raises(ValueError, match="act"):
        ListSpec(columns=SPEC.columns, default_sort="act")


def test_filters_must_not_share_a_parameter():
    with pytest.raises(ValueError, match="share"):
        ListSpec(columns=SPEC.columns, filters=[Filter("page", "Page", [], "pk")])
