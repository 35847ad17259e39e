// views.js - how blocks with fields look while they are written: real form fields beside words that are
// edited in place.
import { NodeSelection, TextSelection } from "@tiptap/pm/state";
import { button, h } from "./dom.js";
import { mediaOf, wantMedia } from "./media.js";
import { newId } from "./tree.js";
import { say } from "./words.js";

let parts = { pick: async () => [] }; // what the page brings: dialogs
export const useParts = (given) => { parts = { ...parts, ...given }; };

let count = 0;

/** What is more than a screen away is not laid out (editor.css): never what has not been shown yet, for the browser
 *  puts no caret into what is not laid out, and types beside it. */
const far = new IntersectionObserver((all) => { for (const e of all) e.target.classList.toggle("is-far", !e.isIntersecting); }, { rootMargin: "100% 0px" });

/** The block of the cursor is laid out, wherever it is. */
export function layOutOwn(view) {
  const { $head } = view.state.selection;
  if ($head.depth > 0) view.nodeDOM($head.before(1))?.classList.remove("is-far");
}

class View {
  constructor(node, view, getPos) {
    Object.assign(this, { node, view, getPos, fields: [], last: null });
    this.dom = this.draw();
    this.stamp();
    far.observe(this.dom);
  }

  destroy() { far.unobserve(this.dom); }

  stamp() {
    const { id, language } = this.node.attrs;
    if (id) this.dom.dataset.id = id;
    if (language) { this.dom.lang = language; this.dom.dir = "auto"; }
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.stamp();
    for (const { name, input } of this.fields) if (input.value !== String(node.attrs[name])) input.value = node.attrs[name];
    this.redraw?.();
    return true;
  }

  set(name, value, joins = false) {
    const pos = this.getPos();
    if (pos === undefined) return;
    const tr = this.view.state.tr.setNodeAttribute(pos, name, value);
    const now = Date.now();
    if (joins && this.last && this.last.name === name && now - this.last.at < 800) tr.setMeta("appendedTransaction", this.last.tr); // one step for undo
    this.view.dispatch(tr);
    if (joins) this.last = { name, tr, at: now };
  }

  /** A field of words. */
  field(name, label, { more = "" } = {}) {
    const id = `f${++count}`;
    const input = h("input", { id, type: "text", value: this.node.attrs[name], autocomplete: "off", dir: "auto", maxlength: 2000,
      oninput: () => this.set(name, input.value, true),
      onkeydown: (e) => { if (e.key === "Enter" || e.key === "Escape") { e.preventDefault(); this.leave(); } } });
    this.fields.push({ name, input });
    return h("p", { class: `ed-field ${more}` }, h("label", { for: id }, label), input);
  }

  /** Back into the words: behind this block. */
  leave() {
    const { view } = this, pos = this.getPos();
    const end = pos + this.node.nodeSize;
    const at = view.state.doc.resolve(Math.min(end, view.state.doc.content.size));
    view.dispatch(view.state.tr.setSelection(TextSelection.near(at)).scrollIntoView());
    view.focus();
  }

  remove() {
    const pos = this.getPos(), { state } = this.view, at = state.doc.resolve(pos);
    const from = at.parent.childCount === 1 && at.depth > 0 ? at.before() : pos; // the last of a gallery: the gallery
    const node = state.doc.nodeAt(from);
    const tr = state.tr.delete(from, from + node.nodeSize);
    this.view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(from, tr.doc.content.size)))));
    this.view.focus();
  }

  move(step) {
    const pos = this.getPos(), { state } = this.view, at = state.doc.resolve(pos), i = at.index();
    const other = i + step;
    if (other < 0 || other >= at.parent.childCount) return;
    const size = at.parent.child(other).nodeSize;
    const tr = state.tr.delete(pos, pos + this.node.nodeSize);
    tr.insert(step < 0 ? pos - size : pos + size, this.node);
    this.view.dispatch(tr.scrollIntoView());
    this.view.focus();
  }

  /** Buttons that hold for every block. */
  tools(...more) {
    return h("div", { class: "ed-tools", contentEditable: "false" }, ...more,
      button(say("Move up"), () => this.move(-1), { class: "ed-tool", pictured: "up" }),
      button(say("Move down"), () => this.move(1), { class: "ed-tool", pictured: "down" }),
      button(say("Remove"), () => this.remove(), { class: "ed-tool", pictured: "close" }));
  }

  stopEvent(e) {
    const on = e.target instanceof Element ? e.target.closest("input, button, select, a, .ed-tools, .ed-fields") : null;
    return !!on && this.dom.contains(on) && !(this.contentDOM?.contains(on) && !e.target.closest("[contenteditable=false]"));
  }

  ignoreMutation(m) {
    if (m.type === "selection") return false;
    return !this.contentDOM || !this.contentDOM.contains(m.target);
  }
}

