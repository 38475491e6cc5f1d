// Every page of accounts and administration.
import "./desk.js"
import { dayFields } from "../lib/day-field.js"
import { copies, drops, eyes, prints, questions, submitsOnce } from "./admin-helpers.js"

for (const help of [eyes, submitsOnce, questions, copies, prints, drops]) help()
dayFields(document)
