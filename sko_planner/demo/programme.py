"""What Meridane's kickoffs are about: their bets, and three days of sessions."""

from dataclasses import dataclass

from agenda.sessions.models import Pillar, SessionType
from people.accounts.models import Person

_T, _P, _F = SessionType, Pillar, Person.Function

# Rooms in the order of the grid: name, where, seats; the first and the last hold everybody
LISBON_ROOMS = (
    ("Tejo", "level 0", 220),
    ("Douro", "level 1", 80),
    ("Mondego", "level 1", 60),
    ("Sado", "level 1", 40),
    ("Minho", "level 2", 24),
    ("Lima", "level 2", 24),
    ("Guadiana", "level 2", 16),
    ("Terrace", "level 3, outside", 180),
)
ROTTERDAM_ROOMS = (
    ("Maashal", "ground floor", 180),
    ("Rijnhaven", "north wing", 80),
    ("Katendrecht", "north wing", 60),
    ("Feijenoord", "north wing", 40),
    ("Delfshaven", "crane house", 24),
    ("Coolhaven", "crane house", 24),
    ("Parkkade", "crane house", 16),
    ("Quay deck", "outside, covered", 180),
)
MAIN, LARGE, MIDDLE, SMALL, FIRST, SECOND, TINY, OUTSIDE = range(8)


@dataclass(frozen=True, slots=True)
class Bet:
    """
    One big bet: what is measured, from where to where, and what was read in each month since; then
    what people do about it: how often, for whom, what, and when it is done.
    """

    title: str
    why: str
    owner: str
    metric: str
    baseline: int
    target: int
    readings: tuple[int, ...]
    actions: tuple[tuple[str, str, str, str], ...]


