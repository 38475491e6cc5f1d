/** The preparation of a meeting: its parts, and the meeting they follow. */

import "./desk.js"
import { boot, enter } from "../meeting/meeting.js"
import "../parts/prepare-head.js"
import "../parts/prepare-tabs.js"
import "../parts/prepare-agenda.js"
import "../parts/prepare-people.js"
import "../parts/prepare-sites.js"
import "../parts/prepare-details.js"
import "../parts/prepare-publish.js"

// No device of the room: the board of who has the page does not wait for it.
enter(boot(), { onlooker: true })
