/** Which ballot that is over is still news. Pure. */

const NEWS = 10 * 60 * 1000
const OVER = ["closed", "published", "annulled"]

/** The id of the ballot that ended last, if it was seen open here or ended within ten minutes. */
export function lastOver({ order = [], items = {} }, now, seen = new Set()) {
  const last = latest({ order, items })
  return last && (seen.has(last) || now - ended(items[last]) < NEWS) ? last : undefined
}

/** The id of the ballot that ended last, however long ago. */
export function latest({ order = [], items = {} }) {
  return order
    .filter((id) => OVER.includes(items[id].state))
    .sort((a, b) => ended(items[a]) - ended(items[b]))
    .pop()
}

/** When it ended, for everybody: when its result was published; one annulled while it was open has but its opening. */
export const ended = ({ published_at: published, closed_at: closed, opened_at: opened }) =>
  published || closed || opened || 0
