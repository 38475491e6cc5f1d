/** Where the entries of an observer wait to be sent, and where they go. Pure. */

const AT = "/court/"

/** The box of a person's entries of one trial (lib/device.js). */
export const boxOf = (person, case_, hearing) => `${person}${AT}${case_}/${hearing}`

/** {case_, hearing} of such a box; undefined of another kind. @param {string} box */
export function trialOf(box) {
  const at = box.indexOf(AT)
  const [case_, hearing, rest] = at < 0 ? [] : box.slice(at + AT.length).split("/")
  return case_ && hearing && rest === undefined ? { case_, hearing } : undefined
}

export const addressOf = ({ case_, hearing }) =>
  `/api/cases/${encodeURIComponent(case_)}/court/${encodeURIComponent(hearing)}`

/** Is this page the log of that trial? It sends its own. @param {string} path */
export const isPageOf = (path, { case_, hearing }) => path === `/cases/${case_}/court/${hearing}`
