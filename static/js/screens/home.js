/** The home page keeps itself up to date: a meeting that goes live shows its door without a reload. */

import "./desk.js"
import { refreshAutomatically } from "../lib/auto-refresh.js"

refreshAutomatically()
