"""The empty list to fill in, as XLSX. Pure: bytes out. Imported where it is made, for it brings openpyxl along."""

import io

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from meetingroom.auth import account_labels
from meetingroom.people.columns import FIELDS
from meetingroom.people.list_template import headings

WIDTHS = {"name": 28, "username": 18, "title": 30, "unit": 42, "role": 22, "email": 28, "phone": 16}


def as_xlsx(units: list[str]) -> bytes:
    """With lists to choose units and roles from, and a second sheet that explains the columns."""
    book = Workbook()
    sheet, help = book.active, book.create_sheet(_("How to fill in"))
    sheet.title = _("User accounts")
    sheet.append(headings())
    for place, key in enumerate(FIELDS, 1):
        cell = sheet.cell(1, place)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="B3202C")
        cell.alignment = Alignment(vertical="center")
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[key]
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = "A2"
    sheet.cell(2, FIELDS.index("phone") + 1).number_format = "@"
    explain(help, units)
    choose(sheet, "role", '"' + ",".join(str(name) for name in account_labels.ROLES.values()) + '"')
    if units:
        choose(sheet, "unit", f"'{help.title}'!$D$2:$D${len(units) + 1}")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def choose(sheet, key: str, formula: str) -> None:
    letter = get_column_letter(FIELDS.index(key) + 1)
    choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
    choice.add(f"{letter}2:{letter}1001")
    sheet.add_data_validation(choice)


def explain(help, units: list[str]) -> None:
    help.append([_("Column"), _("What to write"), "", _("Units in the system")])
    lines = {
        "name": _("Must be filled in. Family name, middle names, given name."),
        "username": _("May stay empty: it is made from the name. Letters without marks and digits."),
        "title": _("As it shall stand in the minutes."),
        "unit": _("The name as in the list on the right. New units can be created while importing."),
        "role": _("Administrator, meeting organiser or member; empty means member."),
        "email": _("May stay empty."),
        "phone": _("May stay empty."),
    }
    for number, key in enumerate(FIELDS, 2):
        help.cell(number, 1, str(account_labels.FIELDS[key]))
        help.cell(number, 2, lines[key])
    for number, unit in enumerate(units, 2):
        help.cell(number, 4, unit)
    for cell in help[1]:
        cell.font = Font(bold=True)
    for letter, width in (("A", 20), ("B", 70), ("C", 4), ("D", 50)):
        help.column_dimensions[letter].width = width
