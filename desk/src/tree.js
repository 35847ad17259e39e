// tree.js - between the story's text as it is edited and the body tree as the paper keeps it.
//
// toTree gives normal form (normal.js): what is saved comes back unchanged.  Nodes never change, so the
// tree of a block is made once: after a keystroke only the block that was written in is made anew.
import { blank, fitTable, languageIn, languageOk, line, MARKS, normalLines, normalSpans } from "./normal.js";
import { cleanLink } from "./links.js";
import { schema } from "./schema.js";

const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

/** A new id of a block. */
export function newId() {
  const random = crypto.getRandomValues(new Uint8Array(10));
  return Array.from(random, (n) => ALPHABET[n & 31]).join("");
}

// --- from the document to the tree ---

function spansOf(node) {
  const spans = [];
  node.forEach((child) => {
    if (child.type === schema.nodes.hard_break) { spans.push({ break: true }); return; }
    if (!child.isText) return;
    const marks = [];
    let link = "", language = "";
    for (const mark of child.marks) {
      if (mark.type === schema.marks.link) link = mark.attrs.href;
      else if (mark.type === schema.marks.language) language = mark.attrs.tag;
      else marks.push(mark.type.name);
    }
    spans.push({ text: child.text, marks, link, language });
  });
  return spans;
}

/** The fields of a block that its node has, where they say something. */
function fieldsOf(node, around) {
  const a = node.attrs, b = {};
  if (a.id) b.id = a.id;
  if (a.media > 0) b.media = a.media;
  if (a.story > 0) b.story = a.story;
  if (a.width > 0 && a.height > 0 && !b.media) { b.width = Math.min(100000, a.width); b.height = Math.min(100000, a.height); }
  if (a.address && !b.media && !b.story) b.address = a.address;
  for (const name of ["title", "credit", "alt"]) {
    const words = a[name] === undefined ? "" : line(a[name]);
    if (words) b[name] = words;
  }
  const language = languageIn(a.language, around);
  if (language) b.language = language;
  return b;
}

const inside = (b, around) => b.language ?? around;
const withWords = (b, spans) => (spans.length ? { ...b, spans } : b);
const derived = (id, letter) => (id ? { id: id.slice(0, 15) + letter } : {});

/** Words of a block that cannot stand without what it lacks: paragraphs, so that nothing is lost. */
function wordsOf(b) {
  const out = [];
  const add = (spans, letter) => { if (spans?.length) out.push({ kind: "paragraph", ...(out.length ? derived(b.id, letter) : b.id ? { id: b.id } : {}), spans }); };
  if (b.title) add([{ text: b.title }], "t");
  add(b.spans, "s");
  if (b.credit) add([{ text: b.credit }], "c");
  return out;
}

const childrenOf = (node, around, from = 0) => {
  const out = [];
  node.forEach((child, _, i) => { if (i >= from) out.push(...blocksOf(child, around)); });
  return out;
};

function paragraphs(node, around) {
  const b = { kind: "paragraph", ...fieldsOf(node, around) };
  return normalLines(spansOf(node), inside(b, around), true).map((spans, i) => (i === 0 ? { ...b, spans } : { ...b, ...derived(b.id, String(i)), spans }));
}

function tableOf(node, around) {
  const b = { kind: "table", ...fieldsOf(node, around) };
  const caption = normalSpans(spansOf(node.child(0)), inside(b, around));
  const rows = [];
  node.child(1).forEach((row) => {
    const r = { kind: "row", ...fieldsOf(row, inside(b, around)) }, cells = [];
    row.forEach((cell) => {
      const c = { kind: "cell", ...fieldsOf(cell, inside(r, inside(b, around))) };
      const spans = normalSpans(spansOf(cell), inside(c, inside(r, inside(b, around))));
      if (cell.type === schema.nodes.header_cell && spans.length) c.header = true;
      cells.push({ ...withWords(c, spans), across: cell.attrs.colspan, down: cell.attrs.rowspan });
    });
    if (cells.length) rows.push([r, cells]);
  });
  if (rows.length === 0) return caption.length ? [{ kind: "paragraph", ...(b.id ? { id: b.id } : {}), spans: caption }] : [];
  fitTable(rows.map(([, cells]) => cells));
  const usual = (cell) => {
    const { across, down, spans, ...c } = cell;
    if (across !== 1) c.across = across;
    if (down !== 1) c.down = down;
    return withWords(c, spans ?? []);
  };
  return [{ ...withWords(b, caption), children: rows.map(([r, cells]) => ({ ...r, children: cells.map(usual) })) }];
}

/** The words of its first paragraph, and what follows that. */
function opened(node, b, around) {
  const around2 = inside(b, around);
  const spans = normalSpans(spansOf(node.firstChild), around2);
  const children = childrenOf(node, around2, 1);
  return { ...withWords(b, spans), ...(children.length ? { children } : {}) };
}

