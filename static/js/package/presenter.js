/** The window of who presents: what the audience sees, what may be pressed beside it, search, script. */

import { childrenOf, inOrder, openAfter, stepFrom, toggled, wayTo } from "../case/map-tree.js"
import { cutAll, isFrame, readMarks } from "../case/mark-frames.js"
import { durationOf } from "../case/media-time.js"
import { nameOf } from "../case/places.js"
import { t } from "../lib/t.js"
import { about, beside, has, labels, maps, marksOf, media, nameOfPage, nodeOf, script } from "./data.js"
import { el, icon } from "./el.js"
import { footer } from "./footer.js"
import { setLanguage } from "./language.js"
import { SearchBox } from "./search-box.js"
import { Stage } from "./stage.js"
import { ToAudience } from "./windows.js"

const STEPS = { ArrowRight: "next", ArrowLeft: "back", ArrowDown: "into", ArrowUp: "out", " ": "next" }
const WHOLE = [0, 0, 1, 1]
const SKIP = 5 // seconds of a recording, by an arrow

export class Presenter {
  #root
  #stage
  #audience
  #search
  #bar = el("div", { class: "bar", role: "toolbar" })
  #side = el("aside", { class: "side" })
  #top = el("header", { class: "top" })
  #foot = el("div")
  #state = { kind: "map", map: 0, node: maps[0]?.root, open: [], shut: "", levels: 0 }
  #visited = maps.map(() => ({}))
  #step = -1
  /** What the audience keeps; undefined: it sees what is shown here. */
  #held
  #sideOpen = false

