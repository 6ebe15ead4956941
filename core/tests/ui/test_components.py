import pytest
from django import forms
from django.template import TemplateSyntaxError, engines

from core.tests.html import tight
from core.ui.icons import UnknownIcon, icon
from core.ui.initials import initials

ATTACK = "<script>alert('x')</script>"


def shown(source, **context):
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("Aïcha Benyahia", "AB"),
        ("Ana Beatriz de Albuquerque Cavalcanti", "AC"),
        ("Søren Lindqvist-Ødegaard", "SL"),
        ("Łukasz Żółtowski", "ŁŻ"),
        ("Emre c\u0327ag\u0306layan", "EÇ"),
        ("Ольга Шевченко", "ОШ"),
        ("Νίκος Παπαδόπουλος", "ΝΠ"),
        ("دانا الخطيب", "د"),
        ("דנה לוי", "ד"),
        ("佐藤 美咲", "佐"),
        ("김민준", "김"),
        ("प्रिया शर्मा", "प"),
        ("Madonna", "M"),
        ("  (Bob)  O’Neil ", "BO"),
        ("ßen", "ß"),
        ("👩‍💻", "?"),
        ("", "?"),
        ("4711", "?"),
    ],
)
def test_initials_come_from_names_of_any_script(name, signs):
    assert initials(name) == signs


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in icon("home")
    assert 'role="img" aria-label="Home &amp; away"' in icon("home", label="Home & away")


@pytest.mark.parametrize("name", ["no-such-icon", "../filled/home", "", "home.svg", "/etc/passwd"])
def test_an_icon_that_tabler_does_not_have_is_refused(name):
    with pytest.raises(UnknownIcon):
        icon(name)


@pytest.mark.parametrize(
    "source",
    [
        "{% state 'done' text %}",
        "{% person text note=text href=text %}",
        "{% avatar text %}",
        "{% page_head text lead=text %}{{ text }}{% endpage_head %}",
        "{% empty_state 'mail' text text %}{{ text }}{% endempty_state %}",
        "{% alert 'bad' text %}{{ text }}{% endalert %}",
        "{% bar 1 2 label=text %}",
        "{% ring 1 2 label=text %}",
        "{% icon 'home' label=text extra=text %}",
        "{{ text|bdi }}{{ 1|money:text }}",
    ],
)
def test_what_people_write_is_escaped(source):
    html = shown(source, text=ATTACK + "\"' onload=x")

    assert "<script>" not in html
    assert '" onload' not in html


def test_a_state_of_no_kind_is_refused():
    with pytest.raises(TemplateSyntaxError, match="signed"):
        shown("{% state 'signed' 'Signed' %}")


def test_a_person_who_is_nobody_is_said_so():
    assert "Nobody yet" in shown("{% person p %}", p=None)


def test_a_head_without_actions_has_no_empty_box():
    assert "k-actions" not in shown("{% page_head 'Packets' %}\n {% endpage_head %}")
    assert "k-actions" in shown("{% page_head 'Packets' %}<a>x</a>{% endpage_head %}")


def test_a_bar_fills_the_share_of_its_track():
    html = shown("{% bar 24 11 bad=3 total=38 label='24 of 38' %}")

    assert 'class="k-b1" x="0.00" width="63.16"' in html
    assert 'class="k-b2" x="63.16" width="28.95"' in html
    assert 'class="k-bx" x="92.11" width="7.89"' in html
    assert 'aria-label="24 of 38"' in html


@pytest.mark.parametrize("source", ["{% bar 0 total=0 %}", "{% bar 0 %}", "{% bar 5 total=3 %}"])
def test_a_bar_never_leaves_its_track(source):
    html = shown(source)

    assert "nan" not in html
    assert html.count("<rect") in (0, 1)
    assert 'width="1' not in html or 'width="100.00"' in html


def test_a_ring_of_nothing_is_empty():
    assert 'stroke-dasharray="0.0 138.2"' in shown("{% ring 0 0 %}")


class PacketForm(forms.Form):
    quota = forms.DecimalField(help_text="For the whole plan year.")
    starts_date = forms.DateField(required=False)
    doors_time = forms.TimeField(required=False)
    plan = forms.ChoiceField(choices=[("A", ATTACK)], widget=forms.RadioSelect)
    agreed = forms.BooleanField(required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        self.add_error(None, f"The plan {ATTACK} is locked.")


def test_a_field_is_bound_to_its_label_hint_and_error():
    html = shown("{% form_fields form %}", form=PacketForm({"quota": "1.2m"}))

    assert '<label class="form-label" for="id_quota">' in html
    assert 'aria-invalid="true" aria-describedby="id_quota_helptext id_quota_error"' in html
    assert 'id="id_quota_helptext">For the whole plan year.' in html
    assert 'class="k-error" id="id_quota_error"' in html


def test_errors_are_listed_with_links_to_their_fields():
    html = tight(shown("{% form_fields form %}", form=PacketForm({"quota": "1.2m"})))

    assert 'role="alert"' in html
    assert '<a href="#id_quota">Quota: Enter a number.</a>' in html
    assert '<a href="#id_plan">' in html
    assert 'id="id_plan"' in html
    assert "<script>" not in html


def test_a_form_at_rest_says_only_what_is_required():
    html = shown("{% form_fields form %}", form=PacketForm())

    assert "k-alert" not in html
    assert html.count('<span class="k-req">required</span>') == 2
    assert html.count('name="version"') == 1


def test_dates_and_times_use_the_browsers_pickers():
    form = PacketForm(initial={"starts_date": "2027-02-03", "doors_time": "08:00"})
    html = shown("{% form_fields form 'starts_date' 'doors_time' %}", form=form)

    assert 'type="date" name="starts_date" value="2027-02-03"' in html
    assert 'type="time" name="doors_time" value="08:00"' in html
    assert "quota" not in html
