/** The ballots of the view by what is to be done about them. Pure. */

const ORDER = (ballots) => ballots?.order ?? []

/** {open?, waiting: [], drafts: [], over: []}: ids; what is over with the newest first. */
export function sorted(ballots) {
  const of = (...states) => ORDER(ballots).filter((id) => states.includes(ballots.items[id].state))
  return { open: ballots?.open, waiting: of("closed"), drafts: of("draft"), over: of("published", "annulled").reverse() }
}

/** Who of the roll has not voted yet (ids); only the staff's view says it. */
export const missing = ({ roll = [], voted = {} }) => roll.filter((person) => !voted[person])
