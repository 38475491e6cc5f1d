"""The worker process of `run.py worker`: every kind of job it is to do, and what goes on beside them."""

from collections.abc import Iterable
from importlib import import_module

from meetingroom.commands import server_fields  # noqa: F401  (jobs give commands as well)
from meetingroom.config import Settings
from meetingroom.documents import render_process
from meetingroom.jobs import worker
from meetingroom.live import house_clock
from meetingroom.tasks import jobs as task_jobs


def work(settings: Settings, kinds: Iterable[str]) -> None:
    """Until a signal comes. `kinds` are the modules that register jobs. Raises worker.Occupied."""
    for kind in kinds:
        import_module(kind)
    for former in settings.data.glob("queue.db*"):  # of versions before the jobs table was the queue
        former.unlink(missing_ok=True)
    render_process.go_first_when_memory_ends(500)
    worker.run(settings, on_beat=beat)


def beat(settings: Settings) -> None:
    """What goes on beside the jobs, with every heartbeat of the worker."""
    house_clock.follow_clock(settings)
    task_jobs.look(settings)
