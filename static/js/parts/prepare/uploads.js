/** The files of a meeting on their way to being papers: sent, processed page by page, failed; told as it happens. */

import { api, NOTHING } from "../../lib/api.js"
import { unanswered } from "../../lib/ask.js"
import { shaped, understood } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { uid } from "../../lib/uid.js"
import { belongsTo, heardOf } from "../../lib/page-owner.js"

const BUSY = 900
const QUIET = 12000
const AT_ONCE = 2

/** Event `change` when anything here is different. */
export class Uploads extends EventTarget {
  /** What the server has: {id, item, title, filename, status: processing|ready|failed, stage, progress, pages, …}. */
  all = []
  /** What this screen is sending: {key, item, name, size, sent: 0..1, problem?, final?, stamp?}. */
  sending = []
  /** The endings of file names that are taken here, and whether somebody works on what was sent. */
  kinds = ["pdf", "png", "jpg", "jpeg"]
  worker = true

  #meeting
  #timer
  #signal
  #asked = 0

  constructor(meeting, signal) {
    super()
    this.#meeting = encodeURIComponent(meeting)
    this.#signal = signal
    document.addEventListener(
      "visibilitychange",
      () => {
        if (document.visibilityState === "visible") this.refresh()
      },
      { signal },
    )
    window.addEventListener(
      "beforeunload",
      (event) => {
        if (this.#underWay.length) event.preventDefault()
      },
      { signal },
    )
    this.refresh()
  }

  /** What of an item is not yet a paper, in the order in which it came. `attached` are the documents that are papers. */
  pending(item, attached) {
    return this.all.filter((one) => one.item === item && !attached.has(one.id) && one.status !== "ready")
  }

  find(id) {
    return this.all.find((one) => one.id === id)
  }

  async refresh() {
    clearTimeout(this.#timer)
    const asked = ++this.#asked
    const found = await api("GET", `/api/meetings/${this.#meeting}/documents`, undefined, isListing).catch(() => null)
    if (asked !== this.#asked || this.#signal?.aborted) return
    if (found) {
      this.all = found.documents
      this.kinds = found.kinds
      this.worker = found.worker
      this.#emit()
    }
    const busy = this.all.some((one) => one.status === "processing" || one.recognition?.state === "waiting")
    this.#timer = setTimeout(() => this.refresh(), document.visibilityState === "visible" && busy ? BUSY : QUIET)
  }

  /** Send files for an item, two at a time, in the order given. */
  add(item, files) {
    for (const file of files)
      this.sending.push({ key: uid(), item, file, name: file.name, size: file.size, sent: 0, waiting: true })
    this.#emit()
    this.#next()
  }

  /** Try once more what could not be sent; with a `reason` if its name looked like that of a secret document. */
  again(one, reason) {
    Object.assign(one, { problem: undefined, stamp: false, final: false, reason, sent: 0, waiting: true })
    this.#emit()
    this.#next()
  }

  /** Do not send it after all. */
  drop(one) {
    one.request?.abort()
    this.sending = this.sending.filter((other) => other !== one)
    this.#emit()
    this.#next()
  }

  retry(id) {
    return this.#change(`/api/documents/${encodeURIComponent(id)}/retry`, "POST", isTaken)
  }

  remove(id) {
    return this.#change(`/api/documents/${encodeURIComponent(id)}`, "DELETE", NOTHING)
  }

  get #underWay() {
    return this.sending.filter((one) => !one.problem)
  }

  #next() {
    const running = this.sending.filter((one) => one.request)
    const waiting = this.sending.filter((one) => one.waiting && !one.held)
    for (const one of waiting.slice(0, Math.max(0, AT_ONCE - running.length))) this.#send(one)
  }

  /** With XMLHttpRequest, since fetch does not tell how much has gone. */
  #send(one) {
    const request = new XMLHttpRequest()
    const body = new FormData()
    body.append("item", one.item)
    // Sent again under the same id: the server takes it once.
    body.append("id", one.key)
    if (one.reason) body.append("override_reason", one.reason)
    body.append("file", one.file, one.name)
    Object.assign(one, { request, waiting: false })
    request.upload.onprogress = ({ loaded, total }) => {
      one.sent = total ? loaded / total : 0
      this.#emit()
    }
    request.onload = () => this.#sent(one, request)
    request.onerror = () => this.#failed(one, t("The connection was lost while the file was being sent."))
    request.onabort = () => {
      one.request = undefined
    }
    request.open("POST", `/api/meetings/${this.#meeting}/documents`)
    request.setRequestHeader("X-Meetingroom", "1")
    if (belongsTo()) request.setRequestHeader("X-Meetingroom-As", belongsTo())
    request.send(body)
    this.#emit()
  }

  async #sent(one, request) {
    const { status, responseText: text } = request
    const answer = understood({ status, type: request.getResponseHeader("Content-Type") || "", text }, isTaken)
    if (answer) heardOf(answer, belongsTo())
    if (!answer?.ok) {
      const { code, message } = answer?.body.error || {}
      if (status === 429) return this.#later(one, Number(request.getResponseHeader("Retry-After")) || 5)
      one.stamp = code === "secret_stamp"
      one.final = Boolean(answer) && [400, 413, 415, 422].includes(status)
      const otherwise = status === 413 ? t("The file is larger than this server takes.") : unanswered({ foreign: true })
      return this.#failed(one, message || otherwise)
    }
    one.request = undefined
    await this.refresh()
    this.sending = this.sending.filter((other) => other !== one)
    this.#emit()
    this.#next()
  }

  /** The server takes no more for a moment: the file waits with those that have not been sent yet. */
  #later(one, seconds) {
    Object.assign(one, { request: undefined, sent: 0, waiting: true, held: true })
    setTimeout(() => {
      one.held = false
      this.#next()
    }, seconds * 1000)
    this.#emit()
  }

  #failed(one, problem) {
    Object.assign(one, { problem, request: undefined })
    this.#emit()
    this.#next()
  }

  async #change(url, method, proof) {
    try {
      await api(method, url, undefined, proof)
    } finally {
      await this.refresh()
    }
  }

  #emit() {
    this.dispatchEvent(new CustomEvent("change"))
  }
}

const isTaken = shaped({ id: "string", status: "string" })
const isListing = shaped({ documents: "list", kinds: "list" })
