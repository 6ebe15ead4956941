"""
Components, icons and figures for every template: a builtin library, so no page loads it.

`/styleguide/` (debug only) shows each of them with the line that makes it.
"""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django_htmx.jinja import htmx_script

from core.ui import charts, drawings, figures, forms, icons, parts, pictures
from core.ui.initials import initials as initials_of

_AT_ONCE = mark_safe(
    'hx-boost="true" hx-target="#content" hx-select="#content" hx-indicator="#content" '
)
_AND_THEN = {
    "show": mark_safe('hx-swap="outerHTML show:none" hx-sync="#content:replace"'),
    "page": mark_safe('hx-swap="outerHTML show:window:top" hx-sync="#content:replace"'),
    "save": mark_safe('hx-swap="outerHTML show:none" hx-sync="this:drop" hx-select-oob="#toasts"'),
}

register = template.Library()

STATES = frozenset({"done", "part", "wait", "soon", "late"})
ALERTS = {
    "bad": "alert-triangle",
    "warn": "alert-circle",
    "ok": "circle-check",
    "info": "info-circle",
}

register.filter("money", figures.money)
register.filter("short_money", figures.short_money)
register.filter("number", figures.number)


@register.simple_block_tag
def with_htmx(content: str) -> SafeString:
    """`{% with_htmx %} … {% endwith_htmx %}`: the page, and htmx below it where the page asks by it."""
    return mark_safe(
        content + htmx_script()
        if any(mark in content for mark in ("hx-get=", "hx-post=", "hx-boost="))
        else content
    )


@register.simple_tag
def part(template_name: str, **values: Any) -> SafeString:
    """`{% part "agenda/sessions/_line.html" line=line %}`: an include of plain values, drawn once."""
    return parts.part(template_name, values)


@register.simple_tag(name="parts")
def parts_of(template_name: str, rows: Iterable[object], **values: Any) -> SafeString:
    """`{% parts "agenda/sessions/_line.html" lines %}`: a part for each row, which it knows as `said`."""
    return parts.parts(template_name, rows, values)


@register.simple_block_tag
def said(content: str) -> SafeString:
    """`{% said as words %} … {% endsaid %}`: what a page says in two places, drawn once."""
    return mark_safe(content)


@register.filter
def percent(share: object, places: int = 0) -> str:
    """`{{ share|percent }}`: a share from 0 to 1 as “54%”."""
    return figures.percent(share, places)


@register.filter
def day(value: date | datetime | None, style: str = "short") -> str:
    """`{{ d|day }}` “Wed 3 Feb”, `day:"year"` “Wed 3 Feb 2027”, `day:"long"`."""
    return figures.day(value, style)


@register.filter
def moment(value: datetime | None, zone: tzinfo | str | None = None) -> str:
    """`{{ at|moment:kickoff.zone }}`: “Wed 3 Feb, 09:45 WET”."""
    return figures.moment(value, zone)


@register.filter
def clock(value: datetime | None, zone: tzinfo | str | None = None) -> str:
    """`{{ at|clock:kickoff.zone }}`: “09:45”, where date and zone stand above."""
    return figures.clock(value, zone)


@register.filter
def bdi(text: object) -> SafeString:
    """`{{ kickoff.name|bdi }}`: what people wrote, kept apart from the sentence around it."""
    return format_html("<bdi>{}</bdi>", "" if text is None else text)


@register.filter
def initials(person: Any) -> str:
    """`{{ person|initials }}`: one or two signs, for names in any script."""
    return initials_of(_name(person))


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """`{% icon "home" %}`, `{% icon "home" label=_("Home") extra="k-ok-text" %}`."""
    return icons.icon(name, label=label, extra=extra)


@register.simple_tag
def state(kind: str, label: str) -> SafeString:
    """`{% state "done" _("Signed") %}`: a word with a shape; done, part, wait, soon or late."""
    if kind not in STATES:
        raise template.TemplateSyntaxError(f"“{kind}” is no state: {', '.join(sorted(STATES))}.")
    return format_html('<span class="k-state k-{}">{}</span>', kind, label)


@register.simple_tag
def bar(
    *segments: float | Decimal,
    bad: float | Decimal = 0,
    total: float | Decimal | None = None,
    label: str = "",
    extra: str = "",
) -> SafeString:
    """`{% bar 24 11 bad=3 total=38 label="24 signed, …" %}`."""
    return pictures.bar(segments, bad=bad, total=total, label=label, extra=extra)


@register.simple_tag
def ring(met: int, total: int, phase: str = "", label: str = "") -> SafeString:
    """`{% ring met total phase="before" label=_("7 of 10 checks met") %}`."""
    return pictures.ring(met, total, phase=phase, label=label)


