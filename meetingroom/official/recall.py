"""The record of a recall, in the process for documents: which papers, which devices confirmed, which did not.

In the agency's language as every official paper. It promises no more than was done.
"""

from dataclasses import replace
from pathlib import Path

from meetingroom import clock
from meetingroom.database import connect
from meetingroom.minutes import approval
from meetingroom.minutes.outline import Block
from meetingroom.official import kinds
from meetingroom.official.document import Official, Signer
from meetingroom.official.kinds import Source, begin, place_date, table
from meetingroom.official.pdf import official_pdf

NO_PROMISE = (
    "Biên bản này ghi nhận những thiết bị đã xác nhận xóa bản lưu trong trình duyệt. Chương trình không ngăn được việc "
    "chụp ảnh, chụp màn hình, không xác nhận thay cho thiết bị chưa kết nối lại, và không bảo đảm về các bản đã được "
    "tải về hoặc in ra trước đó./."
)


def print_recall(request: dict) -> tuple[dict, bytes]:
    """`{database, meeting, found, language, now}`; `found` is what `GET …/recalls/<r>` answers."""
    db = connect(Path(request["database"]), patience=5)
    try:
        now = approval.read_minutes(db, request["meeting"])
    finally:
        db.close()
    source = Source(now.minutes(request["language"]), now.state, now.layout, request["language"])
    return {}, official_pdf(build(source, request["found"], request["now"]), request["language"])


def build(source: Source, found: dict, now: int) -> Official:
    devices = found["devices"]
    signed = [each for each in devices if each["signed_at"] and not each["failed"]]
    open_ = [each for each in devices if not (each["signed_at"] and not each["failed"])]
    frame, at = source.state.meeting, moment(found["at"])
    who = "chương trình, theo thời hạn đã đặt" if found["automatic"] else found["by"] or "…"
    blocks = [
        Block("text", f"Cuộc họp: {frame.title}."),
        Block("text", f"Thời điểm thu hồi: {at}. Người thu hồi: {who}."),
    ]
    if found["reason"]:
        blocks.append(Block("text", f"Lý do: {found['reason']}."))
    blocks += [
        Block("section", "I. TÀI LIỆU THU HỒI"),
        table(["TT", "Tên tài liệu"], [[str(n), each["title"]] for n, each in enumerate(found["papers"], 1)], (8, 92)),
        Block("section", "II. KẾT QUẢ XÁC NHẬN"),
        Block(
            "text",
            f"Số thiết bị đã nhận tài liệu (theo ghi nhận của máy chủ): {len(devices)}. "
            f"Đã xác nhận xóa: {len(signed)}. Chưa xác nhận: {len(open_)}.",
        ),
    ]
    if open_:
        blocks += [
            Block("section", "III. THIẾT BỊ CHƯA XÁC NHẬN"),
            devices_table(open_, lambda each: "Chưa xóa được hết" if each["signed_at"] else "Chưa xác nhận"),
        ]
    if signed:
        number = "IV" if open_ else "III"
        blocks += [
            Block("section", f"{number}. THIẾT BỊ ĐÃ XÁC NHẬN"),
            devices_table(signed, lambda each: moment(each["signed_at"])),
        ]
    blocks.append(Block("last", NO_PROMISE))
    people = source.state.roll.people.values()
    names = [next((p.name for p in people if p.role == role), "") for role in ("secretary", "chair")]
    signers = (Signer("THƯ KÝ", names[0]), Signer("CHỦ TỌA", names[1]))
    subject = "Về việc thu hồi tài liệu cuộc họp"
    kinds.SYMBOLS.setdefault("thu_hoi", "BB")
    document = begin(
        source, "thu_hoi", "BIÊN BẢN", subject, blocks, signers=signers, place_date=place_date(source, now)
    )
    return replace_draft(document, now)


def replace_draft(document: Official, now: int) -> Official:
    """It rests on the receipts, not on the minutes: what has come until now."""
    return replace(document, draft=False, written=now)


def devices_table(devices: list[dict], last) -> Block:
    rows = [[str(n), each["name"], each["unit"], each["device"], last(each)] for n, each in enumerate(devices, 1)]
    return table(["TT", "Người sử dụng", "Đơn vị", "Thiết bị", "Trạng thái"], rows, (7, 26, 25, 22, 20))


def moment(ms: int) -> str:
    return f"{clock.local(ms):%H giờ %M, ngày %d/%m/%Y}"
