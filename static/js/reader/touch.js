/** What fingers and pens mean in the reader. Scrolling is the browser's own; the rest is told here. */

const SLIP = 10
const SWIPE = 45
const LONG = 450
const DOUBLE = { ms: 320, px: 40 }

/**
 * Tells `on`: `pinch(factor, point)` while two fingers move (from the start of the pinch), `pinched(factor, point)` at the
 * end; `swipe(-1|1)`, `double(point)`, `tap(point)`, `long(point)`, then `drag(point)` and `dragged()`. Points are those of
 * the event. `on.writes()`: a pen is in hand, nothing of this is meant.
 * @param {HTMLElement} element
 * @param {any} on
 * @param {AbortSignal} signal
 */
export function listenToTouch(element, on, signal) {
  const fingers = new Map()
  let start
  let pinch
  let holding
  let held
  let lastTap

  const point = ({ clientX, clientY }) => ({ x: clientX, y: clientY })
  const stop = () => clearTimeout(holding)

  function down(event) {
    element.classList.toggle("by-touch", event.pointerType !== "mouse")
    if (event.pointerType === "mouse" || on.writes()) return
    if (event.target.closest("button, a, input")) return
    fingers.set(event.pointerId, point(event))
    stop()
    if (fingers.size === 2) {
      start = undefined
      const [a, b] = [...fingers.values()]
      pinch = { far: Math.max(1, distance(a, b)), point: middle(a, b), factor: 1 }
    } else if (fingers.size === 1) {
      start = { ...point(event), at: event.timeStamp }
      held = false
      holding = setTimeout(() => {
        if (start) held = on.long(start) === true
      }, LONG)
    }
  }

  function move(event) {
    if (!fingers.has(event.pointerId)) return
    const now = point(event)
    fingers.set(event.pointerId, now)
    if (pinch && fingers.size === 2) {
      const [a, b] = [...fingers.values()]
      pinch.factor = distance(a, b) / pinch.far
      on.pinch(pinch.factor, pinch.point)
    } else if (held) on.drag(now)
    else if (start && distance(start, now) > SLIP) stop()
  }

  function up(event) {
    if (!fingers.delete(event.pointerId)) return
    stop()
    if (pinch && fingers.size < 2) {
      on.pinched(pinch.factor, pinch.point)
      pinch = start = undefined
    }
    if (fingers.size) return
    if (held) {
      held = false
      on.dragged()
    } else if (start && event.type === "pointerup") tapped(event, point(event))
    start = undefined
  }

  function tapped(event, now) {
    const [dx, dy] = [now.x - start.x, now.y - start.y]
    if (Math.abs(dx) > SWIPE && Math.abs(dx) > Math.abs(dy) * 1.4) on.swipe(dx < 0 ? 1 : -1)
    else if (Math.hypot(dx, dy) < SLIP) {
      const twice = lastTap && event.timeStamp - lastTap.at < DOUBLE.ms && distance(lastTap, now) < DOUBLE.px
      lastTap = twice ? undefined : { ...now, at: event.timeStamp }
      if (twice) on.double(now)
      else on.tap(now)
    }
  }

  // While two fingers pinch or a finger picks words, the browser scrolls nothing.
  const keep = (event) => {
    if ((event.touches.length > 1 || held) && event.cancelable) event.preventDefault()
  }
  element.addEventListener("pointerdown", down, { signal })
  element.addEventListener("pointermove", move, { signal })
  element.addEventListener("pointerup", up, { signal })
  element.addEventListener("pointercancel", up, { signal })
  element.addEventListener("touchstart", keep, { signal, passive: false })
  element.addEventListener("touchmove", keep, { signal, passive: false })
  element.addEventListener("contextmenu", (event) => fingers.size && event.preventDefault(), { signal })
  // Safari would magnify the whole screen.
  element.addEventListener("gesturestart", (event) => event.preventDefault(), { signal })
  element.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      on.pinched(Math.exp(-event.deltaY * (event.deltaMode ? 30 : 1) * 0.01), point(event))
    },
    { signal, passive: false },
  )
}

const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y)
const middle = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
