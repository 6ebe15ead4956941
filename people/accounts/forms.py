"""
Form fields that name people as people write them, since nobody scrolls a list of 5,000; and the
forms about people themselves.
"""

from collections.abc import Callable, Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ConfirmLoginCodeForm,
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
)
from allauth.account.models import Login
from allauth.core import context as allauth_context
from allauth.core.internal.ratelimit import get_ip
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import choice_field, model_field
from core.keys import bare
from core.places import TimeZoneField
from people.accounts import sign_in
from people.accounts.actions import PersonChanges
from people.accounts.adapter import needs_code_too, start_as_if_mailed
from people.accounts.devices import device_of
from people.accounts.models import Person
from people.accounts.queries import NoSuchPerson, leading_people, people_named
from people.calendar.rules import no_such_part, read_subdivision


class PersonField(forms.CharField):
    """One person who is still here, written as a name, an e-mail address, or `Name <e-mail>`."""

    default_error_messages = {
        "unknown": gettext_lazy(
            "Nobody here is called “%(text)s”. Write a full name or an e-mail."
        ),
        "ambiguous": gettext_lazy(
            "Several people are called “%(text)s”. Write the e-mail address."
        ),
    }

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Person) else value

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        return self.found([text])[0] if text else None

    def found(self, texts: list[str]) -> list[Person]:
        found = people_named(texts, timezone.now())
        wrong = [self.refused(one) for one in found if isinstance(one, NoSuchPerson)]
        if wrong:
            raise ValidationError(wrong)
        return [one for one in found if isinstance(one, Person)]

    def refused(self, one: NoSuchPerson) -> ValidationError:
        code = "ambiguous" if one.several else "unknown"
        return ValidationError(self.error_messages[code], code=code, params={"text": one.text})


class PeopleField(PersonField):
    """Several people who are still here, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, most: int = 50, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return "\n".join(written(person) for person in value)

    def clean(self, value: Any) -> list[Person]:  # type: ignore[override]  # many rows, where the base gives one
        text = forms.CharField.clean(self, value)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > self.most:
            said = {"most": self.most, "count": len(lines)}
            raise ValidationError(
                _("%(most)d people are the most here, and these are %(count)d.") % said
            )
        return list(dict.fromkeys(self.found(lines)))


def written(person: Person) -> str:
    """A person as these fields read them back: unmistakable."""
    return f"{person.full_name} <{person.email}>"


class Suggestions(forms.TextInput):
    """A text input that offers people from a list as one types; anybody else may be written."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        super().__init__()
        self.people = people

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        listed = f"{(attrs or {}).get('id', name)}-people"
        control = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        options = format_html_join(
            "", '<option value="{}"></option>', ((written(person),) for person in self.people)
        )
        return control + format_html('<datalist id="{}">{}</datalist>', listed, options)


class PersonForm(forms.ModelForm[Person]):
    """All that a planner may say of a person. Their own role is not among it."""

    manager = PersonField(
        label=gettext_lazy("Manager"),
        required=False,
        help_text=gettext_lazy(
            "A name, or an e-mail address. Leave it empty for nobody. A new manager reads packets, "
            "notes and scores once RevOps has confirmed it."
        ),
    )
    time_zone = TimeZoneField(label=gettext_lazy("Time zone"))
    subdivision = forms.CharField(
        label=gettext_lazy("Part of the country"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "A code or a name, for example ENG or Ontario: its own holidays. Empty: the time zone tells."
        ),
    )

    class Meta:
        model = Person
        fields = (
            "full_name",
            "preferred_name",
            "email",
            "job_title",
            "function",
            "role",
            "region",
            "team",
            "manager",
            "employee_id",
            "time_zone",
            "country",
            "subdivision",
            "language",
            "hire_date",
            "leave_date",
            "top_performer_year",
        )
        labels = {
            "full_name": gettext_lazy("Full name"),
            "preferred_name": gettext_lazy("Goes by"),
            "email": gettext_lazy("E-mail address"),
            "job_title": gettext_lazy("Job title"),
            "function": gettext_lazy("Function"),
            "role": gettext_lazy("Role"),
            "region": gettext_lazy("Region"),
            "team": gettext_lazy("Team"),
            "employee_id": gettext_lazy("Employee id"),
            "country": gettext_lazy("Country"),
            "language": gettext_lazy("Language of letters"),
            "hire_date": gettext_lazy("Hired on"),
            "leave_date": gettext_lazy("Last day"),
            "top_performer_year": gettext_lazy("Top performer of the year"),
        }
        help_texts = {
            "full_name": gettext_lazy("As they write it, in any script."),
            "preferred_name": gettext_lazy("Only if it differs from the full name."),
            "email": gettext_lazy(
                "They sign in with it. To change it later, the old one or RevOps agrees."
            ),
            "role": gettext_lazy(
                "Empty for reps and managers: a manager is whoever has reports. "
                "Another one of RevOps waits until RevOps agrees."
            ),
            "country": gettext_lazy("Two letters, for example PT: their public holidays."),
            "leave_date": gettext_lazy("Only once they are leaving: it cuts their quota and pay."),
            "language": gettext_lazy("Of the packet letter as a PDF; pages stay in English."),
            "top_performer_year": gettext_lazy("The year of the award; it may lead a deal clinic."),
        }
        widgets = {"hire_date": forms.DateInput(), "leave_date": forms.DateInput()}

    def __init__(self, *args: Any, editor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk == editor.pk:
            # Gone, not disabled: what is posted for it is never read
            del self.fields["role"]
        else:
            choice_field(self, "role").choices = [("", _("None")), *Person.Role.choices]
        model_field(self, "region").empty_label = _("No region")
        model_field(self, "team").empty_label = _("No team")
        self.fields["manager"].widget = Suggestions(leading_people(timezone.now()))
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label,
            help_text=self.fields["language"].help_text,
            required=False,
            choices=[("", _("The company’s")), *settings.LETTER_LANGUAGES],
        )
        if self.instance.pk:
            self.initial["manager"] = self.instance.manager

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).strip().upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise ValidationError(_("Write the two letters of the country, for example PT."))
        return country

    def clean_top_performer_year(self) -> int | None:
        year: int | None = self.cleaned_data["top_performer_year"]
        if year is not None and not 2000 <= year <= 2100:
            raise ValidationError(_("Write a year with four digits, for example 2026."))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("subdivision"):
            cleaned["subdivision"] = self._part_of(cleaned)
        team, region = cleaned.get("team"), cleaned.get("region")
        if team is not None and team.region_id is not None:
            if region is not None and region.pk != team.region_id:
                self.add_error(
                    "team",
                    _("This team belongs to %(region)s.") % {"region": team.region.name},
                )
            cleaned["region"] = team.region
        return cleaned

    def _part_of(self, cleaned: dict[str, Any]) -> str:
        country = str(cleaned.get("country", ""))
        part = read_subdivision(cleaned["subdivision"], country)
        if part is None and "country" in cleaned:
            self.add_error("subdivision", no_such_part(cleaned["subdivision"], country))
        return part or ""

    def _post_clean(self) -> None:
        # Nothing is written to the instance: actions do that, and compare with what was
        pass

    @property
    def changes(self) -> PersonChanges:
        """What the form says, for an action."""
        said: PersonChanges = {**self.cleaned_data}  # type: ignore[typeddict-item]  # many rows, where the base gives one
        return said