const fieldsOf = (...fields) => h("div", { class: "ed-fields", contentEditable: "false" }, ...fields);

/** Words to be written in place, with what stands there while it is empty. */
const words = (tag, kind, placeholder) => h(tag, { class: `ed-words ed-${kind}`, "data-empty": placeholder });

class MediaView extends View {
  draw() {
    const kind = this.node.type.name, a = this.node.attrs;
    this.plate = h("div", { class: "ed-plate", contentEditable: "false" });
    this.contentDOM = words("figcaption", "caption", say("Caption"));
    const change = button(say("Change"), async () => {
      const [m] = await parts.pick(kind, false);
      if (m && Number(m.id) !== this.node.attrs.media) this.swap(m);
      this.view.focus();
    }, { class: "ed-tool" });
    const crop = kind === "picture" && a.media ? h("a", { class: "ed-tool", href: `/desk/pictures/${a.media}`, target: "_blank", rel: "noopener" }, say("Crop and focus")) : null;
    this.crop = crop;
    this.lead = kind === "picture" ? button(say("Use as main picture"), () => parts.lead(this.getPos()), { class: "ed-tool ed-as-main" }) : null;
    const dom = h("figure", { class: `ed-block ed-${kind}` },
      this.tools(this.lead, change, crop), this.plate, this.contentDOM,
      fieldsOf(kind === "picture" ? this.field("alt", say("Alternative text")) : this.field("title", say("Title")),
               this.field("credit", say("Credit"))));
    this.media = -1;
    this.redraw();
    return dom;
  }

  /** Another picture: what was written of this one goes with it. */
  swap(m) {
    const { id, language } = this.node.attrs, pos = this.getPos();
    if (pos !== undefined) this.view.dispatch(this.view.state.tr.replaceWith(pos, pos + this.node.nodeSize, this.node.type.create({ id, language, media: Number(m.id) })));
  }

  redraw() {
    const { media, address } = this.node.attrs;
    if (this.media === media) return;
    this.media = media;
    if (this.lead) this.lead.hidden = !media;
    if (this.crop) this.crop.href = `/desk/pictures/${media}`;
    this.show(mediaOf(media));
    if (media && !mediaOf(media)) wantMedia(media, (m) => { if (this.media === media) this.show(m); });
    if (!media) this.plate.replaceChildren(h("p", { class: "ed-note" }, address || say("Nothing is chosen")));
  }

  show(m) {
    this.offer(m);
    if (!m) { this.plate.replaceChildren(h("p", { class: "ed-note" }, say("From the library"))); return; }
    const img = h("img", { src: m.src || m.thumb, alt: this.node.attrs.alt || m.alt || "", loading: "lazy", decoding: "async", draggable: false });
    if (m.width > 0 && m.height > 0) { img.width = m.width; img.height = m.height; }
    this.plate.replaceChildren(m.src || m.thumb ? img : h("p", { class: "ed-note" }, m.headline || say("From the library")));
    if (this.node.type.name !== "picture") this.plate.append(h("p", { class: "ed-note" }, m.headline || (this.node.type.name === "video" ? say("Video") : say("Audio"))));
  }

  /** What the library has is what readers get where nothing else is written. */
  offer(m) {
    for (const { name, input } of this.fields) if (name !== "title") input.placeholder = m?.[name] || (name === "alt" ? say("What it shows, for those who do not see it") : "");
    this.contentDOM.dataset.empty = m?.caption || say("Caption");
  }
}

class GalleryView extends View {
  draw() {
    this.contentDOM = h("div", { class: "ed-shots" });
    const add = button(say("Add pictures"), async () => {
      const picked = await parts.pick("picture", true);
      const { state } = this.view, type = state.schema.nodes.picture;
      const at = this.getPos() + this.node.nodeSize - 1;
      this.view.dispatch(state.tr.insert(at, picked.map((m) => type.create({ id: newId(), media: Number(m.id) }))));
    }, { class: "ed-tool" });
    return h("section", { class: "ed-block ed-gallery", "aria-label": say("Gallery") }, this.tools(add),
      fieldsOf(this.field("title", say("Title of the gallery"))), this.contentDOM);
  }
}

class QuoteView extends View {
  draw() {
    const pull = this.node.type.name === "pull_quote";
    this.contentDOM = pull ? words("p", "pull-words", say("Words to be pulled out")) : h("div", { class: "ed-quote-words" });
    return h("blockquote", { class: `ed-block ed-${pull ? "pull-quote" : "quote"}` }, this.tools(), this.contentDOM,
      fieldsOf(this.field("credit", say("Who said it"))));
  }
}

