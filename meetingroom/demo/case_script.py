"""The presentation script of the demo's case: nodes of its map, sheets, two that contradict each other, an excerpt."""

from meetingroom.cases import citation, log_store, store_numbers
from meetingroom.cases.scripts import callout_store
from meetingroom.cases.scripts import steps as rules
from meetingroom.cases.scripts import store as scripts

TITLE = "Kịch bản trình chiếu"
ANSWER = [0.13, 0.214, 0.8, 0.076]  # on sheet 121: "Tôi có biết anh A nhận tiền …"
MARKED = [0.2421, 0.2494, 0.3813, 0.0164]  # its first words
# (kind, node or sheet(s), title, note)
STEPS = (
    ("node", "N01", "", "Nêu ngắn gọn: tội danh, bị can, số bút lục, thời hạn."),
    ("node", "N02", "", "Chỉ nêu các mốc chính."),
    ("node", "N09", "", "Năm lần nhận tiền, tổng 2.150 triệu đồng."),
    ("evidence", "84", "A khai thủ đoạn gian dối", ""),
    ("node", "N23", "", "B cho mượn tài khoản, hưởng 40 triệu đồng."),
    ("evidence", "301", "Sao kê tài khoản của B", "23 giao dịch, 1.400 triệu đồng."),
    ("node", "N43", "", "Đây là mâu thuẫn phải giải quyết trước khi quyết định."),
    ("callout", "121", "Bản cung 2: B “có biết”", "Đọc nguyên văn câu trả lời."),
    ("pair", "121 ↔ 133", "Đối chiếu bản cung 2 và bản cung 5", "Dừng lại để lãnh đạo đọc cả hai trang."),
    ("evidence", "225", "Mới chỉ có đối chất A–E", ""),
    ("node", "N53", "", "Chênh lệch 50 triệu đồng ảnh hưởng mức bồi thường."),
    ("node", "N58", "", "Đề xuất phương án 1; nêu rõ căn cứ."),
)  # fmt: skip


def lay_out(db, case: str, map: str, owner: str) -> None:
    """The script, and the excerpt that is kept on its page; what is there already is left alone."""
    if scripts.find(db, case) is not None:
        return
    steps = [step_of(db, case, map, n, each) for n, each in enumerate(STEPS, 1)]
    script = rules.apply(rules.new_script(), {"id": "demo", "rev": 0, "add": {"steps": steps}})
    id = scripts.add_script(db, case, TITLE, owner, script=script, id="sdemo")
    log_store.add(db, case, "script_made", owner, script=id, title=TITLE)
    (sheet,) = pages_of(db, case, "121")
    place = (sheet["document"], sheet["page"])
    callout_store.add(db, case, "edemo", place, "B khai “có biết”", [ANSWER], owner, [MARKED])
    log_store.add(db, case, "callout_kept", owner, callout="edemo", title=sheet["title"], page=sheet["page"])


def step_of(db, case: str, map: str, n: int, row: tuple[str, str, str, str]) -> dict:
    kind, where, title, note = row
    step = {"id": f"demo{n:02}", "kind": kind, "title": title, "note": note}
    if kind == "node":
        return {**step, "map": map, "node": where}
    places = [{"document": each["document"], "page": each["page"]} for each in pages_of(db, case, where)]
    if kind == "pair":
        return {**step, "left": places[0], "right": places[1]}
    return {**step, **places[0], **({"rects": [ANSWER], "marks": [MARKED]} if kind == "callout" else {})}


def pages_of(db, case: str, cited: str) -> list[dict]:
    (found,) = citation.parse(cited, field=True)
    return store_numbers.resolve(db, case, found).pages
