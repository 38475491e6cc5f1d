"""Boards and lists of tasks as files, made in the process for documents."""

from meetingroom.tasks.pdf import tasks_pdf


def print_tasks(request: dict) -> tuple[dict, bytes]:
    """`{sheets, about, page, written}` → ({}, PDF)."""
    return {}, tasks_pdf(request["sheets"], request["about"], request["page"], request["written"])
