/** The copy of the minutes with its readers: read, remarked upon part by part, agreed with; answered by the secretary. */

import { api } from "../../lib/api.js"
import { attempt } from "../../lib/attempt.js"
import { confirm, prompt } from "../../lib/dialog.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { local } from "../../lib/storage.js"
import { t, tn } from "../../lib/t.js"
import { moment } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { boot } from "../../meeting/meeting.js"
import { Part } from "../core/part.js"
import { error, loading } from "../core/states.js"

const LONGEST_QUOTE = 300

export class ReviewCopy extends Part {
  watches = ["review", "meeting"]
  #copy
  #problem = ""
  #open = ""
  #quote = ""
  #asking = false
  #stale = false

  started(meeting) {
    meeting.watch(["review"], () => this.#ask(), { signal: this.signal })
    this.#ask()
  }

  draw(_view, meeting) {
    const copy = this.#copy
    if (!copy) return this.#problem ? error(this.#problem, () => this.#ask()) : loading()
    const mine = copy.comments.filter(({ mine }) => mine).length
    return html`
      <section class="card review-state">
        <p class="review-term">${icon(copy.open ? "hourglass" : "clock")}<span>${
          copy.open
            ? t("Comments are taken until {time}", { time: moment(copy.until) })
            : t("The term for comments ended at {time}", { time: moment(copy.ended_at ?? copy.until) })
        }</span></p>
        <p class="help">${t("This is the copy that {name} sent at {time}. What is written afterwards is not in it.", { name: copy.sent_by, time: moment(copy.sent_at) })}</p>
        ${this.#verdict(copy, mine)}
        ${copy.readers ? readers(copy.readers) : nothing}
      </section>
      ${repeat(
        copy.parts,
        ({ part }) => part,
        (part) => this.#part(part, copy, meeting),
      )}`
  }

  #verdict(copy, mine) {
    if (!copy.open || !copy.mine.reads) return nothing
    if (copy.mine.agreed)
      return html`<p class="notice good" role="status">${icon("circle-check")}<span>${t("You agreed with the whole copy.")}</span></p>`
    if (mine)
      return html`<p class="notice info" role="status">${icon("message-square")}<span>${tn("You have {n} comment on this copy.", "You have {n} comments on this copy.", mine)}</span></p>`
    return html`<div class="buttons"><button type="button" class="button primary big agree-minutes" @click=${() => this.#agree()}>${icon("check")}${t("I agree with the whole copy")}</button>
      <span class="help">${t("or comment on a part below")}</span></div>`
  }

