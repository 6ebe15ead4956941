"""What the style guide shows in place of real data. The company is invented."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial

from django import forms

from core.ui.charts import Bar, BarsChart, LineChart, Point, Tick
from core.ui.figures import percent, short_money

NAMES = (
    "Aïcha Benyahia",
    "Ana Beatriz de Albuquerque Cavalcanti",
    "Ольга Шевченко",
    "Νίκος Παπαδόπουλος",
    "דנה לוי",
    "دانا الخطيب",
    "佐藤 美咲",
    "김민준",
    "Nguyễn Thị Hương",
    "อรุณี ศรีสุข",
    "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh",
)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", max_length=120, help_text="As people will read it.")
    kind = forms.ChoiceField(
        label="Held", choices=[("IN_PERSON", "in person"), ("HYBRID", "hybrid")]
    )
    starts_date = forms.DateField(label="First day", widget=forms.DateInput)
    doors_time = forms.TimeField(label="Doors open", required=False, initial=time(8))
    quota = forms.DecimalField(label="Quota", help_text="For the whole plan year, in its currency.")
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    file = forms.FileField(label="Roster", help_text="CSV or XLSX, 10 MB at most.", required=False)
    score = forms.ChoiceField(
        label="How well did it go?",
        widget=forms.RadioSelect,
        choices=[("1", "Not seen"), ("2", "With help"), ("3", "On their own")],
    )
    regions = forms.MultipleChoiceField(
        label="For",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("EMEA", "EMEA"), ("AMER", "Americas")],
    )
    agreed = forms.BooleanField(
        label="I have read it", help_text="Receipt is not agreement.", required=False
    )

    def clean(self) -> dict[str, object]:
        self.add_error(None, "The first day is after the last one.")
        return self.cleaned_data


def payout() -> LineChart:
    """A rep's pay over what they close, with a threshold that jumps."""
    curve = [(0, 0), (40, 0), (40, 22_400), (100, 56_000), (120, 72_800), (150, 106_400)]
    return LineChart(
        title="At quota you earn €56,000; at 150%, €106,400",
        unit="Variable pay in a year, by share of quota closed.",
        curve=curve,
        points=[
            Point(50, 28_000, "€28k"),
            Point(100, 56_000, "€56k", mine=True),
            Point(150, 106_400, "€106.4k"),
        ],
        ticks=[Tick(0, "0%"), Tick(50, "50%"), Tick(100, "100%"), Tick(150, "150%")],
        x_title="of quota closed",
        y_format=partial(short_money, currency="EUR"),
        heads=("Of quota", "Closed", "Payout"),
        rows=(("50%", "€450,000", "€28,000"), ("100%", "€900,000", "€56,000")),
        small=True,
    )


def retention() -> LineChart:
    """Scores after a kickoff, with their intervals."""
    scores = (
        (0, 82, 79, 85, 148),
        (30, 74, 71, 77, 141),
        (60, 71, 67, 75, 133),
        (90, 69, 65, 73, 127),
    )
    return LineChart(
        title="Knowledge fell by 8 points in the first month, then held",
        unit="Average score on parallel checks. Bars show the 95% interval.",
        points=[
            Point(day, score, f"{score}%", low=low, high=high)
            for day, score, low, high, _n in scores
        ],
        ticks=[Tick(day, f"Day {day}", f"n = {n}") for day, _score, _low, _high, n in scores],
        y_from=30,
        y_to=90,
        y_format=lambda value: percent(value / 100),
        base=(41, "Before the kickoff: 41%"),
        heads=("Day", "Score", "Interval", "n"),
        rows=[
            (str(day), f"{score}%", f"{low}–{high}%", str(n)) for day, score, low, high, n in scores
        ],
    )


def stayed() -> BarsChart:
    """How many of those invited did each step."""
    steps = (
        ("Invited", 160),
        ("Came to Lisbon", 151),
        ("Took the day-0 check", 148),
        ("Did 6 or more of 9 activities", 118),
    )
    return BarsChart(
        title="118 of 160 did most of their activities",
        unit="Share of those invited.",
        heads=("Step", "People"),
        bars=[Bar(step, count, str(count), percent(count / 160)) for step, count in steps],
        total=160,
    )


def context() -> dict[str, object]:
    """All that the style guide's template names."""
    return {
        "names": NAMES,
        "blank_form": SampleForm(prefix="blank"),
        "wrong_form": SampleForm(
            {"wrong-quota": "1.2m", "wrong-name": "One Motion", "wrong-kind": "HYBRID"},
            prefix="wrong",
        ),
        "payout": payout(),
        "retention": retention(),
        "stayed": stayed(),
        "amount": Decimal("900000"),
        "cents": Decimal("-1234.5"),
        "yen": Decimal("138000000"),
        "share": Decimal("0.5375"),
        "date": date(2027, 2, 3),
        "at": datetime(2027, 2, 3, 9, 45, tzinfo=UTC),
    }
