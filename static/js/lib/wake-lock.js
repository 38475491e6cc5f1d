/** A tablet that follows a meeting does not fall asleep, where the browser allows it (HTTPS only). */

export function stayAwake() {
  if (!navigator.wakeLock) return
  const ask = () => {
    // Refused on a low battery: then it sleeps, and comes back by itself.
    if (document.visibilityState === "visible") navigator.wakeLock.request("screen").catch(() => {})
  }
  document.addEventListener("visibilitychange", ask)
  ask()
}
