"""The file itself: tags, archive, hash inside, seal."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.reader import PdfFileReader

from events.packets.letters.rendering import certification
from events.packets.letters.rendering.certification import check_pdf, seal_pdf
from events.packets.letters.rendering.render import SEAL, render_letter
from events.packets.letters.rules.letter import CertificateRefused
from events.tests.packets.letters.times import AT


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate and its key, as they lie in one file."""
    return certification.development_certificate(tmp_path_factory.mktemp("one"), "Meridane", AT)[0]


@pytest.fixture(scope="module")
def rendered(a_letter):
    return render_letter(a_letter(), at=AT)


@pytest.fixture(scope="module")
def sealed(rendered, certificate):
    return seal_pdf(rendered.pdf, field=SEAL, certificate=certificate, key="")


def reader_of(pdf):
    return PdfFileReader(BytesIO(pdf))


def elements(reader):
    """Every element of the tag tree, from the top."""
    found = []

    def walk(element):
        found.append(element)
        for kid in element.get("/K", []) if not isinstance(element.get("/K"), int) else []:
            kid = kid.get_object() if hasattr(kid, "get_object") else kid
            if hasattr(kid, "get") and "/S" in kid:
                walk(kid)

    walk(reader.root["/StructTreeRoot"]["/K"][0])
    return found


def test_a_letter_is_tagged_and_says_its_language_and_title(rendered):
    root = reader_of(rendered.pdf).root

    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (a PDF's own truth)
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    tags = [str(element["/S"]) for element in elements(reader_of(rendered.pdf))]
    assert tags.count("/H1") == 1
    assert {"/H2", "/H3", "/Table", "/TH", "/TD", "/P", "/L", "/LI", "/Figure", "/Form"} <= set(
        tags
    )


def test_every_figure_has_words(rendered):
    figures = [e for e in elements(reader_of(rendered.pdf)) if e["/S"] == "/Figure"]

    assert figures
    assert all(figure["/Alt"] for figure in figures)


def test_the_tags_of_all_pages_are_whole_and_the_terms_too(rendered):
    reader = reader_of(rendered.pdf)
    pages = {str(page.reference) for page in map(_raw, _kids(reader))}
    tagged = {str(e.raw_get("/Pg").reference) for e in elements(reader) if "/Pg" in e}

    assert tagged == pages
    nums = reader.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    keys = [int(key) for key in list(nums)[::2]]
    assert keys == sorted(set(keys))


def _kids(reader):
    kids = reader.root["/Pages"]["/Kids"]
    return [kids.raw_get(number) for number in range(len(kids))]


def _raw(kid):
    return kid


def test_a_letter_claims_pdf_a_and_its_tags_and_describes_its_own_properties(rendered):
    xmp = bytes(reader_of(rendered.pdf).root["/Metadata"].data).decode()

    assert 'pdfaid:part="3"' in xmp
    assert 'pdfaid:conformance="A"' in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert xmp.count("<rdf:RDF") == 1
    for name in re.findall(r"<packet:(\w+)>", xmp):
        assert f"<pdfaProperty:name>{name}</pdfaProperty:name>" in xmp


def test_a_letter_has_no_form_that_asks_a_reader_to_draw(rendered):
    form = reader_of(rendered.pdf).root["/AcroForm"]

    assert "/NeedAppearances" not in form
    assert len(form["/Fields"]) == 1


def test_the_content_hash_is_inside_three_times_and_no_figure_beside_it(a_letter, rendered):
    letter, reader = a_letter(), reader_of(rendered.pdf)
    attached = certification.packet_json(reader)

    assert reader.trailer["/Info"]["/contenthash"] == letter.content_hash
    assert letter.content_hash in bytes(reader.root["/Metadata"].data).decode()
    assert attached == {
        "version": 2,
        "contentHash": letter.content_hash,
        "hashAlgorithm": "SHA-256",
        "fingerprint": letter.fingerprint,
        "language": "en",
        "kind": "letter",
    }
    assert reader.root["/AF"][0]["/AFRelationship"] == "/Data"


def test_pages_are_counted_through_the_terms_that_are_laid_out_apart(a_letter, rendered):
    assert rendered.pages == len(_kids(reader_of(rendered.pdf)))
    assert len(reader_of(rendered.pdf).root["/Outlines"]["/First"]) > 0


def test_a_draft_has_no_field_to_seal(a_letter):
    draft = render_letter(a_letter(released_date=None, employer=None), at=AT)

    assert "/AcroForm" not in reader_of(draft.pdf).root


def test_an_untouched_letter_holds(sealed, certificate, a_letter):
    verdict = check_pdf(sealed, certificates_of_ours=[certificate])

    assert verdict.holds
    assert verdict.signer == "Meridane"
    assert abs(verdict.signed_at - datetime.now(UTC)) < timedelta(minutes=5)
    assert verdict.content_hash == a_letter().content_hash
    assert verdict.version == 2


def test_sealing_leaves_every_byte_that_was_there(sealed, rendered):
    assert sealed.startswith(rendered.pdf)
    assert "pdfaid" in bytes(reader_of(sealed).root["/Metadata"].data).decode()


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.85])
def test_one_flipped_bit_breaks_the_seal(sealed, certificate, rendered, share):
    tampered = bytearray(sealed)
    tampered[int(len(rendered.pdf) * share)] ^= 1

    try:
        verdict = check_pdf(bytes(tampered), certificates_of_ours=[certificate])
    except ValueError:
        return  # so broken that it is no PDF any more
    assert not verdict.holds


