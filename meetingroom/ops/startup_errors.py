"""What keeps the program from starting, in one line that says what to do."""

import sqlite3
from contextlib import contextmanager
from pathlib import Path

from meetingroom import disk
from meetingroom.database import Busy, NewerDatabase
from meetingroom.web.proxies import BadAddress


class StartupError(Exception):
    """Raised with the Vietnamese and the English sentence; run.py prints them in one line and ends with 1."""

    def __init__(self, vietnamese: str, english: str):
        super().__init__(english)
        self.vietnamese, self.english = vietnamese, english

    def __str__(self) -> str:
        return f"Lỗi: {self.vietnamese} | Error: {self.english}"


def explain_full(folder: Path) -> StartupError:
    return StartupError(
        f"ổ đĩa của {folder} sắp đầy; đề nghị dọn bớt hoặc chọn thư mục dữ liệu khác bằng DATA=….",
        f"the disk of {folder} is nearly full; free some space or choose another data folder with DATA=….",
    )


@contextmanager
def explain_errors(folder: Path):
    """Turns what the disk and the database complain about into StartupError."""
    try:
        yield
    except NewerDatabase:
        raise StartupError(
            f"thư mục {folder} do phiên bản mới hơn của chương trình tạo ra; đề nghị cập nhật chương trình, "
            "hoặc chọn thư mục khác bằng DATA=….",
            f"{folder} was written by a newer version of the program; update the program, "
            "or choose another folder with DATA=….",
        ) from None
    except BadAddress as error:
        raise StartupError(
            "MEETINGROOM_ADDRESS phải là địa chỉ mọi người gõ vào trình duyệt, có dạng https://hop.example.gov.vn, "
            "không kèm thư mục con.",
            str(error),
        ) from None
    except Busy:
        raise StartupError(
            f"cơ sở dữ liệu trong {folder} đang bị chương trình khác giữ; đề nghị thử lại sau ít phút.",
            f"another program holds the database in {folder}; try again in a few minutes.",
        ) from None
    except sqlite3.OperationalError as error:
        raise (explain_full(folder) if disk.is_full(error) else explain_broken(folder, error)) from error
    except sqlite3.DatabaseError as error:
        raise explain_broken(folder, error) from error
    except OSError as error:
        raise (explain_full(folder) if disk.is_full(error) else explain_refused(folder, error)) from error


def explain_broken(folder: Path, error: Exception) -> StartupError:
    return StartupError(
        f"không đọc được cơ sở dữ liệu trong {folder} ({error}); đề nghị phục hồi từ bản sao lưu (run.py restore).",
        f"the database in {folder} cannot be read ({error}); restore a backup (run.py restore).",
    )


def explain_refused(folder: Path, error: OSError) -> StartupError:
    place = error.filename or folder
    return StartupError(
        f"không dùng được {place} ({error.strerror}); đề nghị kiểm tra quyền hoặc chọn thư mục khác bằng DATA=….",
        f"{place} cannot be used ({error.strerror}); check the folder's rights or choose another with DATA=….",
    )
