// schema.js - the story's text as ProseMirror holds it: exactly the body tree (src/text/body.h).
//
// Three things stand deeper here than in the tree: the words of an item and of an entry are its first
// paragraph, and a table has its caption and its grid apart (tree.js puts them back).
import { Schema } from "@tiptap/pm/model";
import { cleanLink } from "./links.js";
import { languageOk, idOk } from "./normal.js";

const plain = { id: { default: null }, language: { default: "" } };
const text = (...names) => Object.fromEntries(names.map((n) => [n, { default: "" }]));
const number = (...names) => Object.fromEntries(names.map((n) => [n, { default: 0 }]));

/** How a block travels through the clipboard: its kind and what it has, on any element. */
const carried = (kind, tag = "div") => ({
  toDOM: (node) => [tag, {
    "data-kind": kind, "data-id": node.attrs.id ?? "",
    ...(node.attrs.language ? { lang: node.attrs.language, dir: "auto" } : {}),
    "data-has": JSON.stringify({ ...node.attrs, id: undefined, colwidth: undefined }),
  }, 0],
  parseDOM: [{ tag: `${tag}[data-kind="${kind}"]`, priority: 80, getAttrs: carriedAttrs }],
});
const leaf = (kind, tag = "div") => {
  const { toDOM, parseDOM } = carried(kind, tag);
  return { toDOM: (node) => toDOM(node).slice(0, 2), parseDOM };
};

function carriedAttrs(dom) {
  let has = {};
  try { has = JSON.parse(dom.getAttribute("data-has") ?? "{}"); } catch { /* a stranger's */ }
  const out = {};
  for (const [name, value] of Object.entries(has ?? {})) {
    if (["media", "story", "width", "height", "level", "start", "colspan", "rowspan"].includes(name)) out[name] = Math.max(0, Math.trunc(Number(value)) || 0);
    else if (name === "ordered") out[name] = value === true;
    else if (typeof value === "string") out[name] = value;
  }
  if (out.address) out.address = cleanLink(out.address);
  if (out.level) out.level = Math.min(4, Math.max(2, out.level));
  if (out.colspan === 0) delete out.colspan;
  if (out.rowspan === 0) delete out.rowspan;
  const id = dom.getAttribute("data-id");
  return { ...out, id: idOk(id) ? id : null };
}

const idOf = (dom) => { const id = dom.getAttribute("data-id"); return idOk(id) ? id : null; };
const languageOf = (dom) => { const l = dom.getAttribute("lang"); return languageOk(l) ? l : ""; };
const own = (node, more = {}) => ({
  ...(node.attrs.id ? { "data-id": node.attrs.id } : {}),
  ...(node.attrs.language ? { lang: node.attrs.language, dir: "auto" } : {}), ...more,
});
const block = "block";
const simple = (dom) => ({ id: idOf(dom), language: languageOf(dom) });
const figure = { group: block, content: "inline*", isolating: true, defining: true, draggable: true };

