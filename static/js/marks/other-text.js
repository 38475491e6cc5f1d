/** What a text is called that was kept beside a newer one: "bản trên iPad, 09:14"; "" for every other. */

import { t } from "../lib/t.js"
import { clock } from "../lib/time.js"

/** @param {any} body of a mark */
export function otherText({ copy }) {
  if (!copy) return ""
  const time = clock(copy.at)
  return copy.device
    ? t("the text on {device}, {time}", { device: copy.device, time })
    : t("the other text, {time}", { time })
}
