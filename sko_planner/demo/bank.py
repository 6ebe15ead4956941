"""What Meridane wants its people to remember: topics, questions to practise, questions kept back."""

from sko_planner.demo.asked import Asked, Subject
from sko_planner.demo.bank_offer import COLDLINE, PRICING

BUYING_GROUP = Subject(
    "Mapping the buying group",
    1,
    "map the buying group",
    (
        "Name the person who signs. When did you last talk?",
        "Who loses if they buy from us?",
        "What will you ask for by Friday?",
    ),
    (
        Asked(
            "Your champion says “I decide”. What do you do next?",
            (
                "Ask who signs, and how they decided the last time",
                "Send the proposal to the champion",
                "Offer a pilot to win time",
            ),
            "In eight of ten lost deals last year the champion was sure to decide, and did not.",
        ),
        Asked(
            "How many buyers had the deals that we won most often?",
            ("Three or more", "One who is strong", "Two from one department"),
            "Deals with three buyers or more closed twice as often as those with one.",
        ),
        Asked(
            "Who is the economic buyer?",
            (
                "Whoever can say yes when everybody else says no",
                "Whoever has the highest title in the room",
                "The head of purchasing",
            ),
            "A title is a guess. Ask whose budget it is and who could still stop it.",
        ),
        Asked(
            "Operations loves Coldline, IT has not been met. What is the risk?",
            (
                "IT stops the deal in the security review",
                "None, since operations pays",
                "IT asks for a discount",
            ),
            "Four deals died in a security review last year, each in its last month.",
        ),
    ),
    (
        Asked(
            "A dispatcher shows your demo to colleagues without being asked. What is she?",
            (
                "A champion, if she would also sell for you when you are not there",
                "The economic buyer",
                "A coach for pricing",
            ),
            "A champion has power, and uses it for you.",
        ),
        Asked(
            "Which question finds the person who signs?",
            (
                "“How was the last contract of this size approved?”",
                "“Are you the decision maker?”",
                "“Do you have budget?”",
            ),
            "People tell how it went the last time more readily than who they are.",
        ),
        Asked(
            "The deal has one contact and closes in five weeks. What comes first?",
            (
                "A meeting with a second buyer, asked for by the first",
                "A better price",
                "A longer demo",
            ),
            "One contact is the most common reason for a loss in the last month.",
        ),
        Asked(
            "What belongs on a stakeholder map?",
            (
                "What each person wins or loses if they buy",
                "Everybody’s birthday",
                "Only those who like us",
            ),
            "Who loses something will speak up late, unless you meet them early.",
        ),
    ),
)

RENEWAL = Subject(
    "Renewal pricing",
    2,
    "open the renewal talk by day 60",
    (
        "Which customer renews next, and what have they gained so far?",
        "What number will you open with, and why that one?",
        "Who at the customer would miss us first?",
    ),
    (
        Asked(
            "When does the talk about renewal begin?",
            ("At the first delivery", "90 days before the contract ends", "When the customer asks"),
            "Bet 2: whoever waits for the last invoice negotiates about the price alone.",
        ),
        Asked(
            "A customer asks for 15% off at renewal. What do you show first?",
            (
                "What Coldline saved them this year, in their own figures",
                "The discount table",
                "What Frostline charges",
            ),
            "Value before price: one outcome that the customer agreed to.",
        ),
        Asked(
            "How much may a rep give at renewal without asking?",
            (
                "Nothing that is not traded for something",
                "Up to 5%",
                "Up to 10% before quarter end",
            ),
            "Trade a longer term, a reference or more sites: a gift is expected again next year.",
        ),
        Asked(
            "Which outcome is worth logging?",
            (
                "“12 pallets saved in March”, agreed by the customer",
                "“The customer is happy”",
                "“We trained 30 users”",
            ),
            "An outcome is the customer’s figure, not our activity.",
        ),
    ),
    (
        Asked(
            "Usage fell by a third in two months. What do you do?",
            (
                "Call the person who used it most, this week",
                "Wait for the review",
                "Offer a lower tier",
            ),
            "Falling use is the earliest sign of a customer who leaves.",
        ),
        Asked(
            "The renewal list price rises by 6%. When do you say so?",
            (
                "In the value review, beside what they gained",
                "In the last invoice",
                "Only if they ask",
            ),
            "A price that comes with a gain is discussed; one that comes alone is refused.",
        ),
        Asked(
            "Who should be in a renewal meeting?",
            (
                "Somebody who felt the outcome, and somebody who signs",
                "Purchasing alone",
                "Your manager alone",
            ),
            "Without the person who felt it, only the price is left to talk about.",
        ),
        Asked(
            "A customer wants to renew for three years. What do you ask for in return?",
            ("A second site or a public reference", "Nothing, it is a win", "Payment in advance"),
            "A long term is worth something to them as well: trade it.",
        ),
    ),
)

FROSTLINE = Subject(
    "Answering Frostline",
    1,
    "answer Frostline without naming a discount",
    (
        "Where did Frostline come up this week, and who brought it up?",
        "What did you ask back?",
        "What would the customer lose with them?",
    ),
    (
        Asked(
            "“Frostline is 20% cheaper.” What do you answer first?",
            (
                "“What would a warm pallet cost you that nobody sees for an hour?”",
                "“We can match that.”",
                "“Their service is poor.”",
            ),
            "The difference is one hour of warning; let the customer put a price on it.",
        ),
        Asked(
            "What does Frostline do well?",
            (
                "Fast set-up for small fleets",
                "Alerts before the driver knows",
                "Integration with warehouses",
            ),
            "Say it before the customer does: it makes the rest believable.",
        ),
        Asked(
            "What does Frostline not have?",
            ("Sensors that report without the driver’s phone", "A web page", "A price list"),
            "No phone, no signal: it is the first thing to show on their own route.",
        ),
        Asked(
            "A customer has a Frostline pilot running. What do you ask for?",
            (
                "The same route for a week with both",
                "That they stop it",
                "A meeting after the pilot",
            ),
            "Side by side on one route we won nine of eleven times.",
        ),
    ),
    (
        Asked(
            "Which customer is right with Frostline?",
            ("Six vans in one town, no warehouse", "A chain with 40 depots", "A pharma wholesaler"),
            "Walking away from a poor fit costs an hour; a poor fit that signs costs a year.",
        ),
        Asked(
            "“Frostline promises alerts by autumn.” What do you answer?",
            (
                "“Ask them to show it on your route today. We will.”",
                "“They always promise.”",
                "“We will have more by then.”",
            ),
            "A promise is answered by something that runs.",
        ),
        Asked(
            "Where do you speak badly of Frostline?",
            ("Nowhere", "With your champion", "Only in a lost deal"),
            "Customers remember who spoke badly, and not about whom.",
        ),
        Asked(
            "What do you do with what Frostline said about us?",
            (
                "Bring it to marketing as an insight with the deal’s name",
                "Keep it for the next deal",
                "Answer it by mail to all",
            ),
            "Three answers of this kickoff began as a sentence from a lost deal.",
        ),
    ),
)

SUBJECTS = (BUYING_GROUP, RENEWAL, FROSTLINE, COLDLINE, PRICING)
