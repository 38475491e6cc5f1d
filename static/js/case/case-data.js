/** A case as this page knows it: asked again while pages are being drawn. Event `change`. */

import { api } from "../lib/api.js"
import { shaped } from "../lib/proof.js"

const BUSY = 1500
const QUIET = 20000

export const isCase = shaped({ volumes: "list", people: "list" })

export class CaseData extends EventTarget {
  /** @type {any} */
  now = null
  #timer

  constructor(id) {
    super()
    this.id = id
    this.path = `/api/cases/${encodeURIComponent(id)}`
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.refresh())
    this.refresh()
  }

  async refresh() {
    clearTimeout(this.#timer)
    const found = await api("GET", this.path, undefined, isCase).catch(() => null)
    if (found) {
      this.now = found
      this.dispatchEvent(new Event("change"))
    }
    const working = this.documents.some((one) => one.status === "processing")
    this.#timer = setTimeout(() => this.refresh(), working && document.visibilityState === "visible" ? BUSY : QUIET)
  }

  get documents() {
    return (this.now?.volumes ?? []).flatMap((volume) => volume.documents)
  }
}

/** What the page was made with: {case, edit, limit, pages, sheet}. */
export const boot = JSON.parse(document.querySelector("#boot")?.textContent || "{}")

let shared
/** The one of this page. */
export const caseData = () => {
  shared ??= new CaseData(boot.case)
  return shared
}
