// rebase.js - what somebody else did to the story, done to the document that is being written in: block
// by block by their ids, as small steps, so that the cursor and what can be undone stay where they are.
import { toNode, toTree } from "./tree.js";

const same = (x, y) => JSON.stringify(x) === JSON.stringify(y);
const byId = (body) => new Map((body?.blocks ?? []).map((b) => [b.id, b]));

/** Where a block of this id stands at the top of `doc`: { pos, node }. */
export function findTop(doc, id) {
  let found = null;
  doc.forEach((node, pos) => { if (!found && node.attrs.id === id) found = { node, pos }; });
  return found;
}

/** Where any block of this id stands. */
export function findBlock(doc, id) {
  let found = null;
  doc.descendants((node, pos) => {
    if (!found && node.attrs.id === id) found = { node, pos };
    return !found && node.isBlock && !node.isTextblock;
  });
  return found;
}

/** The one stretch that differs: [from, to) of x became [from, end) of y; null when none does. */
function stretch(x, y) {
  const from = x.content.findDiffStart(y.content);
  if (from === null) return null;
  let { a, b } = x.content.findDiffEnd(y.content);
  const overlap = from - Math.min(a, b);
  if (overlap > 0) { a += overlap; b += overlap; }
  return { from, to: a, end: b };
}

const attrsThatDiffer = (x, y) => Object.keys(y.attrs).filter((name) => name !== "id" && !same(x.attrs[name], y.attrs[name]));

function become(tr, at, node, target) {
  if (node.type !== target.type) { tr.replaceWith(at, at + node.nodeSize, target); return; }
  for (const name of attrsThatDiffer(node, target)) tr.setNodeAttribute(at, name, target.attrs[name]);
  const s = stretch(node, target);
  if (s) tr.replace(at + 1 + s.from, at + 1 + s.to, target.slice(s.from, s.end));
}

/** Both have changed this block.  False when they changed the same of it. */
function weave(tr, at, node, base, theirs) {
  if (!base || base.type !== theirs.type || node.type !== base.type) return false;
  const attrs = attrsThatDiffer(base, theirs);
  if (attrs.some((name) => !same(node.attrs[name], base.attrs[name]) && !same(node.attrs[name], theirs.attrs[name]))) return false;
  const remote = stretch(base, theirs), local = stretch(base, node);
  let shift = 0;
  if (remote && local) {
    if (remote.from > local.to) shift = local.end - local.to;
    else if (remote.to >= local.from) return false;
  }
  for (const name of attrs) tr.setNodeAttribute(at, name, theirs.attrs[name]);
  if (remote) tr.replace(at + 1 + remote.from + shift, at + 1 + remote.to + shift, theirs.slice(remote.from, remote.end));
  return true;
}

/** Of ids that both orders have, those that stand elsewhere now. */
function moved(before, after) {
  const place = new Map(before.map((id, i) => [id, i]));
  const common = after.filter((id) => place.has(id));
  const best = [], tails = [], from = new Array(common.length).fill(-1);
  common.forEach((id, i) => { // the longest run that is still in order stays
    const p = place.get(id);
    let low = 0, high = tails.length;
    while (low < high) { const mid = (low + high) >> 1; if (place.get(common[tails[mid]]) < p) low = mid + 1; else high = mid; }
    from[i] = low > 0 ? tails[low - 1] : -1;
    tails[low] = i;
  });
  for (let i = tails.at(-1) ?? -1; i >= 0; i = from[i]) best.push(common[i]);
  const stays = new Set(best);
  return common.filter((id) => !stays.has(id));
}

/** Behind the nearest block that stands before it there. */
function placeFor(doc, order, i) {
  for (let before = i - 1; before >= 0; before--) {
    const found = findTop(doc, order[before]);
    if (found) return found.pos + found.node.nodeSize;
  }
  return 0;
}

/**
 * A transaction on `state` that does what leads from body `base` to body `theirs`; and what both did to
 * the same words: [{ where, base, mine, theirs }], of which nothing is in the transaction (`anyway`: then
 * theirs is).
 */
