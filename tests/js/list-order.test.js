/** Putting a list in order: by dragging and with buttons. */

import assert from "node:assert/strict"
import test from "node:test"

import { ListOrder, shifted } from "../../static/js/lib/list-order.js"

class Sortable {
  static alive = 0
  /** @type {any} */
  static last
  constructor(list, options) {
    Object.assign(this, { list, options })
    Sortable.alive++
    Sortable.last = this
  }
  destroy() {
    Sortable.alive--
  }
}

/** A list of rows as the page has it; `drag(from, to)` as SortableJS does it. */
class Rows {
  constructor(...ids) {
    this.rows = ids.map((id) => ({ dataset: { id } }))
    for (const row of this.rows) Object.defineProperty(row, "nextSibling", { get: () => this.after(row) })
  }
  after = (row) => this.rows[this.rows.indexOf(row) + 1] ?? null
  get ids() {
    return this.rows.map(({ dataset }) => dataset.id)
  }
  querySelectorAll(asked) {
    assert.equal(asked, ":scope > .row")
    return this.rows
  }
  insertBefore(row, next) {
    this.rows.splice(this.rows.indexOf(row), 1)
    this.rows.splice(next ? this.rows.indexOf(next) : this.rows.length, 0, row)
  }
  drag(from, to) {
    const item = this.rows[from]
    const { onStart, onEnd } = Sortable.last.options
    onStart({ item })
    this.rows.splice(from, 1)
    this.rows.splice(to, 0, item)
    onEnd({ item, oldDraggableIndex: from, newDraggableIndex: to })
  }
}

function made() {
  const log = { sent: [], drawn: 0 }
  const order = new ListOrder(Sortable, {
    draggable: ".row",
    say: (n, all) => `${n} of ${all}`,
    send: (id, before) => new Promise((answer) => log.sent.push({ id, before, answer })),
    redraw: () => log.drawn++,
  })
  return { order, log }
}

test.before(() => Object.assign(globalThis, { matchMedia: () => ({ matches: true }) }))

test("who goes up changes places with the one before; at the end of the list nothing happens", () => {
  const order = ["a", "b", "c"]
  assert.deepEqual(shifted(order, "c", -1), ["a", "c", "b"])
  assert.deepEqual(shifted(order, "a", 1), ["b", "a", "c"])
  assert.deepEqual(
    [shifted(order, "a", -1), shifted(order, "c", 1), shifted(order, "x", 1)],
    [undefined, undefined, undefined],
  )
  assert.deepEqual(order, ["a", "b", "c"])
})

test("a list stands as it was put until the server has said so, and says where the row is now", async () => {
  const { order, log } = made()
  const moving = order.shift(["a", "b", "c"], "a", 1)
  assert.deepEqual(order.shown(["a", "b", "c"]), ["b", "a", "c"])
  assert.equal(order.said, "2 of 3")
  assert.deepEqual([log.sent[0].id, log.sent[0].before], ["a", "c"])
  log.sent[0].answer()
  await moving
  assert.deepEqual(order.shown(["a", "b", "c"]), ["a", "b", "c"])
  assert.equal(log.drawn, 2)
})

test("at the end of the list nothing is sent, and who becomes the last has nobody after them", async () => {
  const { order, log } = made()
  await order.shift(["a", "b"], "a", -1)
  assert.deepEqual([log.sent, log.drawn, order.said], [[], 0, ""])
  order.shift(["a", "b"], "a", 1)
  assert.deepEqual([log.sent[0].id, log.sent[0].before], ["a", undefined])
})

test("the second move is not undone by the answer to the first", async () => {
  const { order, log } = made()
  const first = order.shift(["a", "b", "c"], "a", 1)
  order.shift(order.shown(["a", "b", "c"]), "a", 1)
  log.sent[0].answer()
  await first
  assert.deepEqual(order.shown(["b", "a", "c"]), ["b", "c", "a"])
})

test("when rows came or went meanwhile, the server's order stands", () => {
  const { order } = made()
  order.shift(["a", "b"], "a", 1)
  assert.deepEqual(order.shown(["a", "b", "c"]), ["a", "b", "c"])
  assert.deepEqual(order.shown(["a"]), ["a"])
  assert.deepEqual(order.shown(["a", "c"]), ["a", "c"])
})

test("a row that was dragged is sent with its new neighbour; the page itself is as it was", () => {
  const { order, log } = made()
  const rows = new Rows("a", "b", "c")
  order.attach(rows)
  Sortable.last.options.onStart({ item: rows.rows[0] })
  assert.equal(order.isDragging, true)
  rows.drag(2, 0)
  assert.equal(order.isDragging, false)
  assert.deepEqual(rows.ids, ["a", "b", "c"])
  assert.deepEqual(order.shown(rows.ids), ["c", "a", "b"])
  assert.deepEqual([log.sent[0].id, log.sent[0].before], ["c", "a"])
})

test("a row let go where it was is drawn, and nothing is sent", () => {
  const { order, log } = made()
  const rows = new Rows("a", "b")
  order.attach(rows)
  rows.drag(1, 1)
  assert.deepEqual([log.sent, log.drawn], [[], 1])
})

test("one list at a time can be dragged, and none once it has left the page", () => {
  Sortable.alive = 0
  const { order } = made()
  const rows = new Rows("a")
  order.attach(rows)
  order.attach(rows)
  assert.equal(Sortable.alive, 1)
  order.attach(new Rows("b"))
  assert.equal(Sortable.alive, 1)
  Sortable.last.options.onStart({ item: rows.rows[0] })
  order.attach(null)
  assert.deepEqual([Sortable.alive, order.isDragging], [0, false])
})
