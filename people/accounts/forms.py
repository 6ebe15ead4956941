"""Form fields that name people as people write them, since nobody scrolls a list of 5,000."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.accounts.models import Person
from people.accounts.queries import NoSuchPerson, people_named


class PersonField(forms.CharField):
    """One active person, written as a name, an e-mail address, or `Name <e-mail>`."""

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

    def clean(self, value: Any) -> Person | None:  # type: ignore[override]
        text = super().clean(value)
        return self.found([text])[0] if text else None

    def found(self, texts: list[str]) -> list[Person]:
        try:
            return people_named(texts)
        except NoSuchPerson as refusal:
            code = "ambiguous" if refusal.several else "unknown"
            raise ValidationError(
                self.error_messages[code], code=code, params={"text": refusal.text}
            ) from refusal


class PeopleField(PersonField):
    """Several active people, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return "\n".join(written(person) for person in value)

    def clean(self, value: Any) -> list[Person]:  # type: ignore[override]
        text = forms.CharField.clean(self, value)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > 50:
            raise ValidationError(_("50 people are the most here."))
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
