"""What Meridane's field heard at its last kickoff, from room to answer, and what is just coming in."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from agenda.insights import actions
from agenda.insights.models import Function, Insight, Telling
from agenda.sessions.models import ReleasedSession
from events.kickoff.models import Kickoff
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Heard:
    """
    Something that was heard: in which session, what, how it was said, of whom, how often, by whom (empty
    without a name), and those that say the same. `days` from the end of the event to the answer.
    """

    session: str
    what: str
    said: str
    deal: str = ""
    heard: int = 1
    by: str = ""
    alike: tuple[tuple[str, str], ...] = ()
    owner: str = ""
    days: int = 0
    answer: str = ""
    act_days: int = 0
    change: str = ""
    declined: str = ""


HEARD = (
    Heard("Lost: Alder Freight", "The install date is missing from the proposal",
          "We signed with the other one because they wrote down a day.", "Alder Freight", 3, "aicha",
          (("Won: Halvorsen Frukt", "The proposal says no install date"),), "tamsin"),
    Heard("What nearly made us leave", "Depot managers cannot mute an alert at night",
          "My night shift unplugs the gateway. That is your product now.", "Nordhavn Cold Store", 4,
          "", (("Alerts API, lab", "No way to mute an alert at night"),
               ("Renewal pricing, hands-on", "Depots want to mute alerts at night")), "tamsin"),
    Heard("Won: Port of Ashdown", "Show who changed a route, and when",
          "Ashdown bought because the audit log of our rival was a week old. They asked me four times"
          " who can see a change.", "Port of Ashdown", 4, "",
          (("What nearly made us leave", "Who changed the route, and when?"),), "seoyeon", 4,
          "The log exists and is off by default. From the first of next month it is on for new"
          " customers; old ones get a switch. Show it in the second meeting: slide 14.", 60),
    Heard("Coldline 4, live on a real route", "Alerts on the driver’s phone, not by mail",
          "The driver does not read mail. He has a phone in a holder in front of him.",
          "Nordhavn Cold Store", 7, "emre", (), "tamsin", 5,
          "It is in the next version, behind a switch for each fleet.", 20, "in Coldline 4.1"),
    Heard("Alerts API, questions", "The API limits are nowhere written down",
          "Their architect asked twice, and I said that I would find out.", "", 2, "huong", (),
          "seoyeon", 3, "They are on the developer pages now, with the error that comes beyond them.",
          10, "written down, with examples"),
    Heard("Sensors: what is next", "Say when a sensor’s battery goes",
          "They drive out to find that it was the battery.", "Halvorsen Frukt", 2, "", (), "mirela", 6,
          "We measure it already; the list of sensors shows it from spring on."),
    Heard("Sensors: what is next", "A sensor without a subscription",
          "Small depots want to buy it once.", "", 3, "jose", (), "mirela", 5,
          declined="It would cost more to serve than it brings. The reasons and the figures are in the"
          " roadmap."),
    Heard("Frostline: what they say about us", "No page compares us with Frostline on recall",
          "I made one myself on the train.", "", 5, "chidi", (), "leontine"),
    Heard("What nearly made us leave", "The case study names a customer who left",
          "He laughed, and then he stopped talking.", "Questions from the audience", 2, "", (),
          "leontine", 1, "Taken down the same day, and we now ask before each quarter.", 3,
          "taken down"),
    Heard("Won: Halvorsen Frukt", "Send the buyer’s own words with the case study",
          "She sold it inside with her own sentence, not with ours.", "Halvorsen Frukt", 2, "siobhan",
          (), "leontine", 6, "Each new case has a page of quotes, with permission.", 25,
          "in the last four case studies"),
    Heard("Frostline: what they say about us", "Answer “you are too big for us” in a minute",
          "Third time this quarter.", "", 3, "", (), "leontine", 7,
          "A one-minute answer is in the battlecard, with two customers below 20 vans."),
    Heard("Map the buying group", "A template of the buying group that prints",
          "I draw it by hand in each first meeting.", "", 2, "nikos", (), "leontine", 4,
          "It is in the brand folder, A4 and letter.", 5, "in the brand folder"),
    Heard("Coldline 4 in forty minutes", "One slide less about sensors",
          "They care about pallets.", "", 1, "", (), "leontine", 9,
          declined="The slide answers the question that buyers ask next. It moved to the end."),
    Heard("Lost: Alder Freight", "The contract goes round legal twice",
          "It came back for the same comma.", "5 lost deals", 8, "dana",
          (("Renewal pricing, hands-on", "Legal reads each contract twice"),), "chidi"),
    Heard("Renewal pricing, hands-on", "Ask for the usage report before each renewal",
          "I had it by accident and it closed the deal.", "", 3, "rajesh", (), "rajesh", 5,
          "The report is sent to the account team 90 days before each renewal.", 30,
          "sent 90 days before each renewal"),
    Heard("Deal clinic, round 2", "Pay for pilots again",
          "Without a pilot they wait for next year’s budget.", "", 2, "", (), "chidi", 6,
          declined="A paid pilot cost us margin on nine of ten deals. Ask for a dated decision instead."),
    Heard("Deal clinic, round 3", "Discounts above 15% take nine days",
          "On day seven the buyer was on holiday.", "", 4, "kwame", (), "rajesh", 4,
          "Managers approve up to 20% on their own since Monday.", 6, "managers approve up to 20%"),
    Heard("Won: Nordhavn Cold Store", "Bring the installer to the second meeting",
          "He answered in one sentence what we could not.", "Nordhavn Cold Store", 2, "emre", (),
          "rajesh", 3, "Sales engineers plan two half days a week for it."),
    Heard("Deal clinic, round 4", "Tell us when a champion changes jobs", "I heard it from the buyer.",
          "", 2, ""),
    Heard("What nearly made us leave", "Invoices name no depot",
          "Their accounts team sends each one back.", "Halvorsen Frukt", 1, "folake"),
)  # fmt: skip
COMING_IN = (
    ("Won: Halvorsen Frukt", "Say on page one what installation costs", "", 2),
    ("Frostline: what they say about us", "They quote our outage of last May", "chidi", 1),
)
LATE_DAYS, OPEN_DAYS = 34, 47  # after the event: what is not answered was due then, or soon is


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Twenty insights of the ended kickoff in all states, and two of the one that is on."""
    kickoff = kickoffs.ended
    sessions = _released(kickoff)
    for number, one in enumerate(HEARD):
        head = _sent(kickoff, sessions, one.session, one.what, company, rng, one)
        for title, what in one.alike:
            alike = _sent(kickoff, sessions, title, what, company, rng)
            at = kickoff.closes_at + 9 * _HOUR
            actions.merge(insight=alike, into=head, by=company.planner, at=at)
        if one.owner:
            _carry_on(head, one, number, company, now)
    read = [
        pk
        for pk in Telling.objects.order_by("pk").values_list("pk", flat=True)
        if rng.random() < 0.8
    ]
    Telling.objects.filter(pk__in=read).update(seen_at=F("told_at") + _HOUR)
    running = _released(kickoffs.today)
    for title, what, by, heard in COMING_IN:
        if title in running and running[title].starts_at <= now:
            said = Heard(title, what, "", heard=heard, by=by)
            _sent(kickoffs.today, running, title, what, company, rng, said)


