"""`docs/hooks.md`: every hook, who offers it, what a function takes and gives, who takes part."""

import sys
from collections.abc import Callable, Iterator
from inspect import cleandoc
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from django.conf import settings

from core.hooks import Hook, Registered

PAGE = Path(settings.BASE_DIR) / "docs" / "hooks.md"
_HEAD = """\
# Hooks

Where a capability lets in those that stand above it, without knowing them (ADRs 1 and 25). Whoever offers a hook makes
it in its `hooks.py` and calls it; whoever takes part registers a function in `AppConfig.ready()`. Functions are called
in the order in which they stand here.

This page is made from the code by `manage.py list_hooks`; a test says when it is not up to date.
"""


def offered() -> Iterator[Hook[..., Any]]:
    """Every hook that is loaded, by the order of its address."""
    modules = (module for name, module in list(sys.modules.items()) if name.endswith(".hooks"))
    hooks = {
        hook.name: hook
        for module in modules
        for hook in vars(module).values()
        if isinstance(hook, Hook)
    }
    for name in sorted(hooks):
        yield hooks[name]


def page() -> str:
    """The page as Markdown."""
    parts = [_HEAD]
    for hook in offered():
        offerer, _hooks, name = hook.name.rsplit(".", 2)
        parts.append(
            f"\n## {name}\n`{offerer}` offers it to functions `{signature(hook)}`.\n\n"
            f"{cleandoc(hook.__doc__ or '')}\n\n"
        )
        parts += [_line(one) for one in hook.registered] or ["- nobody takes part\n"]
    return "".join(parts)


def signature(hook: Hook[..., Any]) -> str:
    """What a function takes and gives, in types: `(Kickoff, datetime) -> None`."""
    # What the hook was made as, `Hook[[Kickoff, datetime], None]`, is kept by `typing`
    takes, gives = get_args(vars(hook)["__orig_class__"])
    return f"({', '.join(map(_type, takes))}) -> {_type(gives)}"


def _type(kind: Any) -> str:
    if kind in (None, NoneType):
        return "None"
    if isinstance(kind, UnionType):
        return " | ".join(map(_type, get_args(kind)))
    if inner := get_args(kind):
        return f"{_name(get_origin(kind))}[{', '.join(map(_type, inner))}]"
    return _name(kind)


def _name(kind: Any) -> str:
    return str(kind.__name__)


def _line(one: Registered[..., Any]) -> str:
    function: Callable[..., Any] = one.function
    under = f", as “{one.name}”" if one.name else ""
    return f"- `{function.__module__}.{function.__qualname__}`{under}\n"
