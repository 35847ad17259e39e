// normal.js - the one normal form of words and tables, as src/text keeps them: what goes to the paper in
// this form comes back unchanged.  Spans here are those of the tree: {text, marks, link, language} or
// {break: true}.
import { cleanLink } from "./links.js";

export const MARKS = ["strong", "emphasis", "code", "sub", "sup"];

const DROPPED = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\p{Cs}|\p{Noncharacter_Code_Point}/gu;
const BLANK = /^[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u200b\ufeff\u2060\xad]*$/;

export const clean = (s) => s.replace(DROPPED, "");
export const blank = (s) => BLANK.test(s);

/** A line of words, squeezed; empty when there is nothing to see in it. */
export function line(s) {
  const words = clean(String(s ?? "")).replace(/[\t-\r ]+/g, " ").replace(/^ | $/g, "");
  return blank(words) ? "" : words;
}

/** A language tag of BCP 47, by its letters? */
export function languageOk(tag) {
  if (typeof tag !== "string" || tag.length < 2 || tag.length > 35) return false;
  return tag.split("-").every((part, i) => (i === 0 ? /^[a-z]{1,8}$/i.test(part) && (part.length > 1 || /^[xi]/.test(part)) : /^[a-z0-9]{1,8}$/i.test(part)));
}

/** As it differs from its surroundings. */
export const languageIn = (tag, around) => (languageOk(tag) && tag.toLowerCase() !== (around ?? "").toLowerCase() ? tag : "");

const idOk = (id) => typeof id === "string" && /^[a-z0-9]{1,16}$/.test(id);
export { idOk };

const alike = (x, y) => x.marks === y.marks && x.link === y.link && x.language === y.language;

/** Words laid end to end. */
class Line {
  constructor() { this.spans = []; }
  get last() { return this.spans.at(-1); }
  get gap() { return !this.last || this.last.break || this.last.text.endsWith(" "); }
  cutGap() {
    while (this.last && !this.last.break && this.last.text.endsWith(" ")) {
      this.last.text = this.last.text.slice(0, -1);
      if (this.last.text) return;
      this.spans.pop();
    }
  }
  add(span) {
    let s = { ...span, text: span.text.replace(/[ \t\n\r\f]+/g, " ") };
    if (this.gap && s.text.startsWith(" ")) s.text = s.text.slice(1);
    if (!s.text) return;
    const joins = this.last && !this.last.break;
    if (joins && alike(this.last, s)) { this.last.text += s.text; return; }
    if (blank(s.text)) s = { text: s.text, marks: "", link: "", language: "" }; // space alone is never a link
    if (joins && alike(this.last, s)) this.last.text += s.text;
    else this.spans.push(s);
  }
  /** False when it is the second in a row. */
  break() {
    this.cutGap();
    if (!this.last) return true;
    if (this.last.break) return false;
    this.spans.push({ break: true });
    return true;
  }
  finished() {
    for (this.cutGap(); this.last?.break; this.cutGap()) this.spans.pop();
    if (this.spans.every((s) => s.break || blank(s.text))) return [];
    return this.spans.map((s) => {
      if (s.break) return { break: true };
      const out = { text: s.text };
      if (s.marks) out.marks = s.marks.split(" ");
      if (s.link) out.link = s.link;
      if (s.language) out.language = s.language;
      return out;
    });
  }
}

/**
 * Spans in normal form: a list of lines, one unless `splits` and two breaks follow each other (then the
 * words behind them are another paragraph's).  Lines of nothing are left out.
 */
export function normalLines(spans, language, splits) {
  const lines = [];
  let now = new Line();
  for (const s of spans) {
    if (s.break) {
      if (!now.break() && splits) { lines.push(now.finished()); now = new Line(); }
      continue;
    }
    now.add({ text: clean(s.text), marks: MARKS.filter((m) => s.marks?.includes(m)).join(" "),
              link: s.link ? cleanLink(s.link) : "", language: languageIn(s.language, language) });
  }
  lines.push(now.finished());
  return lines.filter((l) => l.length > 0);
}

export const normalSpans = (spans, language) => normalLines(spans, language, false)[0] ?? [];

// --- tables: spans of cells that fit, no column in which no cell begins (src/text/body_table.c) ---

const COLUMNS = 50;
const zeros = () => new Array(COLUMNS).fill(0);

function freeColumn(down, from) {
  while (from < COLUMNS && down[from] > 0) from++;
  return from;
}

function joinCells(row, last) {
  const spans = [];
  for (const cell of row.slice(last)) {
    if (spans.length && cell.spans?.length) spans.push({ break: true });
    spans.push(...(cell.spans ?? []));
  }
  row[last].spans = spans;
  row.length = last + 1;
}

function fitRow(grid, row, rowsLeft) {
  const took = zeros();
  let column = 0;
  if (freeColumn(grid.down, 0) === COLUMNS)
    for (let x = 0; x < COLUMNS; x++) {
      if (x === 0 || grid.owner[x] !== grid.owner[x - 1]) grid.owner[x].down -= grid.down[x];
      grid.down[x] = 0;
    }
  for (let i = 0; i < row.length; i++) {
    const cell = row[i];
    column = freeColumn(grid.down, column);
    if (column === COLUMNS) { joinCells(row, i - 1); break; }
    let width = 1;
    while (width < cell.across && column + width < COLUMNS && grid.down[column + width] === 0) width++;
    cell.across = width;
    cell.down = Math.min(cell.down, rowsLeft);
    for (let x = column; x < column + width; x++) { took[x] = cell.down; grid.owner[x] = cell; }
    grid.begins[column] = 1;
    column += width;
  }
  pass(grid.down, took);
}

function pass(down, took) {
  for (let x = 0; x < COLUMNS; x++) {
    if (down[x] > 0) down[x]--;
    if (took[x] > 0) down[x] = took[x] - 1;
  }
}

/** Rows are lists of cells, each with numbers across and down; they are changed. */
export function fitTable(rows) {
  const grid = { down: zeros(), owner: [], begins: zeros() };
  rows.forEach((row, i) => fitRow(grid, row, rows.length - i));
  const down = zeros();
  for (const row of rows) {
    const took = zeros();
    let column = 0;
    for (const cell of row) {
      let width = 0;
      column = freeColumn(down, column);
      for (let x = column; x < column + cell.across; x++) { took[x] = cell.down; width += grid.begins[x]; }
      column += cell.across;
      cell.across = width;
    }
    pass(down, took);
  }
}
