"""An app is made for nearly every test of a page. What would come out the same for each is made once in a process: the
tables of an empty data folder, the builders of addresses, the compiled templates, the version of the static files; and
a password's hash is one that costs nothing to verify. What takes long is kept for the other processes of the run, too
(`drawn_before.begin_run`)."""

import fcntl
import hashlib
import os
import pickle
import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any
from unittest.mock import patch

from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from limits.storage import memory
from werkzeug import test as werkzeug_test
from werkzeug.routing import Rule

from meetingroom import database
from meetingroom.auth import passwords
from meetingroom.commands import registries
from meetingroom.meeting.kernel import Command, Event
from meetingroom.translations import catalogue, script_words
from meetingroom.web import assets


def keep(path: Path, data: bytes) -> None:
    """Two hands of one process, or of two, may do so at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
        aside.write(data)
    Path(aside.name).rename(path)


def kept(*key: str) -> Path | None:
    """Where the processes of this run keep what each would make alike."""
    folder = os.environ.get("PYTEST_DRAWN_BEFORE")
    return Path(folder) / "made" / hashlib.sha256(repr(key).encode()).hexdigest() if folder else None


@contextmanager
def one_at_a_time(what: str):
    """Of the processes of this run: the second finds what the first has made."""
    folder = os.environ.get("PYTEST_DRAWN_BEFORE")
    with (Path(folder) / f"{what}.lock").open("w") if folder else nullcontext() as lock:
        if lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def filled_once(what: str, fill: Callable[[Path], Any]) -> tuple[Path, Any]:
    """A data folder that nobody writes to any more, and what `fill(folder)` has said of it; one for the whole run."""
    place = Path(os.environ["PYTEST_DRAWN_BEFORE"]) / what
    said = place / "said"
    with one_at_a_time(what):
        if not said.exists():
            shutil.rmtree(place, ignore_errors=True)  # of who failed
            place.mkdir()
            keep(said, pickle.dumps(fill(place / "data")))
    return place / "data", pickle.loads(said.read_bytes())


class HeldTemplates(BytecodeCache):
    """Jinja's own way of keeping what it compiled; it knows a template that has changed by its contents."""

    def __init__(self):
        self.held: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket):
        bucket.code = self.held.get((bucket.key, bucket.checksum))
        if not bucket.code and (path := kept(bucket.key, bucket.checksum)) and path.exists():
            bucket.bytecode_from_string(path.read_bytes())
            self.held[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket):
        self.held[bucket.key, bucket.checksum] = bucket.code
        if path := kept(bucket.key, bucket.checksum):
            keep(path, bucket.bytecode_to_string())


def with_held_parts(compile_rule):
    """Werkzeug takes each address apart and compiles two functions for it; all that goes in is in the key."""
    held: dict = {}

    def compiled(rule) -> None:
        key = (rule.rule, rule.subdomain, rule.merge_slashes, rule.map.host_matching)
        if rule.defaults or rule.host:
            return compile_rule(rule)
        if key not in held:
            compile_rule(rule)
            held[key] = (
                rule._parts, rule._trace, rule._converters, rule.arguments,
                rule._build.__func__, rule._build_unknown.__func__,
            )  # fmt: skip
        parts, trace, converters, arguments, build, build_unknown = held[key]
        rule._parts, rule._trace, rule._converters = [*parts], [*trace], {**converters}
        rule.arguments |= arguments
        rule._build, rule._build_unknown = build.__get__(rule, None), build_unknown.__get__(rule, None)

    return compiled


def with_empty_tables(prepare):
    """A new file is a copy of one that has been through every migration; one that is there is brought up to date."""
    held: list[bytes] = []

    def prepared(path: Path) -> None:
        if not path.exists():
            if not held:
                with tempfile.TemporaryDirectory(prefix="empty-") as folder:
                    prepare(empty := Path(folder) / "meetingroom.db")
                    held.append(empty.read_bytes())
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(held[0])
        prepare(path)

    return prepared


