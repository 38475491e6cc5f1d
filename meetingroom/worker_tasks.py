"""Every area's jobs, so that importing this registers them all. Each area adds its line."""

from meetingroom import told
from meetingroom.documents import jobs as documents

__all__ = ["documents", "told"]
