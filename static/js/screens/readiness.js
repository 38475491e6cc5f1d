/** The board before a meeting. */

import "./desk.js"
import "../parts/readiness-board.js"
