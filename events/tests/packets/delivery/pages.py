"""What the tests of pages share: figures that stand nowhere else, addresses, files."""

import contextlib
import re
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.tests.factories import AttendeeFactory, PacketFactory, PacketVersionFactory

PASSWORD = "correct horse battery"  # of everybody whom the factories make
# Figures that stand nowhere else, as they are and as they are written
QUOTA, BASE, TARGET = 917342, 83117, 57773
FIGURES = re.compile(r"917.?342|83.?117|57.?773|140.?890|917\.3k|57\.8k")
HEADER = "rep,currency,quota,base,target_variable,effective_from,geography,accounts\n"
# Pages of a packet that another capability of the family shows
ELSEWHERE = {
    "letter": "letters:letter",
    "signed_copy": "letters:signed_copy",
    "coverage": "coverage:board",
    "coverage_now": "coverage:now",
    "wall": "coverage:wall",
    "export": "coverage:export",
    "report": "coverage:report",
}


def at(world, page, role=None, **kwargs):
    """The address of a page; of a role's packet if one is named."""
    kwargs["slug"] = world.kickoff.slug
    if role:
        kwargs["packet_id"] = world.things[role].packet_id
    return reverse(f"events:packets:{ELSEWHERE.get(page, f'delivery:{page}')}", kwargs=kwargs)


def signed_in(client, world, role):
    client.force_login(world[role])
    return client


def confirmed(client, world, role):
    """Signed in, and asked lately who it is."""
    signed_in(client, world, role).post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def upload(client, world, text, name="packets.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile(name, data)
    return client.post(at(world, "import"), {"file": file}, follow=True)


def good_row(person, quota=QUOTA, accounts="Acme; Umbra"):
    return f"{person.email},EUR,{quota},{BASE},{TARGET},2027-03-01,France,{accounts}\n"


def unpacked(pdf):
    """All streams of a PDF, inflated."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(stream))
    return b"".join(found)


def draft_of(world, state="DRAFT", **fields):
    packet = PacketFactory(kickoff=world.kickoff)
    AttendeeFactory(kickoff=world.kickoff, person=packet.rep)
    return PacketVersionFactory(packet=packet, state=state, **fields)


def text_of(page):
    return page.content.decode()
