/** Receipts of secret ballots, kept on this device only. A receipt says that a vote is in the box, not which. */

import { local } from "../lib/storage.js"

/**
 * Where nothing is kept: until the page is left.
 * @type {Map<string, string>}
 */
const kept = new Map()

/**
 * @param {string} meeting
 * @param {string} ballot
 * @param {string} person
 * @param {string} receipt
 */
export function keepReceipt(meeting, ballot, person, receipt) {
  kept.set(key(meeting, ballot, person), receipt)
  local.set(key(meeting, ballot, person), receipt)
}

/**
 * @param {string} meeting
 * @param {string} ballot
 * @param {string} person
 * @returns {string | undefined}
 */
export function receiptOf(meeting, ballot, person) {
  const name = key(meeting, ballot, person)
  return kept.get(name) ?? (local.get(name) || undefined)
}

/**
 * By person as well: two people may share a tablet.
 * @param {string} meeting
 * @param {string} ballot
 * @param {string} person
 */
const key = (meeting, ballot, person) => `receipt/${meeting}/${ballot}/${person}`
