// The yardstick in Node: npm's socket.io server, the same join and the same broadcast, no rights and no log.
//   NODE_PATH=.../node_modules node node_io.cjs PORT
const { Server } = require("socket.io")
const io = new Server({ cors: { origin: "*" } })
io.on("connection", (socket) => {
  socket.on("join", (body, answer) => { socket.join(body.room); answer({ ok: true }) })
  socket.on("page", (body) => { io.to(body.meeting).emit("page", body) })
})
io.listen(Number(process.argv[2]))
