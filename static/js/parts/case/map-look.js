/** How the drawing of a mind map looks and where it begins: for the drawing, and for its branches in the first HTML. */

/** The smallest scale at which it is read at a glance. */
export const READABLE = 0.62
/** Where this browser keeps that all branches stand to the right. */
export const LAYOUT = "map-layout"
/** On a phone all branches stand right of the middle: half of them would be out of sight. */
export const isNarrow = () => matchMedia("(max-width: 720px)").matches

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
    "--map-padding": "60px",
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
