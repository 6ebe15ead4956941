from datetime import date

import pytest

from events.packets.delivery.models import Receipt
from events.packets.delivery.rules.content import hash_of, to_payload
from events.packets.letters.rendering.languages import terms_in
from events.packets.letters.rules.letter import Letter, Signature
from events.tests.factories import packet_content
from events.tests.packets.letters.times import AT, SIGNED


@pytest.fixture(scope="session")
def a_letter():
    """`a_letter(number=3)`: a released letter with invented figures."""

    def make(**changes):
        content = changes.pop("content", None) or packet_content()
        fields = {
            "kickoff_name": "One Motion FY28",
            "fiscal_year": "FY28",
            "number": 2,
            "content": content,
            "content_hash": hash_of(to_payload(content, salt="x")),
            "terms": terms_in("2027.1", changes.get("language", "en")),
            "released_date": date(2027, 1, 12),
            "replaces": 1,
            "changes": ["The quota went from €940,000 to €900,000."],
            "employer": Signature("Mateusz Wiśniewski", "Tue 12 January 2027", "RevOps"),
        }
        return Letter(**{**fields, **changes})

    return make


@pytest.fixture
def sign():
    """`sign(version)`: its rep has signed the receipt."""

    def put(version):
        return Receipt.objects.create(
            version=version,
            person=version.packet.rep,
            typed_name=version.packet.rep.full_name,
            content_hash=version.content_hash,
            signed_at=SIGNED,
        )

    return put


@pytest.fixture
def at():
    return AT
