"""Texts as people store them, and as no file should change them."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from core.keys import seen

_SIGNS = "=+-@;,|'\"“. \u00a0\u200b\u00adaZé佐09"
EXAMPLES = ["+Plus GmbH", "Foo; Bar Ltd", "=1+1", "'=x", '"Quoted" Ltd', 'a "b"; c', "x;=y", "-5",
            "1E5", "00123", "1.234", "a  b", "Silva, Ana"]  # fmt: skip


def stored_texts(most: int = 30) -> st.SearchStrategy[str]:
    """What a column of names may hold: something to be seen, and no white space around."""
    made = st.text(_SIGNS, min_size=1, max_size=most).map(lambda text: seen(text).strip())
    return st.one_of(st.sampled_from(EXAMPLES), made.filter(bool))


def in_the_database(examples: int) -> settings:
    """Few examples, one after the other in one transaction, each of which writes all it reads."""
    return settings(
        max_examples=examples, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
