/** The preparation of a meeting: its parts, and the meeting they follow. */

import "./desk.js"
import { boot, enter } from "../meeting/meeting.js"
import "../parts/case/case-attach.js"
import "../parts/prepare/prepare-head.js"
import "../parts/prepare/prepare-tabs.js"
import "../parts/prepare/prepare-agenda.js"
import "../parts/prepare/prepare-people.js"
import "../parts/prepare/prepare-sites.js"
import "../parts/prepare/prepare-details.js"
import "../parts/prepare/prepare-publish.js"

// No device of the room: the board of who has the page does not wait for it.
enter(boot(), { onlooker: true })
