/** Who may do what on these screens, and when; the server says so again for every command. */

export const presides = ({ role }) => ["chair", "cochair"].includes(role)

/** Gives the floor, calls the roll, counts the papers: the chair and the secretary. */
export const conducts = (me) => presides(me) || me.role === "secretary"

export const isStaff = (me) => conducts(me) || me.role === "organiser"

/** Whoever votes and makes a quorum: the delegates; guests, technicians and the secretary do not. */
export const isVoter = ({ role }) => ["chair", "cochair", "delegate", "organiser"].includes(role)

/** A meeting on state secrets is a neutral shell: nothing is typed there but who is absent and why. */
export const isSecret = ({ meeting: { secrecy = "none" } }) => secrecy !== "none"

/** Who draws the meeting up. */
export const prepares = ({ role }) => ["secretary", "organiser"].includes(role)

/** Who may ask for the floor: not guests, observers and technicians. */
export const mayAskForFloor = (me) => isVoter(me) || me.role === "secretary"

/** The state of a meeting: before it was opened. */
export const isBeforeOpening = (status) => ["draft", "published"].includes(status)

/** From its publication to its end: the room stands open. */
export const isRoomOpen = (status) => ["published", "live", "adjourned"].includes(status)

/** It was held and has ended. */
export const wasHeld = (status) => ["closed", "archived"].includes(status)

/** Nothing in it can change any more, not even its minutes. */
export const isFrozen = (status) => ["archived", "cancelled"].includes(status)

/** Ended, whether it was held or not. */
export const isOver = (status) => status === "closed" || isFrozen(status)
