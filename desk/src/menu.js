// menu.js - what can be put in (the menu behind "/" and "+") and what can be done to selected words (the bar
// over them; at the foot of a telephone's screen).
import { redo, undo } from "@tiptap/pm/history";
import { Plugin, PluginKey, TextSelection } from "@tiptap/pm/state";
import * as does from "./commands.js";
import { announce, button, h, icon, roving } from "./dom.js";
import { typedLink } from "./links.js";
import { languageOk } from "./normal.js";
import { schema } from "./schema.js";
import { newId } from "./tree.js";
import { say } from "./words.js";

const { nodes: n, marks: m } = schema;

/** Everything that can be put in.  `run(view, parts)` is done after the "/" is gone. */
export const things = () => [
  { key: "h2", name: say("Heading"), hint: "## ", run: command(does.heading(2)) },
  { key: "h3", name: say("Smaller heading"), hint: "### ", run: command(does.heading(3)) },
  { key: "list", name: say("List"), hint: "- ", run: command(does.list(false)) },
  { key: "numbers", name: say("Numbered list"), hint: "1. ", run: command(does.list(true)) },
  { key: "quote", name: say("Quote"), hint: "> ", run: insert(() => does.fresh.quote(), 2) },
  { key: "pull", name: say("Pull quote"), run: insert(() => does.fresh.pull_quote()) },
  { key: "picture", name: say("Picture"), run: async (view, parts) => media(view, "picture", await parts.pick("picture", true)) },
  { key: "gallery", name: say("Gallery"), run: async (view, parts) => { const all = await parts.pick("picture", true); if (all.length) place(view, does.fresh.gallery(all)); } },
  { key: "video", name: say("Video"), run: async (view, parts) => media(view, "video", await parts.pick("video", false)) },
  { key: "audio", name: say("Audio"), run: async (view, parts) => media(view, "audio", await parts.pick("audio", false)) },
  { key: "box", name: say("Fact box"), run: insert(() => does.fresh.fact_box(), 2) },
  { key: "table", name: say("Table"), run: insert(() => does.fresh.table(), 5) },
  { key: "timeline", name: say("Timeline"), run: insert(() => does.fresh.timeline(), 3) },
  { key: "embed", name: say("Card of another site"), run: async (view, parts) => { const card = await parts.embed(); if (card) place(view, does.fresh.embed(card.href, card.provider)); } },
  { key: "related", name: say("Related story"), run: async (view, parts) => { const story = await parts.story(); if (story) place(view, does.fresh.related(story.id)); } },
  { key: "footnote", name: say("Footnote"), run: command(does.footnote) },
  { key: "divider", name: say("Divider"), hint: "---", run: insert(() => does.fresh.divider()) },
];

const command = (act) => (view) => { act(view.state, view.dispatch, view); view.focus(); };
const insert = (make, inner = 1) => (view) => place(view, make(), inner);
function place(view, nodes, inner = 1) {
  view.dispatch(does.put(view.state, nodes, inner));
  view.focus();
}
function media(view, kind, all) {
  if (all.length) place(view, does.fresh.media(kind, all)); else view.focus();
}

// --- the menu behind "/" ---

const slashKey = new PluginKey("slash");

/** The words behind the slash in a paragraph that has nothing else: { query, from, to }. */
function slashOf(state) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== n.paragraph || $from.depth !== 1) return null;
  const match = /^\/([\p{L}\p{N} ]{0,20})$/u.exec($from.parent.textContent);
  return match && $from.parentOffset === match[0].length ? { query: match[1], from: $from.start(), to: $from.pos } : null;
}

export function slashPlugin(parts) {
  let menu = null;
  return new Plugin({
    key: slashKey,
    state: {
      init: () => ({ at: null, left: null }),
      apply(tr, was, _, state) {
        if (tr.getMeta(slashKey)?.leave) return { at: null, left: slashOf(state)?.from ?? null };
        const at = slashOf(state);
        return { at: at && at.from !== was.left ? at : null, left: at ? was.left : null };
      },
    },
    props: {
      handleKeyDown: (view, e) => menu?.key(e) ?? false,
      attributes: (state) => (slashKey.getState(state).at ? { "aria-controls": "slash-menu", "aria-autocomplete": "list" } : {}),
    },
    view(view) {
      menu = slashMenu(view, parts);
      return { update: () => menu.update(), destroy: () => menu.hide() };
    },
  });
}

