/** Skeletons of text that can be put into the minutes. */

/** @import { NoteBox } from "./note-box.js" */

/** @param {NoteBox} _box */
export async function showTemplates(_box) {}
