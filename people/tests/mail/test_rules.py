import pytest

from people.mail import rules


def test_the_same_key_gives_the_same_message_id():
    first = rules.message_id("packet:4:v2", "sko.example.com")

    assert first == rules.message_id("packet:4:v2", "sko.example.com")
    assert first != rules.message_id("packet:5:v2", "sko.example.com")
    assert first.endswith("@sko.example.com>")


def test_a_subject_is_one_line_that_fits():
    assert rules.one_line("Ready\r\nBcc: all@example.com") == "Ready Bcc: all@example.com"
    assert len(rules.one_line("x" * 500)) == 200


SITE = "https://sko.example"


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        (
            "Hello,\n\nit is ready. Read it: https://sko.example/a/\n",
            [["Hello,"], ["it is ready. Read it."]],
        ),
        ("Read it: https://sko.example/a/ Then sign.", [["Read it. Then sign."]]),
        ("Hello,\n\nYour agenda: https://sko.example/a/", [["Hello,"]]),
        ("Hello,\n\nhttps://sko.example/a/\n\nBye", [["Hello,"], ["Bye"]]),
        ("- Ana\n- Bo\n\nSee https://sko.example/a/.", [["- Ana", "- Bo"]]),
        ("https://elsewhere.example/", [["https://elsewhere.example/"]]),
    ],
)
def test_a_text_is_laid_out_in_paragraphs_without_the_address_of_its_button(body, paragraphs):
    layout = rules.laid_out(body, SITE)

    assert [[line.text for line in lines] for lines in layout.paragraphs] == paragraphs
    assert layout.url == ("https://sko.example/a/" if "sko.example" in body else "")


def test_a_line_that_is_an_address_makes_the_line_before_it_a_link():
    body = "2 wait: https://sko.example/waiting/\n\nRead\nhttps://sko.example/b/\n3 days late"

    assert rules.laid_out(body, SITE).paragraphs == [
        [rules.Line("Read", "https://sko.example/b/"), rules.Line("3 days late")]
    ]
