/** A part with a list whose rows are dragged, or moved with buttons, into another order. */

import Sortable from "../../../vendor/sortable/sortable.esm.js"
import { ListOrder } from "../../lib/list-order.js"
import { Part } from "./part.js"

/** A subclass sets `listOrder = this.sorted({ draggable, say, send })` and attaches it to the list it has drawn. */
export class SortablePart extends Part {
  /** @type {ListOrder | undefined} */
  listOrder = undefined

  /** @param {{ draggable: string, say: (n: number, all: number) => string, send: (id: string, before?: string) => Promise<unknown> }} list */
  sorted(list) {
    return new ListOrder(Sortable, { ...list, redraw: () => this.redraw() })
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.listOrder?.detach()
  }

  /** Not while a row is in the hand. */
  redraw() {
    if (!this.listOrder?.isDragging) super.redraw()
  }
}
