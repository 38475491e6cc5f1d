// The yardstick in Node: npm's socket.io server, the same join and the same broadcast, no rights and no log.
//   NODE_PATH=.../node_modules node node_io.cjs [--keep FILE] PORT
// With --keep a page is on the disk before anybody hears of it, in a file that has its size already: the least that a
// program must do which promises what ours does.
const fs = require("fs")
const { Server } = require("socket.io")
const SIZE = 4 << 20
const file = process.argv[2] === "--keep" ? fs.openSync(process.argv[3], "w+") : null
if (file !== null) { fs.writeSync(file, Buffer.alloc(SIZE)); fs.fsyncSync(file) }
let at = 0
const keep = (body) => {
  const line = JSON.stringify(body) + "\n"
  fs.writeSync(file, line, at)
  fs.fdatasyncSync(file)
  at = (at + line.length) % (SIZE - 4096)
}
const io = new Server({ cors: { origin: "*" } })
io.on("connection", (socket) => {
  socket.on("join", (body, answer) => { socket.join(body.room); answer({ ok: true }) })
  socket.on("page", (body) => {
    if (file !== null) keep(body)
    io.to(body.meeting).emit("page", body)
  })
})
io.listen(Number(process.argv.at(-1)))
