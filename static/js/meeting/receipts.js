/** Receipts of secret ballots, kept on this device only. A receipt says that a vote is in the box, not which. */

const kept = new Map()

export function keepReceipt(meeting, ballot, person, receipt) {
  kept.set(key(meeting, ballot, person), receipt)
  try {
    localStorage.setItem(key(meeting, ballot, person), receipt)
  } catch {
    /* private browsing: kept until the page is left */
  }
}

export function receiptOf(meeting, ballot, person) {
  const name = key(meeting, ballot, person)
  if (kept.has(name)) return kept.get(name)
  try {
    return localStorage.getItem(name) || undefined
  } catch {
    return undefined
  }
}

// By person as well: two people may share a tablet.
const key = (meeting, ballot, person) => `receipt/${meeting}/${ballot}/${person}`
