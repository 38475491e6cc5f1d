/** What fingers, pens, mice and trackpads mean over a page: pan, pinch, double tap, swipe, wheel. */

const SLIP = 10
const SWIPE = 45
const DOUBLE = { ms: 320, px: 40 }

/**
 * Tells `on` what was meant, in pixels of the element: `zoom(factor, point)`, `pan(dx, dy)`, `double(point)`,
 * `swipe(-1|1)` (1 is to the next page), `end()` after a zoom or a pan. `on.canPan(dx, dy)` says whether one finger
 * that has gone so far pans; if not, it swipes. `on.scrolls()`: the wheel moves the page instead of magnifying it.
 */
export function listen(element, on, signal) {
  const fingers = new Map()
  let start
  let lastTap
  let acted = false

  const point = (event) => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  function down(event) {
    if (event.pointerType === "mouse" && event.button !== 0) return
    if (event.target.closest("button, a")) return
    fingers.set(event.pointerId, point(event))
    element.setPointerCapture(event.pointerId)
    if (fingers.size > 1) {
      start = undefined
      return
    }
    start = { ...point(event), at: event.timeStamp }
    acted = false
  }

  function move(event) {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const now = point(event)
    if (fingers.size === 1) {
      const [far, down] = start ? [now.x - start.x, now.y - start.y] : [0, 0]
      const slipped = start && Math.hypot(far, down) < SLIP
      if (!acted && (slipped || !on.canPan(far, down))) return
      on.pan(now.x - before.x, now.y - before.y)
      acted = true
    } else if (fingers.size === 2) {
      const other = [...fingers].find(([id]) => id !== event.pointerId)[1]
      const [was, is] = [distance(before, other), distance(now, other)]
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
      if (was > 0) on.zoom(is / was, middle)
      on.pan((now.x - before.x) / 2, (now.y - before.y) / 2)
      acted = true
    }
    fingers.set(event.pointerId, now)
  }

  function up(event) {
    if (!fingers.delete(event.pointerId) || fingers.size) return
    if (acted) on.end()
    else if (start && event.type === "pointerup") tapped(event, point(event))
    start = undefined
  }

  function tapped(event, now) {
    const [dx, dy] = [now.x - start.x, now.y - start.y]
    if (Math.abs(dx) > SWIPE && Math.abs(dx) > Math.abs(dy) * 1.4) {
      if (event.pointerType !== "mouse") on.swipe(dx < 0 ? 1 : -1)
    } else if (Math.hypot(dx, dy) < SLIP) {
      const twice = lastTap && event.timeStamp - lastTap.at < DOUBLE.ms && distance(lastTap, now) < DOUBLE.px
      lastTap = twice ? undefined : { ...now, at: event.timeStamp }
      if (twice) {
        on.double(now)
        on.end()
      }
    }
  }

  let resting
  function wheel(event) {
    event.preventDefault()
    const lines = event.deltaMode === 1 ? 30 : 1
    // A pinch on a trackpad arrives as a small wheel with Ctrl.
    if (on.scrolls() && !event.ctrlKey) on.pan(-event.deltaX * lines, -event.deltaY * lines)
    else on.zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0015)), point(event))
    clearTimeout(resting)
    resting = setTimeout(() => on.end(), 180)
  }

  element.addEventListener("pointerdown", down, { signal })
  element.addEventListener("pointermove", move, { signal })
  element.addEventListener("pointerup", up, { signal })
  element.addEventListener("pointercancel", up, { signal })
  element.addEventListener("wheel", wheel, { signal, passive: false })
  // Safari would magnify the whole screen.
  element.addEventListener("gesturestart", (event) => event.preventDefault(), { signal })
}

const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y)
