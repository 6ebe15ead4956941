"""PDF files put one behind the other."""

from collections.abc import Sequence
from io import BytesIO

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NumberObject,
    TextStringObject,
    pdf_name,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter


def joined(parts: Sequence[bytes], *, title: str, language: str) -> bytes:
    """
    Some files of ours as one, all pages in their order. For paper: the tags that tell a screen reader
    what is what are not taken along.
    """
    if len(parts) == 1:
        return parts[0]
    whole, kids, count = PdfFileWriter(), ArrayObject(), 0
    root = whole.add_object(DictionaryObject({pdf_name("/Type"): pdf_name("/Pages")}))
    for part in parts:
        tree = PdfFileReader(BytesIO(part)).root["/Pages"]
        count += int(tree["/Count"])
        # The whole tree at once, so that its pages go on sharing their typefaces
        reference = whole.add_object(whole.import_object(tree))
        reference.get_object()[pdf_name("/Parent")] = root
        kids.append(reference)
    pages = root.get_object()
    pages[pdf_name("/Kids")], pages[pdf_name("/Count")] = kids, NumberObject(count)
    whole.root[pdf_name("/Pages")] = root
    whole.root[pdf_name("/Lang")] = TextStringObject(language)
    whole.set_info(DictionaryObject({pdf_name("/Title"): TextStringObject(title)}))
    made = BytesIO()
    whole.write(made)
    return made.getvalue()
