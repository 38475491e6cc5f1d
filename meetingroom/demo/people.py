"""Who is in the demo: the units of the fictional tỉnh Lạc Giang, its people, and their accounts."""

from dataclasses import dataclass

from meetingroom.auth import account_store

AGENCY = ("Viện kiểm sát nhân dân tỉnh Lạc Giang", "VKSND")
ROOMS = (
    ("Văn phòng", "VP"),
    ("Phòng 1 (án hình sự về trật tự xã hội)", "P1"),
    ("Phòng 3 (án kinh tế, chức vụ, tham nhũng)", "P3"),
    ("Phòng 9 (dân sự, hành chính)", "P9"),
    ("Phòng 15 (tổ chức cán bộ)", "P15"),
    ("Phòng Thống kê tội phạm và CNTT", "TKTP&CNTT"),
)
REGIONS = tuple((f"VKSND khu vực {n} - Lạc Giang", f"KV{n}") for n in range(1, 10))


@dataclass(frozen=True)
class Account:
    """One account. `unit` and `site` are short names; `role` is the role in the demo's meetings ("" is none)."""

    username: str
    name: str
    title: str
    unit: str
    role: str = "delegate"
    site: str = "ĐC00"
    system: str = "member"


# In protocol order, as they stand in the roll.
PEOPLE = (
    Account("chair", "Nguyễn Văn An", "Viện trưởng", "VKSND", "chair"),
    Account("cochair", "Trần Thị Bình", "Phó Viện trưởng", "VKSND", "cochair"),
    Account("delegate1", "Lê Văn Cường", "Phó Viện trưởng", "VKSND"),
    Account("organiser", "Phạm Thị Dung", "Chánh Văn phòng", "VP", "organiser", system="organiser"),
    Account("delegate2", "Hoàng Văn Em", "Trưởng phòng, Kiểm sát viên trung cấp", "P1"),
    Account("delegate3", "Võ Thị Phượng", "Trưởng phòng, Kiểm sát viên trung cấp", "P3"),
    Account("delegate4", "Đặng Văn Giang", "Trưởng phòng", "P9"),
    Account("delegate5", "Bùi Thị Hạnh", "Trưởng phòng", "TKTP&CNTT"),
    Account("delegate6", "Đỗ Văn Ích", "Viện trưởng", "KV1", site="ĐC01"),
    Account("delegate7", "Ngô Thị Khuê", "Viện trưởng", "KV4", site="ĐC04"),
    Account("delegate8", "Dương Văn Lâm", "Viện trưởng", "KV9", site="ĐC09"),
    Account("secretary", "Lý Thị Mai", "Chuyên viên", "VP", "secretary", system="organiser"),
    *(
        Account(f"delegate{8 + k}", f"Đại biểu ĐC0{n}", "Đại biểu", f"KV{n}", site=f"ĐC0{n}")
        for k, n in enumerate((2, 3, 5, 6, 7, 8), 1)
    ),
    *(
        Account(f"technician{n}", f"Kỹ thuật viên ĐC0{n}", "Chuyên viên", f"KV{n}", "technician", f"ĐC0{n}")
        for n in range(1, 10)
    ),
)
ADMIN = Account("admin", "Quản trị hệ thống", "Chuyên viên CNTT", "TKTP&CNTT", "", "", "admin")
# Who works on the demo's case and sits in no meeting of today.
ASSISTANT = Account("assistant", "Phan Văn Nam", "Kiểm tra viên", "P1", "", "")
EVERYBODY = (*PEOPLE, ASSISTANT, ADMIN)
COMMITTEE = ("chair", "cochair", "delegate1", "organiser", "delegate2", "delegate3", "delegate4", "delegate5")


def settle(db, hashed: str) -> None:
    """Units and accounts that are not there yet, all with one password. Inside the caller's transaction."""
    short = {row["short"]: row["id"] for row in account_store.list_units(db)}
    top = AGENCY[1]
    if top not in short:
        short[top] = account_store.add_unit(db, name=AGENCY[0], short=top)
    for name, brief in (*ROOMS, *REGIONS):
        if brief not in short:
            short[brief] = account_store.add_unit(db, name=name, short=brief, parent=short[top])
    taken = account_store.list_usernames(db)
    for account in EVERYBODY:
        if account.username not in taken:
            account_store.add_user(
                db,
                username=account.username,
                name=account.name,
                title=account.title,
                unit=short[account.unit],
                role=account.system,
                hashed=hashed,
                language="vi",
            )


def ids(db) -> dict[str, str]:
    """Username → id of the demo's accounts."""
    found = {account.username: account_store.find_by_username(db, account.username) for account in EVERYBODY}
    return {username: row["id"] for username, row in found.items() if row}


def change_password(db, hashed: str) -> None:
    """The same new password for every account of the demo."""
    for user in ids(db).values():
        account_store.set_password(db, user, hashed)
