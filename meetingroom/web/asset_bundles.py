"""A screen in one file: its script, or its sheet, with everything that it imports.

The files in `static/` stay what browsers understand by themselves; nothing is built before the server starts. Each
module becomes a function that is called once, in the order in which a browser would run them. Only what our files use
is understood: static imports by relative path and in double quotes, each on a line of its own (a library's minified
module begins with them); no `export *`, no `export let`; around a circle of imports functions alone, which are called
later. Anything else raises NotUnderstood, and the file is served as it is, with its imports.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

IMPORT = re.compile(
    r"""(?:^|(?<=;))import
    (?:[ ]*(?P<names>[\w$]+|\*[ ]as[ ][\w$]+|(?:[\w$]+,[ ]*)?\{[^}"']*\})[ ]*from)?
    [ ]*"(?P<path>[^"\n]+)";?""",
    re.M | re.X,
)
AGAIN = re.compile(r'(?:^|(?<=[;}]))export ?\{(?P<names>[^}"\']*)\}(?: ?from ?"(?P<path>[^"\n]+)")?;?', re.M)
DEFAULT = re.compile(r"^export default ([\w$]+);?$", re.M)
DECLARED = re.compile(
    r"^export (?=(?:(?P<function>(?:async )?function\*?)|class|const) (?P<name>[\w$]+)(?:\(| ?=| \{| extends ))", re.M
)
LEFT = re.compile(r"^(?:import|export)\b|(?<=[;}])(?:import|export)\s*[{*\"]|\bimport\(\s*[\"'`]", re.M)
ADDRESS = re.compile(r"\bimport\.meta\.url\b")
MAP = re.compile(r"^//# sourceMappingURL=.*$", re.M)

SHEET = re.compile(r'^@import "([^"\n]+)";\n?', re.M)
URL = re.compile(r"""url\((["']?)(?![a-z]+:|[/#])([^)"']+)\1\)""")


class NotUnderstood(ValueError):
    """This file is written in a way that cannot be joined; the text says which and why."""


@dataclass(frozen=True)
class Module:
    """A script taken apart: `own` is its text without imports and exports; {exported: local} names."""

    path: Path
    own: str
    imports: list[tuple[str, Path]]  # what stands between `import` and `from` ("" for neither), and whence
    exports: dict[str, str]
    functions: set[str]  # those exports that are declared as functions


kept: dict[Path, tuple[tuple[int, int], Module]] = {}


def bundle_script(folder: Path, entry: str) -> str:
    """The module `entry` of `folder` with all it imports. Its export `modules` holds each of them by its path, for who
    must have the very one that the screen uses. Raises NotUnderstood."""
    modules = list(in_order((folder / entry).resolve(), folder.resolve()))
    number = {module.path: f"$$_{n}" for n, module in enumerate(modules)}
    known = {module.path: module for module in modules}
    start = (folder / entry).resolve().parent
    parts = [wrap_as_function(module, number, known, start) for module in modules]
    names = ", ".join(f'"{path.relative_to(folder.resolve()).as_posix()}": {name}' for path, name in number.items())
    return "".join(parts) + f"export const modules = {{ {names} }}\n"


def in_order(path: Path, folder: Path) -> Iterator[Module]:
    """What a module imports before itself, each once: the order in which a browser runs them."""
    begun: set[Path] = set()

    def walk(path: Path) -> Iterator[Module]:
        if path in begun:  # done, or further up: a circle
            return
        if not path.is_relative_to(folder) or not path.is_file():
            raise NotUnderstood(f"{path} is not a file of this folder")
        begun.add(path)
        module = take_apart(path)
        for _, other in module.imports:
            yield from walk(other)
        yield module

    yield from walk(path)


def take_apart(path: Path) -> Module:
    """A script's Module; most belong to several screens, so each is kept until its file changes."""
    state = path.stat()
    stamp = (state.st_mtime_ns, state.st_size)
    if path not in kept or kept[path][0] != stamp:
        kept[path] = (stamp, parse_script(path))
    return kept[path][1]


