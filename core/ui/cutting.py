"""What others made for everybody, cut down to what our pages use."""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Set
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib.instancer import instantiateVariableFont
from tinycss2 import parse_blocks_contents, parse_rule_list, parse_stylesheet, serialize
from tinycss2.ast import AtRule, Comment, Declaration, Node, QualifiedRule

# All weights and widths in our style sheets lie between these, and no other features are asked for
AXES = {"wght": (400, 720), "wdth": (100, 112)}
_FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "rvrn", "tnum"]
# Moves of an outline that nobody sees, in thousandths of the letter's size: of one point between its
# neighbours, and of what weight and width do only together, on the widest heading
_UNSEEN_ALONE = 2
_UNSEEN_TOGETHER = 16

_HOLD_RULES = {"media", "supports"}
_USED_PROPERTY = re.compile(r"var\(\s*(--[\w-]+)")


def words_in(text: str) -> set[str]:
    """Whatever in a template, a script or Python may be the name of a class."""
    return set(re.findall(r"[A-Za-z_][\w-]*", text))


def cut_styles(css: str, words: Set[str], *, besides: str = "") -> str:
    """
    A style sheet without rules for classes whose name is not among the words, and without custom
    properties that neither it nor the style sheets `besides` use. Its licence stays.
    """
    left, used = css, None
    while True:  # a property may be used by one that is not
        kept = "".join(_kept(parse_stylesheet(left, skip_whitespace=True), words, used))
        now_used = set(_USED_PROPERTY.findall(kept + besides))
        if now_used == used:
            return kept
        left, used = kept, now_used


def cut_font(font: bytes, letters: Container[int] | None = None) -> bytes:
    """A variable font (WOFF2) with what pages use of it; of its letters only those given, if any."""
    cut = TTFont(BytesIO(font))
    subsetter = Subsetter(Options(layout_features=_FEATURES))
    subsetter.populate(
        unicodes=[one for one in cut.getBestCmap() if letters is None or one in letters]
    )
    subsetter.subset(cut)
    instantiateVariableFont(cut, AXES, inplace=True, optimize=False)
    _lighten(cut)
    cut.flavor = "woff2"
    made = BytesIO()
    cut.save(made)
    return made.getvalue()


def _lighten(font: TTFont) -> None:
    """Leave out moves of outlines too small to see: a third of the file. How wide letters are stays."""
    unit = font["head"].unitsPerEm / 1000
    changes = font["gvar"].variations
    for name, of_letter in changes.items():
        points, control = font["glyf"]._getCoordinatesAndControls(name, font["hmtx"].metrics)
        changes[name] = [
            one
            for one in of_letter
            if len(one.axes) == 1 or _largest_move(one) > _UNSEEN_TOGETHER * unit
        ]
        for one in changes[name]:
            one.optimize(points, control.endPts, tolerance=_UNSEEN_ALONE * unit)


def _largest_move(change: TupleVariation) -> float:
    return max((abs(by) for point in change.coordinates for by in point), default=0)


def classes_of(css: str) -> set[str]:
    """Each class that a style sheet names."""
    rules = parse_stylesheet(css, skip_whitespace=True)
    return {name for rule in _style_rules(rules) for name in _classes(rule.prelude)}


def _kept(rules: Iterable[Node], words: Set[str], used: Collection[str] | None) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            met = [one for one in _selectors(rule.prelude) if set(_classes(one)) <= words]
            said = ";".join(
                one.serialize()
                for one in parse_blocks_contents(
                    rule.content, skip_comments=True, skip_whitespace=True
                )
                if used is None or not _is_unused(one, used)
            )
            if met and said:
                yield f"{','.join(map(serialize, met))}{{{said}}}"
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in _HOLD_RULES:
            within = "".join(_kept(_rules_within(rule), words, used))
            if within:
                yield f"@{rule.at_keyword}{serialize(rule.prelude)}{{{within}}}"
        elif not isinstance(rule, Comment) or rule.value.startswith("!"):
            yield rule.serialize()


def _is_unused(node: Node, used: Collection[str]) -> bool:
    return isinstance(node, Declaration) and node.name.startswith("--") and node.name not in used


def _style_rules(rules: Iterable[Node]) -> Iterator[QualifiedRule]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            yield rule
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in _HOLD_RULES:
            yield from _style_rules(_rules_within(rule))


def _rules_within(rule: AtRule) -> Iterable[Node]:
    yield from parse_rule_list(rule.content, skip_whitespace=True)


def _selectors(prelude: Iterable[Node]) -> list[list[Node]]:
    found: list[list[Node]] = [[]]
    for part in prelude:
        if part == ",":
            found.append([])
        else:
            found[-1].append(part)
    return found


def _classes(selector: Iterable[Node]) -> Iterator[str]:
    """The classes without which nothing is met: those within `:not()` and `:is()` are not."""
    before: Node | None = None
    for part in selector:
        if before == "." and part.type == "ident":
            yield part.value
        before = part
