"""
The seal of a letter: a signature of the organisation over the whole file, and its check.

Not to be confused with `events.sealing`, which encrypts figures at rest. The key is RSA, since a
signature over P-256 would raise the file to PDF 2.0 and out of PDF/A-3; it is loaded once.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from asn1crypto import x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PdfSignedData
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from events.packets.letters.rules.letter import CertificateRefused

KEY_BITS = 2048
ROOM = 1500  # bytes for what stands around certificates and signature
DIGEST = "sha256"
YEARS = 10

# It tells of every certificate that it looks at
logging.getLogger("pyhanko").setLevel(logging.ERROR)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file's seal says. `trusted`: made with a certificate of ours."""

    is_sealed: bool
    intact: bool = False
    trusted: bool = False
    signer: str = ""
    signed_at: datetime | None = None
    content_hash: str = ""
    version: int | None = None

    @property
    def holds(self) -> bool:
        """Whether the file is ours and as it was sealed."""
        return self.is_sealed and self.intact and self.trusted


def seal_pdf(pdf: bytes, *, field: str, certificate: str, key: str) -> bytes:
    """
    Sign the empty field of a letter: nothing may be changed after it.

    `certificate` and `key` are PEM text. Incremental: what was there stays byte for byte. The time
    of sealing is this machine's own, as a signature says it.

    :raises CertificateRefused: certificate and key are unfit, not of each other, or have run out
    """
    signer, now = signer_of(certificate, key), datetime.now(UTC)
    if now > signer.runs_out_at:
        raise CertificateRefused(
            _("The certificate in LETTER_CERTIFICATE ran out on %(day)s.")
            % {"day": f"{signer.runs_out_at:%Y-%m-%d}"}
        )
    steps = PdfCMSEmbedder().write_cms(field, _Untouched(BytesIO(pdf)), existing_fields_only=True)
    next(steps)
    placeholder = PdfSignedData(
        pdf_name("/Sig"),
        timestamp=now.replace(microsecond=0),
        bytes_reserved=signer.reserved,
    )
    nothing_more = SigMDPSetup(DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    steps.send(SigObjSetup(placeholder, mdp_setup=nothing_more))
    prepared, output = steps.send(SigIOSetup(DIGEST))
    whole = output.getvalue()
    start, end = prepared.reserved_region_start, prepared.reserved_region_end
    steps.send(signer.sign(whole[:start] + whole[end:]))
    return bytes(output.getvalue())


def check_pdf(pdf: bytes, *, certificates_of_ours: Sequence[str]) -> Verdict:
    """
    What the seal of a file says, held against our own certificates (PEM text), old ones too.

    :raises ValueError: this is no PDF
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        embedded = list(reader.embedded_signatures)
    except Exception as error:
        # Any error at all: a file from anywhere can be broken in any way
        raise ValueError("This is no PDF that can be read.") from error
    try:
        said = packet_json(reader)
    except Exception:
        said = {}
    verdict = Verdict(
        is_sealed=bool(embedded),
        content_hash=str(said.get("contentHash", "")),
        version=said.get("version"),
    )
    if not embedded:
        return verdict
    signature = embedded[0]
    at = signature.self_reported_timestamp
    # Held against the moment of sealing: a certificate that has run out since sealed well
    roots = _roots(certificates_of_ours)
    context = ValidationContext(
        trust_roots=roots,
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=at,
    )
    verdict = replace(verdict, signed_at=at, signer=_name_of(signature.signer_cert))
    try:
        # It runs an event loop of its own, which a thread that has one already would refuse
        with ThreadPoolExecutor(max_workers=1) as apart:
            status = apart.submit(
                validate_pdf_signature, signature, signer_validation_context=context
            ).result()
    except Exception:
        # It cannot even be looked at, so it is not as it was sealed
        return verdict
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and len(embedded) == 1
    return replace(
        verdict,
        intact=bool(status.intact and status.valid and status.docmdp_ok and whole),
        trusted=bool(status.trusted) and _is_ours(signature.signer_cert, roots, at),
    )


def development_certificate(folder: Path, company: str, at: datetime) -> tuple[str, str]:
    """
    A certificate and its key as PEM text, signed by itself: drawn once into a folder.

    For development: nobody else has reason to trust it.
    """
    path = folder / "letters.pem"
    with suppress(FileExistsError):
        draw_certificate(path, company, at)
    text = path.read_text("utf-8")
    return text, text


def draw_certificate(path: Path, company: str, at: datetime, *, bits: int = KEY_BITS) -> None:
    """
    Draw a certificate, signed by itself, and its key into a new file that only we may read.

    Of two processes at once one draws, and no reader sees half a file.

    :raises FileExistsError: it is there already
    """
    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=".certificate-") as half:
        # Readable by nobody else from its first byte on: so are all files of this kind
        half.write("".join(_drawn(company, at, bits)))
        half.flush()
        path.hardlink_to(half.name)


def days_left(certificate: str, key: str, at: datetime) -> int:
    """
    How many whole days a certificate still seals; below zero once it has run out.

    :raises CertificateRefused: it is unfit
    """
    return (signer_of(certificate, key).runs_out_at - at).days


def problem_with(certificate: str, key: str) -> str:
    """What is wrong with a certificate and its key, without showing any; empty when nothing is."""
    try:
        signer_of(certificate, key)
    except CertificateRefused as refusal:
        return str(refusal)
    return ""


class _Untouched(IncrementalPdfFileWriter):
    """Adds a signature and nothing else: what the file says of itself was said when it was made."""

    def _update_meta(self) -> None:
        pass


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """A certificate, those above it, and its key, loaded once: loading tests a key for 80 ms."""

    certificate: certificates.Certificate
    above: tuple[certificates.Certificate, ...]
    key: rsa.RSAPrivateKey

    @property
    def runs_out_at(self) -> datetime:
        """From when on a seal with it is worth nothing."""
        return self.certificate.not_valid_after_utc

    @property
    def reserved(self) -> int:
        """Hexadecimal digits that hold a signature with its certificates."""
        held = (self.certificate, *self.above)
        der = sum(len(one.public_bytes(serialization.Encoding.DER)) for one in held)
        return 2 * (der + self.key.key_size // 8 + ROOM)

    def sign(self, data: bytes) -> bytes:
        """A detached signature of these bytes: CMS in DER."""
        builder = pkcs7.PKCS7SignatureBuilder().set_data(data)
        builder = builder.add_signer(self.certificate, self.key, hashes.SHA256())
        for one in self.above:
            builder = builder.add_certificate(one)
        return builder.sign(serialization.Encoding.DER, _DETACHED)


_DETACHED = [
    pkcs7.PKCS7Options.DetachedSignature,
    pkcs7.PKCS7Options.Binary,
    pkcs7.PKCS7Options.NoCapabilities,
]


@lru_cache(maxsize=4)
def signer_of(certificate: str, key: str) -> Signer:
    """
    Load a certificate and its key; the key may stand in the certificate's own text.

    :raises CertificateRefused: they are unfit, or not of each other
    """
    if not certificate:
        raise CertificateRefused(
            _("There is no certificate to seal letters with: set LETTER_CERTIFICATE.")
        )
    chain = _certificates(certificate)
    try:
        loaded = serialization.load_pem_private_key((key or certificate).encode(), password=None)
    except (ValueError, TypeError) as error:
        raise CertificateRefused(
            _("LETTER_KEY holds no key in PEM, or one with a password.")
        ) from error
    if not isinstance(loaded, rsa.RSAPrivateKey) or loaded.key_size < KEY_BITS:
        raise CertificateRefused(_("Letters are sealed with an RSA key of 2048 bits or more."))
    own = next((cert for cert in chain if cert.public_key() == loaded.public_key()), None)
    if own is None:
        raise CertificateRefused(_("The key in LETTER_KEY is not that of LETTER_CERTIFICATE."))
    return Signer(own, tuple(cert for cert in chain if cert != own), loaded)


def _certificates(text: str) -> list[certificates.Certificate]:
    try:
        return certificates.load_pem_x509_certificates(text.encode())
    except ValueError as error:
        raise CertificateRefused(_("LETTER_CERTIFICATE holds no certificate in PEM.")) from error


def _roots(texts: Sequence[str]) -> list[x509.Certificate]:
    return [
        x509.Certificate.load(one.public_bytes(serialization.Encoding.DER))
        for text in texts
        for one in _certificates(text)
    ]


def _is_ours(
    signer: x509.Certificate, ours: Sequence[x509.Certificate], at: datetime | None
) -> bool:
    """
    Whether a certificate is itself among ours, and had not run out at the moment of sealing.

    An authority above ours has signed those of others too.
    """
    is_known = any(signer.dump() == one.dump() for one in ours)
    return is_known and at is not None and at <= signer.not_valid_after


def packet_json(reader: PdfFileReader) -> dict[str, Any]:
    """The attached `packet.json`; nothing where there is none."""
    try:
        names = list(reader.root["/Names"]["/EmbeddedFiles"]["/Names"])
    except KeyError:
        return {}
    for name, file in zip(names[::2], names[1::2], strict=False):
        if str(name) == "packet.json":
            said = json.loads(file.get_object()["/EF"]["/F"].data)
            return said if isinstance(said, dict) else {}
    return {}


def _name_of(certificate: x509.Certificate) -> str:
    native = certificate.subject.native
    return str(native.get("organization_name") or native.get("common_name") or "")


def _drawn(company: str, at: datetime, bits: int) -> tuple[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    name = certificates.Name(
        [
            certificates.NameAttribute(NameOID.ORGANIZATION_NAME, company[:64]),
            certificates.NameAttribute(NameOID.COMMON_NAME, f"{company[:40]} letters"),
        ]
    )
    usage = certificates.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    drawn = (
        certificates.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * YEARS))
        .add_extension(certificates.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return drawn.public_bytes(serialization.Encoding.PEM).decode(), private.decode()