BETS = (
    Bet(
        "Two new buyers in each open deal",
        "Half of what we lost last year we lost with one contact. Deals with three buyers or more"
        " closed twice as often.",
        "hendrik",
        "Open deals above €50,000 with three buyers or more",
        31,
        55,
        (31, 36, 41),
        (
            ("WEEKLY", "REP", "Add two new buyers to each open deal above €50,000",
             "Each stands in the CRM with their part in the decision"),
            ("MONTHLY", "REP", "Walk your manager through one stakeholder map",
             "You both know whom to meet next"),
            ("QUARTERLY", "REP", "Bring two deals to a clinic with a confirmed economic buyer",
             "The clinic gave each its next three moves"),
            ("WEEKLY", "MANAGER", "Ask for one stakeholder map in each 1:1",
             "Each rep has shown one in the month"),
        ),
    ),
    Bet(
        "Renew from day one",
        "A fifth of next year's revenue is in contracts that end in it. The talk about renewal"
        " begins at the first delivery, not at the last invoice.",
        "folake",
        "Renewals agreed before their last quarter",
        22,
        40,
        (22, 24, 29),
        (
            ("WEEKLY", "", "Log one outcome that a customer reached",
             "It has a figure, and the customer has said it"),
            ("MONTHLY", "", "Hold one value review with a customer who renews within six months",
             "The customer was in it, and a date is agreed"),
            ("QUARTERLY", "REP", "Agree next year's success plan with your five largest customers",
             "Five plans are agreed in writing"),
        ),
    ),
    Bet(
        "Lead with Coldline 4",
        "Coldline 4 tells a warehouse about a warm pallet before the driver knows. Nobody else"
        " does, and Frostline will by autumn.",
        "tamsin",
        "Share of new pipeline with Coldline 4",
        8,
        30,
        (8, 11, 19),
        (
            ("WEEKLY", "REP", "Open one conversation about Coldline 4 with a customer on Coldline 3",
             "A next meeting is in the calendar"),
            ("MONTHLY", "REP", "Give one live demonstration on the customer's own route",
             "Their dispatcher has used it"),
            ("QUARTERLY", "", "Close or lose one Coldline 4 deal, and bring the story to a review",
             "The team has heard it"),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """
    One session: day from 0, local time of the venue (empty: in the tray), minutes, room, who.

    `places` limits it; `kind` and `function` are its audience; `bet` is a position.
    """

    day: int
    begins: str
    minutes: int
    room: int
    type: str
    title: str
    outcome: str = ""
    leads: tuple[str, ...] = ()
    places: int | None = None
    bet: int | None = None
    pillar: str = ""
    owner: str = "priya"
    kind: str = ""
    function: str = ""
    about: str = ""


def _meal(day: int, begins: str, minutes: int, title: str) -> Item:
    return Item(day, begins, minutes, OUTSIDE, _T.MEAL_BREAK, title, owner="ines")


def _clinics(day: int, begins: str, round_number: int) -> tuple[Item, ...]:
    outcome = "Each deal leaves with its next three moves, with owner and date"
    about = (
        "Bring one live deal and its win strategy. Your group reads it beforehand, asks for twenty"
        " minutes, and says in ten what it would do. The facilitator is from another region."
    )
    rooms = (
        (MIDDLE, "Groups 1–4", 38, "kwame"),
        (SMALL, "Groups 5–7", 30, "olha"),
        (FIRST, "Groups 8–9", 18, "ana"),
    )
    return tuple(
        Item(
            day, begins, 90, room, _T.DEAL_CLINIC, f"Deal clinic, round {round_number}", outcome,
            (lead,), places, 1, _P.SKILLS, "priya", "REP", about=f"{groups}. {about}",
        )
        for room, groups, places, lead in rooms
    )  # fmt: skip


FIRST_DAY = (
    _meal(0, "08:00", 45, "Breakfast and badges"),
    Item(0, "09:00", 45, MAIN, _T.KEYNOTE, "One year, three bets",
         "You can name the three bets and say why we make them", ("ngozi",), None, 1, _P.STRATEGY),
    Item(0, "10:00", 60, MAIN, _T.PRODUCT, "Coldline 4 in forty minutes",
         "You can say which of your customers it is for, and which not",
         ("tamsin",), None, 3, _P.PRODUCT),
    _meal(0, "11:00", 15, "Break"),
    Item(0, "11:15", 75, LARGE, _T.WIN_LOSS_REVIEW, "Won: Halvorsen Frukt",
         "You can name what nearly killed the deal, in the buyer's words",
         ("siobhan", "leontine"), 70, 1, _P.SKILLS, "leontine",
         about="The deal team presents, the buyer's interview is played in parts."),
    Item(0, "11:15", 75, MIDDLE, _T.WORKSHOP, "Read a buying group in ten minutes",
         "You leave with a map of one of your open deals", ("rajesh",), 55, 1, _P.SKILLS),
    Item(0, "11:15", 75, SMALL, _T.COMPETITIVE, "Frostline: what they say about us",
         "You can answer their three favourite sentences", ("chidi",), 40, 3, _P.COMPETITIVE,
         "chidi"),
    _meal(0, "12:45", 60, "Lunch"),
    *_clinics(0, "14:00", 1),
    Item(0, "14:00", 60, LARGE, _T.PRODUCT, "Alerts API, questions",
         "You know the three questions that a customer's architect asks", ("seoyeon",), 45, 3,
         _P.PRODUCT, "tamsin"),
    _meal(0, "15:30", 30, "Coffee"),
    Item(0, "16:15", 60, MAIN, _T.RECOGNITION, "The year in ten deals",
         "You have met the people behind ten deals of last year", ("ifeoma",), None, None,
         _P.RECOGNITION),
    Item(0, "19:00", 150, OUTSIDE, _T.SOCIAL, "Welcome dinner", owner="ines"),
)  # fmt: skip

SECOND_DAY = (
    _meal(1, "08:00", 45, "Breakfast"),
    Item(1, "09:00", 30, MAIN, _T.KEYNOTE, "Bet 2: renew from day one",
         "You can say what a renewal begins with", ("folake",), None, 2, _P.STRATEGY),
    Item(1, "09:45", 60, MAIN, _T.PRODUCT, "Coldline 4, live on a real route",
         "You have seen a warm pallet reported before the driver knew",
         ("tamsin",), 84, 3, _P.PRODUCT, "tamsin"),
    Item(1, "09:45", 60, LARGE, _T.WIN_LOSS_REVIEW, "Lost: Alder Freight",
         "You can name what we would change, and who changes it", ("jose",), 58, 1, _P.SKILLS,
         "leontine"),
    *_clinics(1, "09:45", 2),
    Item(1, "09:45", 90, SECOND, _T.WORKSHOP, "Map the buying group",
         "You leave with a map of one of your open deals", ("nikos",), 22, 1, _P.SKILLS),
    Item(1, "09:45", 45, TINY, _T.PRODUCT, "Alerts API, the short version",
         "You can say in a minute what an alert is worth", ("seoyeon",), 14, 3, _P.PRODUCT,
         "tamsin"),
    _meal(1, "11:15", 15, "Break"),
    Item(1, "11:30", 60, MAIN, _T.CUSTOMER_PANEL, "What nearly made us leave",
         "You take two questions to your own customers", ("folake",), None, 2, _P.SKILLS, "folake",
         about="Three customers: one who recommends us, one who might, one who does not."),
    _meal(1, "12:30", 60, "Lunch"),
    *_clinics(1, "13:30", 3),
    Item(1, "13:45", 75, MAIN, _T.WORKSHOP, "Renewal pricing, hands-on",
         "You have priced one of your renewals three ways", ("rajesh",), 96, 2, _P.SKILLS),
    Item(1, "13:45", 60, LARGE, _T.WIN_LOSS_REVIEW, "Won: Port of Ashdown",
         "You can retell the deal from the buyer's side", ("dana", "chidi"), 62, 1, _P.SKILLS,
         "chidi"),
    Item(1, "14:00", 75, TINY, _T.PRODUCT, "Alerts API, lab",
         "You have set up one alert for a customer of yours", ("huong",), 16, 3, _P.PRODUCT,
         "tamsin"),
    Item(1, "15:15", 60, SECOND, _T.COMPETITIVE, "Answering Frostline",
         "You can answer three objections in your own words", ("chidi",), 20, 3, _P.COMPETITIVE,
         "chidi"),
    _meal(1, "16:15", 15, "Break"),
    Item(1, "16:30", 45, MAIN, _T.KEYNOTE, "How you are paid this year",
         "You can compute your own payout at 100%", ("mateusz",), None, None, _P.STRATEGY,
         "mateusz", "REP"),
    Item(1, "16:30", 60, LARGE, _T.WORKSHOP, "Customer success: first 30 days",
         "Each new customer of yours has a first outcome with a date", ("siobhan",), 24, 2,
         _P.SKILLS, "folake", "", _F.CUSTOMER_SUCCESS),
    Item(1, "17:30", 60, MIDDLE, _T.WORKSHOP, "Role play: the second meeting",
         "You have practised the talk twice, with feedback", ("kwame",), 48, 1, _P.SKILLS),
    Item(1, "17:30", 60, SMALL, _T.WORKSHOP, "Role play: the renewal call",
         "You have practised the talk twice, with feedback", ("jose",), 36, 2, _P.SKILLS),
    Item(1, "17:30", 60, FIRST, _T.WORKSHOP, "Managers: coach in ten minutes",
         "You have the dates of your first three one-to-ones", ("soren",), 20, None, _P.SKILLS,
         "priya", "MANAGER"),
    Item(1, "18:45", 30, MAIN, _T.RECOGNITION, "Field awards",
         "You know whom to ask about what", ("ngozi",), None, None, _P.RECOGNITION),
    Item(1, "19:30", 150, OUTSIDE, _T.SOCIAL, "Riverside dinner", owner="ines"),
)  # fmt: skip

THIRD_DAY = (
    _meal(2, "08:00", 45, "Breakfast"),
    Item(2, "09:00", 75, LARGE, _T.WIN_LOSS_REVIEW, "Won: Nordhavn Cold Store",
         "You can say which of the three moves won it", ("emre",), 55, 1, _P.SKILLS, "leontine"),
    Item(2, "09:00", 75, MIDDLE, _T.WORKSHOP, "Ask a question and wait",
         "You have asked an economic buyer's question and kept silent", ("lukasz",), 48, 1,
         _P.SKILLS),
    Item(2, "09:00", 75, SMALL, _T.PRODUCT, "Sensors: what is next",
         "You know what may be promised, and what not", ("mirela",), 36, 3, _P.PRODUCT, "tamsin"),
    _meal(2, "10:15", 30, "Coffee"),
    *_clinics(2, "10:45", 4),
    _meal(2, "12:30", 60, "Lunch"),
    Item(2, "13:45", 60, MAIN, _T.WORKSHOP, "My plan: every week, month and quarter",
         "You have chosen one action for each bet", ("priya",), None, 1, _P.STRATEGY),
    Item(2, "15:00", 30, MAIN, _T.KEYNOTE, "What we promised each other",
         "You have heard what the executives took on", ("ngozi",), None, None, _P.STRATEGY),
    _meal(2, "15:30", 45, "Coffee, and the way home"),
)  # fmt: skip

TRAY = (
    Item(0, "", 90, 0, _T.DEAL_CLINIC, "Deal clinic, round 5",
         "Each deal leaves with its next three moves, with owner and date", ("kwame",), 60, 1,
         _P.SKILLS),
    Item(0, "", 45, 0, _T.CUSTOMER_PANEL, "Ask a lost customer",
         "You know what would have kept them", (), None, 2, _P.SKILLS, "folake"),
    Item(0, "", 30, 0, _T.COMPETITIVE, "Three questions Frostline hates",
         "You have asked each of them once", ("lukasz",), 40, 3, _P.COMPETITIVE, "chidi"),
    Item(0, "", 15, 0, _T.SOCIAL, "Tables for the riverside dinner", owner="ines"),
)  # fmt: skip

PROGRAMME = (*FIRST_DAY, *SECOND_DAY, *THIRD_DAY)
