"""`/metrics` for Prometheus, `/admin/health` for people."""

from flask import Blueprint, Response, current_app, g, render_template, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from meetingroom import clock, config
from meetingroom.auth.guard import needs
from meetingroom.monitoring import findings, requests
from meetingroom.monitoring.metrics import Metrics
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("watch", __name__)

LOOPBACK = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}
HANDED_ON = ("X-Forwarded-For", "X-Real-Ip", "Forwarded")


@bp.record_once
def prepare(state) -> None:
    """The figures of this app, and what keeps them."""
    here = state.app.extensions["meetingroom"]
    metrics = Metrics(here)
    requests.init_app(state.app, metrics)
    here.push.listeners.append(metrics.pushed)


@bp.get("/metrics")
def metrics():
    """The figures of this process for Prometheus. Others learn nothing (404)."""
    if not (from_here() or (g.user and g.user.is_admin)):
        raise Problem("not_found", 404)
    registry = current_app.extensions["meetingroom.metrics"].registry
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def from_here() -> bool:
    """Asked on this machine. What a proxy hands on came from elsewhere, whatever the connection's address says."""
    handed_on = not context().settings.trusted_proxies and any(name in request.headers for name in HANDED_ON)
    return request.remote_addr in LOOPBACK and not handed_on


@bp.get("/admin/health")
@needs("admin")
def health():
    """The state of the system, and what to do about it."""
    found = findings.findings(context(), g.user.id)
    return render_template("monitoring/health.html", findings=found, wrong=[each for each in found if each.todo],
                           version=config.version(), at=clock.now())  # fmt: skip
