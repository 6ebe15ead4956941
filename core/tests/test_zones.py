from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.zones import all_zones, offset, zones_to_choose

WINTER = datetime(2027, 2, 3, 12, tzinfo=UTC)
SUMMER = datetime(2027, 7, 1, 12, tzinfo=UTC)


def test_a_place_is_offered_once_under_its_name_of_today():
    offered = {zone.key for zone in zones_to_choose()}

    assert {"Europe/Amsterdam", "Asia/Kolkata", "America/Argentina/Buenos_Aires"} <= offered
    assert not offered & {"Asia/Calcutta", "Europe/Belfast", "America/Buenos_Aires", "Etc/GMT+1"}
    assert offered <= all_zones()


@pytest.mark.parametrize(
    ("zone", "at", "expected"),
    [
        ("Europe/Lisbon", WINTER, "UTC+0"),
        ("Europe/Lisbon", SUMMER, "UTC+1"),
        ("Asia/Kolkata", WINTER, "UTC+5:30"),
        ("America/St_Johns", WINTER, "UTC−3:30"),
        ("America/New_York", SUMMER, "UTC−4"),
    ],
)
def test_how_far_a_zone_is_ahead(zone, at, expected):
    assert offset(ZoneInfo(zone), at) == expected
