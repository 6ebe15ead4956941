"""
What a letter holds for machines and archives: its content hash three times over (document
information, XMP, an attached file), the claim to be tagged, the field that takes the seal.

None of it holds a figure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import pydyf

from events.packets.delivery.rules.content import fingerprint

NAMESPACE = "urn:sko-planner:packet:1:"

# PDF/A wants each property described that is not its own: ours, and the mark of PDF/UA
_DESCRIPTIONS = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:packet="{namespace}">{values}</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>{part}</rdf:Seq></pdfaSchema:property></rdf:li>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Packet</pdfaSchema:schema><pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI><pdfaSchema:prefix>packet</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>
</rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_PROPERTY = '<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{}</pdfaProperty:name><pdfaProperty:valueType>{}</pdfaProperty:valueType><pdfaProperty:category>{}</pdfaProperty:category><pdfaProperty:description>{}</pdfaProperty:description></rdf:li>'


def packet_json(facts: Mapping[str, Any]) -> str:
    """The attached file."""
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def xmp_of(facts: Mapping[str, Any]) -> bytes:
    """The facts as properties of our own namespace, with the schema that describes them."""
    values = "".join(
        f"<packet:{name}>{escape(str(value))}</packet:{name}>" for name, value in facts.items()
    )
    text = _DESCRIPTIONS.format(
        namespace=NAMESPACE,
        values=values,
        part=_PROPERTY.format("part", "Integer", "internal", "Part of ISO 14289"),
        properties="".join(
            _PROPERTY.format(name, "Text", "external", f"{name} of the packet") for name in facts
        ),
    )
    return text.encode()


@dataclass(frozen=True, slots=True)
class SealField:
    """The field that takes the signature: its name for machines, and what it says to people."""

    name: str
    says: str


class Finish:
    """Completes the file just before it is written."""

    def __init__(
        self,
        *,
        facts: Mapping[str, Any],
        seal: SealField | None,
        seal_page: int,
        terms: tuple[int, str],
    ) -> None:
        self.facts, self.seal, self.seal_page, self.terms = facts, seal, seal_page, terms

    def __call__(self, document: object, pdf: pydyf.PDF) -> None:
        self._describe(pdf)
        self._say_the_language_of_terms(pdf)
        if self.seal is not None:
            self._place_seal(pdf, self.seal)

    def _describe(self, pdf: pydyf.PDF) -> None:
        # Within the one rdf:RDF that XMP allows, which a file of one's own would stand behind
        stream = _object(pdf, pdf.catalog["Metadata"])
        text = b"".join(stream.stream)
        stream.stream = [text.replace(b"</rdf:RDF>", xmp_of(self.facts) + b"</rdf:RDF>", 1)]
        stream.compress = False  # so that archives find it without unpacking

    def _say_the_language_of_terms(self, pdf: pydyf.PDF) -> None:
        first, language = self.terms
        pages = set(pdf.page_references[first:])
        root = _object(pdf, pdf.catalog["StructTreeRoot"])
        for reference in _object(pdf, root["K"][0])["K"]:
            element = _object(pdf, reference)
            if element["Pg"] in pages:
                element["Lang"] = pydyf.String(language)

    def _place_seal(self, pdf: pydyf.PDF, seal: SealField) -> None:
        """
        A field for the signature of the organisation, in the tag tree and with nothing to see.

        Signing a field that shows itself would draw it in a font that the file does not hold.
        """
        page_reference = pdf.page_references[self.seal_page]
        page = _object(pdf, page_reference)
        root = _object(pdf, pdf.catalog["StructTreeRoot"])
        parents = _object(pdf, root["ParentTree"])["Nums"]
        number = max(parents[::2]) + 1
        widget = pydyf.Dictionary(
            {
                "Type": "/Annot", "Subtype": "/Widget", "FT": "/Sig", "F": 4 | 128,
                "Rect": pydyf.Array([0, 0, 0, 0]), "P": page_reference,
                "T": pydyf.String(seal.name), "TU": pydyf.String(seal.says),
                "StructParent": number,
            }
        )  # fmt: skip
        pdf.add_object(widget)
        body = root["K"][0]
        reference = pydyf.Dictionary(
            {"Type": "/OBJR", "Obj": widget.reference, "Pg": page_reference}
        )
        pdf.add_object(reference)
        element = pydyf.Dictionary(
            {
                "Type": "/StructElem", "S": "/Form", "P": body, "Pg": page_reference,
                "K": pydyf.Array([reference.reference]),
            }
        )  # fmt: skip
        pdf.add_object(element)
        _object(pdf, body)["K"].append(element.reference)
        parents += [number, element.reference]
        page.setdefault("Annots", pydyf.Array()).append(widget.reference)
        pdf.catalog["AcroForm"] = pydyf.Dictionary(
            {"Fields": pydyf.Array([widget.reference]), "SigFlags": 1}
        )


def facts_for_machines(
    *, number: int, content_hash: str, language: str, kind: str
) -> dict[str, Any]:
    """What a letter says of itself: which version, which content; no figure and no name."""
    return {
        "version": number,
        "contentHash": content_hash,
        "hashAlgorithm": "SHA-256",
        "fingerprint": fingerprint(content_hash),
        "language": language,
        "kind": kind,
    }


def _object(pdf: pydyf.PDF, reference: bytes | str) -> Any:
    return pdf.objects[int(reference.split()[0])]
