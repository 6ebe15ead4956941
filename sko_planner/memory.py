"""How long-lived processes look for garbage."""

import gc


def keep_what_is_loaded() -> None:
    """
    Let what is loaded by now stay: a process of the web need not look through it for garbage, nor
    copy its pages.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
