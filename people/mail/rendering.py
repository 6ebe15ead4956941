"""A mail as it leaves: the text of the outbox, and the HTML that is made from it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language_bidi

from people.mail.rules import laid_out


def text_of(body: str, *, is_personal: bool) -> str:
    """The text part; who has an account is told where they choose what is mailed."""
    context = {
        "body": body.rstrip(),
        "company": settings.COMPANY_NAME,
        "choose": _choose(is_personal),
    }
    return render_to_string("people/mail/mail.txt", context).rstrip()


def html_of(subject: str, body: str, *, button: str, is_personal: bool) -> str:
    """
    The HTML part, in the company's look, light and dark: one button, readable without pictures.

    It says what the text says. `button` is what the button says that leads to the first address
    of ours in it.
    """
    layout = laid_out(body, settings.SITE_URL)
    context = {
        "subject": subject,
        "paragraphs": layout.paragraphs,
        "url": layout.url,
        "button": button,
        "company": settings.COMPANY_NAME,
        "choose": _choose(is_personal),
        "right_to_left": get_language_bidi(),
    }
    return render_to_string("people/mail/mail.html", context)


def _choose(is_personal: bool) -> str:
    return f"{settings.SITE_URL}{reverse('people:bell:mails')}" if is_personal else ""