def parse_script(path: Path) -> Module:
    imports: list[tuple[str, Path]] = []
    exports: dict[str, str] = {}
    functions: set[str] = set()

    def imported(found: re.Match) -> str:
        imports.append((" ".join((found["names"] or "").split()), resolve_import(path, found["path"])))
        return ""

    def exported(found: re.Match) -> str:
        pairs = parse_names(found["names"], path)
        if found["path"]:  # export { a as b } from "…": brought in under a name that nothing else has
            start = sum(1 for name in exports.values() if name.startswith("$$again_"))
            again = {out: f"$$again_{start + n}" for n, (_, out) in enumerate(pairs)}
            imports.append(
                (
                    "{ " + ", ".join(f"{far} as {again[out]}" for far, out in pairs) + " }",
                    resolve_import(path, found["path"]),
                )
            )
            exports.update(again)
        else:
            exports.update({out: near for near, out in pairs})
        return ""

    def declared(found: re.Match) -> str:
        exports[found["name"]] = found["name"]
        if found["function"]:
            functions.add(found["name"])
        return ""

    def default(found: re.Match) -> str:
        exports["default"] = found[1]
        return ""

    text = MAP.sub("", path.read_text("utf-8"))
    text = DECLARED.sub(declared, DEFAULT.sub(default, AGAIN.sub(exported, IMPORT.sub(imported, text))))
    if left := LEFT.search(text):
        raise NotUnderstood(f"{path.name}: {text[left.start() : left.start() + 60]!r}")
    return Module(path, text, imports, exports, functions)


def resolve_import(path: Path, specifier: str) -> Path:
    if not specifier.startswith(("./", "../")):
        raise NotUnderstood(f"{path.name}: {specifier!r} is no relative path")
    return (path.parent / specifier).resolve()


def parse_names(names: str, path: Path) -> list[tuple[str, str]]:
    """`a, b as c` → [("a", "a"), ("b", "c")]"""
    pairs = []
    for one in filter(None, (name.strip() for name in names.split(","))):
        words = one.split()
        if len(words) not in (1, 3) or (len(words) == 3 and words[1] != "as"):
            raise NotUnderstood(f"{path.name}: {one!r}")
        pairs.append((words[0], words[-1]))
    return pairs


def wrap_as_function(module: Module, number: dict[Path, str], known: dict[Path, Module], start: Path) -> str:
    head = "".join(
        f"{line}\n"
        for names, other in module.imports
        if names
        for line in bind_imports(names, known[other], module, number)
    )
    here = relative_address(module.path, start)
    own = ADDRESS.sub(lambda _: f'new URL("{here}", import.meta.url).href', module.own)
    given = ", ".join(out if out == near else f"{out}: {near}" for out, near in module.exports.items())
    return f"// {module.path.name}\nconst {number[module.path]} = (() => {{\n{head}{own}\nreturn {{ {given} }}\n}})()\n"


def bind_imports(names: str, other: Module, module: Module, number: dict[Path, str]) -> Iterator[str]:
    """`import a, { b as c } from …` as declarations."""
    source, order = number[other.path], list(number)
    circle = order.index(other.path) >= order.index(module.path)
    if names.startswith("* as "):
        if circle:
            raise NotUnderstood(f"{module.path.name} takes all of {other.path.name} around a circle")
        yield f"const {names[5:]} = {source}"
        return
    default, brace, rest = names.partition("{")
    pairs = [("default", default.strip(" ,"))] if default.strip(" ,") else []
    pairs += parse_names(rest.rstrip("} "), module.path) if brace else []
    for far, near in pairs:
        if far not in other.exports:
            raise NotUnderstood(f"{module.path.name} imports {far}, which {other.path.name} does not export")
        if not circle:
            yield f"const {near} = {source}.{far}"
        elif far in other.functions:
            yield f"const {near} = (...all) => {source}.{far}(...all)"
        else:
            raise NotUnderstood(f"{module.path.name} imports {far} of {other.path.name} around a circle")


def bundle_sheet(folder: Path, entry: str) -> str:
    """The sheet `entry` of `folder` with all it imports, each once. Raises NotUnderstood.

    `@import "….js"` stands for the sheets of all that this script brings: each that lies beside a module under the same
    name. So a screen names its parts once, in its script.
    """
    root = folder.resolve()
    start = (root / entry).parent
    done: set[Path] = set()

    def text_of(path: Path) -> str:
        if path in done:
            return ""
        if not path.is_relative_to(root) or not path.is_file():
            raise NotUnderstood(f"{path} is not a file of this folder")
        done.add(path)
        if path.suffix == ".js":
            beside = [module.path.with_suffix(".css") for module in in_order(path, root)]
            return "".join(text_of(each) for each in beside if each.is_file())
        # Addresses first: those of the sheets that are put in are right already.
        text = URL.sub(lambda found: f"url({relative_address(path.parent / found[2], start)})", path.read_text("utf-8"))
        text = SHEET.sub(lambda found: text_of((path.parent / found[1]).resolve()).rstrip("\n") + "\n", text)
        if "@import" in text:
            raise NotUnderstood(f"{path.name}: an @import that is not on a line of its own")
        return text

    return text_of(root / entry)


def relative_address(path: Path, start: Path) -> str:
    return os.path.relpath(path, start).replace(os.sep, "/")
