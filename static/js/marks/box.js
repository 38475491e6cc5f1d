/** Where the marks of a person on a paper wait to be sent. Pure. */

/** The box in which a person's marks of a paper wait (lib/device.js). */
export const boxOf = (person, paper) => `${person}/marks/${paper}`

/** The paper of such a box; undefined for another kind. @param {string} box */
export function paperOf(box) {
  const at = box.indexOf("/marks/")
  return at < 0 ? undefined : box.slice(at + 7)
}