class ProfileForm(forms.ModelForm[Person]):
    """What people say of themselves."""

    time_zone = TimeZoneField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Your reminders arrive at this zone’s working hours."),
    )

    class Meta:
        model = Person
        fields = ("preferred_name", "time_zone")
        labels = {"preferred_name": gettext_lazy("Goes by")}
        help_texts = {
            "preferred_name": gettext_lazy("How others see you named; empty for your full name.")
        }

    def _post_clean(self) -> None:
        pass


class WelcomeForm(forms.Form):
    """A first password."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)
        return password


class _AddressAsTyped:
    """Mixed into a form that asks for an address: signs that nobody sees are no part of it."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None:
            data = data.copy()
            for name in {"login", "email"} & data.keys():
                data[name] = bare(data[name])
        super().__init__(data, *args, **kwargs)  # type: ignore[call-arg]  # of the form it is mixed into


class SignInForm(_AddressAsTyped, LoginForm):
    """An address and a password."""

    def _clean_with_password(self, credentials: dict[str, Any]) -> Any:
        try:
            return super()._clean_with_password(credentials)
        except ValidationError:
            if not needs_code_too(self.request):
                raise
            # From here on a right password is asked for a code, so a wrong one is too: else the
            # answer would tell which it was. No code is mailed to nobody
            start_as_if_mailed()
            self._login = Login(user=None, email=credentials["email"])
            return self.cleaned_data


class ResetForm(_AddressAsTyped, ResetPasswordForm):
    """Asks for a link to a new password."""

    def clean_email(self) -> str:
        email = str(super().clean_email())
        _refuse_too_many(sign_in.may_ask_for_reset, email)
        if not self.users:
            start_as_if_mailed()
        return email


class CodeRequestForm(_AddressAsTyped, RequestLoginCodeForm):
    """Asks for a code. Takes the address from the sign-in form too, so nobody types it twice."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and "email" not in data and "login" in data:
            data = data.copy()
            data["email"] = data["login"]
        super().__init__(data, *args, **kwargs)

    def clean_email(self) -> str:
        email = str(super().clean_email())
        _refuse_too_many(sign_in.may_ask_for_code, email)
        if self._user is None:
            start_as_if_mailed()
        return email


class CodeForm(ConfirmLoginCodeForm):
    """The code from the mail: digits, so a phone shows its number pad."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}

    def clean_code(self) -> str:
        session_key = allauth_context.request.session.session_key
        if not sign_in.may_try_code(
            code=self.expected_code or "", session_key=session_key or "", at=timezone.now()
        ):
            raise get_adapter().validation_error("incorrect_code")
        return str(super().clean_code())


def _refuse_too_many(may_ask: Callable[..., bool], email: str) -> None:
    request = allauth_context.request
    if not may_ask(
        email=email, device=device_of(request), address=get_ip(request), at=timezone.now()
    ):
        raise get_adapter().validation_error("too_many_login_attempts")
