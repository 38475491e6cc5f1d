/**
 * Restricted papers: each picture of a page bears its reader's name and is written down as an opening. Of these nothing is
 * fetched ahead, in small or finer than whole, and nothing is kept.
 */

import { t } from "../lib/t.js"
import { toast } from "../lib/toast.js"

const documents = new Set()

/** @param {string} document */
export const isStamped = (document) => documents.has(document)

/** What the view, or whoever opens a paper, says of them. @param {Iterable<any>} papers */
export function noteModes(papers) {
  for (const { document, versions = [], mode } of papers)
    for (const id of [document, ...versions.map((one) => one.document)])
      if (mode === "restricted") documents.add(id)
      else if (mode) documents.delete(id)
}

/** Whoever opens a restricted paper is told. @param {any} paper */
export function tellOfNames(paper) {
  noteModes([paper])
  if (paper.mode === "restricted")
    toast(t("Restricted paper: your name stands on each page, and each page that you open is written down."))
}
