/* The reader of a package: opened by a double click, from file://, where modules and fetch are refused. */
(function () {
  "use strict"
  var A = window.ARCHIVE
  var main = document.getElementById("main"), tabs = document.getElementById("tabs"), find = document.getElementById("find")

  function el(name, attributes, children) {
    var node = document.createElement(name)
    Object.keys(attributes || {}).forEach(function (key) { node.setAttribute(key, attributes[key]) })
    ;[].concat(children === undefined ? [] : children).forEach(function (child) {
      if (child !== null) node.appendChild(typeof child === "object" ? child : document.createTextNode(String(child)))
    })
    return node
  }
  function two(n) { return (n < 10 ? "0" : "") + n }
  /* The agency's time, wherever this is read. */
  function local(ms) { return new Date(ms + 7 * 3600000) }
  function clock(ms) { var d = local(ms); return two(d.getUTCHours()) + ":" + two(d.getUTCMinutes()) }
  function day(ms) { var d = local(ms); return two(d.getUTCDate()) + "/" + two(d.getUTCMonth() + 1) + "/" + d.getUTCFullYear() }
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase()
  }

  var parts = [
    ["Diễn biến", timeline], ["Xem lại", replay], ["Biên bản", minutes], ["Kết luận", conclusions],
    ["Biểu quyết", ballots], ["Tài liệu", papers], ["Thành phần", people]
  ].filter(function (part) { return part[1] !== replay || A.replay.patches.length })
  var shown = 0

  document.title = A.title
  document.getElementById("kind").textContent = A.kind + " · " + A.agency
  document.getElementById("title").textContent = A.title
  document.getElementById("when").textContent = A.when + (A.place ? " · " + A.place : "")
  document.getElementById("foot").appendChild(el("div", {}, [
    el("p", {}, A.sealed), el("p", {}, ["Mã hồ sơ: ", el("span", { "class": "code" }, A.meeting)]),
    el("p", {}, [el("a", { href: "README.txt" }, "Cách kiểm tra nguyên vẹn (README.txt)"), " · ", el("a", { href: "log.jsonl" }, "log.jsonl")])
  ]))
  parts.forEach(function (part, n) {
    var button = el("button", { type: "button" }, part[0])
    button.addEventListener("click", function () { find.value = ""; show(n) })
    tabs.appendChild(button)
  })
  find.addEventListener("input", function () { if (find.value.trim()) search(find.value.trim()); else show(shown) })
  show(0)

  function show(n) {
    shown = n
    ;[].forEach.call(tabs.children, function (button, k) { button.setAttribute("aria-current", String(k === n)) })
    main.textContent = ""
    parts[n][1]()
  }
  function add() { [].forEach.call(arguments, function (node) { if (node) main.appendChild(node) }) }
  function list(lines) {
    return el("ul", { "class": "lines" }, lines.map(function (line) {
      return el("li", {}, [el("time", {}, line.at ? clock(line.at) : ""), el("span", { "class": line.strong ? "strong" : "" }, [line.text, line.picture ? " " : null, line.picture ? el("a", { href: line.picture }, "xem trang") : null])])
    }))
  }
  function timeline() {
    var days = {}, order = []
    A.timeline.forEach(function (line) { var d = day(line.at); if (!days[d]) { days[d] = []; order.push(d) } days[d].push(line) })
    order.forEach(function (d) { add(el("h2", {}, "Ngày " + d), list(days[d])) })
  }
  /* The meeting again: its members' view, moment by moment, as the server told it; here patches are merged (RFC 7386). */
  function merge(view, patch) {
    if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch
    var merged = {}
    if (typeof view === "object" && view !== null && !Array.isArray(view)) Object.keys(view).forEach(function (key) { merged[key] = view[key] })
    Object.keys(patch).forEach(function (key) {
      if (patch[key] === null) delete merged[key]
      else merged[key] = merge(merged[key], patch[key])
    })
    return merged
  }
  function second(ms) { return clock(ms) + ":" + two(local(ms).getUTCSeconds()) }
  function nameIn(view, who) { var p = view.roll && view.roll.people && view.roll.people[who]; return p ? p.name : who }
  function wordsOf(mark) {
    var before = { page: "Trang " + mark.page + ": ", ballot: "Biểu quyết: ", result: "Kết quả: ", conclusion: "Kết luận: " }[mark.kind] || ""
    var alone = { "break": "Tạm nghỉ", resumed: "Cuộc họp tiếp tục", close: "Cuộc họp đã bế mạc" }[mark.kind]
    return alone || (mark.kind === "item" ? mark.n + ". " + mark.text : mark.kind === "speech" ? mark.text + " phát biểu" : before + mark.text)
  }
  /* What was written on a page for everybody: as it was at that moment, over its picture. */
  var PEN = { red: "#c8102e", blue: "#1348b8", black: "#17181c", green: "#0a7a3c", yellow: "#e0a800", pink: "#d63384" }
  var HIGHLIGHTER = { red: "#ffb3a7", blue: "#a9d8ff", black: "#d0d3d8", green: "#b0f0a8", yellow: "#ffe968", pink: "#ffb0d8" }
  function strokesOf(place, at) {
    var strokes = []
    ;(A.ink[place] || []).forEach(function (change) {
      if (change[0] > at) return
      if (change[1].all) strokes = change[1].all
      if (change[1].draw) strokes = strokes.concat(change[1].draw)
      if (change[1].erase) strokes = strokes.filter(function (stroke) { return change[1].erase.indexOf(stroke.id) < 0 })
    })
    return strokes
  }
  function pointsOf(d) {
    var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", numbers = [], points = [], now = 0, shift = 0, bits = 0, held = 0, x = 0, y = 0
    d.split("").forEach(function (letter) {
      held = (held << 6 | letters.indexOf(letter)) & 0xfff
      bits += 6
      if (bits < 8) return
      bits -= 8
      var octet = held >> bits & 255
      now |= (octet & 127) << shift
      shift += 7
      if (octet & 128) return
      numbers.push(now & 1 ? -(now >> 1) - 1 : now >> 1)
      now = shift = 0
    })
    for (var n = 0; n + 1 < numbers.length; n += 3) points.push((x += numbers[n]) + "," + (y += numbers[n + 1]))
    return points.length > 1 ? points : points.concat(points)
  }
  function sheet(image, place, at) {
    var strokes = strokesOf(place, at)
    if (!strokes.length) return image
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
    svg.setAttribute("role", "img")
    svg.setAttribute("aria-label", "Bút phê: " + strokes.length + " nét")
    strokes.forEach(function (stroke) {
      var line = document.createElementNS("http://www.w3.org/2000/svg", "polyline")
      ;[["points", pointsOf(stroke.d).join(" ")], ["stroke", (stroke.t === "hl" ? HIGHLIGHTER : PEN)[stroke.c]], ["stroke-width", String(stroke.w)], ["class", stroke.t === "hl" ? "highlight" : "pen"]].forEach(function (pair) { line.setAttribute(pair[0], pair[1]) })
      svg.appendChild(line)
    })
    function fit() { if (image.naturalWidth) svg.setAttribute("viewBox", "0 0 10000 " + Math.round(10000 * image.naturalHeight / image.naturalWidth)) }
    image.addEventListener("load", fit)
    fit()
    return el("span", { "class": "sheet" }, [image, svg])
  }
  function replay() {
    var R = A.replay, at = R.at, speed = 10, leaps = true, playing = false, last = 0, place = 0, view = R.view
    var screen = el("div", { "class": "screen" }), facts = el("p", { "class": "facts", "aria-live": "off" }), time = el("span", { "class": "clock" })
    var slider = el("input", { type: "range", min: "0", max: String(Math.max(1000, R.until - R.at)), step: "1000", value: "0", "aria-label": "Thời gian của cuộc họp" })
    var pick = el("select", { "aria-label": "Mốc của cuộc họp" }, R.marks.map(function (mark, n) { return el("option", { value: String(n) }, clock(mark.at) + "  " + wordsOf(mark).slice(0, 90)) }))
    var play = el("button", { type: "button" }, "Phát"), back = el("button", { type: "button" }, "Trang trước"), on = el("button", { type: "button" }, "Trang sau")
    var how = el("input", { type: "range", min: "1", max: "60", step: "1", value: "10", "aria-label": "Tốc độ" }), told = el("output", {}, "10×")
    var quiet = el("input", { type: "checkbox", checked: "" })
    var ticks = document.createElementNS("http://www.w3.org/2000/svg", "svg")
    ticks.setAttribute("class", "ticks")
    ticks.setAttribute("aria-hidden", "true")
    R.marks.forEach(function (mark) {
      var line = document.createElementNS("http://www.w3.org/2000/svg", "line"), x = (100 * (mark.at - R.at) / Math.max(1000, R.until - R.at)).toFixed(3) + "%"
      ;[["x1", x], ["x2", x], ["y1", "0"], ["y2", "100%"], ["class", mark.kind]].forEach(function (pair) { line.setAttribute(pair[0], pair[1]) })
      ticks.appendChild(line)
    })
    function go(ms) {
      at = Math.max(R.at, Math.min(R.until, ms))
      var n = place
      if (n > 0 && R.patches[n - 1][0] > at) { n = 0; view = R.view }
      while (n < R.patches.length && R.patches[n][0] <= at) view = merge(view, R.patches[n++][1])
      if (n !== place || !screen.firstChild) { place = n; draw() }
      time.textContent = second(at)
      slider.value = String(at - R.at)
      slider.setAttribute("aria-valuetext", second(at))
      var m = -1
      while (m + 1 < R.marks.length && R.marks[m + 1].at <= at) m++
      if (m >= 0) pick.value = String(m)
    }
    function lastMark() {
      var found = null
      R.marks.forEach(function (mark) { if (mark.at <= at && mark.kind !== "conclusion") found = mark })
      return found
    }
    function draw() {
      var stage = view.stage || {}, live = view.meeting.status === "live", mark = lastMark()
      var ballot = live && mark && mark.ballot && view.ballots && view.ballots.items && view.ballots.items[mark.ballot]
      var places = stage.kind === "pair" ? [stage.pair.left, stage.pair.right] : stage.kind === "page" ? [stage] : []
      var pictures = live && !stage.covered ? places.filter(function (one) { return (A.pictures[one.document] || {})[one.page] }) : []
      screen.textContent = ""
      if (ballot) {
        screen.appendChild(el("div", {}, [
          el("p", { "class": "big" }, ballot.question),
          ballot.counts ? table(["Phương án", "Số phiếu"], ballot.options.filter(function (o) { return ballot.counts[o.key] !== undefined }).map(function (o) { return [o.label || A.labels[o.key] || o.key, ballot.counts[o.key]] })) : el("p", {}, ballot.state === "open" ? "Đang biểu quyết" : "Chưa công bố kết quả"),
          ballot.result && ballot.result.sentence ? el("p", {}, ballot.result.sentence.vi) : null
        ]))
      } else if (pictures.length) {
        var sheets = pictures.map(function (one) {
          return sheet(el("img", { src: A.pictures[one.document][one.page], alt: ((view.papers || {})[one.paper] || {}).title + ", trang " + one.page }), one.document + "/" + one.page, at)
        })
        screen.appendChild(sheets.length > 1 ? el("div", { "class": "pair" }, sheets) : sheets[0])
      } else if (live && stage.followup && view.agenda.items[stage.followup.item]) {
        var list = view.agenda.items[stage.followup.item].followup || [], from = (stage.followup.page - 1) * stage.followup.size
        screen.appendChild(el("div", { "class": "scroll" }, [el("p", { "class": "big" }, view.agenda.items[stage.followup.item].title),
          table(["Đơn vị", "Nhiệm vụ", "Thời hạn"], list.slice(from, from + stage.followup.size).map(function (row) { return [row.unit || "", row.text || "", row.due || ""] }))]))
      } else {
        screen.appendChild(el("div", {}, [el("p", { "class": "big" }, A.title), el("p", {}, view.meeting.status === "adjourned" ? "Tạm nghỉ" : view.meeting.status === "closed" ? "Cuộc họp đã bế mạc" : "Màn hình tiêu đề")]))
      }
      var agenda = view.agenda || {}, item = agenda.items && agenda.items[agenda.current], speech = view.floor && view.floor.speech, counts = view.roll && view.roll.counts
      facts.textContent = ""
      ;[item && ["Nội dung", (agenda.order.indexOf(agenda.current) + 1) + ". " + item.title], speech && ["Đang phát biểu", speech.name], counts && counts.members && ["Có mặt", counts.present + "/" + counts.members]].forEach(function (pair) {
        if (pair) facts.appendChild(el("span", {}, [el("strong", {}, pair[0] + ": "), pair[1]]))
      })
    }
    function frame(now) {
      if (!playing) return
      if (!document.body.contains(screen)) return stop()
      var next = R.patches[place] ? R.patches[place][0] : R.until, before = place ? R.patches[place - 1][0] : R.at
      var to = at + Math.min(500, now - last) * speed
      last = now
      /* Over long silence, as the program does it. */
      if (leaps && place < R.patches.length && next - before >= 30000 && to >= before + 5000 * speed && to < next - 1000 * speed) to = next - 1000 * speed
      go(to)
      if (at >= R.until) return stop()
      requestAnimationFrame(frame)
    }
    function stop() { playing = false; play.textContent = "Phát" }
    function page(by) {
      var pages = R.marks.filter(function (mark) { return mark.kind === "page" && (by > 0 ? mark.at > at : mark.at < at) })
      if (pages.length) go(pages[by > 0 ? 0 : pages.length - 1].at)
    }
    play.addEventListener("click", function () {
      if (playing) return stop()
      if (at >= R.until) go(R.at)
      playing = true
      play.textContent = "Tạm dừng"
      last = performance.now()
      requestAnimationFrame(frame)
    })
    back.addEventListener("click", function () { page(-1) })
    on.addEventListener("click", function () { page(1) })
    slider.addEventListener("input", function () { go(R.at + Number(slider.value)) })
    pick.addEventListener("change", function () { go(R.marks[Number(pick.value)].at) })
    how.addEventListener("input", function () { speed = Number(how.value); told.textContent = speed + "×" })
    quiet.addEventListener("change", function () { leaps = quiet.checked })
    add(el("div", { "class": "stage" }, [
      el("div", { "class": "buttons" }, [play, time, back, on, el("label", { "class": "speed" }, ["Tốc độ ", how, told]), el("label", {}, [quiet, " Bỏ quãng lặng"])]),
      el("div", { "class": "line" }, [ticks, slider]), pick, screen, facts]))
    go(R.marks.length ? R.marks[0].at : R.at)
  }
  function minutes() {
    if (A.documents.length) add(el("h2", {}, "Văn bản"), documents())
    if (!A.minutes.length) add(el("p", {}, A.without_minutes ? "Không có biên bản chính thức. Lý do: " + A.without_minutes : "Không có biên bản trong hồ sơ."))
    A.minutes.forEach(function (part) {
      /* This HTML was written by the program itself, from a small tree of its own. */
      var text = el("div", { "class": "text" })
      text.innerHTML = part.html
      add(el("h2", {}, [part.title + " ", el("a", { href: part.file, "class": "help" }, "tệp")]), text)
    })
  }
  function documents() {
    return el("ul", {}, A.documents.map(function (each) { return el("li", {}, [el("a", { href: each.file }, each.title), each.note ? " · " + each.note : ""]) }))
  }
  function conclusions() {
    if (!A.conclusions.length) return add(el("p", {}, "Không có kết luận."))
    add(el("div", { "class": "scroll" }, table(["Nội dung", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"], A.conclusions)))
  }
  function ballots() {
    if (!A.ballots.length) return add(el("p", {}, "Không có biểu quyết."))
    A.ballots.forEach(function (each) {
      add(el("h2", {}, each.question), el("p", { "class": "help" }, each.how), each.counts.length ? el("div", { "class": "scroll" }, table(["Phương án", "Số phiếu"], each.counts)) : null, el("p", {}, each.sentence))
      if (each.votes.length) add(el("div", { "class": "scroll" }, table(["Người biểu quyết", "Ý kiến"], each.votes)))
      if (each.receipts.length) add(el("p", { "class": "help code" }, "Mã phiếu: " + each.receipts.join(", ")))
    })
  }
  function papers() {
    if (!A.papers.length) return add(el("p", {}, "Không có tài liệu."))
    A.papers.forEach(function (paper) {
      add(el("h2", {}, paper.title), el("p", {}, [el("a", { href: paper.original }, "Tệp gốc"), paper.pdf ? " · " : null, paper.pdf ? el("a", { href: paper.pdf }, "Bản PDF") : null, " · " + paper.pages + " trang"]))
      if (paper.note) add(el("p", { "class": "help" }, paper.note))
      if (paper.shown.length) add(el("ul", { "class": "pages" }, paper.shown.map(function (page) {
        return el("li", {}, el("a", { href: page.picture }, [sheet(el("img", { src: page.picture, loading: "lazy", alt: "Trang " + page.page }), paper.document + "/" + page.page, Infinity), "Trang " + page.page + (strokesOf(paper.document + "/" + page.page, Infinity).length ? " · có bút phê" : "")]))
      })))
    })
  }
  function people() {
    add(el("div", { "class": "scroll" }, table(["Họ và tên", "Chức vụ", "Đơn vị", "Vai trò", "Có mặt"], A.people)))
  }
  function table(head, rows) {
    return el("table", {}, [el("thead", {}, el("tr", {}, head.map(function (one) { return el("th", { scope: "col" }, one) }))),
      el("tbody", {}, rows.map(function (row) { return el("tr", {}, row.map(function (cell) { return el("td", {}, cell) })) }))])
  }
  function marked(text, wanted) {
    var place = fold(text).indexOf(wanted)
    /* Folding keeps the number of letters of composed text, so the place is the same. */
    if (place < 0) return [text]
    var from = Math.max(0, place - 80), end = place + wanted.length
    return [(from ? "…" : "") + text.slice(from, place), el("mark", {}, text.slice(place, end)), text.slice(end, end + 160) + (text.length > end + 160 ? "…" : "")]
  }
  function search(words) {
    ;[].forEach.call(tabs.children, function (button) { button.setAttribute("aria-current", "false") })
    var wanted = fold(words)
    var found = A.search.filter(function (each) { return fold(each.text).indexOf(wanted) >= 0 })
    main.textContent = ""
    add(el("h2", {}, found.length + " kết quả cho “" + words + "”"))
    add(el("ul", { "class": "lines" }, found.slice(0, 300).map(function (each) {
      return el("li", {}, [el("time", {}, each.at ? clock(each.at) : ""), el("span", {}, [each.file ? el("a", { href: each.file }, each.where) : el("strong", {}, each.where), ": "].concat(marked(each.text, wanted)))])
    })))
  }
})()
