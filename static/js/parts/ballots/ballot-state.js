/** The ballots of the view by what is to be done about them. Pure. */

const ORDER = (ballots) => ballots?.order ?? []

/** {open?, waiting: [], drafts: [], over: []}: ids; what is over with the newest first. */
export function sorted(ballots) {
  const of = (...states) => ORDER(ballots).filter((id) => states.includes(ballots.items[id].state))
  const kept = (id) => Boolean(ballots.items[id].kept_at) && ballots.items[id].state === "closed"
  const over = of("published", "annulled", "closed").filter((id) => ballots.items[id].state !== "closed" || kept(id))
  return {
    open: ballots?.open,
    waiting: of("closed").filter((id) => !kept(id)),
    drafts: of("draft"),
    over: over.reverse(),
  }
}

/**
 * Whether a ballot may still be annulled: not a secret one whose numbers are known.
 * @param {{ state: string, secret: boolean, result?: { reason?: string } }} ballot
 */
export const mayAnnul = ({ state, secret, result }) => state === "open" || !secret || result?.reason === "too_few"

/** Who of the roll has not voted yet (ids); only the staff's view says it. */
export const missing = ({ roll = [], voted = {} }) => roll.filter((person) => !voted[person])