def with_held_version(version_of):
    """The version follows from the contents; files whose times and sizes are those of before are not read again."""
    held: dict = {}

    def version(folder: Path) -> str:
        listed = () if folder == assets.STATIC else sorted(assets.list_files(folder).items())
        key = (folder, *listed)  # no test changes the program's own (with_held_list)
        if key not in held:
            held[key] = version_of(folder)
        return held[key]

    return version


def with_held_catalogue(compile_catalogue):
    held: dict = {}

    def compiled(path: Path) -> dict:
        key = (path, path.stat().st_mtime_ns)
        if key not in held:
            held[key] = compile_catalogue(path)
        return dict(held[key])

    return compiled


def with_held_assets(make_asset):
    """Joined and packed: the same of the same files."""
    held: dict = {}

    def made(folder: Path, path: str):
        key = (str(folder), path, assets.version_of(folder))
        if key not in held:
            if (before := kept(*key)) and before.exists():
                held[key] = pickle.loads(before.read_bytes())
            else:
                held[key] = make_asset(folder, path)
                if before:
                    keep(before, pickle.dumps(held[key]))
        return held[key]

    return made


def with_held_check(check):
    """Every command and event has its parts: said of the same ones once."""
    held: set = set()

    def checked() -> None:
        known = (registries.below, *registries.below(Command), *registries.below(Event))
        if known not in held:
            check()
            held.add(known)

    return checked


def with_held_words(make_words):
    """The words that the scripts show, packed: the same of the same catalogue and scripts."""
    held: dict = {}

    def made(app, folder: Path, language, scripts: Path = assets.STATIC / "js") -> None:
        key = (folder, scripts, (folder / "vi" / "LC_MESSAGES" / "messages.mo").stat().st_mtime_ns)
        if key in held:
            app.jinja_env.globals.update(words_address=lambda: script_words.address(language()))
        else:
            make_words(app, folder, language, scripts)
            held[key] = app.extensions["meetingroom.words"]
        app.extensions["meetingroom.words"] = held[key]

    return made


def with_held_list(list_files):
    """Of the program's own files, which no test changes."""
    held: dict = {}

    def listed(folder: Path) -> dict:
        if folder != assets.STATIC:
            return list_files(folder)
        if not held:
            held.update(list_files(folder))
        return held

    return listed


class NotYet(threading.Timer):
    def start(self) -> None:
        pass


def without_first_look(begin):
    """What counts attempts begins a thread of its own, five for an app, to look for what has run out before anything
    has come in. Whatever comes in begins one as always."""

    def begun(storage, *given, **more) -> None:
        with patch.object(memory, "threading", SimpleNamespace(RLock=threading.RLock, Timer=NotYet)):
            begin(storage, *given, **more)

    return begun


def without_query(current_url):
    """Of the address of each request the test's client wants the host and the path, for its cookies."""

    def address(environ) -> str:
        return current_url({**environ, "QUERY_STRING": ""})

    return address


def cheap_hash(password: str) -> str:
    """As `passwords.hash_password` makes them, of the same kind; a hash says itself how dear it is to verify."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(passwords.normalise(password))


def install() -> None:
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": HeldTemplates()}
    werkzeug_test.get_current_url = without_query(werkzeug_test.get_current_url)
    Rule.compile = with_held_parts(Rule.compile)  # type: ignore[method-assign]
    catalogue.compile_catalogue = with_held_catalogue(catalogue.compile_catalogue)
    script_words.init_app = with_held_words(script_words.init_app)
    assets.list_files = with_held_list(assets.list_files)
    assets.version_of = with_held_version(assets.version_of)
    assets.make_asset = with_held_assets(assets.make_asset)
    database.prepare = with_empty_tables(database.prepare)
    registries.check = with_held_check(registries.check)
    memory.MemoryStorage.__init__ = without_first_look(memory.MemoryStorage.__init__)  # type: ignore[method-assign]
