"""The people of Meridane who are known by name, and the shape of the company around them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from people.accounts.models import Person
from sko_planner.demo.cultures import Place

_Function, _Role = Person.Function, Person.Role

LATIN = ("mexican", "brazilian", "andean")
EUROPEAN = (
    "british",
    "french",
    "german",
    "dutch",
    "nordic",
    "iberian",
    "italian",
    "polish",
    "czech",
)
ANYWHERE = (
    "american",
    "american",
    "canadian",
    *EUROPEAN,
    "indian",
    "chinese",
    "west african",
    "arabic",
    "ukrainian",
    "korean",
)


@dataclass(frozen=True, slots=True)
class Member:
    """One known person. `team` says where they sit; the handle is what code calls them by."""

    handle: str
    full_name: str
    job_title: str
    place: Place
    address: str
    team: str = ""
    function: str = _Function.SALES
    role: str = ""
    preferred_name: str = ""
    hired: date = date(2022, 1, 3)
    is_top_performer: bool = False
    is_staff: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """
    What one sales team covers: where its people come from, and in which cities they sit, if not
    in all. A region with more teams than areas goes round again.
    """

    region: str
    team: str
    cultures: tuple[str, ...]
    manager: str = ""
    cities: tuple[str, ...] = ()

    def named(self, team: str) -> Self:
        return replace(self, team=team, manager=self.manager if team == self.team else "")


@dataclass(frozen=True, slots=True)
class Office:
    """A function that does not sell: its share of the company, its head's boss, its titles."""

    team: str
    attribute: str
    function: str
    boss: str
    weight: int
    titles: tuple[str, ...]
    cultures: tuple[str, ...] = ANYWHERE
    role: str = ""


LISBON = Place("Lisbon", "PT", "Europe/Lisbon")
LONDON = Place("London", "GB", "Europe/London")
ATLANTA = Place("Atlanta", "US", "America/New_York")
CHICAGO = Place("Chicago", "US", "America/Chicago")
ROTTERDAM = Place("Rotterdam", "NL", "Europe/Amsterdam")
SINGAPORE = Place("Singapore", "SG", "Asia/Singapore")

EXECUTIVES = (
    Member(
        "ifeoma", "Ifeoma Brandt", "Chief Executive Officer", ROTTERDAM, "ifeoma",
        function=_Function.EXECUTIVE, role=_Role.EXECUTIVE, hired=date(2016, 4, 4),
    ),
    Member(
        "ngozi", "Ngozi Adeyemi-Clarke", "Chief Revenue Officer", LONDON, "ngozi",
        function=_Function.EXECUTIVE, role=_Role.EXECUTIVE, hired=date(2019, 9, 2),
    ),
    Member(
        "declan", "Declan Fairweather", "Chief Financial Officer", ROTTERDAM, "declan",
        function=_Function.EXECUTIVE, role=_Role.EXECUTIVE, hired=date(2020, 1, 13),
    ),
    Member(
        "mirela", "Mirela Kovačević", "Chief Product Officer", ROTTERDAM, "mirela",
        function=_Function.EXECUTIVE, role=_Role.EXECUTIVE, hired=date(2018, 6, 18),
    ),
    Member(
        "salvador", "Salvador Prieto Lázaro", "Chief Marketing Officer", CHICAGO, "salvador",
        function=_Function.EXECUTIVE, role=_Role.EXECUTIVE, hired=date(2021, 2, 1),
    ),
)  # fmt: skip

CROSS_BORDER = "EMEA Cross-border"
LATIN_AMERICA = "Latin America"
SOUTH_EAST = "US South-east"
SE_ASIA = "South-east Asia"
JAPAN = "Japan and Korea"
INDIA = "India and Oceania"