function slashMenu(view, parts) {
  const all = things();
  let box = null, shown = [], at = 0;
  const state = () => slashKey.getState(view.state).at;

  function hide() {
    box?.remove();
    box = null;
    view.dom.removeAttribute("aria-activedescendant");
  }

  function choose(thing) {
    const now = state();
    hide();
    if (!now) return;
    view.dispatch(view.state.tr.delete(now.from, now.to));
    Promise.resolve(thing.run(view, parts)).catch(() => {});
  }

  function mark() {
    [...box.children].forEach((option, i) => {
      option.setAttribute("aria-selected", i === at);
      if (i === at) { option.scrollIntoView({ block: "nearest" }); view.dom.setAttribute("aria-activedescendant", option.id); }
    });
  }

  function update() {
    const now = state();
    if (!now || !view.editable) { if (box) hide(); return; }
    const wanted = now.query.trim().toLowerCase();
    const next = all.filter((t) => t.name.toLowerCase().includes(wanted) || t.key.startsWith(wanted));
    if (!next.length) { if (box) hide(); return; }
    if (!box) {
      box = h("ul", { id: "slash-menu", class: "ed-menu", role: "listbox", tabindex: "0", "aria-label": say("Put in") });
      view.dom.parentElement.append(box);
      announce(say("Put in: choose with the arrow keys"));
      shown = [];
    }
    if (next.length !== shown.length || next.some((t, i) => t !== shown[i])) {
      shown = next;
      at = 0;
      box.replaceChildren(...shown.map((t) => h("li", { id: `slash-${t.key}`, role: "option", onmousedown: (e) => { e.preventDefault(); choose(t); } },
        h("span", {}, t.name), t.hint && h("kbd", {}, t.hint))));
    }
    mark();
    placeAt(box, view, now.from, now.to, "below");
  }

  return {
    update, hide,
    key(e) {
      if (!box) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (step) { at = (at + step + shown.length) % shown.length; mark(); return true; }
      if (e.key === "Enter" || e.key === "Tab") { choose(shown[at]); return true; }
      if (e.key === "Escape") { view.dispatch(view.state.tr.setMeta(slashKey, { leave: true })); hide(); return true; }
      return false;
    },
  };
}

/** Put a box beside a stretch of text, inside what both hang in. */
function placeAt(box, view, from, to, side) {
  const host = box.offsetParent ?? document.body, around = host.getBoundingClientRect();
  let a, b;
  try { a = view.coordsAtPos(from); b = view.coordsAtPos(to, -1); } catch { return; }
  const middle = (Math.min(a.left, b.left) + Math.max(a.right, b.right)) / 2;
  const wide = box.offsetWidth, high = box.offsetHeight, edge = document.documentElement.clientWidth;
  const left = side === "below" ? (getComputedStyle(view.dom).direction === "rtl" ? a.right - wide : a.left) : (a.top === b.top ? middle : (a.left + edge / 2) / 2) - wide / 2;
  const x = Math.max(8, Math.min(edge - wide - 8, left));
  let y = side === "below" ? b.bottom + 6 : a.top - high - 10;
  if (side === "below" && y + high > innerHeight && a.top - high - 6 > 60) y = a.top - high - 6;
  if (side !== "below" && y < 110) y = b.bottom + 10;
  box.style.left = `${Math.round(x - around.left)}px`;
  box.style.top = `${Math.round(y - around.top)}px`;
}

// --- the "+" beside an empty paragraph ---

