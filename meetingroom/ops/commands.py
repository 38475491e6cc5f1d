"""The commands of run.py. Each is a function of its options; what it returns is the program's exit code."""

import os
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from pathlib import Path

from meetingroom import config
from meetingroom.archive import checking
from meetingroom.monitoring import logs
from meetingroom.ops import backup, banner, data_folder, edge, inspection, serving, worker_process
from meetingroom.ops.startup_errors import StartupError, explain_errors


def run(options, serve: Callable, more: Mapping[str, Callable]) -> int | None:
    """`serve(app, listener)` begins to serve and returns the function that ends it: run.py knows the event loop, and
    the commands of the demonstration (`more`)."""
    settings = settings_of(options)
    logs.begin_logging(settings.log_level)
    return {**COMMANDS, **more}[options.name](settings, options, serve)


def settings_of(options) -> config.Settings:
    given = options.port or os.environ.get("PORT") or os.environ.get("MEETINGROOM_PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise StartupError(
            f"số cổng không đúng: {given}; PORT phải là số từ 1 đến 65535, ví dụ PORT=8000.",
            f"not a port: {given}; PORT must be a number from 1 to 65535, for example PORT=8000.",
        )
    try:
        chosen = {"data": Path(options.data)} if options.data else {}
        return config.from_environment(port=int(given), **chosen)
    except ValueError as error:
        raise StartupError(
            f"biến môi trường MEETINGROOM_… không đúng ({error}); đề nghị sửa hoặc bỏ đi.",
            f"a MEETINGROOM_… environment variable is wrong ({error}); correct it or leave it out.",
        ) from None


def serve(settings, options, begin):
    serving.serve(settings, begin, with_worker=not options.no_worker)


def worker(settings, options, begin):
    from meetingroom.jobs.worker import Occupied
    from meetingroom.ops.working import work

    if options.supervised:
        worker_process.end_with_parent()
    data_folder.prepare_folder(settings)
    try:
        with explain_errors(settings.data):
            work(settings, options.kinds)
    except Occupied:
        raise StartupError(
            f"đã có tiến trình xử lý tài liệu chạy trên {settings.data}; chỉ cần một.",
            f"a worker already works on {settings.data}; one is enough.",
        ) from None


@contextmanager
def database_of(settings):
    """A pool of connections to the folder's database, brought up to date; closed in the end."""
    from meetingroom import database

    database.prepare(settings.database)
    pool = database.Pool(settings.database, patience=10)
    try:
        yield pool
    finally:
        pool.close()


@contextmanager
def existing_database(settings):
    """The same of a folder that must have one. Raises StartupError, also for what the disk complains about."""
    if not settings.database.exists():
        raise backup.no_data(settings.data)
    with explain_errors(settings.data), database_of(settings) as pool:
        yield pool


def add_user(settings, options, begin):
    import sqlite3

    from meetingroom.auth import account_store
    from meetingroom.meeting import names

    data_folder.prepare_folder(settings)
    username = options.username.strip().lower()
    if not names.is_username(username):
        raise StartupError(
            f"tên đăng nhập {username} không dùng được; chỉ gồm chữ không dấu, số, dấu chấm và gạch.",
            f"the user name {username} cannot be used; letters without accents, digits, dots and dashes only.",
        )
    with explain_errors(settings.data):
        address = banner.where(settings)[0]
        try:
            with database_of(settings) as pool, pool.writing() as db:
                user = account_store.add_user(
                    db, username=username, name=options.full_name, title=options.title, role=options.role
                )
                account_store.write_audit_line(db, "user_added", subject=user, by_command_line=True)
                link = account_store.make_sign_in_link(db, user)
        except sqlite3.IntegrityError:
            raise StartupError(
                f"đã có người dùng tên {username}; đề nghị chọn tên khác.",
                f"there is a person with the user name {username} already; choose another.",
            ) from None
    print(f"{options.full_name}: {address}{link}")


def back_up(settings, options, begin):
    target = Path(options.file or backup.default_name())
    problems = backup.make_backup(settings, target)
    print(f"{target} ({target.stat().st_size / config.MEGABYTE:.1f} MB)")
    for problem in problems:
        print(f"  ✗ {problem}")
    return 1 if problems else 0


