/**
 * What is to be said of a mark: of a text that was kept beside a newer one "bản trên iPad, 09:14", of what was moved to a new
 * version as it stood "chuyển tay"; "" for every other.
 */

import { t } from "../lib/t.js"
import { clock } from "../lib/time.js"

/** @param {any} body of a mark */
export function otherText({ copy, moved }) {
  if (!copy) return moved ? t("moved by hand") : ""
  const time = clock(copy.at)
  return copy.device
    ? t("the text on {device}, {time}", { device: copy.device, time })
    : t("the other text, {time}", { time })
}
