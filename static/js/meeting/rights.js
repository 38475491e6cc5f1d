/** Who may do what on these screens, and when; the server says so again for every command. */

export const isChair = ({ role }) => role === "chair"

export const isSecretary = ({ role }) => role === "secretary"

/** Looks after a site's devices; takes no part in the meeting itself. */
export const isTechnician = ({ role }) => role === "technician"

export const presides = ({ role }) => ["chair", "cochair"].includes(role)

/** Gives the floor, calls the roll, counts the papers: the chair and the secretary. */
export const conducts = (me) => presides(me) || isSecretary(me)

export const isStaff = (me) => conducts(me) || me.role === "organiser"

/** Whoever votes and makes a quorum: the delegates; guests, technicians and the secretary do not. */
export const isVoter = ({ role }) => ["chair", "cochair", "delegate", "organiser"].includes(role)

/** A meeting on state secrets is a neutral shell: nothing is typed there but who is absent and why. */
export const isSecret = ({ meeting: { secrecy = "none" } }) => secrecy !== "none"

/** Who draws the meeting up. */
export const prepares = ({ role }) => ["secretary", "organiser"].includes(role)

/** Who may ask for the floor for themselves: guests and technicians may not (a technician asks for people of the site). */
export const mayAskForFloor = (me) => isVoter(me) || isSecretary(me)

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
