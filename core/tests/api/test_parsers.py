from io import BytesIO

import pytest
from rest_framework.exceptions import ParseError

from core.api.parsers import JSONParser


@pytest.mark.parametrize("text", [b"[" * 200_000, b'{"a":' * 200_000, b"[1, ", b'"\xff"', b"NaN"])
def test_what_is_no_json_is_refused_as_such(text):
    with pytest.raises(ParseError):
        JSONParser().parse(BytesIO(text), parser_context={})


def test_json_is_read():
    assert JSONParser().parse(BytesIO(b'{"a": [1]}'), parser_context={}) == {"a": [1]}
