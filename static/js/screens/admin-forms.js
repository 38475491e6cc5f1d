// Every page of accounts and administration.
import "./desk.js"
import { copies, drops, eyes, once, prints, questions } from "./admin-helpers.js"

for (const help of [eyes, once, questions, copies, prints, drops]) help()
