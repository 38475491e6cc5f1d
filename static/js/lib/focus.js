/** Where the focus goes when what had it is gone: to what took its place, never to nowhere. */

/** Can this have the focus as it stands? */
function isAlive(element) {
  return element.isConnected && !element.matches(":disabled") && element.getClientRects().length > 0
}

/** What takes `element`'s focus without being something to press: a screen reader reads it, Tab goes on inside of it. */
function rest(element) {
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1
  element.focus({ preventScroll: true })
}

function nameOf(element) {
  return element.dataset.key || element.getAttribute("aria-label") || element.textContent.trim()
}

/** `draw` may replace what has the focus in `host`: the same thing drawn anew has it afterwards, or else the host. */
export function keepFocus(host, draw) {
  const had = /** @type {HTMLElement} */ (document.activeElement)
  if (!had || had === host || !host.contains(had)) return draw()
  const [tag, name] = [had.localName, nameOf(had)]
  draw()
  if (document.activeElement !== had && document.activeElement !== document.body) return
  if (isAlive(had)) {
    // A row that changed its place in the page has lost it on the way.
    if (document.activeElement !== had) had.focus({ preventScroll: true })
    return
  }
  const again = [...host.querySelectorAll(tag)].find((one) => isAlive(one) && nameOf(one) === name)
  if (again) again.focus({ preventScroll: true })
  else restIn(host)
}

/** The nearest thing still in sight from `host` outwards; at last the page, which every screen has. */
function restIn(host) {
  for (let place = host; place && place !== document.body; place = place.parentElement) {
    if (isAlive(place)) return rest(place)
  }
  const page = document.getElementById("page") ?? document.querySelector("main")
  if (page) rest(page)
}

/** Remembers who has the focus now; the function that gives it back, or to what is nearest if it is gone. */
export function rememberFocus() {
  const had = document.activeElement
  const around = []
  for (let place = had; place && place !== document.body; place = place.parentElement) around.push(place)
  return () => {
    const now = document.activeElement
    if (now && now !== document.body && now.isConnected) return
    const near = around.find(isAlive)
    if (!near) return restIn(undefined)
    // What a menu opened goes back to the button of the menu.
    const opener = near === had ? near : near.querySelector(":scope > [aria-haspopup], :scope > summary")
    if (opener) opener.focus()
    else rest(near)
  }
}