export function rebase(state, base, theirs, anyway = false) {
  const { tr } = state, conflicts = [];
  const was = byId(base), is = byId(theirs), mine = byId(toTree(state.doc));
  const order = (theirs.blocks ?? []).map((b) => b.id);

  for (const [id, b] of was) {
    const here = mine.get(id);
    if (is.has(id) || !here || !same(here, b)) continue; // mine has changed it: it stays
    const found = findTop(tr.doc, id);
    if (found) tr.delete(found.pos, found.pos + found.node.nodeSize);
  }
  const wandered = new Set(moved([...was.keys()], order));
  order.forEach((id, i) => {
    const b = is.get(id), before = was.get(id), here = mine.get(id);
    if (same(before, b) && !wandered.has(id)) return;
    const target = toNode(b), found = findTop(tr.doc, id);
    if (!target || same(here, b) && !wandered.has(id)) return;
    if (!found) {
      if (before && same(before, b)) return; // mine has taken it out
      tr.insert(placeFor(tr.doc, order, i), target);
      return;
    }
    if (wandered.has(id) && same(here, before)) {
      tr.delete(found.pos, found.pos + found.node.nodeSize);
      tr.insert(placeFor(tr.doc, order, i), target);
    } else if (!same(before, b)) {
      if (anyway || (before && same(here, before))) become(tr, found.pos, found.node, target);
      else if (!weave(tr, found.pos, found.node, before && toNode(before), target))
        conflicts.push({ where: `block:${id}`, base: before ?? null, mine: here ?? null, theirs: b });
    }
  });
  if (tr.doc.childCount === 0) return { tr: state.tr, conflicts };
  return { tr: tr.setMeta("addToHistory", false).setMeta("theirs", true), conflicts };
}

/** The same for all that is not the body: what to set, and what both changed. */
export function rebaseFields(base, mine, theirs, anyway = false) {
  const set = {}, conflicts = [];
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(base)])) {
    if (name === "body" || name === "v" || same(base[name], theirs[name]) || same(mine[name], theirs[name])) continue;
    if (anyway || same(mine[name], base[name])) set[name] = theirs[name];
    else conflicts.push({ where: `field:${name}`, base: base[name] ?? null, mine: mine[name] ?? null, theirs: theirs[name] ?? null });
  }
  return { set, conflicts };
}

/** A copy that was put together, with what a person chose of each conflict: "mine", "theirs", "both". */
export function settled(merged, conflicts, choices, newId) {
  const copy = structuredClone(merged);
  conflicts.forEach((c, i) => {
    const choice = choices[i], [kind, name] = [c.where.slice(0, c.where.indexOf(":")), c.where.slice(c.where.indexOf(":") + 1)];
    if (kind === "field") copy[name] = choice === "both" ? bothFields(c.mine, c.theirs) : c[choice];
    else settleBlock(copy.body.blocks, name, c, choice, newId);
  });
  return copy;
}

function bothFields(mine, theirs) {
  if (Array.isArray(mine) && Array.isArray(theirs)) return [...theirs, ...mine.filter((m) => !theirs.some((x) => same(x, m)))];
  return typeof mine === "string" && typeof theirs === "string" ? `${theirs} / ${mine}` : mine;
}

function settleBlock(blocks, id, conflict, choice, newId) {
  const siblings = holding(blocks, id) ?? blocks;
  let at = siblings.findIndex((b) => b.id === id);
  const put = [];
  if (choice === "both" && conflict.mine && conflict.theirs && ["cell", "entry"].includes(conflict.theirs.kind)) { // of a row there are no more than it has
    conflict = { ...conflict, mine: null, theirs: { ...conflict.theirs, spans: [...(conflict.theirs.spans ?? []), { break: true }, ...(conflict.mine.spans ?? [])] } };
  }
  if (choice !== "mine" && conflict.theirs) put.push(conflict.theirs);
  if (choice !== "theirs" && conflict.mine) put.push(put.length ? fresh(conflict.mine, newId) : conflict.mine);
  if (at < 0) at = siblings.length;
  siblings.splice(at, siblings[at]?.id === id ? 1 : 0, ...put);
}

/** The list of blocks in which one of this id stands. */
function holding(blocks, id) {
  if (blocks.some((b) => b.id === id)) return blocks;
  for (const b of blocks) {
    const found = b.children && holding(b.children, id);
    if (found) return found;
  }
  return null;
}

const fresh = (b, newId) => ({ ...b, id: newId(), ...(b.children ? { children: b.children.map((c) => fresh(c, newId)) } : {}) });
