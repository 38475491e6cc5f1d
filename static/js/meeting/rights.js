/** Who may do what on these screens; the server says so again for every wish. */

export const presides = ({ role }) => ["chair", "cochair"].includes(role)

/** Gives the floor, calls the roll, counts the papers: the chair and the secretary. */
export const conducts = (me) => presides(me) || me.role === "secretary"

export const isStaff = (me) => conducts(me) || me.role === "organiser"

/** Whoever votes and makes a quorum: the delegates; guests, technicians and the secretary do not. */
export const isVoter = ({ role }) => ["chair", "cochair", "delegate", "organiser"].includes(role)

/** A meeting on state secrets is a neutral shell: nothing is typed there but who is absent and why. */
export const isSecret = ({ meeting: { secrecy = "none" } }) => secrecy !== "none"