const cell = (tag) => ({
  content: "inline*", isolating: true,
  attrs: { ...plain, colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
  toDOM: (node) => [tag, own(node, {
    ...(node.attrs.colspan > 1 ? { colspan: node.attrs.colspan } : {}),
    ...(node.attrs.rowspan > 1 ? { rowspan: node.attrs.rowspan } : {}),
  }), 0],
  parseDOM: [{ tag, getAttrs: (dom) => ({ ...simple(dom), colspan: Math.min(50, Math.max(1, dom.colSpan || 1)), rowspan: Math.min(1000, Math.max(1, dom.rowSpan || 1)) }) }],
});

const nodes = {
  doc: { content: "block+" },
  paragraph: {
    group: block, content: "inline*", attrs: plain,
    toDOM: (node) => ["p", own(node), 0],
    parseDOM: [{ tag: "p", getAttrs: simple }],
  },
  text: { group: "inline" },
  hard_break: { inline: true, group: "inline", selectable: false, linebreakReplacement: true, toDOM: () => ["br"], parseDOM: [{ tag: "br" }] },
  heading: {
    group: block, content: "inline*", defining: true, attrs: { ...plain, level: { default: 2 } },
    toDOM: (node) => [`h${node.attrs.level}`, own(node), 0],
    parseDOM: [["h1", 2], ["h2", 2], ["h3", 3], ["h4", 4], ["h5", 4], ["h6", 4]].map(([tag, level]) => ({ tag, getAttrs: (dom) => ({ ...simple(dom), level }) })),
  },
  list: {
    group: block, content: "item+", attrs: { ...plain, ordered: { default: false }, start: { default: 1 } },
    toDOM: (node) => node.attrs.ordered
      ? ["ol", own(node, node.attrs.start === 1 ? {} : { start: node.attrs.start }), 0] : ["ul", own(node), 0],
    parseDOM: [{ tag: "ul", getAttrs: simple },
               { tag: "ol", getAttrs: (dom) => ({ ...simple(dom), ordered: true, start: Math.max(1, dom.start || 1) }) }],
  },
  item: {
    content: "paragraph list*", defining: true, attrs: plain,
    toDOM: (node) => ["li", own(node), 0], parseDOM: [{ tag: "li", getAttrs: simple }],
  },
  quote: { group: block, content: "(paragraph | list)+", defining: true, attrs: { ...plain, ...text("credit") },
           ...carried("quote", "blockquote") },
  pull_quote: { ...figure, draggable: false, attrs: { ...plain, ...text("credit") }, ...carried("pull_quote") },
  picture: { ...figure, attrs: { ...plain, ...text("address", "credit", "alt"), ...number("media", "width", "height") }, ...carried("picture") },
  gallery: { group: block, content: "picture+", isolating: true, draggable: true, attrs: { ...plain, ...text("title") }, ...carried("gallery") },
  video: { ...figure, attrs: { ...plain, ...text("address", "credit", "title"), ...number("media") }, ...carried("video") },
  audio: { ...figure, attrs: { ...plain, ...text("address", "credit", "title"), ...number("media") }, ...carried("audio") },
  fact_box: { group: block, content: "(paragraph | list | heading)+", isolating: true, defining: true, attrs: { ...plain, ...text("title") }, ...carried("fact_box") },
  table: { group: block, content: "table_caption table_grid", isolating: true, attrs: plain, ...carried("table") },
  table_caption: { content: "inline*", isolating: true, toDOM: () => ["div", { "data-kind": "table_caption" }, 0], parseDOM: [{ tag: "div[data-kind=table_caption]", priority: 80 }] },
  table_grid: { content: "row+", tableRole: "table", isolating: true, toDOM: () => ["table", ["tbody", 0]], parseDOM: [{ tag: "table" }] },
  row: { content: "(cell | header_cell)*", tableRole: "row", attrs: plain, toDOM: (node) => ["tr", own(node), 0], parseDOM: [{ tag: "tr", getAttrs: simple }] },
  cell: { ...cell("td"), tableRole: "cell" },
  header_cell: { ...cell("th"), tableRole: "header_cell" },
  timeline: { group: block, content: "entry+", isolating: true, attrs: { ...plain, ...text("title") }, ...carried("timeline") },
  entry: { content: "paragraph+", isolating: true, defining: true, attrs: { ...plain, ...text("title") }, ...carried("entry") },
  embed: { ...figure, attrs: { ...plain, ...text("address", "title", "credit") }, ...carried("embed") },
  related: { group: block, atom: true, draggable: true, attrs: { ...plain, ...text("address", "title"), ...number("story") }, ...leaf("related") },
  footnote: { ...figure, draggable: false, attrs: { ...plain, ...text("title") }, ...carried("footnote") },
  divider: { group: block, atom: true, attrs: plain, toDOM: (node) => ["hr", own(node)], parseDOM: [{ tag: "hr", getAttrs: simple }] },
};

const marks = {
  link: {
    attrs: { href: {} }, inclusive: false,
    toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noopener" }, 0],
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => { const href = cleanLink(dom.getAttribute("href")); return href ? { href } : false; } }],
  },
  language: {
    attrs: { tag: {} },
    toDOM: (mark) => ["span", { lang: mark.attrs.tag, dir: "auto" }, 0],
    parseDOM: [{ tag: "span[lang]", getAttrs: (dom) => (languageOk(dom.lang) ? { tag: dom.lang } : false) }],
  },
  strong: { toDOM: () => ["strong", 0], parseDOM: [{ tag: "strong" }, { tag: "b" }] },
  emphasis: { toDOM: () => ["em", 0], parseDOM: [{ tag: "em" }, { tag: "i" }] },
  code: { toDOM: () => ["code", 0], parseDOM: [{ tag: "code" }] },
  sub: { toDOM: () => ["sub", 0], parseDOM: [{ tag: "sub" }] },
  sup: { toDOM: () => ["sup", 0], parseDOM: [{ tag: "sup" }] },
};

export const schema = new Schema({ nodes, marks });

/** Has this node an id of its own in the tree?  (Not the first paragraph of an item or an entry.) */
export const hasId = (node, parent, index) => "id" in node.attrs &&
  !(index === 0 && parent && (parent.type.name === "item" || parent.type.name === "entry"));

/** Captions and the like: Enter leaves them, they hold one line of words. */
export const isFigure = (type) => ["picture", "video", "audio", "embed", "footnote", "pull_quote"].includes(type.name);
