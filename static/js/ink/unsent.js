/** What was written for everybody and is not sent yet: what of it may lie on a device, and for how long. Pure. */

const DAY = 86400000

/** The box in which a person's commands to an address wait (lib/device.js). */
export const boxOf = (person, url) => `${person}/ink${url}`

/** Whose box of which address; undefined for another kind of box. @param {string} box */
export function urlOf(box) {
  const at = box.indexOf("/ink/")
  return at < 0 ? undefined : box.slice(at + 4)
}

/**
 * May what is written on it lie on a device? Not of a paper that some may not read, or of which no copy may stay.
 * @param {any} paper as the view has it
 */
export const mayStay = (paper) =>
  Boolean(paper) && !paper.limited && paper.mode !== "restricted" && (paper.readers ?? "members") === "members"

/**
 * The commands that may still be sent; nobody expects what was written a day ago to appear on the screens.
 * @param {{ op?: string, act: any }[]} rows
 * @param {number} now
 */
export const usable = (rows, now) =>
  rows
    .map(({ act }) => act)
    .filter((act) => act?.id && act.name && act.args && now - act.at < DAY)
    .map(({ id, name, args }) => ({ id, name, args }))
