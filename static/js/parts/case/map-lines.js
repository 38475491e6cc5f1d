/**
 * The lines of a mind map, as the drawing library draws them, but all is measured before anything is written: the page is
 * laid out once, and not once for every branch.
 */

const SVG = "http://www.w3.org/2000/svg"

/**
 * In the place of the library's `linkDiv`. @param {any} elixir @param {Element} [only] the main branch that has changed
 */
export function drawLines(elixir, only) {
  const { nodes, map, lines, labelContainer } = elixir
  const { palette } = elixir.theme
  const whole = { containerHeight: nodes.offsetHeight, containerWidth: nodes.offsetWidth }
  const from = above(map.querySelector("me-root"))
  const branches = [...map.querySelectorAll("me-main > me-wrapper")].map((wrapper, n) => {
    const topic = wrapper.querySelector("me-tpc")
    const colour = topic.nodeObj?.branchColor || palette[n % palette.length]
    const direction = wrapper.parentElement.className
    const to = { ...below(topic), ...placeIn(nodes, topic) }
    const line = elixir.generateMainBranch({ ...from, ...to, direction, ...whole })
    const more = only && only !== wrapper ? undefined : linesBelow(elixir, wrapper, colour, direction, true)
    return { wrapper, topic, colour, line, more }
  })
  lines.replaceChildren(...branches.map(({ line, colour }) => path(line, colour, "3")))
  for (const { wrapper, topic, colour, more } of branches) {
    topic.style.borderColor = colour
    if (!more) continue
    if (wrapper.lastElementChild.tagName === "svg") wrapper.lastElementChild.remove()
    const place = document.createElementNS(SVG, "svg")
    place.setAttribute("class", "subLines")
    place.setAttribute("overflow", "visible")
    place.append(...more)
    wrapper.append(place)
  }
  labelContainer.replaceChildren()
  elixir.renderArrow()
  elixir.renderSummary()
  elixir.bus.fire("linkDiv")
}

function linesBelow(elixir, wrapper, colour, direction, isFirst = false) {
  const [parent, list] = wrapper.children
  if (list?.tagName !== "ME-CHILDREN") return []
  const from = above(parent)
  return [...list.children].flatMap((child) => {
    const [topic, fold] = child.firstElementChild.children
    const own = topic.nodeObj?.branchColor || colour
    const to = below(child.firstElementChild)
    const line = path(elixir.generateSubBranch({ ...from, ...to, direction, isFirst }), own, "2")
    return fold?.expanded ? [line, ...linesBelow(elixir, child, own, direction)] : [line]
  })
}

const above = (one) => ({ pT: one.offsetTop, pL: one.offsetLeft, pW: one.offsetWidth, pH: one.offsetHeight })
const below = (one) => ({ cT: one.offsetTop, cL: one.offsetLeft, cW: one.offsetWidth, cH: one.offsetHeight })

function placeIn(whole, one) {
  let [cL, cT] = [0, 0]
  for (let at = one; at && at !== whole; at = at.offsetParent) {
    cL += at.offsetLeft
    cT += at.offsetTop
  }
  return { cL, cT }
}

function path(line, colour, width) {
  const drawn = document.createElementNS(SVG, "path")
  drawn.setAttribute("d", line)
  drawn.setAttribute("stroke", colour)
  drawn.setAttribute("fill", "none")
  drawn.setAttribute("stroke-width", width)
  return drawn
}
