/** <agenda-title>: where we are, in one line: the item in hand, or the paper I am reading instead. */

import { html } from "../../lib/html.js"
import { FollowingPart } from "../core/following-part.js"

export class AgendaTitle extends FollowingPart {
  watches = ["agenda", "meeting", "papers"]

  waiting() {
    return html`<h1>…</h1>`
  }

  draw(view) {
    const text = this.#reading(view) || itemInHand(view) || view.meeting.title
    return html`<h1 title=${text}>${text}</h1>`
  }

  #reading({ papers, agenda }) {
    const place = this.following?.place
    const paper = place && papers[place.paper]
    return paper && paper.item !== agenda?.current ? paper.title : undefined
  }
}

/** "2. Báo cáo tóm tắt …": the number is the place in the agenda. */
export function itemInHand({ agenda, meeting }) {
  const item = meeting.status === "live" && agenda?.items?.[agenda.current]
  return item ? `${agenda.order.indexOf(agenda.current) + 1}. ${item.title}` : undefined
}

customElements.define("agenda-title", AgendaTitle)
