"""What Meridane's managers wrote down in their 1:1s."""

# What managers wrote: topic, what was seen and agreed, the next step, what stays private
NOTES = (
    (
        "Mapping the buying group",
        "Good energy after the kickoff. Leans on one champion, and knows it. Agreed to ask for "
        "the CFO before the middle of the month; I promised to join that call.",
        "Ask the champion to introduce the CFO",
        "Needs a push before hard conversations. Do not let it slip.",
    ),
    (
        "Mapping the buying group",
        "Walked through the two largest open deals. Names the roles, has met two of five. We "
        "drew the map together and chose whom to meet first.",
        "Meet the head of quality at the largest deal",
        "",
    ),
    (
        "Renewal pricing",
        "Opened the renewal talk with figures of the customer’s own. It went well, and the "
        "customer asked for a second depot.",
        "Send the value review to both depots",
        "Ready for a larger territory next year.",
    ),
    (
        "Answering Frostline",
        "Frostline came up in three calls. Asked back well once, gave a discount too early "
        "twice. We practised the first answer until it came by itself.",
        "Use the question about the warm pallet in the next two calls",
        "",
    ),
    (
        "Coldline 4: whom it is for",
        "Showed Coldline 4 on the customer’s own route; the dispatcher took it from there. "
        "Pipeline is thin for the second quarter.",
        "Book four first meetings on Coldline 4",
        "Worried about quota. Keep an eye on it.",
    ),
    (
        "Pricing and packaging",
        "Priced the new package per route without reaching for the discount table. The customer "
        "asked twice, and got a reference in return for a longer term.",
        "Write the offer up as an example for the team",
        "",
    ),
    (
        "Renewal pricing",
        "Two customers renew before summer, neither has heard from us since the installation. "
        "We wrote down what each of them gained and who felt it.",
        "Call both before the end of the week",
        "Overloaded with service questions. Talk to customer success.",
    ),
    (
        "Answering Frostline",
        "Lost a small deal to Frostline and said calmly why: six vans, no warehouse. Right to "
        "walk away, and right to bring it to the review.",
        "Tell the story in the next team meeting",
        "",
    ),
)
