/** The home page keeps itself up to date: a meeting that goes live shows the way into its room without a reload. */

import "./desk.js"
import { refreshAutomatically } from "../lib/auto-refresh.js"

refreshAutomatically()
