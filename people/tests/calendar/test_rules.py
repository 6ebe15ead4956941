import pytest

from people.calendar import rules


@pytest.mark.parametrize(
    ("country", "subdivision", "time_zone", "expected"),
    [
        ("GB", "", "Europe/London", "ENG"),
        ("gb", "sct", "Europe/London", "SCT"),  # what is known wins
        ("AU", "", "Australia/Sydney", "NSW"),
        ("CA", "", "America/Toronto", "ON"),
        ("CH", "", "Europe/Zurich", "ZH"),
        ("CH", "ENG", "Europe/Zurich", "ZH"),  # moved, and nobody said where to
        ("DE", "", "Europe/Berlin", ""),  # sixteen parts share the zone
        ("PT", "", "Europe/London", ""),
        ("", "ENG", "Europe/London", ""),
    ],
)
def test_a_part_of_a_country_is_known_or_guessed_from_the_zone(
    country, subdivision, time_zone, expected
):
    found = rules.part_of_country(country=country, subdivision=subdivision, time_zone=time_zone)

    assert found == expected


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("eng", "GB", "ENG"),
        (" England ", "gb", "ENG"),
        ("GB-SCT", "GB", "SCT"),
        ("zürich", "CH", "ZH"),
        ("Québec", "CA", "QC"),
        ("Atlantis", "GB", None),
        ("ENG", "CH", None),
        ("ENG", "", None),
    ],
)
def test_a_part_is_read_from_its_code_or_its_name(text, country, expected):
    assert rules.read_subdivision(text, country) == expected


def test_each_guess_is_a_part_that_has_holidays_of_its_own():
    guesses = {
        (country, zone, part)
        for country, parts in rules.PARTS_BY_ZONE.items()
        for zone, part in parts.items()
    }

    assert {
        guess
        for guess in guesses
        if rules.part_of_country(country=guess[0], subdivision="", time_zone=guess[1]) != guess[2]
    } == set()
