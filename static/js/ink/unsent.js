/** What was written for everybody and is not sent yet, on this device: over a reload, until its writer signs out. */

import { local } from "../lib/storage.js"

const KEPT = "ink/unsent"
const MOST = 400000

export const readUnsent = () => local.read(KEPT)

export const writeUnsent = (kept) => local.write(KEPT, kept)

export const forgetUnsent = () => local.remove(KEPT)

/**
 * May what is written on it lie on a device? Not of a paper that some may not read, or of which no copy may stay.
 * @param {any} paper as the view has it
 */
export const mayStay = (paper) =>
  Boolean(paper) && !paper.limited && paper.mode !== "restricted" && (paper.readers ?? "members") === "members"

/**
 * What of a queue is kept, in its order. What is too much is the newest.
 * @param {any[]} queue
 * @param {(args: any) => boolean} may
 */
export function kept(queue, may) {
  const found = []
  let left = MOST
  for (const { id, name, args } of queue) {
    if (!may(args)) continue
    left -= JSON.stringify(args).length
    if (left < 0) break
    found.push({ id, name, args })
  }
  return found
}