CAST = (
    *EXECUTIVES,
    # Sales leaders
    Member("marisol", "Marisol Whitcombe", "VP Sales, Americas", CHICAGO, "marisol",
           hired=date(2020, 3, 2)),
    Member("hendrik", "Hendrik van Ravesteyn", "VP Sales, EMEA", ROTTERDAM, "hendrik",
           hired=date(2019, 11, 4)),
    Member("shalini", "Shalini Wickramasinghe", "VP Sales, Asia-Pacific", SINGAPORE,
           "shalini", hired=date(2021, 7, 5)),
    Member("soren", "Søren Lindqvist-Ødegaard", "Manager, EMEA",
           Place("Copenhagen", "DK", "Europe/Copenhagen"), "soren", hired=date(2021, 8, 16)),
    # Søren's team
    Member("nikos", "Νίκος Παπαδόπουλος", "Mid-market AE, Athens",
           Place("Athens", "GR", "Europe/Athens"), "nikos.papadopoulos", CROSS_BORDER,
           hired=date(2026, 6, 1)),
    Member("thabo", "Thabo Nkosi", "Mid-market AE, Johannesburg",
           Place("Johannesburg", "ZA", "Africa/Johannesburg"), "thabo.nkosi", CROSS_BORDER,
           hired=date(2024, 2, 5)),
    Member("dana", "دانا الخطيب", "Enterprise AE, Dubai",
           Place("Dubai", "AE", "Asia/Dubai"), "dana.alkhatib", CROSS_BORDER,
           hired=date(2023, 5, 8)),
    Member("aicha", "Aïcha Benyahia", "Mid-market AE, Lyon",
           Place("Lyon", "FR", "Europe/Paris"), "aicha", CROSS_BORDER, hired=date(2024, 9, 2)),
    Member("lukasz", "Łukasz Żółtowski", "Enterprise AE, Gdańsk",
           Place("Gdańsk", "PL", "Europe/Warsaw"), "lukasz.zoltowski", CROSS_BORDER,
           hired=date(2022, 10, 3), is_top_performer=True),
    Member("olha", "Ольга Шевченко", "Enterprise AE, Warsaw",
           Place("Warsaw", "PL", "Europe/Warsaw"), "olha.shevchenko", CROSS_BORDER,
           hired=date(2022, 5, 9), is_top_performer=True),
    Member("emre", "Emre Çağlayan", "Mid-market AE, İzmir",
           Place("İzmir", "TR", "Europe/Istanbul"), "emre.caglayan", CROSS_BORDER,
           hired=date(2023, 1, 9)),
    Member("siobhan", "Siobhán Ní Bhriain", "Mid-market AE, Galway",
           Place("Galway", "IE", "Europe/Dublin"), "siobhan.nibhriain", CROSS_BORDER,
           hired=date(2023, 11, 6)),
    # Reps of other teams
    Member("kwame", "Kwame Asante", "Enterprise AE, Atlanta", ATLANTA, "kwame.asante", SOUTH_EAST,
           hired=date(2020, 8, 3), is_top_performer=True),
    Member("jose", "José Ñuñez-Ibarra", "Mid-market AE, Monterrey",
           Place("Monterrey", "MX", "America/Monterrey"), "jose.nunez", LATIN_AMERICA,
           hired=date(2023, 3, 6)),
    Member("ana", "Ana Beatriz de Albuquerque Cavalcanti", "Enterprise AE, Recife",
           Place("Recife", "BR", "America/Recife"), "ana.cavalcanti", LATIN_AMERICA,
           preferred_name="Ana Beatriz Cavalcanti", hired=date(2021, 10, 4),
           is_top_performer=True),
    Member("huong", "Nguyễn Thị Hương", "Mid-market AE, Hanoi",
           Place("Hanoi", "VN", "Asia/Ho_Chi_Minh"), "huong.nguyen", SE_ASIA,
           hired=date(2024, 4, 1)),
    Member("ken", "佐々木 健", "Enterprise AE, Tokyo", Place("Tokyo", "JP", "Asia/Tokyo"),
           "ken.sasaki", JAPAN, hired=date(2022, 4, 1)),
    Member("rajesh", "Rajesh Venkataramanan", "Enterprise AE, Chennai",
           Place("Chennai", "IN", "Asia/Kolkata"), "rajesh.venkataramanan", INDIA,
           hired=date(2021, 6, 7), is_top_performer=True),
    # Enablement: the planners
    Member("priya", "Priya Raghunathan", "Director of sales enablement", LONDON, "priya",
           "Enablement", _Function.ENABLEMENT, _Role.PLANNER, hired=date(2021, 1, 11)),
    Member("ines", "Inês Carvalhal", "Events lead", LISBON, "ines.carvalhal", "Enablement",
           _Function.ENABLEMENT, _Role.PLANNER, hired=date(2022, 9, 5)),
    Member("chidi", "Chidi Okonkwo", "Competitive programme lead", LONDON, "chidi.okonkwo",
           "Enablement", _Function.ENABLEMENT, _Role.PLANNER, hired=date(2022, 2, 14)),
    Member("misaki", "佐藤 美咲", "Field communications lead", Place("Tokyo", "JP", "Asia/Tokyo"),
           "misaki.sato", "Enablement", _Function.ENABLEMENT, _Role.PLANNER,
           hired=date(2023, 4, 3)),
    # RevOps
    Member("mateusz", "Mateusz Wiśniewski", "Head of revenue operations",
           Place("Kraków", "PL", "Europe/Warsaw"), "mateusz", "Revenue operations",
           _Function.REVOPS, _Role.REVOPS, hired=date(2020, 11, 2)),
    Member("hana", "Hana Dvořáková", "Business systems administrator",
           Place("Brno", "CZ", "Europe/Prague"), "hana", "Revenue operations", _Function.REVOPS,
           hired=date(2022, 1, 17), is_staff=True),
    # The rest of the house
    Member("leontine", "Léontine Achterberg", "Head of product marketing", ROTTERDAM,
           "leontine.achterberg", "Marketing", _Function.MARKETING, hired=date(2021, 5, 3)),
    Member("tamsin", "Tamsin Oyelaran", "Director of product, Coldline", LONDON, "tamsin.oyelaran",
           "Product", _Function.PRODUCT, hired=date(2020, 6, 1)),
    Member("seoyeon", "김서연", "Product manager, Alerts API", Place("Seoul", "KR", "Asia/Seoul"),
           "seoyeon.kim", "Product", _Function.PRODUCT, hired=date(2023, 2, 6)),
    Member("gustavo", "Gustavo Reinholt", "Head of sales engineering", CHICAGO,
           "gustavo.reinholt", "Sales engineering", _Function.SALES_ENGINEERING,
           hired=date(2020, 10, 12)),
    Member("folake", "Folake Sundström", "Head of customer success",
           Place("Stockholm", "SE", "Europe/Stockholm"), "folake.sundstrom", "Customer success",
           _Function.CUSTOMER_SUCCESS, hired=date(2021, 3, 8)),
)  # fmt: skip

