"""How a form is drawn: label, hint, field, and what is wrong with it beside it and in words."""

from collections.abc import Iterable

from django.forms import BaseForm, BoundField, widgets
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

# A browser's own pickers speak ISO, whatever the language of the page
_PICKERS: tuple[tuple[type[widgets.DateTimeBaseInput], str, str], ...] = (
    (widgets.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (widgets.DateInput, "date", "%Y-%m-%d"),
    (widgets.TimeInput, "time", "%H:%M"),
)
_TEMPLATE = "core/ui/field.html"


def fields(form: BaseForm, names: Iterable[str] = ()) -> SafeString:
    """The whole form, or only the named fields of it."""
    wanted = [form[name] for name in names]
    if wanted:
        return mark_safe("".join(field(one) for one in wanted))
    visible = "".join(field(one) for one in form.visible_fields())
    return mark_safe(summary(form) + visible)


def summary(form: BaseForm) -> SafeString:
    """What is wrong with the form: its own errors, a link to each field; then hidden fields."""
    hidden = form.hidden_fields()
    context = {
        "form_errors": [
            *form.non_field_errors(),
            *(error for one in hidden for error in one.errors),
        ],
        "wrong": [one for one in form.visible_fields() if one.errors],
    }
    box = render_to_string("core/ui/form_errors.html", context)
    return mark_safe(box.strip()) + format_html_join("", "{}", ((str(one),) for one in hidden))


def field(bound: BoundField, *, label: str = "") -> SafeString:
    """One field. The label can be replaced where the form's own does not fit the page."""
    widget = bound.field.widget
    _use_the_browsers_picker(widget)
    kind = _kind(widget)
    context = {
        "field": bound,
        "kind": kind,
        "label": label or bound.label,
        "from_data": _choices_are_data(bound),
        "required": bound.field.required and not bound.field.disabled,
        "hint_id": f"{bound.auto_id}_helptext",
        "error_id": f"{bound.auto_id}_error",
    }
    if kind in ("group", "check"):
        context["describedby"] = bound.aria_describedby
    if kind == "group":
        widget.attrs["class"] = "form-check-input"
    else:
        context["control"] = _control(bound, kind)
    return render_to_string(_TEMPLATE, context)


def _choices_are_data(bound: BoundField) -> bool:
    """Whether people wrote the choices: those are not for translation."""
    return hasattr(bound.field, "queryset")


def _kind(widget: widgets.Widget) -> str:
    if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, widgets.CheckboxInput):
        return "check"
    return "plain"


def _control(bound: BoundField, kind: str) -> SafeString:
    widget = bound.field.widget
    own = str(widget.attrs.get("class", ""))
    name = {"check": "form-check-input"}.get(kind, "form-control")
    if isinstance(widget, widgets.Select):
        name = "form-select"
    wrong = "k-wrong" if bound.errors else ""
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, [name, own, wrong]))}
    if _choices_are_data(bound):
        attrs["data-content"] = True
    if isinstance(widget, widgets.Textarea) and "rows" in widget.attrs and "cols" in widget.attrs:
        # Ten is Django's, who does not say otherwise
        attrs["rows"] = "5" if widget.attrs["rows"] == "10" else str(widget.attrs["rows"])
    return bound.as_widget(attrs=attrs)


def _use_the_browsers_picker(widget: widgets.Widget) -> None:
    for kind, input_type, pattern in _PICKERS:
        if isinstance(widget, kind):
            if widget.input_type == "text":
                widget.input_type = input_type
                widget.format = pattern
            return
