/** Before publishing: what is missing, and the button. After: what publishing has done. And calling the meeting off. */

import { isBeforeOpening, isRoomOpen, presides } from "../../meeting/rights.js"
import { confirm, prompt } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { tn, t } from "../../lib/t.js"
import { moment } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { Part } from "../core/part.js"
import { todo } from "./prepare-checks.js"
import { documentsOf, mayPrepare } from "./prepare-right.js"
import { doCommand } from "./prepare-command.js"

export class PreparePublish extends Part {
  watches = ["meeting", "agenda", "papers", "roll", "sites"]
  #busy = false

  started(meeting) {
    this.listensTo(documentsOf(meeting))
  }

  draw(view, meeting) {
    const { status } = view.meeting
    const write = mayPrepare(view, meeting)
    const open = isBeforeOpening(status) ? todo(view, documentsOf(meeting)) : []
    return html`
      <div class="publish">
        ${status === "draft" ? this.#draft(open, write) : this.#after(view, meeting)}
        ${status === "published" && open.length ? html`<h2>${t("Worth a look before the meeting")}</h2>${points(open)}` : nothing}
        ${
          isBeforeOpening(status) && (write || presides(meeting.me))
            ? html`
          <div class="call-off"><div><b>${t("Cancel the meeting")}</b>
            <p class="help">${t("It stays in everybody’s list, marked as cancelled, with your reason. This cannot be undone.")}</p></div>
            <button class="button danger" type="button" @click=${this.#cancel}>${icon("ban")}${t("Cancel the meeting")}</button></div>`
            : nothing
        }
      </div>`
  }

  #draft(open, write) {
    const stops = open.some((point) => point.stops)
    return html`
      <h2>${open.length ? tn("{n} thing to look at before publishing", "{n} things to look at before publishing", open.length) : t("Everything is ready")}</h2>
      ${open.length ? points(open) : html`<p class="notice good">${icon("circle-check")}<span>${t("Chair, secretary, agenda and papers are all there.")}</span></p>`}
      <p class="help">${t("Publishing shows the meeting, its agenda and its papers to everybody invited. You can still change everything afterwards.")}</p>
      ${
        write
          ? html`
        <div class="buttons"><button class="button primary big" type="button" ?disabled=${stops} aria-busy=${this.#busy ? "true" : nothing} @click=${() => this.#publish(open)}>${icon("send")}${t("Publish the meeting")}</button>
          ${stops ? html`<span class="help">${t("A chair is needed first.")}</span>` : nothing}</div>`
          : nothing
      }`
  }

  #after(view, meeting) {
    const { status, published_at, opened_at, closed_at, reason } = view.meeting
    const lines = [
      published_at && [t("Published"), moment(published_at)],
      opened_at && [t("Opened"), moment(opened_at)],
      closed_at && [t("Closed"), moment(closed_at)],
      status === "cancelled" && [t("Cancelled"), reason],
    ].filter(Boolean)
    return html`
      <h2>${HEADS[status] ? HEADS[status]() : ""}</h2>
      <dl class="status-lines">${lines.map(([word, text]) => html`<div><dt>${word}</dt><dd>${text}</dd></div>`)}</dl>
      ${status === "published" ? html`<p class="help">${t("Whatever you change is seen at once by everybody invited.")}</p>` : nothing}
      ${isRoomOpen(status) ? html`<div class="buttons"><a class="button primary" href="/meetings/${meeting.id}/room">${icon("door-open")}${t("Enter the meeting room")}</a></div>` : nothing}`
  }

  async #publish(open) {
    if (this.#busy) return
    const sure =
      !open.length ||
      (await confirm({
        title: t("Publish although something is open?"),
        text: `${open.map(({ text }) => text).join(". ")}.`,
        yes: t("Publish"),
      }))
    if (!sure) return
    this.#busy = true
    this.redraw()
    if (await doCommand(this.meeting, "publish_meeting")) toast(t("The meeting is published"))
    this.#busy = false
    this.redraw()
  }

  #cancel = async () => {
    const reason = await prompt({
      title: t("Cancel the meeting?"),
      text: t("Everybody invited will read your reason."),
      label: t("Reason"),
      multiline: true,
      yes: t("Cancel the meeting"),
      no: t("Keep the meeting"),
    })
    if (reason) await doCommand(this.meeting, "cancel_meeting", { reason })
  }
}

const HEADS = {
  published: () => t("The meeting is published"),
  live: () => t("The meeting is in session"),
  adjourned: () => t("The meeting is adjourned"),
  closed: () => t("The meeting is closed"),
  archived: () => t("The meeting is archived"),
  cancelled: () => t("The meeting is cancelled"),
}

function points(open) {
  return html`
    <ul class="points plain">
      ${open.map(
        (point) => html`
        <li class="${point.grave ? "grave" : ""}">${icon(point.grave ? "triangle-alert" : "circle-dot")}
          <div class="grow"><b>${point.text}</b><span class="help">${point.help}</span></div>
          <a class="button" href="#${point.part}">${t("Go there")}<span class="visually-hidden">: ${point.text}</span></a></li>`,
      )}
    </ul>`
}

customElements.define("prepare-publish", PreparePublish)
