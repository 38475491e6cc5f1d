"""The tables and figures of the papers; `insert(name)` gives the flowables of one."""

from meetingroom.demo.exhibits import computing, plain, speech, year
from meetingroom.demo.exhibits.registry import EXHIBITS, insert

__all__ = ["EXHIBITS", "computing", "insert", "plain", "speech", "year"]
