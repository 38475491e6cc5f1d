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
    ["Diễn biến", timeline], ["Trình chiếu", stage], ["Biên bản", minutes], ["Kết luận", conclusions],
    ["Biểu quyết", ballots], ["Tài liệu", papers], ["Thành phần", people]
  ].filter(function (part) { return part[1] !== stage || A.stage.length })
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
  function stage() {
    var at = 0
    var picture = el("img", { alt: "" }), words = el("p", { "class": "help", "aria-live": "polite" }, "")
    var slider = el("input", { type: "range", min: "0", max: String(A.stage.length - 1), value: "0", "aria-label": "Trang đã trình chiếu" })
    function go(n) {
      at = Math.max(0, Math.min(A.stage.length - 1, n))
      var now = A.stage[at]
      slider.value = String(at)
      picture.hidden = !now.picture
      if (now.picture) { picture.src = now.picture; picture.alt = now.title + ", trang " + now.page }
      words.textContent = clock(now.at) + " · " + (now.title ? now.title + ", trang " + now.page : "Màn hình tiêu đề") + " (" + (at + 1) + "/" + A.stage.length + ")"
    }
    var back = el("button", { type: "button" }, "Trang trước"), on = el("button", { type: "button" }, "Trang sau")
    back.addEventListener("click", function () { go(at - 1) })
    on.addEventListener("click", function () { go(at + 1) })
    slider.addEventListener("input", function () { go(Number(slider.value)) })
    add(el("div", { "class": "stage" }, [el("h2", {}, "Theo dõi lại các trang đã trình chiếu"), picture, words, slider, el("div", { "class": "buttons" }, [back, on])]))
    go(0)
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
      if (paper.shown.length) add(el("ul", { "class": "pages" }, paper.shown.map(function (page) {
        return el("li", {}, el("a", { href: page.picture }, [el("img", { src: page.picture, loading: "lazy", alt: "Trang " + page.page }), "Trang " + page.page]))
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
