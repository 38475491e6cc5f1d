/** Waiting for what may never answer. A line that was cut without a word never says so. */

// One that is only slow brings something now and then.
const SILENCE = 12_000

export class TooLate extends Error {}

/**
 * What `answer` says, if it does within so many milliseconds; else a TooLate. It may still be done afterwards.
 * @template Value
 * @param {Promise<Value>} answer
 * @param {number} limit
 * @returns {Promise<Value>}
 */
export function inTime(answer, limit) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooLate("no answer came")), limit)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/**
 * `fetch` that is given up after so many milliseconds, with its body.
 * @param {string} url
 * @param {RequestInit} [how]
 * @param {number} [limit]
 */
export function fetchInTime(url, how = {}, limit = 20_000) {
  const stop = endingWith(how.signal)
  setTimeout(() => stop.abort(), limit)
  return fetch(url, { ...how, signal: stop.signal })
}

function endingWith(signal) {
  const stop = new AbortController()
  if (signal?.aborted) stop.abort()
  signal?.addEventListener("abort", () => stop.abort(), { signal: stop.signal })
  return stop
}

/**
 * The answer with the whole of its body as a blob, given up when nothing has come for 12 s. `wanted(answer)` says whether
 * the body is worth reading; without one `body` is undefined.
 * @param {string} url
 * @param {RequestInit} how
 * @param {(answer: Response) => boolean} wanted
 * @returns {Promise<{ answer: Response, body: Blob | undefined }>}
 */
export async function fetchWhole(url, { signal, ...how }, wanted) {
  const stop = endingWith(signal)
  let timer
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => stop.abort(), SILENCE)
  }
  try {
    heard()
    const answer = await fetch(url, { credentials: "same-origin", ...how, signal: stop.signal })
    return { answer, body: wanted(answer) ? await arrived(answer, heard) : undefined }
  } finally {
    clearTimeout(timer)
    stop.abort() // nothing more of it is wanted
  }
}

async function arrived(answer, heard) {
  const pieces = []
  const reader = answer.body.getReader()
  for (;;) {
    heard()
    const { done, value } = await reader.read()
    if (done) return new Blob(pieces, { type: answer.headers.get("Content-Type") || "" })
    pieces.push(value)
  }
}