function make(node, around) {
  const kind = node.type.name, b = { kind, ...fieldsOf(node, around) };
  switch (kind) {
    case "paragraph":
      return paragraphs(node, around);
    case "heading": {
      const spans = normalSpans(spansOf(node), inside(b, around));
      return spans.length ? [{ ...b, level: node.attrs.level, spans }] : [];
    }
    case "list": {
      const children = childrenOf(node, inside(b, around));
      if (node.attrs.ordered) {
        b.ordered = true;
        if (node.attrs.start > 1) b.start = Math.min(1000000, node.attrs.start);
      }
      return children.length ? [{ ...b, children }] : [];
    }
    case "item": {
      const item = opened(node, b, around);
      return item.spans || item.children ? [item] : [];
    }
    case "entry": {
      const entry = opened(node, b, around);
      return entry.spans || entry.children || entry.title ? [entry] : [];
    }
    case "table":
      return tableOf(node, around);
    case "quote": case "fact_box": case "gallery": case "timeline": {
      const children = childrenOf(node, inside(b, around));
      return children.length ? [{ ...b, children }] : wordsOf(b);
    }
    case "picture": case "video": case "audio": case "embed": {
      const whole = withWords(b, normalSpans(spansOf(node), inside(b, around)));
      return b.media || b.address ? [whole] : wordsOf(whole);
    }
    case "related":
      return b.story || b.address ? [b] : wordsOf(b);
    case "footnote": {
      const spans = normalSpans(spansOf(node), inside(b, around));
      return spans.length ? [{ ...b, spans }] : [];
    }
    case "pull_quote": {
      const spans = normalSpans(spansOf(node), inside(b, around));
      return spans.length ? [{ ...b, spans }] : wordsOf(b);
    }
    case "divider":
      return [b];
    default:
      return [];
  }
}

const made = new WeakMap(); // node: its blocks, where nothing around has a language

function blocksOf(node, around) {
  if (around) return make(node, around);
  let blocks = made.get(node);
  if (!blocks) made.set(node, (blocks = make(node, "")));
  return blocks;
}

const levels = (blocks, state) => blocks.map((b) => {
  if (b.kind === "heading") {
    const level = Math.min(b.level, Math.min(4, state.level + 1));
    state.level = level;
    return level === b.level ? b : { ...b, level };
  }
  if (b.kind !== "fact_box") return b;
  const children = levels(b.children, state);
  return children.every((c, i) => c === b.children[i]) ? b : { ...b, children };
});

/** The body that this document is. */
export function toTree(doc) {
  const blocks = [];
  doc.forEach((node) => blocks.push(...blocksOf(node, "")));
  return { v: 1, blocks: levels(blocks, { level: 1 }) };
}

const written = new WeakMap(); // block: itself as JSON

/** The body as JSON; of blocks that did not change it is known already. */
export function toText(doc) {
  const texts = toTree(doc).blocks.map((b) => {
    let text = written.get(b);
    if (text === undefined) written.set(b, (text = JSON.stringify(b)));
    return text;
  });
  return `{"v":1,"blocks":[${texts.join(",")}]}`;
}

// --- from the tree to the document ---

const n = schema.nodes;

function inlineOf(spans = []) {
  return spans.flatMap((s) => {
    if (s.break) return [n.hard_break.create()];
    if (!s.text) return [];
    const marks = (s.marks ?? []).filter((m) => MARKS.includes(m)).map((m) => schema.marks[m].create());
    const href = s.link ? cleanLink(s.link) : "";
    if (href) marks.push(schema.marks.link.create({ href }));
    if (languageOk(s.language)) marks.push(schema.marks.language.create({ tag: s.language }));
    return [schema.text(s.text, marks.sort((x, y) => x.type.rank - y.type.rank))];
  });
}

function attrsOf(type, b) {
  const attrs = {};
  for (const name of Object.keys(type.spec.attrs ?? {}))
    if (b[name] !== undefined) attrs[name] = b[name];
  if (b.kind === "cell") { attrs.colspan = b.across ?? 1; attrs.rowspan = b.down ?? 1; }
  return attrs;
}

const first = (b) => n.paragraph.create(null, inlineOf(b.spans));

function nodeOf(b) {
  const type = n[b.kind === "cell" && b.header ? "header_cell" : b.kind];
  if (!type) return null;
  const children = (b.children ?? []).map(nodeOf).filter(Boolean), attrs = attrsOf(type, b);
  switch (b.kind) {
    case "item": case "entry":
      return type.create(attrs, [first(b), ...children]);
    case "table":
      return type.create(attrs, [n.table_caption.create(null, inlineOf(b.spans)), n.table_grid.create(null, children)]);
    case "related": case "divider":
      return type.create(attrs);
    default:
      return type.create(attrs, type.inlineContent ? inlineOf(b.spans) : children);
  }
}

/** One block of a tree as a node; null for what no document has. */
export function toNode(b) {
  const node = nodeOf(b);
  try { node?.check(); } catch { return null; }
  return node;
}

/** The document of this body; one can always write behind its end. */
export function fromTree(body) {
  const nodes = (body?.blocks ?? []).map(toNode).filter(Boolean);
  if (nodes.at(-1)?.type !== n.paragraph) nodes.push(n.paragraph.create({ id: newId() }));
  return n.doc.create(null, nodes);
}

// --- counting ---

const counted = new WeakMap();
const words = (s) => s.split(/[\s\u0085\u200b]+/u).filter((w) => w && !blank(w)).length;

function count(node) {
  if (node.isTextblock) return words(node.textBetween(0, node.content.size, " ", " ")) + words(node.attrs.title ?? "");
  let all = words(node.attrs.title ?? "");
  node.forEach((child) => { all += wordsIn(child); });
  return all;
}

/** Words in running text, captions and all. */
export function wordsIn(node) {
  let all = counted.get(node);
  if (all === undefined) counted.set(node, (all = count(node)));
  return all;
}
