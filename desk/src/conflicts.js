// conflicts.js - where two have changed the same words: side by side, and a person chooses.
import { dialog, h } from "./dom.js";
import { settled } from "./rebase.js";
import { newId } from "./tree.js";
import { say } from "./words.js";

const textOf = (v) => {
  if (v === null || v === undefined || v === "") return "";
  if (typeof v !== "object") return String(v);
  if (Array.isArray(v)) return v.map(textOf).filter(Boolean).join("\n");
  if (v.kind) {
    const own = (v.spans ?? []).map((s) => (s.break ? "\n" : s.text)).join("");
    return [v.title, own, v.alt, v.credit, ...(v.children ?? []).map(textOf)].filter(Boolean).join("\n");
  }
  return Object.values(v).map(textOf).filter(Boolean).join("\n");
};

/** The copy as it was decided.  Nothing is decided by leaving: the dialog stays until it is. */
export async function decide(answer, nameOf) {
  const { conflicts, merged } = answer;
  const choices = conflicts.map((c) => (c.where.startsWith("block:") ? "both" : "mine"));
  const part = (c, i) => {
    const [kind, name] = [c.where.split(":")[0], c.where.slice(c.where.indexOf(":") + 1)];
    const option = (value, label, words) => h("label", { class: "ed-choice" },
      h("span", { class: "ed-choice-name" }, h("input", { type: "radio", name: `conflict-${i}`, value, checked: choices[i] === value, onchange: () => { choices[i] = value; } }), label),
      words !== null && h("span", { class: "ed-choice-words", dir: "auto" }, words || say("Nothing")));
    return h("fieldset", { class: "ed-conflict" }, h("legend", {}, kind === "field" ? nameOf(name) : say("In the text")),
      h("div", { class: "ed-choices" }, option("mine", say("Mine"), textOf(c.mine)), option("theirs", say("Theirs"), textOf(c.theirs))),
      option("both", say("Keep both"), null));
  };
  await dialog(say("Two have changed the same words"), (close, box) => {
    box.addEventListener("cancel", (e) => e.preventDefault());
    box.classList.add("is-asking");
    return [h("p", {}, say("Both are kept in the list of revisions. What shall stand in the story?")), ...conflicts.map(part),
            h("p", { class: "ed-dialog-foot" }, h("button", { type: "button", class: "ed-main", onclick: () => close("done") }, say("Go on with this")))];
  }, { wide: true });
  return settled(merged, conflicts, choices, newId);
}
