"""What a letter is made of: who signed, and which terms in which language."""

import pytest
from django.utils.translation import override

from events.packets.comp.models import TermsEdition
from events.packets.delivery.models import EmployerSignature, PacketVersion, Receipt
from events.packets.letters import queries
from events.packets.letters.actions import rendering
from events.packets.letters.models import LetterFile
from events.packets.letters.rules.brand import Brand
from events.packets.letters.rules.letter import UnknownTerms
from events.tests.factories import PacketVersionFactory, packet_content
from events.tests.packets.letters.times import AT, SIGNED

pytestmark = pytest.mark.django_db
TEXTS = {"en": [["Paid", "Monthly."]], "de": [["Gezahlt", "Monatlich."]]}


def letter_of(version, *, signed=True, language="en"):
    version = PacketVersion.objects.select_related("packet__kickoff", "packet__rep").get(
        pk=version.pk
    )
    with override(language):
        return queries.letter_of(version, language=language, brand=Brand(), signed=signed)


def test_a_letter_without_a_signature_leaves_its_line_empty(world, sign):
    sign(world.things["rep"])

    assert letter_of(world.things["rep"], signed=False).signature is None
    assert "typed name, Tue 12 Jan" in letter_of(world.things["rep"]).signature.signed


def test_a_receipt_that_was_recorded_does_not_pass_for_a_signature(world):
    version = world.things["rep"]
    Receipt.objects.create(
        version=version, person=world["rep"], typed_name="Aïcha Benyahia",
        content_hash=version.content_hash, signed_at=SIGNED, recorded_by=world["revops"],
        recorded_at=AT, means="PAPER", sealed_reason="x", sealed_evidence="x",
    )  # fmt: skip

    signature = letter_of(version).signature

    assert signature.name == ""
    assert "recorded by Mateusz Wiśniewski" in signature.signed


def test_the_company_signs_with_name_title_and_day(world):
    version = world.things["rep"]
    EmployerSignature.objects.create(
        version=version, person=world["revops"], typed_name="Mateusz Wiśniewski",
        title="Head of RevOps", content_hash=version.content_hash, signed_at=AT,
    )  # fmt: skip

    employer = letter_of(version, language="de").employer

    assert (employer.name, employer.title) == ("Mateusz Wiśniewski", "Head of RevOps")
    assert employer.signed == "Di, 12. Januar 2027"


@pytest.mark.parametrize(
    ("language", "found"), [("en", "en"), ("de", "de"), ("de-AT", "de"), ("fr", "en")]
)
def test_terms_of_the_company_are_in_the_language_that_they_have(language, found):
    TermsEdition.objects.create(code="2028.1", clauses=TEXTS, changed_at=AT)

    terms = queries.terms_of("2028.1", language)

    assert terms.language == found
    assert terms.clauses == (tuple(TEXTS[found][0]),)


def test_terms_that_are_not_there_fail_one_letter_in_words(world):
    content = packet_content()
    object.__setattr__(content.comp, "terms", "1999.9")
    version = PacketVersionFactory(packet__kickoff=world.kickoff, content=content)

    with pytest.raises(UnknownTerms):
        queries.terms_of("1999.9", "en")
    rendering.queue_letters(versions=[version], at=AT)
    rendering.render_batch(at=AT)

    assert LetterFile.objects.get().problem == "The edition of its terms is not known here."
