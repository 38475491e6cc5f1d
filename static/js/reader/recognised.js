/** How a page is marked whose words were recognised. */

import { t } from "../lib/t.js"

const UNSURE = 60

/** @param {number} conf how surely, 0 to 100 */
export const isHard = (conf) => conf < UNSURE

/** @param {number} conf */
export const recognisedWords = (conf) => (isHard(conf) ? t("hard to read") : t("recognised text"))
