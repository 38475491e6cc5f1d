"""The room of papers, whose index the test brings up to date."""

import pytest

from meetingroom.search import indexing
from tests.documents import conftest as documents_conftest

hashed, room = documents_conftest.hashed, documents_conftest.room


@pytest.fixture
def library(room):
    """`room.finds(name, q, …)` asks when everything is read."""

    def finds(name, q, **more):
        read_all(room)
        answer = room.browser(name).client.get("/api/search", query_string={"q": q, **more})
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    room.finds = finds
    return room


def read_all(room):
    from meetingroom.search import store

    with room.pool.lend() as db:
        documents, logs = store.list_due(db, 1000)
    for meeting in logs:
        indexing.index_log(room.pool, meeting)
    for document in documents:
        indexing.index_document(room.pool, document)
    return documents, logs
