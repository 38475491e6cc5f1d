"""Operations in the order of the server, of a mind map or a script: each is done once, and taken back by who did it."""

import json
from dataclasses import dataclass
from typing import Any

from meetingroom.cases import tree
from meetingroom.database import fetch_one
from meetingroom.meeting.kernel import Refused


@dataclass(frozen=True)
class Ops:
    """Where operations are kept: a table with rev, id, by, op, back, and in the column `of` what they change."""

    table: str
    of: str
    names: tuple[str, ...]
    taken: str  # the refusal of an id that somebody else has used


@dataclass(frozen=True)
class Asked:
    """An operation whose shape is right; `done` {rev, op}: it was done before, and is not done again."""

    id: str
    rev: int
    name: str
    wish: dict
    undoes: str = ""
    done: dict | None = None

    def op(self, wish: dict) -> dict:
        """As it is done and kept, with what the server adds to the wish."""
        return {"id": self.id, "rev": self.rev, self.name: wish, **({"undoes": self.undoes} if self.undoes else {})}


def read(db, ops: Ops, row: dict, said: Any, by: str) -> Asked:
    """What somebody asks of the map or script `row`. Raises Refused: malformed | no_such_op | `ops.taken`."""
    undoes = ""
    if isinstance(said, dict) and isinstance(said.get("undo"), (dict, str)):
        said, undoes = undoing(db, ops, row, said, by)
    name, wish = tree.read_op(said, ops.names)
    done = find(db, ops, row, said["id"])
    if done and done["by"] != by:
        raise Refused(ops.taken, id=said["id"])
    if not done and said["rev"] > row["rev"]:
        raise Refused("malformed")
    before = {"rev": done["rev"], "op": json.loads(done["op"])} if done else None
    return Asked(said["id"], said["rev"], name, wish, undoes, before)


def undoing(db, ops: Ops, row: dict, said: dict, by: str) -> tuple[dict, str]:
    """{id, undo: {op}} becomes what takes back an operation of one's own, whose id follows. Raises Refused."""
    wanted = said["undo"].get("op") if isinstance(said["undo"], dict) else said["undo"]
    done = find(db, ops, row, str(wanted))
    if done is None or done["by"] != by:
        raise Refused("no_such_op")
    return {"id": said.get("id"), "rev": done["rev"], **json.loads(done["back"])}, done["id"]


def find(db, ops: Ops, row: dict, id: str) -> dict | None:
    """{id, rev, by, op, back} as they are stored."""
    wanted = f'select id, rev, "by", op, back from {ops.table} where {ops.of} = ? and id = ?'  # noqa: S608
    return fetch_one(db, wanted, (row["id"], id))