def test_something_added_after_the_seal_shows(sealed, certificate):
    assert not check_pdf(sealed + b"\n% more", certificates_of_ours=[certificate]).intact


def test_a_letter_sealed_by_somebody_else_is_whole_and_not_ours(sealed, tmp_path):
    other, _key = certification.development_certificate(tmp_path, "Other", AT)

    verdict = check_pdf(sealed, certificates_of_ours=[other])

    assert verdict.intact
    assert not verdict.trusted


def test_a_letter_sealed_with_a_certificate_of_before_is_still_ours(sealed, certificate, tmp_path):
    new, _key = certification.development_certificate(tmp_path, "Meridane", AT)

    assert check_pdf(sealed, certificates_of_ours=[new, certificate]).holds


def test_a_certificate_that_has_run_out_seals_nothing(rendered, tmp_path):
    long_ago = datetime.now(UTC) - timedelta(days=365 * certification.YEARS + 1)
    old, _key = certification.development_certificate(tmp_path, "Meridane", long_ago)

    with pytest.raises(CertificateRefused, match="ran out on 20"):
        seal_pdf(rendered.pdf, field=SEAL, certificate=old, key="")


def test_a_letter_sealed_after_its_certificate_ran_out_is_not_trusted(
    rendered, tmp_path, monkeypatch
):
    long_ago = datetime.now(UTC) - timedelta(days=365 * certification.YEARS + 1)
    old, _key = certification.development_certificate(tmp_path, "Meridane", long_ago)
    never = property(lambda signer: datetime.max.replace(tzinfo=UTC))
    monkeypatch.setattr(certification.Signer, "runs_out_at", never)
    late = seal_pdf(rendered.pdf, field=SEAL, certificate=old, key="")

    verdict = check_pdf(late, certificates_of_ours=[old])

    assert verdict.intact
    assert not verdict.trusted


def test_another_customer_of_our_authority_is_not_us(rendered):
    authority, its_key = issued("Authority", is_authority=True)
    ours, theirs = (
        as_pem(key, own, authority)
        for own, key in (issued(name, authority, its_key) for name in ("Meridane", "Other"))
    )
    sealed_by_them = seal_pdf(rendered.pdf, field=SEAL, certificate=theirs, key="")
    sealed_by_us = seal_pdf(rendered.pdf, field=SEAL, certificate=ours, key="")

    assert check_pdf(sealed_by_us, certificates_of_ours=[ours]).holds
    assert not check_pdf(sealed_by_them, certificates_of_ours=[ours]).trusted


def issued(company, authority=None, signed_by=None, *, is_authority=False):
    """A certificate of a company and its key; signed by itself without an authority."""
    key, now = rsa.generate_private_key(public_exponent=65537, key_size=2048), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, company)])
    own = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(authority.subject if authority else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(signed_by or key, hashes.SHA256())
    )
    return own, key


def as_pem(key, *chain):
    """A certificate, those above it, and its key, as they lie in one file."""
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    found = [one.public_bytes(pem) for one in chain] + [key.private_bytes(pem, *plain)]
    return b"".join(found).decode()


def test_what_carries_no_seal_is_said_to(rendered, certificate):
    assert not check_pdf(rendered.pdf, certificates_of_ours=[certificate]).is_sealed


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"hello", b"%PDF-1.7\ntrailer<<>>"])
def test_what_is_no_pdf_is_refused(data, certificate):
    with pytest.raises(ValueError, match="no PDF"):
        check_pdf(data, certificates_of_ours=[certificate])


def test_a_certificate_is_drawn_once_and_read_by_us_alone(tmp_path):
    one = certification.development_certificate(tmp_path, "Meridane", AT)
    two = certification.development_certificate(tmp_path, "Meridane", AT)

    assert one == two
    assert (tmp_path / "letters.pem").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["letters.pem"]


@pytest.mark.parametrize(
    ("certificate_text", "key", "said"),
    [("", "", "no certificate"), ("nonsense", "", "no certificate in PEM")],
)
def test_an_unfit_certificate_is_refused_in_words(certificate_text, key, said):
    with pytest.raises(CertificateRefused, match=said):
        seal_pdf(b"", field=SEAL, certificate=certificate_text, key=key)


def test_a_key_of_another_certificate_is_refused(certificate, tmp_path):
    _other, key = certification.development_certificate(tmp_path, "Other", AT)

    assert "not that of LETTER_CERTIFICATE" in certification.problem_with(certificate, key)
    assert certification.problem_with(certificate, "") == ""


def test_a_letter_is_checked_where_an_event_loop_runs_too(sealed, certificate):
    async def checked():
        return check_pdf(sealed, certificates_of_ours=[certificate])

    # In a thread of its own, since a browser's test before this one leaves a loop in ours
    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(lambda: asyncio.run(checked())).result().holds
