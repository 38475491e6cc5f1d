/** The board before a meeting. */

import "./desk.js"
import "../parts/prepare/readiness-board.js"