REGION_LEADERS = {"Americas": "marisol", "EMEA": "hendrik", "Asia-Pacific": "shalini"}

# In each region, those with somebody known come first
AREAS = (
    Area("Americas", SOUTH_EAST, ("american",), cities=("Atlanta", "Charlotte", "Memphis")),
    Area("Americas", LATIN_AMERICA, LATIN),
    Area("Americas", "US North-east", ("american",), cities=("Boston", "Chicago")),
    Area("Americas", "US West", ("american",), cities=("Denver", "Oakland", "Seattle", "Dallas")),
    Area("Americas", "Canada", ("canadian",)),
    Area("EMEA", CROSS_BORDER, ("ukrainian", "greek", "turkish", "arabic", "southern african"), "soren"),
    Area("EMEA", "UK, Ireland and Nordics", ("british", "british", "nordic")),
    Area("EMEA", "DACH, Benelux and East", ("german", "german", "dutch", "polish", "czech", "ukrainian")),
    Area(
        "EMEA", "South and Africa",
        ("french", "iberian", "italian", "west african", "east african", "ethiopian", "hebrew", "arabic"),
    ),
    Area("Asia-Pacific", JAPAN, ("japanese", "japanese", "korean", "chinese")),
    Area("Asia-Pacific", SE_ASIA, ("vietnamese", "thai", "singaporean", "indonesian", "filipino")),
    Area("Asia-Pacific", INDIA, ("indian", "indian", "hindi", "oceanian")),
)  # fmt: skip

OFFICES = (
    Office(
        "Enablement", "enablement", _Function.ENABLEMENT, "ngozi", 5,
        ("Enablement manager", "Instructional designer", "Sales coach"), role=_Role.PLANNER,
    ),
    Office(
        "Revenue operations", "revops", _Function.REVOPS, "ngozi", 6,
        ("Compensation analyst", "Territory planner", "Sales operations analyst"),
        role=_Role.REVOPS,
    ),
    Office(
        "Marketing", "marketing", _Function.MARKETING, "salvador", 8,
        ("Product marketing manager", "Field marketing manager", "Content editor",
         "Campaign manager"),
    ),
    Office(
        "Product", "product", _Function.PRODUCT, "mirela", 8,
        ("Product manager, Coldline routes", "Product manager, sensors", "Product designer",
         "Product manager, compliance"),
    ),
    Office(
        "Customer success", "customer_success", _Function.CUSTOMER_SUCCESS, "ngozi", 6,
        ("Customer success manager", "Onboarding specialist", "Renewals manager"),
    ),
    Office(
        "Sales engineering", "engineers", _Function.SALES_ENGINEERING, "ngozi", 11,
        ("Sales engineer", "Senior sales engineer", "Solutions architect"),
    ),
)  # fmt: skip
