// paste.js - what comes through the clipboard: links, lists, headings, strong and emphasised words stay,
// from Word and Google Docs too; the rest is dropped.  Works on a document of the browser's parser, in
// which nothing is loaded and nothing runs.
import { cleanLink, providerOf, typedLink } from "./links.js";

const GONE = "del, script, style, template, noscript, head, meta, link, title, iframe, object, embed, svg, math, canvas, form, input, button, select, textarea, dialog, img, picture, video, audio, map";
const BLOCKS = new Set(["P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "LI", "BLOCKQUOTE", "TABLE", "HR", "SECTION", "ARTICLE", "MAIN", "ASIDE", "HEADER", "FOOTER", "FIGURE", "PRE", "ADDRESS", "DL", "DT", "DD", "FIGCAPTION", "CENTER", "DETAILS", "SUMMARY", "NAV", "TBODY", "THEAD", "TR", "TD", "TH", "CAPTION"]);
const HEADINGS = { H1: "h2", H2: "h2", H3: "h3", H4: "h4", H5: "h4", H6: "h4" };

const style = (e) => e.getAttribute("data-style") ?? "";
const rule = (e, name) => new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, "i").exec(style(e))?.[1].trim() ?? "";
const isBlock = (node) => node.nodeType === 1 && BLOCKS.has(node.tagName);

/** Google leads links over a page of its own. */
function linkOf(href) {
  const around = /^https:\/\/www\.google\.[a-z.]+\/url\?/.test(href) ? new URL(href).searchParams.get("q") : "";
  return cleanLink(around || href);
}

/** What the element does to the words in it, as tags of ours from the outside in. */
function marksOf(e) {
  const tags = [], weight = rule(e, "font-weight"), slant = rule(e, "font-style"), rises = rule(e, "vertical-align");
  const isBold = weight ? /^(bold|bolder|[6-9]00)$/i.test(weight) : e.tagName === "B" || e.tagName === "STRONG";
  const isSlanted = slant ? /^(italic|oblique)/i.test(slant) : ["I", "EM", "CITE", "DFN", "VAR"].includes(e.tagName);
  if (isBold) tags.push("strong");
  if (isSlanted) tags.push("em");
  if (["CODE", "KBD", "SAMP", "TT"].includes(e.tagName)) tags.push("code");
  if (e.tagName === "SUP" || rises === "super") tags.push("sup");
  if (e.tagName === "SUB" || rises === "sub") tags.push("sub");
  return tags;
}

/** Inline words of `from` into `to`. */
function inline(from, to, doc) {
  for (const node of from.childNodes) {
    if (node.nodeType === 3) { to.append(node.data.replace(/[ \t\r\n\f]+/g, " ")); continue; }
    if (node.nodeType !== 1 || isIgnored(node)) continue;
    if (node.tagName === "BR") { if (!node.classList.contains("Apple-interchange-newline")) to.append(doc.createElement("br")); continue; }
    if (isBlock(node) && to.childNodes.length && to.lastChild.nodeName !== "BR") to.append(doc.createElement("br"));
    let at = to;
    const href = node.tagName === "A" ? linkOf(node.getAttribute("href") ?? "") : "";
    if (href) at = at.appendChild(Object.assign(doc.createElement("a"), { href }));
    for (const tag of marksOf(node)) at = at.appendChild(doc.createElement(tag));
    inline(node, at, doc);
  }
}

const isIgnored = (e) => /mso-list\s*:\s*ignore/i.test(style(e)) || e.hidden || /display\s*:\s*none/i.test(style(e)) || /mso-hide\s*:\s*all/i.test(style(e));

// --- Word's lists: paragraphs that say of which list and how deep they are ---

function wordItem(e) {
  const said = /mso-list\s*:\s*(l\d+)\s+level(\d)/i.exec(style(e));
  if (!said) return null;
  const marker = [...e.querySelectorAll("span, i, b")].find((s) => /mso-list\s*:\s*ignore/i.test(style(s)))?.textContent.trim() ?? "";
  const ordered = /^\(?(\d+|[a-zA-Z]|[ivxlcdm]+)[.)]/i.test(marker);
  return { list: said[1], level: Number(said[2]), ordered, start: Number(/^\(?(\d+)/.exec(marker)?.[1] ?? 1) };
}

function wordList(items, doc) {
  const root = { at: null, level: 0 }, open = [root];
  let first = null;
  for (const { e, level, ordered, start } of items) {
    while (open.length > 1 && open.at(-1).level > level) open.pop();
    if (open.at(-1).level < level) {
      const list = doc.createElement(ordered ? "ol" : "ul");
      if (ordered && start > 1) list.setAttribute("start", start);
      const host = open.at(-1).at?.lastElementChild;
      if (host) host.append(list);
      else first ??= list;
      open.push({ at: list, level });
    }
    const item = open.at(-1).at.appendChild(doc.createElement("li"));
    inline(e, item.appendChild(doc.createElement("p")), doc);
  }
  return first;
}

// --- blocks ---

function paragraph(nodes, to, doc) {
  const p = doc.createElement("p"), holder = doc.createElement("span");
  holder.append(...nodes.map((node) => node.cloneNode(true)));
  inline(holder, p, doc);
  while (p.lastChild?.nodeName === "BR") p.lastChild.remove();
  if (p.textContent.trim() === "") return;
  to.append(p);
}

function listOf(from, doc) {
  const list = doc.createElement(from.tagName.toLowerCase());
  if (from.tagName === "OL" && Number(from.getAttribute("start")) > 1) list.setAttribute("start", from.getAttribute("start"));
  for (const node of from.children) {
    if (/^[UO]L$/.test(node.tagName)) { // right inside a list: it belongs to the item before
      const host = list.lastElementChild ?? list.appendChild(doc.createElement("li"));
      host.append(listOf(node, doc));
      continue;
    }
    const item = list.appendChild(doc.createElement("li")), words = [], inner = [];
    for (const child of node.childNodes) (/^[UO]L$/.test(child.nodeName) ? inner : words).push(child);
    const p = item.appendChild(doc.createElement("p")), holder = doc.createElement("span");
    holder.append(...words.map((w) => w.cloneNode(true)));
    inline(holder, p, doc);
    for (const one of inner) item.append(listOf(one, doc));
  }
  return list;
}

function tableOf(from, doc) {
  const rows = [...from.rows];
  if (rows.length < 2 && (rows[0]?.cells.length ?? 0) < 2) return null;
  const table = doc.createElement("table");
  for (const row of rows) {
    const tr = table.appendChild(doc.createElement("tr"));
    for (const cell of row.cells) {
      const td = tr.appendChild(doc.createElement(cell.tagName === "TH" || row.parentElement.tagName === "THEAD" ? "th" : "td"));
      for (const name of ["colspan", "rowspan"]) if (Number(cell.getAttribute(name)) > 1) td.setAttribute(name, cell.getAttribute(name));
      inline(cell, td, doc);
    }
  }
  const whole = doc.createElement("div"), caption = doc.createElement("div");
  whole.dataset.kind = "table";
  caption.dataset.kind = "table_caption";
  if (from.caption) inline(from.caption, caption, doc);
  whole.append(caption, table);
  return whole;
}

function blocks(from, to, doc) {
  let loose = [], breaks = 0, listed = [];
  const flush = () => { if (loose.length) paragraph(loose, to, doc); loose = []; breaks = 0; };
  const flushList = () => { if (listed.length) to.append(wordList(listed, doc)); listed = []; };
  for (const node of [...from.childNodes]) {
    if (node.nodeType === 3 ? listed.length && !node.data.trim() : node.nodeType !== 1 || isIgnored(node)) continue;
    const item = node.nodeType === 1 && isBlock(node) ? wordItem(node) : null;
    if (item) {
      flush();
      if (listed.length && listed[0].list !== item.list) flushList();
      listed.push({ e: node, ...item });
      continue;
    }
    flushList();
    const wraps = node.nodeType === 1 && !isBlock(node) && [...node.querySelectorAll("*")].some(isBlock);
    if (node.nodeName === "BR") {
      breaks++;
      if (breaks > 1) flush(); else loose.push(node);
    } else if (!isBlock(node) && !wraps) {
      loose.push(node);
      if (node.nodeType === 1 || node.data.trim()) breaks = 0;
    } else {
      flush();
      if (wraps) blocks(node, to, doc); // Google's <b id="docs-internal-guid-…"> around all
      else oneBlock(node, to, doc);
    }
  }
  flushList();
  flush();
}

function oneBlock(e, to, doc) {
  const tag = e.tagName;
  if (HEADINGS[tag] || /^(MsoTitle|MsoSubtitle)$/i.test(e.className)) {
    const heading = doc.createElement(HEADINGS[tag] ?? "h2");
    inline(e, heading, doc);
    for (const bold of heading.querySelectorAll("strong")) bold.replaceWith(...bold.childNodes); // headings are strong by themselves
    if (heading.textContent.trim()) to.append(heading);
  } else if (/^Mso(Intense)?Quote$/i.test(e.className)) {
    const quote = doc.createElement("blockquote");
    quote.dataset.kind = "quote";
    paragraph([...e.childNodes], quote, doc);
    if (quote.childElementCount) to.append(quote);
  } else if (tag === "UL" || tag === "OL") {
    to.append(listOf(e, doc));
  } else if (tag === "BLOCKQUOTE") {
    const quote = doc.createElement("blockquote");
    quote.dataset.kind = "quote";
    blocks(e, quote, doc);
    for (const child of [...quote.children]) if (!["P", "UL", "OL"].includes(child.tagName)) child.remove();
    if (quote.childElementCount) to.append(quote);
  } else if (tag === "TABLE") {
    const table = tableOf(e, doc);
    if (table) to.append(table);
    else for (const cell of e.querySelectorAll("td, th")) blocks(cell, to, doc);
  } else if (tag === "HR") {
    to.append(doc.createElement("hr"));
  } else if (tag === "PRE") {
    for (const line of e.textContent.split("\n")) if (line.trim()) paragraph([doc.createTextNode(line)], to, doc);
  } else if ([...e.children].some(isBlock) || [...e.querySelectorAll("*")].some(isBlock)) {
    blocks(e, to, doc);
  } else {
    const parts = [[]];
    for (const node of e.childNodes) { // two breaks in a row begin a paragraph
      const breaks = node.nodeName === "BR", now = parts.at(-1);
      if (breaks && now.at(-1)?.nodeName === "BR") parts.push([]);
      else if (!breaks || now.length) now.push(node);
    }
    for (const part of parts) paragraph(part, to, doc);
  }
}

/** Without what only Word reads; styles and what would run stand where nobody applies them. */
const plainer = (html) => html.replace(/<style\b[^]*?<\/style\s*>/gi, "").replace(/<!\[(if|endif)[^\]]*\]>/gi, "").replace(/<\/?o:p>/gi, "")
  .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'/])(style|on\w+)(\s*=)/gi, "$1 data-$2$3"));

// --- Word's comments and notes ---

const styled = (doc, what) => [...doc.querySelectorAll("[data-style]")].filter((e) => what.test(style(e)));

/** What is said about the text is not of it. */
function dropComments(doc) {
  for (const e of [...styled(doc, /mso-element\s*:\s*comment-list/i), ...doc.querySelectorAll(".MsoCommentReference, .msocomanchor")]) e.remove();
}

/** Footnotes and endnotes: a raised mark where they belong, and their words; numbered behind the `after` that are there. */
function takeNotes(doc, after) {
  const found = [];
  for (const note of styled(doc, /mso-element\s*:\s*(foot|end)note\s*(;|$)/i)) {
    const mark = note.id && doc.querySelector(`a[href="#_${CSS.escape(note.id)}"]`);
    if (mark) {
      const title = String(after + found.length + 1), words = doc.createElement("div");
      mark.replaceWith(Object.assign(doc.createElement("sup"), { textContent: title }));
      note.querySelector("a[data-style*=note-id]")?.remove();
      words.dataset.kind = "footnote";
      words.dataset.has = JSON.stringify({ title });
      found.push([words, note]);
    }
  }
  for (const [words, note] of found) {
    inline(note, words, doc);
    note.remove();
  }
  for (const list of styled(doc, /mso-element\s*:\s*(foot|end)note-list/i)) {
    for (const line of list.querySelectorAll("hr")) line.remove();
    if (!list.textContent.trim()) list.remove();
  }
  return found.map(([words]) => words);
}

/** HTML of anybody's as HTML that the schema reads; `after`: how many footnotes the story has. */
export function cleanHtml(html, after = 0) {
  if (/data-pm-slice/.test(html) && /data-(kind|id)=/.test(html)) return html; // from an editor of ours
  const doc = new DOMParser().parseFromString(plainer(html), "text/html");
  for (const gone of doc.querySelectorAll(GONE)) gone.remove();
  dropComments(doc);
  const out = doc.createElement("div"), notes = takeNotes(doc, after);
  blocks(doc.body, out, doc);
  out.append(...notes);
  const only = out.children.length === 1 && out.firstElementChild.tagName === "P" && ![...doc.body.querySelectorAll("*")].some(isBlock);
  return only ? out.firstElementChild.innerHTML : out.innerHTML; // a few words stay words
}

/** Has it words, or is it a picture alone? */
export function hasWords(html) {
  const { body } = new DOMParser().parseFromString(plainer(html), "text/html");
  for (const gone of body.querySelectorAll("script, style, template")) gone.remove();
  return body.textContent.trim() !== "";
}

/** How many pictures stand in it that do not come along. */
export const picturesIn = (html) => (/data-pm-slice/.test(html) ? 0 : new DOMParser().parseFromString(plainer(html), "text/html").querySelectorAll("img").length);

/** A lone address on the clipboard: { href, provider }. */
export function loneAddress(text) {
  const words = text.trim();
  if (!words || /\s/.test(words)) return null;
  const href = /^(https?:|mailto:|tel:)/i.test(words) ? cleanLink(words) : /^www\./i.test(words) ? typedLink(words) : "";
  return href ? { href, provider: providerOf(href) } : null;
}
