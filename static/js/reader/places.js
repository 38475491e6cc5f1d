/** Where each person stopped reading each paper, and how they like to read, on this device. */

import { belongsTo } from "../lib/page-owner.js"
import { local } from "../lib/storage.js"

const PAPERS = 200
const LOOK = "reader/look"
const LAYOUTS = ["one", "scroll", "two"]
const FITS = ["read", "width", "whole"]

export class Places {
  #name = `reader/places/${belongsTo() || ""}`

  /** @param {string} paper */
  of(paper) {
    const page = this.#all.get(paper)
    return Number.isInteger(page) ? page : undefined
  }

  keep(paper, page) {
    const all = this.#all
    all.delete(paper)
    all.set(paper, page)
    local.write(this.#name, [...all].slice(-PAPERS))
  }

  get #all() {
    const kept = local.read(this.#name)
    return new Map(Array.isArray(kept) ? kept.filter((row) => Array.isArray(row) && row.length === 2) : [])
  }
}

/** {layout, fit, night, size}: `layout` is "" as long as nobody has chosen one. */
export function readLook() {
  const { layout, fit, night, size } = local.read(LOOK) ?? {}
  return {
    layout: LAYOUTS.includes(layout) ? layout : "",
    fit: FITS.includes(fit) ? fit : "read",
    night: night === true,
    size: Number.isInteger(size) && size >= 0 && size < 4 ? size : 1,
  }
}

export const writeLook = (look) => local.write(LOOK, look)