  constructor(root) {
    this.#root = root
    this.#stage = new Stage({
      acts: {
        node: (id) => this.#toNode(id),
        fold: (id) => this.#fold(id),
        chip: (chip, id) => this.#toChip(chip, { map: this.#state.map, node: id }),
        media: (anchor, id) => this.#toMedia(anchor, { map: this.#state.map, node: id }),
      },
      played: (play) => this.#change({ play }),
    })
    this.#audience = new ToAudience({
      changed: () => this.#draw(),
      wanted: () => this.#seen,
      key: (key) => this.#key(key),
    })
    this.#search = new SearchBox({ page: (place) => this.#toPage(place), node: (map, id) => this.#toNode(id, map) })
    document.addEventListener("keydown", (event) => this.#keydown(event))
    this.#build()
    if (maps.length) this.#change({})
    else this.#draw()
  }

  #build() {
    this.#root.replaceChildren(
      el("div", { class: "presenter" }, [
        this.#top,
        this.#side,
        el("main", { class: "main" }, [this.#stage.element, this.#bar]),
        this.#foot,
      ]),
    )
  }

  // What is shown

  #change(more) {
    this.#state = { ...this.#state, ...more }
    if (this.#state.kind === "map" && !this.#held) this.#visited[this.#state.map][this.#state.node] = 1
    this.#draw()
    if (!this.#held) this.#audience.tell(this.#state)
  }

  #toNode(node, map = this.#state.map) {
    if (!maps[map]?.nodes[node]) return
    const open = map === this.#state.map ? openAfter(maps[map], this.#state.open, node) : []
    this.#change({ kind: "map", map, node, open, shut: "", levels: 0, covered: false })
  }

  /** What one is in folds with what is below it: one is at its head then. */
  #fold(id) {
    const { map, node, open, shut } = this.#state
    if (!wayTo(maps[map], node).includes(id)) return this.#change({ open: toggled(open, id), levels: 0 })
    if (shut === id) return this.#change({ shut: "" })
    return this.#change({ node: id, shut: id, levels: 0 })
  }

  #toPage(place, from = nodeOf(place, this.#state.node && { map: this.#state.map, node: this.#state.node })) {
    if (!has(place)) return
    this.#change({
      ...(from ?? {}),
      kind: "page",
      page: { document: place.document, page: place.page },
      rect: place.zoom ?? WHOLE,
      callouts: place.rects ?? [],
      marks: place.rects ? readMarks(place.marks) : marksOf(place, from),
      covered: false,
    })
  }

  #toPair(left, right, line, from) {
    const text = typeof line === "string" ? line : (line?.text ?? (from ? maps[from.map].nodes[from.node].text : ""))
    this.#change({
      ...(from ?? {}),
      kind: "pair",
      pair: [left, right],
      line: pointsOf(line, left, right),
      text,
      covered: false,
    })
  }

  #toChip(chip, from) {
    if (chip.pair) this.#toPair(chip.pages[0], chip.pages[1], chip.line, from)
    else this.#toPage(withExcerpt(chip.pages[0]), from)
  }

  #toMedia({ media: medium, from: start, to }, from) {
    const showing = Date.now()
    const what = { kind: "media", medium, from: start ?? 0, to, showing, play: undefined }
    this.#change({ ...(from ?? {}), ...what, covered: false })
  }

  #back() {
    if (this.#state.kind !== "map" && this.#state.node) this.#change({ kind: "map", covered: false })
  }

  #stepTo(step) {
    const { kind, map, node } = this.#state
    if (kind === "page" && (step === "next" || step === "back")) {
      const next = beside(this.#state.page, step === "next" ? 1 : -1)
      if (next) this.#toPage(next)
      return
    }
    if (kind === "media" && (step === "next" || step === "back")) this.#stage.media.skip(step === "next" ? SKIP : -SKIP)
    if (kind !== "map") return
    const next = stepFrom(maps[map], node, step)
    if (next) this.#toNode(next)
  }

  // The script

  #toStep(n) {
    const step = script[n]
    if (!step) return
    this.#step = n
    const map = maps.findIndex((each) => (step.map ? each.id === step.map : each.nodes[step.node]))
    const from = map >= 0 && step.node ? { map, node: step.node } : undefined
    if (step.pair) this.#toPair(step.pair.left, step.pair.right, step.text, from)
    else if (step.media) this.#toMedia(step, from)
    else if (step.document) this.#toPage(step, from)
    else if (from) this.#toNode(step.node, map)
  }

  // Keys

  #keydown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const typing = event.target.closest?.("input, textarea, select")
    if (typing && event.key !== "Escape") return
    if (event.key === " " && event.target.closest?.("button, summary, video, audio")) return
    if (this.#key(event.key)) event.preventDefault()
  }

  /** Whether the key means something here. */
  #key(key) {
    if (key === "/") this.#search.focus()
    else if (key === "b" || key === "B" || key === ".") this.#cover()
    else if (key === "h" || key === "H") this.#hold()
    else if (key === "Backspace" || key === "Escape") this.#back()
    else if (script.length && (key === "PageDown" || key === "PageUp"))
      this.#toStep(this.#step + (key === "PageDown" ? 1 : -1))
    else if (key === "PageDown" || key === "PageUp") this.#stepTo(key === "PageDown" ? "next" : "back")
    else if ("1234".includes(key) && this.#state.kind === "map") this.#change({ levels: Number(key), open: [] })
    else if (key === " " && this.#state.kind === "media") this.#stage.media.toggle()
    else if (STEPS[key]) this.#stepTo(STEPS[key])
    else return false
    return true
  }

  /** What the audience sees. */
  get #seen() {
    return this.#held ?? this.#state
  }

  /** At once, also over what is held. */
  #cover() {
    const covered = !this.#seen.covered
    if (this.#held) {
      this.#held = { ...this.#held, covered }
      this.#audience.tell(this.#held)
    }
    this.#change({ covered })
  }

  /** The audience keeps what it sees while one looks for the next thing. */
  #hold() {
    this.#held = this.#held ? undefined : this.#state
    if (this.#held) this.#draw()
    else this.#change({})
  }

  // Drawing

  #draw() {
    const state = this.#state
    this.#stage.show(state, this.#visited[state.map])
    this.#stage.media.muted = this.#audience.isThere
    this.#stage.element.classList.toggle("held", Boolean(this.#held))
    this.#top.replaceChildren(...this.#drawTop())
    this.#bar.replaceChildren(...this.#drawBar())
    this.#bar.setAttribute("aria-label", t("Presenting the case"))
    this.#side.replaceChildren(...this.#drawSide())
    this.#side.classList.toggle("open", this.#sideOpen)
    this.#foot.replaceChildren(footer())
    this.#side.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" })
  }

  #drawTop() {
    const there = this.#audience.isThere
    const language = document.documentElement.lang
    return [
      button("", {
        icon: "menu",
        title: t("Contents"),
        class: "side-button",
        pressed: this.#sideOpen,
        act: () => {
          this.#sideOpen = !this.#sideOpen
          this.#draw()
        },
      }),
      el("div", { class: "top-title" }, [el("b", {}, about.code), el("span", {}, about.title)]),
      this.#search.element,
      el("div", { class: "top-acts" }, [
        button(there ? t("Audience window is open") : t("Audience window"), {
          icon: there ? "circle-check" : "projector",
          class: there ? "good" : "primary",
          act: () => this.#openWindow(),
        }),
        button(t("Hold (H)"), {
          icon: "pause",
          title: t("The audience keeps what it sees while you look for something"),
          pressed: Boolean(this.#held),
          act: () => this.#hold(),
        }),
        button(t("Cover (B)"), {
          icon: "eye-off",
          pressed: Boolean(this.#seen.covered),
          act: () => this.#cover(),
        }),
        button(language === "vi" ? "EN" : "VI", {
          title: language === "vi" ? "English" : "Tiếng Việt",
          act: () => this.#speak(language === "vi" ? "en" : "vi"),
        }),
      ]),
    ]
  }

  #openWindow() {
    if (!this.#audience.open())
      this.#side.prepend(
        el(
          "p",
          { class: "problem", role: "alert" },
          t("The browser has blocked the second window. Please allow windows for this page."),
        ),
      )
  }

  #speak(language) {
    setLanguage(language)
    this.#search.draw()
    this.#draw()
  }

  #drawBar() {
    const { kind } = this.#state
    if (kind === "map")
      return [
        button("", { icon: "arrow-left", title: t("Step back"), act: () => this.#stepTo("back") }),
        button("", { icon: "arrow-right", title: t("Next step"), act: () => this.#stepTo("next") }),
        button("", { icon: "arrow-down", title: t("Into the branch"), act: () => this.#stepTo("into") }),
        button("", { icon: "arrow-up", title: t("Out of the branch"), act: () => this.#stepTo("out") }),
        el(
          "span",
          { class: "levels", role: "group", "aria-label": t("Levels that are open") },
          [1, 2, 3, 4].map((n) =>
            button(String(n), {
              title: t("Open down to level {n}", { n }),
              pressed: this.#state.levels === n,
              act: () => this.#change({ levels: this.#state.levels === n ? 0 : n, open: [] }),
            }),
          ),
        ),
        button("", { icon: "maximize", title: t("The whole map"), act: () => this.#stage.tree.whole() }),
        el("span", { class: "said" }, this.#progress()),
      ]
    return [
      this.#state.node && button(t("Back to the map"), { icon: "undo-2", class: "primary", act: () => this.#back() }),
      ...(kind === "page" ? this.#pageTools() : []),
      kind === "pair" &&
        button(t("Draw a line"), {
          icon: "git-branch",
          title: t("Draw a line between two places"),
          act: () => this.#joinPlaces(),
        }),
      kind === "pair" &&
        this.#state.line &&
        button(t("No line"), { icon: "x", act: () => this.#change({ line: undefined }) }),
    ].filter(Boolean)
  }

  #progress() {
    const all = Object.keys(maps[this.#state.map].nodes).length
    return t("{n} of {all} nodes shown", { n: Object.keys(this.#visited[this.#state.map]).length, all })
  }

  #pageTools() {
    const { page, callouts, rect } = this.#state
    const zoomed = rect && rect[2] < 1
    return [
      button("", {
        icon: "chevron-left",
        title: t("Page before"),
        off: !beside(page, -1),
        act: () => this.#stepTo("back"),
      }),
      button("", {
        icon: "chevron-right",
        title: t("Page after"),
        off: !beside(page, 1),
        act: () => this.#stepTo("next"),
      }),
      button("", { icon: "zoom-in", title: t("Larger"), act: () => this.#zoom(1.4) }),
      button("", { icon: "zoom-out", title: t("Smaller"), off: !zoomed, act: () => this.#zoom(1 / 1.4) }),
      button(t("Excerpt"), { icon: "scan", off: callouts.length > 2, act: () => this.#cut() }),
      callouts.length > 0 &&
        button(t("No excerpts"), { icon: "x", act: () => this.#change({ callouts: [], marks: [] }) }),
    ]
  }

  #zoom(by) {
    const [x, y, w, h] = this.#state.rect ?? WHOLE
    const size = Math.min(1, w / by)
    if (size >= 0.99) return this.#change({ rect: WHOLE })
    const tall = Math.min(1, h / by)
    const within = (at, old, now) => Math.min(1 - now, Math.max(0, at + (old - now) / 2))
    // The upper part is read first.
    return this.#change({ rect: [within(x, w, size), w === 1 ? 0 : within(y, h, tall), size, tall] })
  }

  async #cut() {
    const rect = await this.#stage.pages.frame()
    if (!rect) return
    const callouts = [...this.#state.callouts, rect].slice(-3)
    this.#change({ callouts, marks: cutAll(this.#state.marks, callouts), rect: WHOLE })
  }

  async #joinPlaces() {
    const line = await this.#stage.pages.points()
    if (line) this.#change({ line })
  }

  #drawSide() {
    const { map, node } = this.#state
    const picked =
      maps.length > 1
        ? el(
            "div",
            { class: "side-maps", role: "group", "aria-label": t("Maps") },
            maps.map((each, n) => button(each.title, { pressed: n === map, act: () => this.#toNode(each.root, n) })),
          )
        : null
    const steps = script.length > 0 && [
      el("h2", {}, t("Script")),
      el(
        "ol",
        { class: "side-list" },
        script.map((step, n) =>
          el(
            "li",
            {},
            row(n === this.#step, this.#nameOfStep(step), step.note, () => this.#toStep(n), n + 1),
          ),
        ),
      ),
    ]
    const tree = maps[map]
    const order = tree ? inOrder(tree).filter((id) => depthOf(tree, id) <= 1) : []
    return [
      picked,
      ...(steps || []),
      tree && el("h2", {}, t("Branches")),
      tree &&
        el(
          "ol",
          { class: "side-list" },
          order.map((id) =>
            el(
              "li",
              {},
              row(id === node, tree.nodes[id].text, "", () => this.#toNode(id), ""),
            ),
          ),
        ),
      el(
        "p",
        { class: "keys" },
        t(
          "Keys: → ← next and back, ↓ ↑ into and out of a branch, 1–4 levels, Backspace to the map, B covers, H holds, / searches",
        ),
      ),
    ].filter(Boolean)
  }

  #nameOfStep(step) {
    if (step.title) return step.title
    if (step.pair) return `${nameOfPage(step.pair.left)} ↔ ${nameOfPage(step.pair.right)}`
    if (step.document && labels[nameOf(step)]) return nameOfPage(step)
    if (step.media) return nameOfPart(step)
    return maps.find((each) => each.id === step.map)?.nodes[step.node]?.text ?? t("Step")
  }
}

/** "BL 201-203, Camera 02, 00:12–00:40" */
function nameOfPart({ media: medium, from = 0, to }) {
  const { bl, title } = media[medium]
  return [bl && `BL ${bl}`, title, to && `${durationOf(from)}–${durationOf(to)}`].filter(Boolean).join(", ")
}

/** An excerpt that stands on the node is shown as one. */
const withExcerpt = (page) => (isFrame(page.rect) ? { ...page, rects: [page.rect] } : page)

const depthOf = (map, id) => (id === map.root ? 0 : childrenOf(map, map.root).includes(id) ? 1 : 2)

/** The ends of a line: as they were drawn, or the middle of what the two anchors mark. */
function pointsOf(line, left, right) {
  const drawn = Array.isArray(line?.points) ? line.points : Array.isArray(line) ? line : undefined
  if (drawn?.length === 4) return drawn
  const middle = ({ rect: [x, y, w, h] }) => [x + w / 2, y + h / 2]
  return left.rect && right.rect ? [...middle(left), ...middle(right)] : undefined
}

function button(words, { icon: sign, title, act, pressed, off, class: sort = "" } = /** @type {any} */ ({})) {
  return el(
    "button",
    {
      type: "button",
      class: `button ${sort}`,
      onclick: act,
      disabled: off,
      title,
      "aria-pressed": pressed === undefined ? null : String(pressed),
      "aria-label": words ? null : title,
    },
    [sign && icon(sign), words && el("span", {}, words)],
  )
}

function row(current, words, note, act, number) {
  return el("button", { type: "button", class: "side-row", onclick: act, "aria-current": current ? "true" : null }, [
    number && el("span", { class: "side-number" }, String(number)),
    el("span", {}, [words, note && el("small", {}, note)]),
  ])
}
