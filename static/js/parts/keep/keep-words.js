/** What is said of keeping papers on this device: one sentence for each reason, sizes, and what the browser promises. */

import { t } from "../../lib/t.js"

/** Instead of a button, said before the line is gone. @param {string} why of whyNoWorker() */
export function sentence(why) {
  if (why === "shared") return t("This tablet is shared: nothing of the papers is kept on it.")
  if (why === "http")
    return t(
      "This address is not HTTPS: without a line, what has been opened can be read until this tab is closed or loaded anew; nothing can be kept on this device.",
    )
  return t("This browser cannot keep papers for reading without a line.")
}

/** Why of one paper no copy may lie here. @param {string} why of the server */
export function whyNot(why) {
  if (why === "restricted") return t("restricted: no copy stays on a device")
  if (why === "view") return t("to be read only: no copy stays on a device")
  if (why === "ends") return t("the right to it ends: no copy stays on a device")
  if (why === "not_ready") return t("not ready yet")
  return t("not for all members: no copy stays on a device")
}

/** @param {number} bytes */
export function megabytes(bytes) {
  const mb = bytes / 1e6
  if (mb >= 1000) return t("{n} GB", { n: number(mb / 1000) })
  return t("{n} MB", { n: mb < 0.1 ? number(0.1) : number(mb) })
}

const number = (n) =>
  new Intl.NumberFormat(document.documentElement.lang || "vi", { maximumFractionDigits: n < 10 ? 1 : 0 }).format(n)

/** Browsers on iPads throw away what was not visited for a week. */
export const mayBeDeleted = () => t("An iPad may delete it after 7 days without a visit.")

/** @param {boolean} persisted */
export const promised = (persisted) =>
  persisted
    ? t("This browser has promised to keep it.")
    : t("This browser has not promised to keep it: it may delete it when room is short.")

/** @param {string} stopped of keep() */
export function stoppedBy(stopped) {
  if (stopped === "full") return t("There is not enough room on this device.")
  if (stopped === "browser") return t("This browser cannot keep papers for reading without a line.")
  if (stopped === "line") return t("The line was lost. Try again.")
  return ""
}
