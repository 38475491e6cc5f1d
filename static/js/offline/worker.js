/**
 * The service worker, served as /sw.js behind a line that says which shell it is: `const SHELL = {version, files, page}`
 * (reading/routes_offline.py). It answers in place of the server only when the server does not: with the shell (`shell-<version>`),
 * with the pages and papers that somebody has kept (`papers-<meeting>`, offline/keeping.js), else with one page that says
 * what is here. What is asked under /api/ it never touches.
 */

const here = /** @type {any} */ (self)
const { version, files, page: OFFLINE } = here.SHELL
const OWN = `shell-${version}`
const PAPERS = "papers-"
const PATIENCE = 6000
const BUNDLE = 32
const KEPT_PAGE = /^\/meetings\/([^/]+)(\/room)?$/
const PAPER = /^\/documents\/([^/]+)\//
const ASSET = /"(\/(?:static|words)\/[^"#?]+)/g

/** The documents that are kept; undefined until it is known. @type {Set<string> | undefined} */
let kept

here.addEventListener("install", (event) => event.waitUntil(install()))

here.addEventListener("activate", (event) =>
  event.waitUntil(Promise.all([here.clients.claim(), renewPages().then(tidy), know()])),
)

here.addEventListener("message", (event) => {
  const { type, meeting } = event.data ?? {}
  const work = {
    kept: know,
    // Said by a page that is in no running meeting and has nothing unsent (offline/worker-of-page.js).
    "take-over": () => here.skipWaiting(),
    pages: () => keepPages(meeting),
  }[type]
  if (work) event.waitUntil(Promise.resolve(work()).then((done) => event.ports[0]?.postMessage(done ?? true)))
})

here.addEventListener("fetch", (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== "GET" || origin !== location.origin || pathname.startsWith("/api/")) return
  if (request.mode === "navigate") event.respondWith(visit(event, pathname))
  else if (pathname.startsWith("/static/") || pathname.startsWith("/words/")) event.respondWith(shell(request))
  else if (PAPER.test(pathname) && (!kept || kept.has(decodeURIComponent(PAPER.exec(pathname)[1]))))
    event.respondWith(paper(request, pathname))
})

async function install() {
  await load(OWN, [...files, OFFLINE])
}

/** All of them, or it is no shell. */
async function load(name, paths) {
  const cache = await caches.open(name)
  for (const path of paths) {
    if (await cache.match(path)) continue
    const answer = await fetch(path, { credentials: "same-origin" })
    if (!own(answer)) throw new Error(`${path}: ${answer.status}`)
    await cache.put(path, answer)
  }
}

/** The server's own, and not the sign-in page of a network. */
const own = (answer) => answer.ok && !answer.redirected && answer.headers.has("X-Meetingroom")

async function shell(request) {
  for (const name of await caches.keys()) {
    if (!name.startsWith("shell-")) continue
    const found = await (await caches.open(name)).match(request.url)
    if (found) return found
  }
  return fetch(request)
}

/** A page: the server's; what was kept of it where the server does not answer. */
async function visit(event, path) {
  const asked = fetch(event.request).then((answer) => {
    // 502, 503, 504 of a proxy: nobody is behind it.
    if (answer.status >= 500 && !answer.headers.has("X-Meetingroom")) throw new Error(String(answer.status))
    if (own(answer) && KEPT_PAGE.test(path)) {
      const renewed = renew(path, answer.clone()).catch(() => {})
      try {
        event.waitUntil(renewed)
      } catch {
        // Answered long since with what was kept: it is renewed as long as the worker lives.
      }
    }
    return answer
  })
  const instead = () => keptPage(path)
  try {
    const late = new Promise((done) => setTimeout(done, PATIENCE, "late"))
    const first = await Promise.race([asked, late])
    if (first !== "late") return first
    return (await instead()) ?? (await asked)
  } catch {
    return (await instead()) ?? (await offlinePage()) ?? Response.error()
  }
}

async function offlinePage() {
  const found = await (await caches.open(OWN)).match(OFFLINE)
  return found && marked(found, await found.text(), 0)
}

async function keptPage(path) {
  const meeting = KEPT_PAGE.exec(path)?.[1]
  if (!meeting || !(await caches.has(PAPERS + meeting))) return undefined
  const cache = await caches.open(PAPERS + meeting)
  const found = await cache.match(path)
  if (!found) return undefined
  const text = await found.text()
  const last = path.endsWith("/room") && (await cache.match(`/meetings/${meeting}/view`))
  if (!last) return marked(found, text, Number(found.headers.get("X-Kept-At")))
  const { at, ...view } = await last.json()
  const json = JSON.stringify(view).replaceAll("<", "\\u003c")
  const whole = text.replace(/(<script type="application\/json" id="first-view">)[^<]*/, (_all, tag) => tag + json)
  return marked(found, whole, at)
}

/** The page says of itself since when it may be out of date. */
function marked(answer, text, at) {
  const headers = new Headers(answer.headers)
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name)
  const since = Number.isFinite(at) ? at : 0
  return new Response(text.replace("<html ", `<html data-kept-at="${since}" `), { headers })
}

const personIn = (text) => /<html [^>]*data-person="([^"]*)"/.exec(text)?.[1] ?? ""

/** A page of a kept meeting is kept anew with each visit; that of another person never. */
async function renew(path, answer) {
  const name = PAPERS + KEPT_PAGE.exec(path)[1]
  if (!(await caches.has(name))) return
  const whose = await (await caches.open(name)).match("/kept-by")
  const text = await answer.text()
  if (!whose || (await whose.text()) !== personIn(text)) return
  await load(OWN, assetsOf(text)).catch(() => {})
  await store(name, path, answer.headers, text)
}

