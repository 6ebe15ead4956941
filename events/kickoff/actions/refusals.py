from datetime import date

from django.utils.translation import gettext as _

# What counts weeks before the first day and 90 days after the last stays on the calendar
YEARS = (2000, 2100)
MOST_DAYS = 31


class KickoffRefused(Exception):
    """Nothing changed. The message is fit to show to the planner."""


def refuse_days(starts_date: date, ends_date: date) -> None:
    """
    Let days through that a kickoff can have.

    :raises KickoffRefused: the last day is before the first, or the days are out of all measure
    """
    if ends_date < starts_date:
        raise KickoffRefused(_("The last day is before the first day."))
    if not YEARS[0] <= starts_date.year <= ends_date.year <= YEARS[1]:
        raise KickoffRefused(
            _("A kickoff is between %(first)s and %(last)s. Look at the years.")
            % {"first": YEARS[0], "last": YEARS[1]}
        )
    if (ends_date - starts_date).days >= MOST_DAYS:
        raise KickoffRefused(
            _("A kickoff lasts %(most)d days at most. Look at the dates.") % {"most": MOST_DAYS}
        )
