"""An upload through a proxy that sends in chunks, to the real server."""

import pytest

from tests.documents import papers

pytestmark = pytest.mark.journey


def test_a_file_that_comes_in_chunks_arrives_whole(room, tmp_path):
    path = papers.pdf(tmp_path / "a.pdf", pages=3)
    data = path.read_bytes()
    head = (
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    )
    whole = head + data + b"\r\n--B--\r\n"

    def chunks():
        for at in range(0, len(whole), 1000):
            yield whole[at : at + 1000]

    person = room.person("mai")
    answer = person.session.post(
        f"{room.url}/api/meetings/{room.meeting}/documents",
        data=chunks(),
        headers={"Content-Type": "multipart/form-data; boundary=B", "X-Meetingroom": "1"},
        timeout=60,
    )
    assert answer.status_code == 202, answer.text
    found = person.session.get(f"{room.url}/api/documents/{answer.json()['id']}", timeout=60).json()
    assert found["bytes"] == len(data)
