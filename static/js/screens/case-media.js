/** Photos, audio and video of a case. */

import "./desk.js"
import "../parts/case/case-arrivals.js"
import "../parts/case/case-media.js"
import { dayFields } from "../lib/day-field.js"

dayFields(document)
