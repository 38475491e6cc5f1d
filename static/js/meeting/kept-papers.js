/**
 * The device keeps step with the papers: what this person may not read any more leaves it, also without a reload, and words
 * that were read anew are told to whoever shows them.
 */

import { confirmRecalls, drop, forgetPaper } from "../lib/fetched.js"
import { tellRenewed } from "../reader/text-news.js"
import { local } from "../lib/storage.js"
import { wait } from "./backoff.js"
import { entered } from "./meeting.js"

// Not all tablets of the hall at once.
const SPREAD = 1000

export class KeptPapers {
  #meeting
  /** @type {Map<string, string>} document: its mode, of those that may be read here */
  #had = new Map()
  /** @type {Map<string, number>} document: the revision of its text */
  #texts = new Map()
  #done

  constructor(meeting) {
    this.#meeting = meeting
    this.#done = Number(local.get(this.#name)) || 0
    meeting.watch(["papers", "recall"], () => this.#look())
  }

  get #name() {
    return `recalls/${this.#meeting.id}`
  }

  #look() {
    const { papers = {}, recall } = this.#meeting.view
    const now = new Map()
    for (const paper of Object.values(papers)) {
      if (!paper?.document || paper.limited) continue
      if (paper.t > (this.#texts.get(paper.document) ?? 1)) tellRenewed(paper.document, paper.t)
      this.#texts.set(paper.document, paper.t ?? 1)
      for (const id of [paper.document, ...(paper.versions ?? []).map((one) => one.document)]) now.set(id, paper.mode)
    }
    for (const [document, mode] of this.#had) {
      // One that is restricted from now on bears a name on each page: what was fetched before does not.
      const unstamped = mode !== "restricted" && now.get(document) === "restricted"
      if (!now.has(document) || unstamped) this.#gone(document)
    }
    this.#had = now
    const last = Number(recall?.last) || 0
    if (last > this.#done) this.#confirm(last)
  }

  async #gone(document) {
    drop(document)
    await wait(Math.random() * SPREAD)
    await forgetPaper(document)
  }

  async #confirm(last) {
    this.#done = last
    await wait(Math.random() * SPREAD)
    if (await confirmRecalls()) local.set(this.#name, String(last))
    else this.#done = 0
  }
}

entered.then((meeting) => new KeptPapers(meeting))
