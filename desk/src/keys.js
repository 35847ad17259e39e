// keys.js - the keyboard, and what is typed as in Markdown.
import { baseKeymap, chainCommands } from "@tiptap/pm/commands";
import { redo, undo } from "@tiptap/pm/history";
import { InputRule, inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from "@tiptap/pm/inputrules";
import { keymap } from "@tiptap/pm/keymap";
import { TextSelection } from "@tiptap/pm/state";
import * as does from "./commands.js";
import { schema } from "./schema.js";
import { newId } from "./tree.js";

const { nodes: n, marks: m } = schema;

const keys = {
  "Mod-b": does.mark("strong"), "Mod-i": does.mark("emphasis"), "Mod-e": does.mark("code"),
  "Mod-.": does.mark("sup"), "Mod-,": does.mark("sub"),
  "Mod-Alt-0": does.paragraph, "Mod-Alt-2": does.heading(2), "Mod-Alt-3": does.heading(3), "Mod-Alt-4": does.heading(4),
  "Mod-Shift-7": does.list(true), "Mod-Shift-8": does.list(false), "Mod-Shift-9": does.quote, "Mod-Alt-f": does.footnote,
  "Alt-ArrowUp": does.move(-1), "Alt-ArrowDown": does.move(1),
  "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo,
  "Shift-Enter": does.lineBreak,
  Enter: chainCommands(does.leaveFigure, does.nextEntry, does.leaveBox, does.enterInList),
  Backspace: undoInputRule,
  Tab: chainCommands(does.nextCell, does.deeper),
  "Shift-Tab": chainCommands(does.previousCell, does.shallower),
};

/** A mark typed with signs around the words. */
const typedMark = (pattern, type) => new InputRule(pattern, (state, match, start, end) => {
  const before = match[1].length, words = match[2].length, signs = (match[0].length - before - words) / 2;
  if (!state.doc.resolve(start).parent.type.allowsMarkType(type) || state.doc.rangeHasMark(start, end, m.code)) return null;
  const at = start + before, tr = state.tr;
  tr.delete(at + signs + words, end).delete(at, at + signs);
  return tr.addMark(at, at + words, type.create()).removeStoredMark(type);
});

const atTop = (state, pos) => state.doc.resolve(pos).depth === 1;

const rules = inputRules({
  rules: [
    textblockTypeInputRule(/^(#{1,4})\s$/, n.heading, (match) => ({ level: Math.max(2, match[1].length) })),
    wrappingInputRule(/^\s*[-*•]\s$/, n.list, { ordered: false }, (_, node) => !node.attrs.ordered),
    wrappingInputRule(/^(\d{1,6})[.)]\s$/, n.list, (match) => ({ ordered: true, start: Math.max(1, Number(match[1])) }),
                      (match, node) => node.attrs.ordered && node.attrs.start + node.childCount === Number(match[1])),
    wrappingInputRule(/^\s*>\s$/, n.quote),
    new InputRule(/^(?:---|—-|\*\*\*)$/, (state, _match, start, end) => {
      if (!atTop(state, start)) return null;
      const $start = state.doc.resolve(start), tr = state.tr.delete(start, end);
      tr.insert($start.before(), n.divider.create({ id: newId() }));
      return tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map(end))));
    }),
    typedMark(/(^|[\s(“"'])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, m.strong),
    typedMark(/(^|[\s(“"'])\*([^*\s](?:[^*]*[^*\s])?)\*$/, m.emphasis),
    typedMark(/(^|[\s(“"'])_([^_\s](?:[^_]*[^_\s])?)_$/, m.emphasis),
    typedMark(/(^|[\s(“"'])`([^`\s](?:[^`]*[^`\s])?)`$/, m.code),
  ],
});

export const keyPlugins = (more) => [rules, keymap(more), keymap(keys), keymap(baseKeymap)];