@register.simple_tag
def line_chart(chart: charts.LineChart, level: int = 2) -> SafeString:
    """`{% line_chart chart level=3 %}`: a curve made in Python, `core.ui.charts.LineChart`."""
    return drawings.line_chart(chart, level)


@register.simple_tag
def line_picture(
    chart: charts.LineChart, width: int, height: int, extra: str = "", ink: str = ""
) -> SafeString:
    """`{% line_picture chart 380 210 %}`: a curve without its title and table."""
    return drawings.line_picture(chart, width, height, extra, ink)


@register.simple_tag
def bars_chart(chart: charts.BarsChart, level: int = 2) -> SafeString:
    """`{% bars_chart chart %}`: lengths side by side, `core.ui.charts.BarsChart`."""
    return drawings.bars_chart(chart, level)


@register.simple_tag
def avatar(person: Any, extra: str = "") -> SafeString:
    """`{% avatar person %}`: a circle with initials, silent, since the name stands beside it."""
    return format_html(
        '<span class="{}" aria-hidden="true"><bdi>{}</bdi></span>',
        f"k-avatar {extra}".rstrip(),
        initials_of(_name(person)),
    )


@register.simple_tag
def person(p: Any, note: object = "", href: str = "", picture: bool = True) -> SafeString:
    """`{% person p note="Enterprise AE" href=url %}`: circle, name, small line."""
    if p is None:
        return format_html('<span class="k-muted">{}</span>', _("Nobody yet"))
    name = format_html("<bdi>{}</bdi>", _name(p))
    if href:
        name = format_html('<a href="{}">{}</a>', href, name)
    else:
        name = format_html("<strong>{}</strong>", name)
    small = format_html("<small><bdi>{}</bdi></small>", note) if note else ""
    return format_html(
        '<span class="k-person">{}<span>{}{}</span></span>',
        avatar(p) if picture else "",
        name,
        small,
    )


def _name(person: Any) -> str:
    return getattr(person, "full_name", None) or str(person)


@register.simple_block_tag
def page_head(content: str, title: object, lead: object = "") -> SafeString:
    """`{% page_head title lead=text %}`, actions with one .btn-primary, `{% endpage_head %}`."""
    return format_html(
        '<div class="k-head"><div><h1>{}</h1>{}</div>{}</div>',
        title,
        format_html("<p>{}</p>", lead) if lead else "",
        _actions(content),
    )


@register.simple_block_tag
def empty_state(content: str, icon_name: str, title: object, text: object = "") -> SafeString:
    """`{% empty_state "mail" title text %}`, buttons for the next step, `{% endempty_state %}`."""
    return format_html(
        '<div class="k-empty">{}<h2>{}</h2>{}{}</div>',
        icons.icon(icon_name),
        title,
        format_html("<p>{}</p>", text) if text else "",
        _actions(content),
    )


@register.simple_block_tag
def alert(content: str, kind: str = "bad", title: object = "") -> SafeString:
    """`{% alert "warn" %}`, words, `{% endalert %}`; bad, warn, ok or info."""
    return alert_box(kind, title, content)


def alert_box(kind: str, title: object, content: object) -> SafeString:
    """The box behind `{% alert %}`."""
    if kind not in ALERTS:
        raise template.TemplateSyntaxError(f"“{kind}” is no alert: {', '.join(ALERTS)}.")
    return format_html(
        '<div class="k-alert k-is-{}" role="{}">{}<div>{}{}</div></div>',
        kind,
        "alert" if kind == "bad" else "status",
        icons.icon(ALERTS[kind]),
        format_html("<strong>{}</strong> ", title) if title else "",
        content,
    )


def _actions(content: str) -> SafeString | str:
    if not content.strip():
        return ""
    return format_html('<div class="k-actions">{}</div>', conditional_escape(content))


@register.simple_tag
def at_once(kind: str = "show") -> SafeString:
    """
    `<form {% at_once %}>`, `<nav {% at_once "page" %}>`: links and forms that exchange the sheet
    alone. “show” narrows and sorts, “page” goes to the top too; “save” is for a form that changes
    something and leads back to the list, with its notices.
    """
    return _AT_ONCE + _AND_THEN[kind]


@register.simple_tag
def form_fields(form: BaseForm, *names: str) -> SafeString:
    """
    `{% form_fields form %}`: errors, then every field with label, hint and error.

    With names, `{% form_fields form "name" "city" %}`, only those: hidden fields and what is
    wrong with the form as a whole come with the call without names, or `{% form_errors form %}`.
    """
    return forms.fields(form, names)


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """`{% form_errors form %}`: what is wrong, with a link to each field, and hidden fields."""
    return forms.summary(form)


@register.simple_tag
def form_field(field: BoundField, label: str = "") -> SafeString:
    """`{% form_field form.city %}`: one field with its label, hint and error."""
    return forms.field(field, label=label)
