from people.mail import rules


def test_the_same_key_gives_the_same_message_id():
    first = rules.message_id("packet:4:v2", "sko.example.com")

    assert first == rules.message_id("packet:4:v2", "sko.example.com")
    assert first != rules.message_id("packet:5:v2", "sko.example.com")
    assert first.endswith("@sko.example.com>")


def test_a_subject_is_one_line_that_fits():
    assert rules.one_line("Ready\r\nBcc: all@example.com") == "Ready Bcc: all@example.com"
    assert len(rules.one_line("x" * 500)) == 200
