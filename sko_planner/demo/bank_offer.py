"""Questions on what Meridane sells, and for how much."""

from sko_planner.demo.asked import Asked, Subject

COLDLINE = Subject(
    "Coldline 4: whom it is for",
    3,
    "show Coldline 4 on the customer’s own route",
    (
        "Which customer on Coldline 3 have you talked to this week?",
        "What did they see on their own route?",
        "What stops them from moving?",
    ),
    (
        Asked(
            "What is new in Coldline 4?",
            (
                "A warehouse knows of a warm pallet before the driver does",
                "A new logo and a dark theme",
                "Cheaper sensors",
            ),
            "Everything else follows from who knows first.",
        ),
        Asked(
            "Whom do you show it to first?",
            ("Whoever pays for spoiled goods", "Whoever owns the vans", "IT"),
            "The loss of a pallet is on somebody’s budget: find that one.",
        ),
        Asked(
            "How do you demonstrate it?",
            (
                "On the customer’s own route, with one sensor for a week",
                "With slides",
                "With a video of another customer",
            ),
            "Nine in ten who saw it on their own route asked for an offer.",
        ),
        Asked(
            "A customer on Coldline 3 is content. Why move?",
            (
                "Their claims of last year, by the hour of warning",
                "Coldline 3 ends",
                "The new price is lower",
            ),
            "Bring their own claims; contentment is not a reason to lose pallets.",
        ),
    ),
    (
        Asked(
            "Which customer is Coldline 4 not for?",
            (
                "One who carries nothing that spoils within a day",
                "One with two depots",
                "One with old vans",
            ),
            "Frozen goods forgive an hour: they gain least.",
        ),
        Asked(
            "What must a warehouse have for Coldline 4?",
            ("One gateway at each dock", "A new network", "Tablets for all"),
            "One box a dock, set up in an hour: say it before they fear a project.",
        ),
        Asked(
            "The driver’s phone has no signal. What happens?",
            (
                "The sensor reports by itself at the next gateway",
                "The alert waits for the phone",
                "The driver is called",
            ),
            "It is why Frostline cannot answer it yet.",
        ),
        Asked(
            "What is the first step of a move from 3 to 4?",
            (
                "Ten sensors on one route, for a month",
                "All vans in a weekend",
                "A contract for five years",
            ),
            "One route shows the gain with little to lose.",
        ),
    ),
)

PRICING = Subject(
    "Pricing and packaging",
    None,
    "price with the new packages",
    (
        "Which package did you offer last, and what did you leave out?",
        "Where did you feel unsure about the price?",
        "What would you trade for a discount?",
    ),
    (
        Asked(
            "What do customers pay for?",
            ("Each route that is watched", "Each sensor", "Each user"),
            "A price per route grows with their business, and users are free.",
        ),
        Asked(
            "What is in the package “Watch”?",
            (
                "Live temperature and alerts to drivers",
                "Alerts to warehouses",
                "The data interface",
            ),
            "Alerts to warehouses begin with “Prevent”.",
        ),
        Asked(
            "A customer wants “Prevent” without set-up help. What do you offer?",
            (
                "Set-up by a partner, at their price",
                "“Watch” with a discount",
                "“Prevent” at 10% less",
            ),
            "Keep the package whole: what is taken out once is asked for by all.",
        ),
        Asked(
            "Who approves a price under the floor?",
            ("The deal desk, within one working day", "Your manager, by phone", "Nobody"),
            "One day, and in writing: promise nothing before.",
        ),
    ),
    (
        Asked(
            "30 routes, two depots, pharma goods: which package?",
            (
                "“Prevent”, for alerts to both depots",
                "“Watch”, since it is small",
                "“Insight”, for the reports",
            ),
            "The depots act on the alert: without them it is a record of a loss.",
        ),
        Asked(
            "When is a price per route wrong?",
            (
                "Never: say it as the price of a pallet saved",
                "With more than 100 routes",
                "For pharma",
            ),
            "The unit stays; the comparison is theirs.",
        ),
        Asked(
            "What may you trade for a lower price?",
            (
                "A longer term, a reference, or more routes",
                "An earlier signature only",
                "Fewer users",
            ),
            "Users are free, and haste is worth less than it feels.",
        ),
        Asked(
            "What is not to be promised in an offer?",
            ("A feature that has no date", "A start within a month", "A named contact"),
            "What has no date comes back in the renewal.",
        ),
    ),
)
