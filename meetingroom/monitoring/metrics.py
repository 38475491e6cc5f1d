"""The figures of `/metrics`. What happens often is counted as it happens; everything else is looked up when asked."""

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, SummaryMetricFamily

from meetingroom import clock
from meetingroom.jobs import heartbeat
from meetingroom.live.backlog import backlog
from meetingroom.monitoring import store

MOMENTS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


class Metrics:
    """One registry a program. `context` is asked for what is true now."""

    def __init__(self, context):
        self.context = context
        self.registry = CollectorRegistry()
        self.commands = Counter(
            "meetingroom_commands", "Commands by name and outcome", ["name", "outcome"], registry=self.registry
        )
        self.durations = Histogram(
            "meetingroom_command_seconds", "From a command's arrival to its answer", buckets=MOMENTS,
            registry=self.registry,
        )  # fmt: skip
        self.pushes = Histogram(
            "meetingroom_push_seconds", "From a fact's stamp (just before its commit) until it was emitted",
            buckets=MOMENTS, registry=self.registry,
        )  # fmt: skip
        self.registry.register(Now(context))
        ProcessCollector(registry=self.registry)

    def command(self, name: str, outcome: str, seconds: float) -> None:
        self.commands.labels(name, outcome).inc()
        self.durations.observe(seconds)

    def pushed(self, meeting, before, after, fact) -> None:
        """A listener of the push, called when a fact has been emitted."""
        self.pushes.observe(max(0, clock.now() - fact.at) / 1000)


class Now:
    """What is looked up at the moment of asking."""

    def __init__(self, context):
        self.context = context

    def describe(self):
        return []  # registering must not ask yet: the program is still being put together

    def collect(self):
        found = backlog()
        yield gauge("meetingroom_sockets", "Connected sockets", found.sockets)
        yield gauge("meetingroom_screens", "Screens that have joined a meeting", len(self.context.presence.screens))
        yield gauge("meetingroom_queued_messages", "Messages waiting for slow clients", found.messages)
        yield gauge("meetingroom_queued_bytes", "Bytes waiting for slow clients", found.bytes)
        yield CounterMetricFamily("meetingroom_cut_off", "Clients cut off because too much waited", found.cut_off)
        if limiter := self.context.connections:
            yield gauge(
                "meetingroom_connections", "Open connections, with those that say nothing", len(limiter.connections)
            )
            away = CounterMetricFamily("meetingroom_turned_away", "Connections refused or ended to make room")
            away.add_metric([], limiter.turned_away + limiter.cut_off)
            yield away
        yield gauge("meetingroom_worker_up", "Whether the worker lives", heartbeat.worker_alive(self.context.settings))
        yield gauge("meetingroom_push_up", "Whether the tail follows the log", self.context.push.alive)
        with self.context.pool.lend() as db:
            rows = store.jobs(db)
            yield gauge("meetingroom_meetings_running", "Meetings in session", len(store.running(db)))
        states = GaugeMetricFamily("meetingroom_jobs", "Jobs of the last 30 days", labels=["kind", "status"])
        times = SummaryMetricFamily("meetingroom_job_seconds", "How long jobs took", labels=["kind"])
        for row in rows:
            states.add_metric([row["kind"], row["status"]], row["n"])
            if row["status"] == "done":
                times.add_metric([row["kind"]], count_value=row["n"], sum_value=row["seconds"])
        yield states
        yield times


def gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, float(value))