def _released(kickoff: Kickoff) -> dict[str, ReleasedSession]:
    return {one.title: one for one in ReleasedSession.objects.current(kickoff)}


def _sent(
    kickoff: Kickoff,
    sessions: dict[str, ReleasedSession],
    title: str,
    what: str,
    company: Company,
    rng: random.Random,
    said: Heard | None = None,
) -> Insight:
    """As sending writes it, but for a number that is drawn from the seed of the demo."""
    session = sessions[title]
    return Insight.objects.create(
        pk=rng.randrange(2**40, 2**52),
        key=UUID(int=rng.getrandbits(128)),
        kickoff=kickoff,
        session_id=session.session_id,
        session_title=title,
        heard_at=session.starts_at,
        what=what,
        evidence=said.said if said else "",
        deal=said.deal if said else "",
        heard=said.heard if said else 1,
        sender=company[said.by] if said and said.by else None,
    )


def _carry_on(head: Insight, one: Heard, number: int, company: Company, now: datetime) -> None:
    kickoff, owner = head.kickoff, company[one.owner]
    end = kickoff.closes_at
    given_at = end + 9 * _HOUR + number * timedelta(minutes=7)
    settled = one.answer or one.declined
    # Some answers came after their day
    days = 5 if settled else (LATE_DAYS + number % 3 * 3 if number % 7 else OPEN_DAYS)
    due = kickoff.ends_date + timedelta(days=days + 1)
    function = Function.PRODUCT if one.owner == "mirela" else ""  # an executive of product
    actions.give(
        insight=head, owner=owner, due=due, by=company.planner, at=given_at, function=function
    )
    at = end + timedelta(days=one.days, hours=15)
    if one.declined:
        actions.decline(insight=head, reason=one.declined, by=owner, at=at)
    elif one.answer:
        act_by = kickoff.ends_date + timedelta(days=one.act_days) if one.act_days else None
        actions.answer(insight=head, text=one.answer, act_by=act_by, by=owner, at=at)
    if one.change:
        acted_at = min(end + timedelta(days=one.act_days, hours=11), now)
        actions.act(insight=head, change=one.change, by=owner, at=acted_at)
    if one.answer and number == 2:
        text = "Which customers get the switch, and do they ask for it?"
        actions.say(insight=head, text=text, by=company.planner, at=at + 2 * _HOUR)