  #part({ part, title, blocks }, copy, meeting) {
    const said = copy.comments.filter(({ item }) => item === part)
    const open = this.#open === part
    return html`
      <section class="card review-part" data-part=${part} aria-labelledby=${`part-${part}`}>
        <h2 id=${`part-${part}`}>${title}</h2>
        <div class="review-text" @pointerup=${() => this.#selected(part)} @keyup=${() => this.#selected(part)}>
          ${blocks.length ? blocks.map(({ style, text, aside }) => html`<p class=${style}>${text}${aside ? html` <em>${aside}</em>` : nothing}</p>`) : html`<p class="help">${t("Nothing stands here.")}</p>`}
        </div>
        ${said.length ? html`<ul class="review-comments plain">${said.map((comment) => this.#comment(comment, copy))}</ul>` : nothing}
        ${open ? this.#form(part, meeting) : nothing}
        ${
          copy.open && copy.mine.reads && !open
            ? html`<button type="button" class="button" @click=${() => this.#write(part)}>${icon("message-square")}${t("Comment on this part")}</button>`
            : nothing
        }
      </section>`
  }

  #comment(comment, copy) {
    const { id, name, at, text, quote, moved, answer, reply, mine } = comment
    return html`
      <li class="review-comment">
        <p class="help"><b>${name}</b> · ${moment(at)}</p>
        ${quote ? html`<blockquote>${quote}${moved ? html` <span class="badge warn">${t("passage changed")}</span>` : nothing}</blockquote>` : nothing}
        <p>${text}</p>
        ${
          answer
            ? html`<p class="review-answer ${answer}">${icon(answer === "taken" ? "circle-check" : "info")}<span><b>${answer === "taken" ? t("Taken up") : t("Explained")}</b>${reply ? `: ${reply}` : ""}</span></p>`
            : nothing
        }
        <div class="buttons">
          ${
            boot().answers && !answer
              ? html`
            <button type="button" class="button" @click=${() => this.#answer(id, "taken")}>${icon("check")}${t("Take up")}</button>
            <button type="button" class="button" @click=${() => this.#explain(id, text)}>${icon("pen-line")}${t("Explain")}</button>`
              : nothing
          }
          ${
            boot().answers && answer
              ? html`<button type="button" class="button quiet" @click=${() => this.#answer(id, answer === "taken" ? "explained" : "taken", text)}>${t("Answer otherwise")}</button>`
              : nothing
          }
          ${mine && copy.open ? html`<button type="button" class="button quiet" @click=${() => this.#withdraw(id, text)}>${icon("undo-2")}${t("Take back")}</button>` : nothing}
        </div>
      </li>`
  }

  #form(part, meeting) {
    const kept = local.read(keyOf(meeting, part)) ?? ""
    return html`
      <form class="review-form" @submit=${(event) => this.#send(event, part)}>
        ${this.#quote ? html`<blockquote>${this.#quote}<button type="button" class="button quiet icon-only" aria-label=${t("Without this passage")} @click=${() => this.#quoted("")}>${icon("x")}</button></blockquote>` : html`<p class="help">${t("Mark words of the text to quote them.")}</p>`}
        <div class="field"><label for="review-comment">${t("Your comment")}</label>
          <textarea id="review-comment" name="text" rows="4" maxlength="5000" required .value=${kept}
            @input=${({ target }) => local.write(keyOf(meeting, part), target.value)}></textarea></div>
        <div class="buttons end">
          <button type="button" class="button" @click=${() => this.#write("")}>${t("Cancel")}</button>
          <button type="submit" class="button primary">${t("Send the comment")}</button>
        </div>
      </form>`
  }

  #write(part) {
    this.#open = part
    if (!part) this.#quote = ""
    this.redraw()
    if (part) setTimeout(() => this.querySelector("textarea")?.focus())
  }

  /** Words marked in a part are quoted in the comment on it. */
  #selected(part) {
    const marked = String(window.getSelection() ?? "")
      .trim()
      .slice(0, LONGEST_QUOTE)
    if (!marked || !this.#copy.open || !this.#copy.mine.reads) return
    this.#quote = marked
    if (this.#open === part) this.#quoted(marked)
  }

  #quoted(quote) {
    this.#quote = quote
    this.redraw()
  }

  async #send(event, part) {
    event.preventDefault()
    const field = event.target.elements.text
    const text = field.value.trim()
    if (!text) return field.focus()
    field.blur()
    const { meeting } = this
    const args = { item: part, text, ...(this.#quote && { quote: this.#quote }) }
    if (!(await attempt(meeting.send("comment_minutes", args)))) return
    local.remove(keyOf(meeting, part))
    this.#write("")
    await this.#ask()
    toast(t("Your comment has been sent."), { kind: "good" })
  }

  async #agree() {
    const yes = await confirm({
      title: t("Agree with the whole copy?"),
      text: t("It is recorded that you agree with the minutes as they were sent."),
      yes: t("I agree"),
    })
    if (yes && (await attempt(this.meeting.send("agree_minutes", {})))) await this.#ask()
  }

  async #withdraw(comment, text) {
    if (!(await confirm({ title: t("Take this comment back?"), text, yes: t("Take back") }))) return
    if (await attempt(this.meeting.send("withdraw_comment", { comment }))) await this.#ask()
  }

  async #explain(comment, text) {
    const said = await prompt({
      title: t("Explain"),
      text,
      label: t("Why it is not taken up"),
      multiline: true,
      yes: t("Record the answer"),
    })
    if (said) await this.#answer(comment, "explained", "", said)
  }

  async #answer(comment, answer, text = "", said = "") {
    if (answer === "explained" && !said) return this.#explain(comment, text)
    if (await attempt(this.meeting.send("answer_comment", { comment, answer, ...(said && { text: said }) })))
      await this.#ask()
  }

  async #ask() {
    if (!this.meeting) return
    this.#stale = true // what is under way may have been answered before this change
    if (this.#asking) return
    this.#asking = true
    while (this.#stale) {
      this.#stale = false
      await this.#read()
    }
    this.#asking = false
    this.redraw()
  }

  async #read() {
    try {
      this.#copy = await api("GET", `/api/meetings/${encodeURIComponent(this.meeting.id)}/review`)
      this.#problem = ""
    } catch (problem) {
      this.#problem = problem.message
    }
  }
}

/** Who was asked, and what they did. */
function readers(people) {
  const WORDS = { silent: t("no comment yet"), agreed: t("agrees"), commented: t("has commented") }
  const SIGNS = { silent: "clock", agreed: "circle-check", commented: "message-square" }
  return html`<details class="review-readers"><summary>${tn("{n} reader", "{n} readers", people.length)}${icon("chevron-down")}</summary>
    <ul class="plain">${people.map(({ name, did }) => html`<li>${icon(SIGNS[did])}<span>${name}</span><span class="help">${WORDS[did]}</span></li>`)}</ul></details>`
}

const keyOf = (meeting, part) => `review/${meeting.id}/${meeting.me.id}/${part}`

customElements.define("review-copy", ReviewCopy)
