from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from agenda.schedules.rules import Entry, Unreadable, as_rows, read_length, read_moment, write_frab

FRAB = b"""<?xml version="1.0"?>
<schedule>
  <conference><title>SKO</title><day_change>09:00:00</day_change></conference>
  <day index="1" date="2027-02-01">
    <room name="Hall">
      <event id="7">
        <start>22:30</start><duration>00:45</duration><title>Late</title>
        <persons><person id="1">Ada L</person><person>Bo M</person></persons>
      </event>
      <event id="8"><start>01:15</start><duration>01:30</duration><title>Night</title></event>
      <event id="9">
        <date>2027-02-01T10:00:00+02:00</date><start>10:00</start><duration>0:30</duration>
        <room>Annex</room><title>Early</title><type>keynote</type>
      </event>
    </room>
  </day>
</schedule>"""
ICAL = b"""BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:a@x
SUMMARY:Deal clinic
LOCATION:Hall
DTSTART:20270201T090000Z
DTEND:20270201T103000Z
END:VEVENT
BEGIN:VEVENT
UID:b@x
STATUS:CANCELLED
SUMMARY:Gone
END:VEVENT
END:VCALENDAR"""


def test_a_schedule_in_xml_is_rows_with_the_night_after_its_day():
    _headers, (late, night, early) = as_rows(FRAB)

    assert late == ("7", "Late", "", "Hall", "2027-02-01T22:30:00", "45", "Ada L; Bo M", "", "")
    assert night[4:6] == ("2027-02-02T01:15:00", "90")
    assert early[2:5] == ("keynote", "Annex", "2027-02-01T10:00:00+02:00")


def test_a_calendar_is_rows_without_what_was_cancelled():
    headers, rows = as_rows(ICAL)

    assert rows == [("a@x", "Deal clinic", "", "Hall", "2027-02-01T09:00:00+00:00", "90", "")]
    assert "speakers" not in headers


def test_a_table_is_left_to_those_who_read_tables():
    assert as_rows(b"title,room\nKeynote,Hall\n") is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<rss><channel/></rss>", "This XML is “rss”"),
        (b"<schedule><conference/></schedule>", "no conference or no day"),
        (b"<schedule><conference>", "torn"),
        (b'<!DOCTYPE schedule [<!ENTITY a "b">]><schedule/>', "document type"),
        (FRAB.replace(b"00:45", b"soon"), "Entry 7 has no start, or no duration"),
        (FRAB.replace(b"<start>22:30</start>", b""), "Entry 7 has no start"),
        (ICAL.replace(b"T090000Z", b"").replace(b"T103000Z", b""), "no start and end"),
        (ICAL.replace(b"UID:a@x", b"UID:a@x\nRRULE:FREQ=DAILY"), "repeats"),
        (ICAL.replace(b"END:VCALENDAR", b""), "torn"),
    ],
)
def test_what_is_no_programme_is_refused_by_name(data, said):
    with pytest.raises(Unreadable, match=said):
        as_rows(data)


def test_moments_and_lengths_as_files_write_them():
    assert read_moment("9:05") == time(9, 5)
    assert read_moment("2027-02-01 09:30").isoformat() == "2027-02-01T09:30:00"
    assert [read_length(one) for one in ("25", "0:25", "01:30", "1:00:00")] == [25, 25, 90, 1440]
    for wrong in ("", "soon", "1:99", "-5"):
        with pytest.raises(ValueError, match=r"^|."):
            read_length(wrong)


def test_what_we_write_reads_back():
    entry = Entry(
        number=12,
        title="Deal clinic\x0b & more",
        type="DEAL_CLINIC",
        room="Hall",
        day=date(2027, 2, 1),
        starts_at=datetime(2027, 2, 1, 23, 30, tzinfo=UTC),
        minutes=90,
        speakers=["Ada L"],
        outcome="Win",
        description="<b>",
    )

    written = write_frab(
        "SKO", "sko-27", "1", "sko:x", ZoneInfo("Europe/Oslo"), [date(2027, 2, 2)], [entry]
    )

    assert as_rows(written)[1] == [
        (
            "sko-12",
            "Deal clinic & more",
            "DEAL_CLINIC",
            "Hall",
            "2027-02-02T00:30:00+01:00",
            "90",
            "Ada L",
            "Win",
            "<b>",
        )
    ]
    assert written.count(b"<day ") == 2
