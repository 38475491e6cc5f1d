/** The cases on whose list I am. What only their people have is asked for no other: to all others it is not there (404). */

import { ask } from "../lib/ask.js"

const FRESH = 10_000

let at = 0
/** @type {Promise<any[]> | undefined} */
let asked

/** [{id, code, title, role, closed, secrecy}]; [] where nobody is signed in. */
export function myCases() {
  if (!asked || Date.now() - at > FRESH) {
    at = Date.now()
    asked = read()
  }
  return asked
}

async function read() {
  const { ok, body } = await ask("/api/cases")
  if (!ok) asked = undefined
  return ok ? body.cases : []
}

/** @param {string} case_ */
export const isMine = async (case_) => (await myCases()).some(({ id }) => id === case_)
