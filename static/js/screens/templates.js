/** The templates of minutes. */

import "./desk.js"
import "../parts/minutes/template-desk.js"
