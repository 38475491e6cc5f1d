"""Run a program that opens strangers' files: no network, no data of ours in sight, bounded in memory, time and size.

Three walls, the best one that works here is taken (and logged): bubblewrap (own file system, own network, no rights);
`unshare` (own network only); plain (limits only). Containers without user namespaces get the last one: give such a
container no network of its own, or let it make namespaces.
"""

import functools
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)

NOBODY = 65534
GIGABYTE = 1024**3
PAUSE = 0.2  # seconds
SYSTEM = ("/usr", "/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache", "/etc/alternatives", "/var/cache/fontconfig")


@dataclass(frozen=True)
class Limits:
    """`seconds` of wall and of processor time; bytes of memory (address space) and of any file written."""

    seconds: int
    memory: int = 3 * GIGABYTE
    file: int = GIGABYTE
    processes: int = 512

    def command(self) -> list[str]:
        return [
            "prlimit",
            f"--as={self.memory}",
            f"--cpu={self.seconds}",
            f"--fsize={self.file}",
            f"--nproc={self.processes}",
            "--core=0",
            *("nice", "-n", "5"),  # pages that are drawn go before files that are converted
        ]


class TookTooLong(Exception):
    """The program was stopped when its time was up."""


@functools.cache
def find_wall() -> str:
    """bubblewrap | unshare | plain: the best that works on this machine. Tried once."""
    for name in ("bubblewrap", "unshare"):
        command = [*wrap_command(name, Path("/nowhere"), ()), "true"]
        if shutil.which(command[0]) and wall_works(command):
            logger.info("office files are opened behind %s", name)
            return name
    logger.warning(
        "no namespaces on this machine: office files are opened with limits only, and could reach the network. "
        "Install bubblewrap, or run the worker without network."
    )
    return "plain"


def describe_wall() -> str:
    """The wall, and "own" where the program keeps the rights of the worker's user: nobody but root can give them up."""
    kept = find_wall() != "bubblewrap" and os.geteuid() != 0
    return f"{find_wall()} own" if kept else find_wall()


def wall_works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=10).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def wrap_command(name: str, work: Path, readable: tuple[Path, ...], *, clean: bool = True) -> list[str]:
    """What stands before the program's own command line. `work` keeps its path inside, and is all it can write.
    `clean`: without a single variable of the environment."""
    if name == "bubblewrap":
        binds = [part for path in (*SYSTEM, *map(str, readable)) for part in ("--ro-bind-try", path, path)]
        links = [part for top in ("bin", "lib", "lib64") for part in ("--symlink", f"usr/{top}", f"/{top}")]
        return [
            *("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--hostname", "nowhere"),
            *(("--clearenv",) if clean else ()),
            *("--uid", str(NOBODY), "--gid", str(NOBODY), "--cap-drop", "ALL"),
            *("--tmpfs", "/tmp", "--proc", "/proc", "--dev", "/dev", *binds, *links),  # noqa: S108
            *("--bind-try", str(work), str(work)),
        ]
    if name == "unshare":
        return [*own_network(), *unprivileged()]
    return unprivileged()


def own_network() -> list[str]:
    own_user = [] if os.geteuid() == 0 else ["--user", "--map-current-user"]
    return ["unshare", *own_user, "--net", "--"]


def unprivileged() -> list[str]:
    """Root becomes nobody first. `ground` is a place for the work that nobody can reach."""
    if os.geteuid() != 0:
        return []
    return [
        "setpriv",
        f"--reuid={NOBODY}",
        f"--regid={NOBODY}",
        "--clear-groups",
        "--no-new-privs",
        "--pdeathsig=KILL",
    ]


def choose_ground(work: Path) -> Path:
    """Where the program's folder is made: `work`, or the system's own place where nobody could not go to that."""
    if find_wall() == "bubblewrap" or os.geteuid() != 0 or is_reachable(work.resolve() / "any"):
        return work.resolve()
    return Path(tempfile.gettempdir())


def is_reachable(work: Path) -> bool:
    """Whether nobody may go the way to it."""
    return all(folder.stat().st_mode & 0o001 for folder in work.parents if folder.exists())


def run(
    command: list[str],
    *,
    work: Path,
    limits: Limits,
    readable: tuple[Path, ...] = (),
    environment: dict[str, str],
    pause: Callable[[], None] = lambda: None,
    said: Path | None = None,
) -> subprocess.CompletedProcess:
    """Run to the end with only `environment` set; output and errors come back as bytes, the output goes into the file
    `said` where one is given (what a stranger's file makes a program say is bounded there). Raises TookTooLong, and
    whatever `pause` raises, which is called several times a second."""
    name = find_wall()
    if name != "bubblewrap" and os.geteuid() == 0:
        for path in (work, *work.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **environment}
    given = [f"{key}={value}" for key, value in environment.items()]
    whole = [*wrap_command(name, work, readable), "env", "-i", *given, *limits.command(), *command]
    with said.open("wb") if said else nullcontext(subprocess.PIPE) as output:
        process = subprocess.Popen(
            whole,
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            start_new_session=True,  # so that it can be stopped together with all it started
        )
    try:
        out, errors = wait_for(process, limits.seconds, pause)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    return subprocess.CompletedProcess(whole, process.returncode, out, errors)


def wait_for(process: subprocess.Popen, seconds: int, pause: Callable[[], None]) -> tuple[bytes, bytes]:
    deadline = time.monotonic() + seconds
    while True:
        try:
            return process.communicate(timeout=PAUSE)
        except subprocess.TimeoutExpired:
            if time.monotonic() > deadline:
                raise TookTooLong from None
            pause()
