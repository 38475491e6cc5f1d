/** One page of a case file. */

import "../lib/fetched.js"
import "../parts/case/case-reader.js"
