import { dayOf, written } from "./day-field.js"
import { html, nothing } from "./html.js"
import { icon } from "./icon.js"
import { t } from "./t.js"

/**
 * The field of a day, `value` as yyyy-mm-dd or as somebody types it (left so until the field is), with the browser's calendar beside it (lib/day-field.js, css/layouts/day-field.css).
 * @param {{ name?: string, part?: string, id?: string, value?: string, wrong?: boolean, typed?: (event: any) => void }} what
 */
export const dayInput = ({ name, part, id, value = "", wrong = false, typed }) => html`<span class="day-field">
  <input class="input" id=${id ?? nothing} name=${name ?? nothing} data-part=${part ?? nothing} data-day inputmode="numeric" maxlength="10" autocomplete="off" placeholder=${t("dd/mm/yyyy")} .value=${dayOf(value) === value ? written(value) : value} aria-invalid=${wrong ? "true" : nothing} @input=${typed ?? nothing} @change=${typed ?? nothing}>
  <input class="day-picker" type="date" tabindex="-1" aria-hidden="true">${icon("calendar-days")}</span>`