export function plusPlugin() {
  return new Plugin({
    view(view) {
      const plus = button(say("Put in"), () => {
        view.focus();
        view.dispatch(view.state.tr.insertText("/"));
      }, { class: "ed-plus", pictured: "plus", tabindex: "-1", onmousedown: (e) => e.preventDefault() });
      plus.hidden = true;
      view.dom.parentElement.append(plus);
      const update = () => {
        const { $from, empty } = view.state.selection;
        const is = empty && $from.depth === 1 && $from.parent.type === n.paragraph && $from.parent.content.size === 0 && view.editable;
        plus.hidden = !is;
        if (!is) return;
        const host = view.dom.parentElement.getBoundingClientRect(), at = view.coordsAtPos($from.pos);
        plus.style.top = `${Math.round((at.top + at.bottom) / 2 - host.top)}px`;
      };
      return { update: (_, before) => { if (!before.selection.eq(view.state.selection) || before.doc !== view.state.doc) update(); }, destroy: () => plus.remove() };
    },
  });
}

// --- the bar for selected words ---

const isNarrow = () => matchMedia("(max-width: 44rem)").matches;

export function barPlugin(parts) {
  let bar = null;
  const plugin = new Plugin({
    view(view) {
      bar = makeBar(view, parts);
      return { update: () => bar.update(), destroy: () => bar.root.remove() };
    },
    props: {
      handleDOMEvents: {
        focus: () => { bar?.update(); return false; },
        blur: () => { setTimeout(() => bar?.update(), 50); return false; },
      },
      handleKeyDown(view, e) {
        const mod = e.ctrlKey || e.metaKey;
        if (mod && !e.altKey && e.key.toLowerCase() === "k") { e.preventDefault(); bar.link(); return true; }
        if ((e.altKey && e.key === "F10") || (e.shiftKey && e.key === "F10" && !view.state.selection.empty)) { e.preventDefault(); bar.enter(); return true; }
        return false;
      },
    },
  });
  return plugin;
}

