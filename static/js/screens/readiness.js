/** The board before a meeting. */

import "../parts/readiness-board.js"
