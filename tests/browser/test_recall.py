"""A restricted paper and a recall in three browsers, one of which has no line."""

from tests.browser.rooms import painted

KEPT = """async (document) => {
  const here = { cache: "only-if-cached", mode: "same-origin" }
  const pages = [1, 2].flatMap((n) => [480, 1920].map((w) => `/documents/${document}/pages/${n}.webp?w=${w}`))
  const found = await Promise.all([...pages, `/documents/${document}/pages/bundle-0`].map((url) =>
    fetch(url, here).then(({ ok }) => ok, () => false)))
  const stored = await Promise.all((await globalThis.caches?.keys() ?? []).map(async (name) =>
    (await (await caches.open(name)).keys()).filter(({ url }) => url.includes(document)).length))
  const db = await new Promise((done) => {
    const asked = indexedDB.open("meetingroom")
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => done(undefined)
  })
  const listed = db && db.objectStoreNames.contains("addresses") ? await new Promise((done) => {
    const asked = db.transaction("addresses").objectStore("addresses").getAll()
    asked.onsuccess = () => done(asked.result.filter((one) => one.document === document).length)
  }) : 0
  db?.close()
  return { cached: found.filter(Boolean).length, stored: stored.reduce((a, b) => a + b, 0), listed }
}"""
FETCH_ALL = """async (document) => {
  const cache = await caches.open("papers-test")
  for (const n of [1, 2]) {
    const url = `/documents/${document}/pages/${n}.webp?w=1920`
    await (await fetch(url)).blob()
    await cache.put(url, new Response("copy"))
  }
}"""
PICTURE = """async (document) => {
  const answer = await fetch(`/documents/${document}/pages/1.webp?w=1920`)
  const whole = new Uint8Array(await answer.arrayBuffer())
  const sum = whole.slice(0, 60000).reduce((a, b) => (a * 31 + b) % 1e9, 7)
  return [answer.headers.get("Cache-Control"), whole.length, sum]
}"""
EMPTY = {"cached": 0, "stored": 0, "listed": 0}


def until(page, true, patience=60):
    """Asked again, in the page's own time, until it is true."""
    while patience and not true():
        page.wait_for_timeout(250)
        patience -= 1
    assert true()


def test_names_on_restricted_pages_and_copies_that_go(opened, enter):
    chair, mai = opened.person("an"), opened.person("mai")
    stage = chair.read_view()["stage"]
    paper, document = stage["paper"], stage["document"]
    here = [enter(opened, who) for who in ("em", "phuong", "ich")]
    for page in here:
        painted(page, stage["page"])
        page.evaluate(FETCH_ALL, document)
    mai.does("set_readers", paper=paper, mode="restricted")
    for page in here:
        until(page, lambda page=page: page.evaluate(KEPT, document)["cached"] == 0)
    em, phuong, ich = here
    first, second = (page.evaluate(PICTURE, document) for page in (em, phuong))
    assert first[0] == second[0] == "no-store"
    assert first[1:] != second[1:]
    mai.does("set_readers", paper=paper, mode="view")
    for page in here:
        page.evaluate(FETCH_ALL, document)
    ich.context.set_offline(True)
    mai.does("recall_papers", papers=[paper], reason="Kết thúc cuộc họp")
    recall = mai.read_view()["recall"]["id"]
    for page in (em, phuong):
        until(page, lambda page=page: page.evaluate(KEPT, document) == EMPTY)
        page.wait_for_function("() => document.getElementById('page').pictures.alive === 0")
    standing = f"/api/meetings/{opened.meeting}/recalls/{recall}"
    assert ich.evaluate(KEPT, document)["stored"] == 2
    until(em, lambda: mai.get(standing).json()["signed"] == 2)
    assert mai.get(standing).json()["asked"] == 3
    ich.context.set_offline(False)
    ich.reload()
    until(ich, lambda page=ich: page.evaluate(KEPT, document) == EMPTY)
    until(ich, lambda: mai.get(standing).json()["signed"] == 3)