class BoxView extends View {
  draw() {
    this.contentDOM = h("div", { class: "ed-box-words" });
    return h("aside", { class: "ed-block ed-fact-box", "aria-label": say("Fact box") }, this.tools(),
      fieldsOf(this.field("title", say("Title of the box"))), this.contentDOM);
  }
}

class TimelineView extends View {
  draw() {
    this.contentDOM = h("div", { class: "ed-entries" });
    const add = button(say("Add an entry"), () => {
      const { state } = this.view, n = state.schema.nodes;
      const at = this.getPos() + this.node.nodeSize - 1;
      const tr = state.tr.insert(at, n.entry.create({ id: newId() }, n.paragraph.create()));
      this.view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 2))).scrollIntoView());
      this.view.focus();
    }, { class: "ed-tool" });
    return h("section", { class: "ed-block ed-timeline", "aria-label": say("Timeline") }, this.tools(add),
      fieldsOf(this.field("title", say("Title of the timeline"))), this.contentDOM);
  }
}

class EntryView extends View {
  draw() {
    this.contentDOM = h("div", { class: "ed-entry-words" });
    return h("div", { class: "ed-block ed-entry" }, this.tools(), fieldsOf(this.field("title", say("When"))), this.contentDOM);
  }
}

class TableView extends View {
  draw() {
    this.contentDOM = h("div", { class: "ed-table-inside" });
    const does = (label, command) => button(label, () => { parts.table(command, this.view, this.getPos()); }, { class: "ed-tool" });
    return h("section", { class: "ed-block ed-table", "aria-label": say("Table") }, this.tools(),
      h("div", { class: "ed-tools ed-table-tools", contentEditable: "false", role: "toolbar", "aria-label": say("Table") },
        does(tableWords[0], "addRowAfter"), does(tableWords[1], "deleteRow"), does(tableWords[2], "addColumnAfter"),
        does(tableWords[3], "deleteColumn"), does(tableWords[4], "toggleHeaderRow"), does(tableWords[5], "toggleHeaderColumn")),
      this.contentDOM);
  }
}
const tableWords = [say("Add a row"), say("Delete the row"), say("Add a column"), say("Delete the column"), say("Header row"), say("Header column")];

class CaptionView extends View {
  draw() {
    this.contentDOM = words("p", "table-caption", say("Caption of the table"));
    return this.contentDOM;
  }
  ignoreMutation() { return false; }
}

class EmbedView extends View {
  draw() {
    this.contentDOM = words("p", "embed-words", say("What it says, for those who do not follow the link"));
    this.address = h("p", { class: "ed-note", contentEditable: "false", dir: "ltr" }, this.node.attrs.address);
    return h("section", { class: "ed-block ed-embed", "aria-label": say("Card of another site") }, this.tools(), this.address,
      fieldsOf(this.field("title", say("Title")), this.field("credit", say("Provider"))), this.contentDOM);
  }
  redraw() { this.address.textContent = this.node.attrs.address; }
}

class RelatedView extends View {
  draw() {
    this.label = h("p", { class: "ed-note" });
    const dom = h("section", { class: "ed-block ed-related", contentEditable: "false", "aria-label": say("Related story") }, this.tools(),
      h("p", { class: "ed-kicker" }, say("Related story")), this.label, fieldsOf(this.field("title", say("Other words for its headline"))));
    this.redraw();
    return dom;
  }
  redraw() {
    const { story, address } = this.node.attrs;
    this.label.textContent = story ? `${story}` : address;
    if (story) parts.storyName?.(story).then((name) => { if (name && this.node.attrs.story === story) this.label.textContent = name; });
  }
  selectNode() { this.dom.classList.add("is-selected"); }
  deselectNode() { this.dom.classList.remove("is-selected"); }
}

class FootnoteView extends View {
  draw() {
    this.contentDOM = words("p", "note-words", say("The note"));
    return h("aside", { class: "ed-block ed-footnote", "aria-label": say("Footnote") }, this.tools(),
      fieldsOf(this.field("title", say("Mark"), { more: "is-short" })), this.contentDOM);
  }
}

const views = {
  picture: MediaView, video: MediaView, audio: MediaView, gallery: GalleryView, quote: QuoteView, pull_quote: QuoteView,
  fact_box: BoxView, timeline: TimelineView, entry: EntryView, table: TableView, table_caption: CaptionView,
  embed: EmbedView, related: RelatedView, footnote: FootnoteView,
};

export const nodeViews = Object.fromEntries(Object.entries(views).map(([name, Class]) => [name, (node, view, getPos) => new Class(node, view, getPos)]));

/** Select a block as a whole. */
export const selectBlock = (view, pos) => view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, pos)).scrollIntoView());
