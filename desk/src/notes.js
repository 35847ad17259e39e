// notes.js - the newsroom's notes on the story: read, written, settled.  Readers never see them.
import { announce, button, dialog, h } from "./dom.js";
import { get, post } from "./net.js";
import { moment, say } from "./words.js";

/** "@Ada Quill " where the cursor is. */
function mention(area, name) {
  const { selectionStart: at, value } = area;
  area.setRangeText(`${at && !/\s/.test(value[at - 1]) ? " " : ""}@${name} `, at, area.selectionEnd, "end");
  area.focus();
}

export async function notesDialog(path, isOver) {
  const failed = () => announce(say("That did not work. Is there a connection?"));
  let answer = await get(path).then((reply) => reply.answer, () => null);
  if (!answer?.notes) return failed();
  const list = h("ul", { class: "ed-checks ed-notes" });
  const send = async (what) => {
    const reply = await post(path, what).catch(() => null);
    if (!reply?.answer?.notes) { failed(); return false; }
    answer = reply.answer;
    draw();
    return true;
  };
  const settle = async (note) => {
    if (await send({ note: note.id, resolved: !note.resolved })) list.querySelector(`[data-note="${note.id}"] button`)?.focus();
  };
  const draw = () => list.replaceChildren(...answer.notes.map((note) => h("li", { class: note.resolved ? "is-ok" : "", "data-note": note.id },
    h("p", { class: "ed-note-words", dir: "auto" }, note.words),
    h("p", { class: "ed-note" }, h("bdi", {}, note.who), " · ", moment(Date.parse(note.at)), note.resolved && [" · ", say("settled by {name}", { name: note.resolved_by })]),
    !isOver && button(note.resolved ? say("Open it again") : say("Settled"), () => settle(note), { class: "ed-tool" }))));
  draw();
  return dialog(say("Notes of the newsroom"), () => {
    const area = h("textarea", { id: "note-words", rows: 3, maxlength: 4000, required: true, dir: "auto" });
    const names = h("select", { id: "note-name", onchange: () => { mention(area, names.value); names.value = ""; } }, h("option", { value: "" }, say("Nobody")), answer.people.map((name) => h("option", { value: name }, name)));
    const form = h("form", { onsubmit: async (e) => {
      e.preventDefault();
      if (area.value.trim() && await send({ words: area.value.trim() })) { area.value = ""; announce(say("The note is there.")); area.focus(); }
    } },
    h("p", { class: "ed-field" }, h("label", { for: area.id }, say("A note: readers never see it")), area),
    h("p", { class: "ed-field" }, h("label", { for: names.id }, say("Name somebody, and it stands on their first page")), names),
    h("p", { class: "ed-dialog-foot" }, h("button", { class: "ed-main" }, say("Add the note"))));
    return h("div", {}, list, !isOver && form);
  });
}
