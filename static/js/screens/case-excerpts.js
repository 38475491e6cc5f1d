/** The excerpts that are kept on pages of a case. */

import "./desk.js"
import "../parts/case/case-excerpts.js"
