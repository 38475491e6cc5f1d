"""Administration of units: the tree, its names and its order."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _

from meetingroom.auth import account_labels as labels
from meetingroom.auth import account_store, forms
from meetingroom.auth.guard import needs
from meetingroom.people.unit_tree import units_below
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("admin_units", __name__, url_prefix="/admin/units")


@bp.get("")
@needs("admin")
def units():
    """The tree of units, with the form for a new one."""
    return page({}, {})


@bp.post("")
@needs("admin")
def add():
    """A new unit → the tree; the form again with 422."""
    with context().pool.writing() as db:
        values, errors = forms.read_unit(request.form, account_store.list_units(db))
        if not errors:
            id = account_store.add_unit(db, **values)
            account_store.write_audit_line(db, "unit_added", by=g.user.id, subject=id, name=values["name"])
    if errors:
        return page(values, errors), 422
    flash(_("Added: %(name)s", name=values["name"]), "good")
    return redirect(f"/admin/units#u-{id}")


@bp.get("/<id>")
@needs("admin")
def unit(id: str):
    """The form of one unit."""
    with context().pool.lend() as db:
        return edit_page(find_unit(db, id), {})


@bp.post("/<id>")
@needs("admin")
def edit(id: str):
    """Saves it → the tree; the form again with 422."""
    with context().pool.writing() as db:
        before, all_units = find_unit(db, id), account_store.list_units(db)
        values, errors = forms.read_unit(request.form, [unit for unit in all_units if unit["id"] != id])
        if values["parent"] in units_below(all_units, id):
            errors["parent"] = "unit_loop"
        values["head"] = read_head(db, id, before)
        if not errors:
            account_store.edit_unit(db, id, name=values["name"], short=values["short"], head=values["head"])
            if values["parent"] != before["parent"]:
                account_store.place_unit(db, id, values["parent"])
            account_store.write_audit_line(
                db, "unit_edited", by=g.user.id, subject=id, name=values["name"], before=before["name"]
            )
    if errors:
        return edit_page({**before, **values}, errors), 422
    flash(_("Saved: %(name)s", name=values["name"]), "good")
    return redirect(f"/admin/units#u-{id}")


@bp.post("/<id>/move")
@needs("admin")
def move(id: str):
    """One place up or down among its siblings."""
    with context().pool.writing() as db:
        unit = find_unit(db, id)
        siblings = [each["id"] for each in account_store.list_units(db) if each["parent"] == unit["parent"]]
        place = siblings.index(id) + (1 if request.form.get("to") == "down" else -1)
        if 0 <= place < len(siblings):
            siblings.remove(id)
            siblings.insert(place, id)
            account_store.place_unit(db, id, unit["parent"], siblings[place + 1] if place + 1 < len(siblings) else None)
            account_store.write_audit_line(db, "unit_moved", by=g.user.id, subject=id)
    return redirect(f"/admin/units#u-{id}")


@bp.post("/<id>/deactivate")
@needs("admin")
def deactivate(id: str):
    """A unit that is empty is offered no more; 409 `unit_not_empty`."""
    with context().pool.writing() as db:
        unit, all_units = find_unit(db, id), account_store.list_units(db)
        if any(each["id"] == id and each["people"] for each in all_units) or any(
            each["parent"] == id and each["active"] for each in all_units
        ):
            raise Problem("unit_not_empty", 409)
        account_store.edit_unit(db, id, active=0)
        account_store.write_audit_line(db, "unit_deactivated", by=g.user.id, subject=id)
    flash(_("%(name)s is no longer in use.", name=unit["name"]), "good")
    return redirect("/admin/units")


@bp.post("/<id>/reactivate")
@needs("admin")
def reactivate(id: str):
    """The unit is offered again."""
    with context().pool.writing() as db:
        unit = find_unit(db, id)
        account_store.edit_unit(db, id, active=1)
        account_store.write_audit_line(db, "unit_reactivated", by=g.user.id, subject=id)
    flash(_("%(name)s is in use again.", name=unit["name"]), "good")
    return redirect(f"/admin/units#u-{id}")


@bp.post("/<id>/merge")
@needs("admin")
def merge(id: str):
    """Everybody of this unit into another; past meetings keep the old name."""
    into = request.form.get("into", "")
    with context().pool.writing() as db:
        unit, all_units = find_unit(db, id), account_store.list_units(db)
        target = next((each for each in all_units if each["id"] == into and each["active"]), None)
        if target is None or into in units_below(all_units, id):
            raise Problem("unit_loop" if target else "unit_unknown", 422)
        moved = account_store.merge_units(db, id, into)
        account_store.write_audit_line(db, "units_merged", by=g.user.id, subject=id, into=target["name"], people=moved)
    flash(_("%(name)s is now part of %(into)s.", name=unit["name"], into=target["name"]), "good")
    return redirect(f"/admin/units#u-{into}")


def read_head(db, unit: str, before: dict) -> str:
    """Who heads the unit, of its own people; as before where the form does not say, "" for whoever has the title."""
    wanted = request.form.get("head", before["head"])
    found = account_store.find_user(db, wanted) if wanted else None
    return wanted if found and found["unit"] == unit and found["active"] else ""


def find_unit(db, id: str) -> dict:
    unit = account_store.unit(db, id)
    if unit is None:
        raise Problem("not_found", 404)
    return unit


def page(values: dict, errors: dict) -> str:
    with context().pool.lend() as db:
        units = account_store.list_units(db)
    first = {unit["id"] for unit in units if is_edge(units, unit, 0)}
    last = {unit["id"] for unit in units if is_edge(units, unit, -1)}
    return render_template(
        "people/units.html", units=units, values=values, errors=labels.labels_of(errors), first=first, last=last
    )


def is_edge(units: list[dict], unit: dict, place: int) -> bool:
    return [each["id"] for each in units if each["parent"] == unit["parent"]][place] == unit["id"]


def edit_page(values: dict, errors: dict) -> str:
    with context().pool.lend() as db:
        units = account_store.list_units(db)
        members = [person for person in account_store.list_users(db, active=True) if person["unit"] == values["id"]]
    return render_template("people/unit.html", values=values, errors=labels.labels_of(errors), units=units,
                           own=units_below(units, values["id"]), members=members)  # fmt: skip
