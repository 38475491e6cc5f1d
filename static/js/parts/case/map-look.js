/** How the drawing of a mind map looks and where it begins: for the drawing, and for its branches in the first HTML. */

/** The smallest scale at which it is read at a glance. */
export const READABLE = 0.62
/** What the library leaves free round all boxes; the signs of branches that are folded stand outside of it. */
const AROUND = 60
/** Between the boxes and the edge of the glass. */
const EDGE = 12
/** Where this browser keeps that all branches stand to the right. */
export const LAYOUT = "map-layout"
/** On a phone all branches stand right of the middle: half of them would be out of sight. */
export const isNarrow = () => matchMedia("(max-width: 720px)").matches

/**
 * Where the drawing begins, all in px: the whole of it where it can be read so; else its root, and round it what has room.
 * `at` is where the left top corner of its boxes stands in the glass.
 * @param {[number, number]} glass @param {[number, number]} boxes how wide, how high; these not scaled
 * @param {[number, number]} root its middle within the boxes
 */
export function beginning(glass, boxes, root) {
  const fits = Math.min(1, ...glass.map((room, n) => (room - 2 * EDGE) / boxes[n]))
  const whole = fits >= READABLE
  const scale = whole ? fits : READABLE
  // Further down than its middle: one reads from the top, and the first branches are on the glass as well.
  const wanted = [glass[0] / 2, (glass[1] * 2) / 3]
  const at = glass.map((room, n) => {
    const size = boxes[n] * scale
    if (size <= room - 2 * EDGE) return (room - size) / 2
    return Math.min(EDGE, Math.max(room - EDGE - size, wanted[n] - root[n] * scale))
  })
  return { whole, scale, at }
}

/**
 * The same of a drawing that stands there, as its library moves it: {whole, scale, transform, origin}.
 * @param {HTMLElement} container @param {HTMLElement} nodes
 */
export function beginningOf(container, nodes) {
  const root = /** @type {HTMLElement} */ (nodes.querySelector("me-root"))
  const middle = [root.offsetLeft + root.offsetWidth / 2, root.offsetTop + root.offsetHeight / 2]
  const { whole, scale, at } = beginning(
    [container.offsetWidth, container.offsetHeight],
    [nodes.offsetWidth - 2 * AROUND, nodes.offsetHeight - 2 * AROUND],
    [middle[0] - AROUND, middle[1] - AROUND],
  )
  // Its scale holds on to the middle of the root and of the height: from there the library reckons when one zooms.
  const fixed = [middle[0], nodes.offsetHeight / 2]
  const [x, y] = at.map((start, n) => start + (fixed[n] - AROUND) * scale - fixed[n])
  return {
    whole,
    scale,
    origin: `${middle[0]}px 50%`,
    transform: `translate3d(${x}px, ${y}px, 0) scale(${scale})`,
  }
}

export const THEME = {
  name: "case",
  generateMainBranch: mainLine,
  generateSubBranch: subLine,
  palette: ["#5b6b7d"],
  cssVar: {
    "--main-gap-x": "34px",
    "--main-gap-y": "12px",
    "--node-gap-x": "22px",
    "--node-gap-y": "5px",
    "--root-color": "#ffffff",
    "--root-bgcolor": "#1f3a5f",
    "--root-border-color": "transparent",
    "--root-radius": "12px",
    "--main-radius": "8px",
    "--main-color": "#1b1d22",
    "--main-bgcolor": "#ffffff",
    "--color": "#1b1d22",
    "--bgcolor": "transparent",
    "--selected": "#1d5fbf",
    "--topic-padding": "5px 10px",
    "--map-padding": `${AROUND}px`,
  },
}

/** From the middle to the edge of a branch; the line lies under the box, so that it may end inside it. */
function mainLine({ pT, pL, pW, pH, cT, cL, cW, cH, direction, containerHeight }) {
  const left = direction === "lhs"
  const y1 = pT + pH / 2
  const y2 = cT + cH / 2
  const off = pW / 10 + (1 - Math.abs(y2 - y1) / containerHeight) * (pW / 8)
  const x1 = pL + pW / 2 + (left ? -off : off)
  return `M ${x1} ${y1} Q ${x1} ${y2} ${left ? cL + cW : cL + 24} ${y2}`
}

/** From the middle of one box's edge to the middle of the other's. */
function subLine({ pT, pL, pW, pH, cT, cL, cW, cH, direction }) {
  const gap = 22 // --node-gap-x: the box stands so far inside what is measured
  const left = direction === "lhs"
  const y1 = pT + pH / 2
  const y2 = cT + cH / 2
  const x1 = left ? pL + gap : pL + pW - gap
  const x2 = left ? cL + cW - gap : cL + gap
  const middle = (x1 + x2) / 2
  return `M ${x1} ${y1} C ${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`
}
