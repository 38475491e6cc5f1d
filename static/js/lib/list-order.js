/** A list somebody puts in order: by dragging (SortableJS shows it) or with buttons. The page stays as lit-html left it. */

/** The new order after one went up (-1) or down (1); undefined at the end of the list. */
export function shifted(order, id, step) {
  const from = order.indexOf(id)
  const to = from + step
  if (from < 0 || to < 0 || to >= order.length) return undefined
  const next = order.filter((other) => other !== id)
  next.splice(to, 0, id)
  return next
}

/**
 * `draggable`: the rows, each with a `data-id` and taken by its `data-grip`; `say(n, all)`: its new place, for whoever
 * only hears it; `send(id, before)`: done once the view shows it (`before`: the row after it, none at the end); `redraw()`.
 * While `isDragging`, the part that owns it must not draw.
 */
export class ListOrder {
  said = ""
  isDragging = false
  #Sortable
  #draggable
  #say
  #send
  #redraw
  #wanted
  #sorter
  #list

  constructor(Sortable, { draggable, say, send, redraw }) {
    this.#Sortable = Sortable
    this.#draggable = draggable
    this.#say = say
    this.#send = send
    this.#redraw = redraw
  }

  /** The order to show: as somebody put it here, until the server has said so; for other rows than those, theirs. */
  shown(order) {
    const wanted = this.#wanted
    return wanted?.length === order.length && wanted.every((id) => order.includes(id)) ? wanted : order
  }

  /** By a button: one up (-1) or down (1) of the order that is shown. */
  async shift(order, id, step) {
    const next = shifted(order, id, step)
    if (next) await this.#move(id, next)
  }

  /** After each drawing: the list on the page, or nothing when it may not be put in order. */
  attach(list) {
    if (list === this.#list) return
    this.detach()
    this.#list = list
    if (list) this.#sorter = this.#sortable(list)
  }

  /** The list has left the page. */
  detach() {
    this.#sorter?.destroy()
    this.#sorter = this.#list = undefined
    this.isDragging = false
  }

  async #move(id, order) {
    this.#wanted = order
    const place = order.indexOf(id)
    this.said = this.#say(place + 1, order.length)
    this.#redraw()
    await this.#send(id, order[place + 1])
    if (this.#wanted === order) this.#wanted = undefined
    this.#redraw()
  }

  /** The rows are put back where they were, so that the next drawing finds what it knows. */
  #sortable(list) {
    const draggable = this.#draggable
    let next
    return new this.#Sortable(list, {
      handle: "[data-grip]",
      draggable,
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      // The same on touch, pen and mouse, instead of the browser's own drag, which tablets do not have.
      forceFallback: true,
      fallbackTolerance: 4,
      ghostClass: "drag-ghost",
      chosenClass: "drag-chosen",
      scrollSensitivity: 90,
      onStart: ({ item }) => {
        next = item.nextSibling
        this.isDragging = true
      },
      onEnd: ({ item, oldDraggableIndex, newDraggableIndex }) => {
        const order = [...list.querySelectorAll(`:scope > ${draggable}`)].map(({ dataset }) => dataset.id)
        list.insertBefore(item, next)
        this.isDragging = false
        if (oldDraggableIndex === newDraggableIndex) this.#redraw()
        else this.#move(item.dataset.id, order)
      },
    })
  }
}
