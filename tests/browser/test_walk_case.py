"""Every screen of the case room, looked at for what keeps somebody out: axe, targets, width, language, headings."""

from tests.browser.walk import Walk


def test_everybody_can_use_every_page_of_the_case_room(screen, case_room):
    room, case = case_room
    at, walk = f"/cases/{case.id}", Walk(screen, room)
    em, an = case.owner, room.person("an")
    case.sends("POST", "/people", {"person": room.people["phuong"], "role": "leader"})
    volume = case.sends("GET", "")["volumes"][0]["id"]
    given = case.sends("POST", "/handovers", {"to": room.people["ich"]})["id"]
    parts = (
        "",
        "/numbers",
        f"/numbers?volume={volume}",
        "/findings",
        "/maps",
        f"/maps/{case.map}",
        "/log",
        "/script",
        "/media",
        "/court",
        "/reports/new",
    )
    page = f"/pages/{case.documents[1]}/2"
    walk.desk("em", "/cases", "/cases/new", *(at + part for part in (*parts, page, "/packages")))
    walk.desk("phuong", at, f"{at}/log")
    walk.desk("ich", "/cases", f"{at}/handover/{given}")

    # On the stage: the map, a page with an excerpt, two pages; the case beside it.
    em.does("attach_case", case=case.id)
    an.does("open_meeting")
    an.does("give_stage", person=room.people["em"])
    em.does("show_map", case=case.id, map=case.map)
    rooms = {"presenter": walk.enter("em", "participant"), "chair": walk.enter("an", "chair")}
    for page in rooms.values():
        page.locator("case-stage .node-now").wait_for()
    places = ({"case": case.id, **case.place(label)} for label in (121, 133))
    for name, page in rooms.items():
        walk.look(f"{name}, map", page)
        walk.over(name, page, "[data-opens=case]")
    em.does("show_evidence", case=case.id, **case.place(121))
    em.does("show_callout", rects=[[0.1, 0.2, 0.5, 0.06]])
    for name, page in rooms.items():
        page.locator("case-stage .bl-strip").wait_for()
        walk.look(f"{name}, page", page)
    presenter = rooms["presenter"]
    presenter.get_by_role("button", name="Tô chữ").click()
    presenter.get_by_role("button", name="Tô toàn bộ").click()
    rooms["chair"].wait_for_function("() => document.querySelector('case-stage case-page')?.place.marks?.length")
    walk.look("presenter, marking words", presenter)
    presenter.get_by_role("button", name="Đã xong").click()
    em.does("show_pair", left=next(places), right=next(places), text="Lệch ngày")
    for name, page in rooms.items():
        page.locator("case-stage .pair-text").wait_for()
        walk.look(f"{name}, pair", page)
    assert walk.findings == {}