function makeBar(view, parts) {
  let asks = null, entered = false;
  const toggles = [];
  const tool = (label, text, act, is) => {
    const b = button(label, () => { act(view.state, view.dispatch, view); if (!entered) view.focus(); update(); },
                     { class: `ed-tool is-${text.cls ?? "text"}`, onmousedown: (e) => e.preventDefault() });
    b.replaceChildren(text.icon ? icon(text.icon) : text.show);
    b.setAttribute("aria-label", label);
    b.title = label;
    if (is) { b.setAttribute("aria-pressed", "false"); toggles.push([b, is]); }
    return b;
  };
  const marks = (name) => (state) => does.hasMark(state, m[name]);
  const block = (...names) => (state) => !!does.around(state.selection.$from, ...names);
  const level = (l) => (state) => state.selection.$from.parent.type === n.heading && state.selection.$from.parent.attrs.level === l;

  const always = [
    tool(say("Strong"), { show: "B", cls: "strong" }, does.mark("strong"), marks("strong")),
    tool(say("Emphasis"), { show: "I", cls: "em" }, does.mark("emphasis"), marks("emphasis")),
    tool(say("Link"), { icon: "link" }, () => link(), (s) => does.hasMark(s, m.link) || !!does.linkAround(s)),
    tool(say("Heading"), { show: "H2" }, does.heading(2), level(2)),
    tool(say("Smaller heading"), { show: "H3" }, does.heading(3), level(3)),
    tool(say("List"), { icon: "list" }, does.list(false), (s) => does.around(s.selection.$from, "list")?.node.attrs.ordered === false),
    tool(say("Numbered list"), { icon: "numbers" }, does.list(true), (s) => does.around(s.selection.$from, "list")?.node.attrs.ordered === true),
    tool(say("Quote"), { icon: "quote" }, does.quote, block("quote")),
    tool(say("Code"), { show: "<>", cls: "code" }, does.mark("code"), marks("code")),
    tool(say("Raised"), { show: "x²" }, does.mark("sup"), marks("sup")),
    tool(say("Lowered"), { show: "x₂" }, does.mark("sub"), marks("sub")),
    tool(say("Footnote"), { show: "[1]" }, does.footnote),
    tool(say("Language of these words"), { show: "Aa" }, () => language(), marks("language")),
  ];
  const plus = tool(say("Put in"), { icon: "plus" }, () => {
    const { $from } = view.state.selection;
    const tr = view.state.tr;
    if ($from.depth !== 1 || $from.parent.type !== n.paragraph || $from.parent.content.size > 0) {
      const end = $from.depth > 0 ? $from.after(1) : view.state.selection.to;
      tr.insert(end, n.paragraph.create({ id: newId() }));
      tr.setSelection(TextSelection.near(tr.doc.resolve(end + 1)));
    }
    view.dispatch(tr.insertText("/").scrollIntoView());
  });
  const back = tool(say("Undo"), { show: "↶" }, undo), again = tool(say("Redo"), { show: "↷" }, redo);
  const only = h("span", { class: "ed-bar-phone" }, plus, back, again);
  const row = h("div", { class: "ed-bar-row" }, only, ...always);
  const root = h("div", { class: "ed-bar", role: "toolbar", "aria-label": say("Selected words"), hidden: true }, row);
  roving(row);
  root.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.preventDefault(); leave(); } });
  root.addEventListener("focusout", () => setTimeout(() => { if (!root.contains(document.activeElement)) { entered = false; if (asks) closeForm(); update(); } }, 30));
  view.dom.parentElement.append(root);
  window.visualViewport?.addEventListener("resize", dock);
  window.visualViewport?.addEventListener("scroll", dock);

  function dock() {
    if (!isNarrow()) return;
    const v = window.visualViewport;
    root.style.bottom = `${Math.max(0, Math.round(innerHeight - v.height - v.offsetTop))}px`;
  }

  function update() {
    const { selection } = view.state, narrow = isNarrow();
    const inside = view.hasFocus() || root.contains(document.activeElement);
    const words = selection instanceof TextSelection && !selection.empty && selection.$from.parent.inlineContent;
    const is = view.editable && inside && (narrow || words || asks || entered);
    if (root.hidden === is) { root.hidden = !is; root.classList.toggle("is-docked", narrow); }
    if (!is) return;
    for (const [b, on] of toggles) b.setAttribute("aria-pressed", on(view.state) ? "true" : "false");
    if (narrow) { root.style.left = root.style.top = ""; dock(); } else placeAt(root, view, selection.from, selection.to, "above");
  }

  function leave() {
    entered = false;
    if (asks) closeForm();
    view.focus();
    update();
  }

  function closeForm() {
    asks?.remove();
    asks = null;
    row.hidden = false;
  }

  function form(label, value, placeholder, done, remove) {
    closeForm();
    const input = h("input", { type: "text", id: "bar-words", value, placeholder, dir: "ltr", autocomplete: "off", spellcheck: "false" });
    const wrong = h("span", { class: "ed-wrong", role: "alert" });
    asks = h("form", { class: "ed-bar-form", onsubmit: (e) => {
      e.preventDefault();
      const why = done(input.value.trim());
      if (why) { wrong.textContent = why; input.setAttribute("aria-invalid", "true"); update(); } else leave();
    } }, h("label", { for: "bar-words" }, label), input, h("button", { class: "ed-tool" }, say("Apply")),
    remove && button(say("Take away"), () => { remove(); leave(); }, { class: "ed-tool" }), wrong);
    row.hidden = true;
    root.append(asks);
    entered = true;
    update();
    input.focus();
    input.select();
  }

  function link() {
    const has = does.linkAround(view.state)?.href ?? "";
    form(say("Address"), has, "https://", (typed) => {
      const href = typedLink(typed);
      if (!href) return say("This is no address that may stand in a story.");
      does.link(href)(view.state, view.dispatch);
      return "";
    }, has && (() => does.link("")(view.state, view.dispatch)));
  }

  function language() {
    if (view.state.selection.empty) return;
    const now = view.state.doc.resolve(view.state.selection.from + 1).marks().find((k) => k.type === m.language)?.attrs.tag ?? "";
    form(say("Language, as a code"), now, "fr", (typed) => {
      if (!languageOk(typed)) return say("A code such as fr, de or pt-BR.");
      does.language(typed)(view.state, view.dispatch);
      return "";
    }, now && (() => does.language("")(view.state, view.dispatch)));
  }

  return {
    root, update, link,
    enter() {
      entered = true;
      update();
      root.querySelector("button:not([hidden])") && [...root.querySelectorAll("button")].find((b) => b.offsetParent)?.focus();
    },
  };
}
