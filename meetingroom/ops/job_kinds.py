"""Every area's jobs, so that importing this registers them all. Each area adds its line."""

from meetingroom.commands import server_fields
from meetingroom.demo import jobs as demo
from meetingroom.documents import jobs as documents

__all__ = ["demo", "documents", "server_fields"]