def restore(settings, options, begin):
    done = backup.restore(settings, Path(options.file))
    print(f"Đã phục hồi vào {settings.data} · Restored to {settings.data}")
    if done.former:
        print(f"Dữ liệu cũ giữ ở {done.former} · The former data is kept in {done.former}")
    return print_report(done.report)


def verify(settings, options, begin):
    if options.file:
        return verify_package(settings, Path(options.file))
    if not settings.database.exists():
        raise backup.no_data(settings.data)
    return print_report(inspection.inspect(settings))


def reindex(settings, options, begin):
    """The search index anew, from the pages and the logs; where it is damaged, or was made by another version."""
    from meetingroom.search import indexing

    with existing_database(settings) as pool:
        indexing.rebuild(pool, lambda done, of: print(f"{done}/{of} tài liệu · papers", flush=True))
    print("Đã lập xong chỉ mục tìm kiếm · The search index is made")


WRONG = {
    "no_case": ("không có hồ sơ mang ký hiệu này.", "there is no case with this code."),
    "not_orphaned": (
        "Kiểm sát viên thụ lý hoặc lãnh đạo của hồ sơ còn hoạt động: bàn giao tại trang hồ sơ.",
        "its prosecutor in charge or a leader of it is active: they hand it over on its page.",
    ),
    "no_taker": ("không có người nhận phù hợp với tên đăng nhập này.", "nobody with this user name may take it over."),
    "no_reason": ("phải nêu lý do.", "a reason is needed."),
    "handover_open": ("đã có bàn giao đang chờ xác nhận.", "a handover waits for its confirmation already."),
}


def hand_over_case(settings, options, begin):
    """A case whose prosecutor in charge has no account any more, and no leader, goes to somebody who then confirms."""
    from meetingroom.cases import handing_over

    try:
        with existing_database(settings) as pool, pool.writing() as db:
            handing_over.start_for_nobody(db, options.code, options.username, options.reason)
    except ValueError as wrong:
        raise StartupError(*WRONG[str(wrong)]) from None
    print("Đã gửi bàn giao, chờ người nhận xác nhận · The handover waits for who takes the case over to confirm it")


def verify_package(settings, path: Path) -> int:
    """Says whether an archive package is whole, and whether it is the one that was sealed here; the exit code."""
    if not path.is_file():
        raise StartupError(f"không có tệp {path}.", f"there is no file {path}.")
    with explain_errors(path.parent):
        found = checking.check(checking.read_file(path))
    print(f"{path.name} · SHA-256 {found.sha256}")
    if found.name:
        counts = f"{found.files} tệp · files, {found.facts} sự kiện · facts"
        print(f"{found.name}: {counts}" + (f", {found.withheld} không nêu · withheld" if found.withheld else ""))
    for words, names in (
        ("thiếu · missing", found.missing),
        ("thêm vào · added", found.added),
        ("đã sửa · changed", found.changed),
        ("sự kiện sai đầu tiên · first broken fact", [str(found.fact)] if found.fact else []),
        ("không đọc được · cannot be read", [found.error] if found.error else []),
    ):
        for name in names:
            print(f"  ✗ {words}: {''.join(c if c.isprintable() else '?' for c in name)}")
    if found.whole:
        print("Nguyên vẹn · Whole")
        print(inspection.whose_package(settings, found.sha256))
    return 0 if found.whole else 1


def print_report(report: inspection.Report) -> int:
    """Prints what was looked at and found; the exit code."""
    print(
        f"Đã kiểm tra · Checked: {report.meetings} cuộc họp · meetings, {report.facts} sự kiện · facts, "
        f"{report.papers} tài liệu · papers, {report.pages} trang · pages"
    )
    for problem in report.problems:
        print(f"  ✗ {problem}")
    print("Có sai khác · Something is wrong" if report.problems else "Toàn vẹn · All is as it was written")
    return 1 if report.problems else 0


COMMANDS = {
    "serve": serve,
    "edge": edge.edge,
    "worker": worker,
    "add-user": add_user,
    "backup": back_up,
    "restore": restore,
    "verify": verify,
    "reindex": reindex,
    "hand-over-case": hand_over_case,
}
