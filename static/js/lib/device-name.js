/** What a person calls the device they hold: no more than that is told. Pure. */

/** @param {{ userAgent?: string, maxTouchPoints?: number }} browser */
export function deviceName({ userAgent = "", maxTouchPoints = 0 } = navigator) {
  if (/iPhone/.test(userAgent)) return "iPhone"
  // iPadOS says that it is a Mac.
  if (/iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return "iPad"
  if (/Android/.test(userAgent)) return "Android"
  if (/Windows/.test(userAgent)) return "Windows"
  if (/Macintosh/.test(userAgent)) return "Mac"
  return /Linux/.test(userAgent) ? "Linux" : ""
}
