"""Letters: against the naive call, on two processes, over a thousand, sealed, released again."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from weasyprint import HTML

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.delivery.actions import (
    SignedAs,
    approve_packets,
    import_packets,
    name_approver,
    release_packets,
    submit_packets,
)
from events.packets.delivery.models import ApproverKind, PacketApprover
from events.packets.delivery.rules.rows import PacketRow, Rep
from events.packets.letters.actions import render_batch
from events.packets.letters.models import LetterFile
from events.packets.letters.rendering import certificates, facts
from events.packets.letters.rendering.certification import seal_pdf
from events.packets.letters.rendering.languages import terms_in
from events.packets.letters.rendering.render import SEAL, render_letter
from events.packets.letters.rendering.samples import sample_letter
from events.packets.letters.rendering.typesetting import VARIANT, Nowhere, style_text
from events.packets.letters.rules.brand import ACCENT, INK, Brand
from events.packets.letters.rules.letter import Letter, Signature
from people.accounts.models import Person
from sko_planner.bench import reference
from sko_planner.bench.measure import Figures, measure_once, multiples, took

PAIRS, SEALED, MANY = 20, 40, 1000
TURNS, IN_TURN = 4, 10
RELEASED, CHANGED = 200, 10
AT = datetime(2030, 1, 1, tzinfo=UTC)


def letters() -> Iterator[Letter]:
    """Letters of three pages that differ as those of a company do."""
    for number in count():
        made = sample_letter("Bench", "FY30", Brand(), settings.LANGUAGE_CODE)
        names = tuple(f"Account {number}-{part}" for part in range(12))
        content = replace(
            made.content,
            territory=replace(made.content.territory, accounts=names),
            comp=replace(made.content.comp, base=Decimal(60_000 + number * 10)),
        )
        yield replace(
            made,
            content=content,
            number=2,
            replaces=1,
            changes=["The quota went from €820,000 to €800,000.", "Alder Dairy moved in."],
            terms=terms_in(content.comp.terms, settings.LANGUAGE_CODE),
            released_date=date(2030, 1, 1),
            employer=Signature("Sample Signer", "Tue 1 January 2030", "RevOps"),
        )


def naive(letter: Letter) -> bytes:
    """The same letter by the plain call: one text, its style sheet and typeface read each time."""
    own = render_to_string("events/packets/letters/letter.html", facts.of_letter(letter, AT))
    terms = render_to_string("events/packets/letters/terms.html", facts.of_terms(letter))
    numbers = 'counter(page) " / " counter(pages)'
    style = style_text({"--ink": INK, "--accent": ACCENT, "--page-number": numbers})
    whole = own.replace("</head>", f"<style>.b {{ break-before: page }} {style}</style></head>")
    whole = whole.replace("</body>", f'<div class="b">{_body(terms)}</div></body>')
    html = HTML(string=whole, base_url="typeface:", url_fetcher=Nowhere())
    return bytes(html.write_pdf(pdf_variant=VARIANT, custom_metadata=True))


def work(way: str, number: int) -> dict[str, Any]:
    """
    Make letters in this process, `naive` or `ours`; say how its memory went, in megabytes.
    """
    memory = {"start": _megabytes()}
    for done, letter in zip(range(1, number + 1), letters(), strict=False):
        if way == "naive":
            naive(letter)
        else:
            render_letter(letter, at=AT)
        if done in (100, number):
            memory[str(done)] = _megabytes()
    return memory


def against_naive() -> Figures:
    """One letter of three pages: how many times as fast as the plain call."""
    making, beside, naives, ours = letters(), [], [], []
    for number in range(-2, PAIRS):
        letter = next(making)
        beside.append(took(reference.answer))
        plain = took(partial(naive, letter)).cpu
        own = took(partial(render_letter, letter, at=AT)).cpu
        if number >= 0:
            naives.append(plain)
            ours.append(own)
    figures = multiples(statistics.median(ours), beside)
    return replace(figures, ratio=round(sum(naives) / sum(ours), 2))


def on_two_processes() -> Figures:
    """
    Two processes that make letters, against one that makes them naively, by the clock.

    In turns, so that whatever else the machine is at slows both alike.
    """
    alone = both = 0.0
    with ExitStack() as stack:
        one, two = (stack.enter_context(_Worker()) for _number in range(2))
        for _turn in range(TURNS):
            alone += _took([one], "naive")
            both += _took([one, two], "ours")
    return Figures(rate=round(2 * TURNS * IN_TURN / both, 1), ratio=round(2 * alone / both, 2))


def _took(workers: Sequence["_Worker"], way: str) -> float:
    started = time.perf_counter()
    for worker in workers:
        worker.tell(way, IN_TURN)
    for worker in workers:
        worker.answer()
    return time.perf_counter() - started


def many() -> Figures:
    """A thousand letters in one process: what its memory grows by after the first hundred."""
    with _Worker() as worker:
        worker.tell("ours", MANY)
        memory = worker.answer()
    return Figures(growth_mb=memory[str(MANY)] - memory["100"])


def sealing() -> Figures:
    """Sealing one letter with the certificate in use."""
    certificate, key = certificates.in_use()
    pdf = render_letter(next(letters()), at=AT).pdf
    seal = partial(seal_pdf, pdf, field=SEAL, certificate=certificate, key=key)
    beside, own = [], []
    for _number in range(SEALED):
        beside.append(took(reference.answer))
        own.append(took(seal).cpu)
    return multiples(statistics.median(own), beside)


def released_again(now: datetime, owner: Person) -> Figures:
    """Of so many released packets some change: how many letters that makes."""
    kickoff = Kickoff.objects.create(
        slug="bench-letters", name="Bench letters", fiscal_year="FY30", starts_date=now.date(),
        ends_date=now.date(), status=Kickoff.Status.OPEN, owner=owner,
    )  # fmt: skip
    others = Person.objects.active().exclude(pk=owner.pk).exclude(function="SALES").order_by("pk")
    for kind, person in zip(ApproverKind.values, others, strict=False):
        name_approver(kickoff=kickoff, person=person, kind=kind, by=owner, at=now)
    reps = list(Person.objects.active().selling().order_by("pk")[:RELEASED])
    Attendee.objects.bulk_create(
        Attendee(kickoff=kickoff, person=rep, added_at=now) for rep in reps
    )
    packets = [
        PacketRow(rep=Rep(rep.pk, rep.email, "", letter.content.identity), content=letter.content)
        for rep, letter in zip(reps, letters(), strict=False)
    ]
    _release(kickoff, packets, owner)
    first = LetterFile.objects.filter(run__kickoff=kickoff, state=LetterFile.State.READY).count()
    for number, letter in zip(range(CHANGED), letters(), strict=False):
        raised = replace(letter.content.comp, base=Decimal(99_000))
        packets[number] = replace(packets[number], content=replace(letter.content, comp=raised))
    again = measure_once(partial(_release, kickoff, packets, owner), things=CHANGED)
    ready = LetterFile.objects.filter(run__kickoff=kickoff, state=LetterFile.State.READY).count()
    if (first, ready - first) != (RELEASED, CHANGED):
        raise RuntimeError(f"{first} letters were made at first, then {ready - first}.")
    return replace(again, count=ready - first)


def _release(kickoff: Kickoff, packets: list[PacketRow], owner: Person) -> None:
    at = timezone.now()
    import_packets(kickoff=kickoff, rows=packets, by=owner, at=at)
    submit_packets(kickoff=kickoff, by=owner, at=at)
    for approver in PacketApprover.objects.filter(kickoff=kickoff).select_related("person"):
        approve_packets(
            kickoff=kickoff, by=approver.person, typed_name=approver.person.full_name, at=at
        )
    signed_as = SignedAs(owner.full_name, "RevOps")
    release_packets(kickoff=kickoff, by=owner, at=at, signed_as=signed_as)
    while render_batch(at=timezone.now(), seconds=60).more:
        pass


class _Worker:
    """A process of its own that makes letters when told to."""

    def __enter__(self) -> "_Worker":
        command = [sys.executable, "manage.py", "bench_letters"]
        self.process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR
        )
        self.answer()
        return self

    def __exit__(self, *problem: object) -> None:
        self.process.communicate()

    def tell(self, way: str, number: int) -> None:
        """Let it make so many letters, naively or in our way."""
        assert self.process.stdin is not None  # noqa: S101
        self.process.stdin.write(f"{way} {number}\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Wait until it is done, and take what it says."""
        assert self.process.stdout is not None  # noqa: S101
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        return said


def _megabytes() -> int:
    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[1])
    return pages * 4096 // 2**20


def _body(html: str) -> str:
    return html[html.index("<body>") + 6 : html.index("</body>")]