const assetsOf = (text) => [...new Set([...text.matchAll(ASSET)].map(([, path]) => path))]

async function store(name, path, from, text) {
  const headers = new Headers(from)
  for (const each of ["Content-Encoding", "Content-Length", "Set-Cookie"]) headers.delete(each)
  headers.set("X-Kept-At", String(Date.now()))
  if (await caches.has(name)) await (await caches.open(name)).put(path, new Response(text, { headers }))
}

/** The page of a meeting and its room, with what they are made of; the room only if it is open. Is the first one here? */
async function keepPages(meeting) {
  const name = PAPERS + meeting
  let done = false
  for (const path of [`/meetings/${meeting}`, `/meetings/${meeting}/room`]) {
    const answer = await fetch(path, { credentials: "same-origin" }).catch(() => undefined)
    if (!answer || !own(answer)) continue
    const text = await answer.text()
    const whose = await (await caches.open(name)).match("/kept-by")
    if (!whose || (await whose.text()) !== personIn(text)) continue
    const whole = await load(OWN, assetsOf(text)).then(
      () => true,
      () => false,
    )
    await store(name, path, answer.headers, text)
    done ||= whole && !path.endsWith("/room")
  }
  return done
}

/** Kept pages name the shell they came with: they are fetched again with the new one. */
async function renewPages() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PAPERS)) await keepPages(name.slice(PAPERS.length)).catch(() => false)
  }
}

/** An older shell goes when no kept page needs it any more. */
async function tidy() {
  const needed = new Set()
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAPERS)) continue
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      if (!KEPT_PAGE.test(new URL(request.url).pathname)) continue
      const text = await (await cache.match(request)).text()
      for (const path of assetsOf(text)) needed.add(path)
    }
  }
  for (const name of await caches.keys()) {
    if (!name.startsWith("shell-") || name === OWN) continue
    const cache = await caches.open(name)
    const own_ = await caches.open(OWN)
    let useful = false
    for (const path of needed) useful ||= Boolean((await cache.match(path)) && !(await own_.match(path)))
    if (!useful) await caches.delete(name)
  }
}

async function know() {
  const found = new Set()
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAPERS)) continue
    for (const { url } of await (await caches.open(name)).keys()) {
      const document = PAPER.exec(new URL(url).pathname)?.[1]
      if (document) found.add(decodeURIComponent(document))
    }
  }
  kept = found
}

/** A file of a paper: the server's, for it knows who may read it now; what is kept where it does not answer. */
async function paper(request, path) {
  if (!kept) await know()
  const asked = fetch(request)
  if (!kept.has(decodeURIComponent(PAPER.exec(path)[1]))) return asked
  try {
    const late = new Promise((done) => setTimeout(done, PATIENCE, "late"))
    const first = await Promise.race([asked, late])
    if (first instanceof Response) {
      if (first.status < 500 || first.headers.has("X-Meetingroom")) return first
      return (await keptFile(path)) ?? first
    }
    return (await keptFile(path)) ?? (await asked)
  } catch (problem) {
    const found = await keptFile(path)
    if (found) return found
    throw problem
  }
}

async function keptFile(path) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAPERS)) continue
    const cache = await caches.open(name)
    const whole = await cache.match(path, { ignoreSearch: true })
    if (whole) return whole
    const [, folder, n, kind] = /^(\/documents\/[^/]+\/pages)\/(\d+)\.(webp|json)$/.exec(path) ?? []
    if (!n) continue
    const bundle = Math.floor((Number(n) - 1) / BUNDLE)
    const packed = await cache.match(`${folder}/${kind === "webp" ? "bundle" : "words"}-${bundle}`, {
      ignoreSearch: true,
    })
    const found = packed && (kind === "webp" ? await pictureIn(packed, Number(n)) : await wordsIn(packed, Number(n)))
    if (found) return found
  }
  return undefined
}

const HEADERS = { "X-Meetingroom": "1", "Cache-Control": "no-store" }

/** A page out of a bundle: its list [[page, length], …], a line's end, the pictures. */
async function pictureIn(packed, n) {
  const whole = await packed.blob()
  const head = (await whole.slice(0, 4096).text()).split("\n", 1)[0]
  let at = head.length + 1
  for (const [page, length] of JSON.parse(head)) {
    if (page === n) {
      const picture = whole.slice(at, at + length, "image/webp")
      return new Response(picture, { headers: { ...HEADERS, "Content-Type": "image/webp" } })
    }
    at += length
  }
  return undefined
}

/** The words of a page as its own address has them, out of a packed file (documents/page_words.py). */
async function wordsIn(packed, n) {
  const { t, pages } = await packed.json()
  const found = pages.find(({ page }) => page === n)
  if (!found) return undefined
  const { texts = [], boxes = [], broken = [], ...about } = found
  const part = (list, at) => list.slice(at, at + 4).map((each) => each / 1e4)
  const words = texts.map((text, i) => ({ text, box: part(boxes, i * 4) }))
  for (const [i, printed, parts] of broken) {
    const lines = Array.from({ length: parts.length / 4 }, (_, line) => part(parts, line * 4))
    Object.assign(words[i], { printed, boxes: lines })
  }
  const body = JSON.stringify({ t, ...about, words })
  return new Response(body, { headers: { ...HEADERS, "Content-Type": "application/json" } })
}
