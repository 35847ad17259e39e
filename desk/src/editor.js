// editor.js - the page on which a story is written: puts the parts together.
import { dropCursor } from "@tiptap/pm/dropcursor";
import { gapCursor } from "@tiptap/pm/gapcursor";
import { history } from "@tiptap/pm/history";
import { EditorState, Plugin, TextSelection } from "@tiptap/pm/state";
import * as tables from "@tiptap/pm/tables";
import { Decoration, DecorationSet, EditorView } from "@tiptap/pm/view";
import * as does from "./commands.js";
import { decide } from "./conflicts.js";
import { announce, button, dialog, h } from "./dom.js";
import { Fields, focusField, headFields, labels, panel } from "./fields.js";
import { findBar, findPlugin } from "./find.js";
import { ids, numbered } from "./ids.js";
import { deviceStore, Journal } from "./journal.js";
import { keyPlugins } from "./keys.js";
import { providerOf, typedLink } from "./links.js";
import { learn } from "./media.js";
import { barPlugin, plusPlugin, slashPlugin } from "./menu.js";
import { Away, get, post } from "./net.js";
import { line } from "./normal.js";
import { notesDialog } from "./notes.js";
import { cleanHtml, hasWords, loneAddress, picturesIn } from "./paste.js";
import { hereOf, peopleLine, peoplePlugin } from "./people.js";
import { pick, pickStory, storyName, uploadAll, useUploads } from "./pictures.js";
import { findBlock, rebase, rebaseFields } from "./rebase.js";
import { schema } from "./schema.js";
import { Sync } from "./sync.js";
import { fromTree, toText, toTree, wordsIn } from "./tree.js";
import { layOutOwn, nodeViews, useParts } from "./views.js";
import { clock as shownTime, directionOf, moment, number, say } from "./words.js";

const WORDS_A_MINUTE = 220, COUNT_AFTER = 400;
const SEEN = { top: 130, bottom: 80, left: 0, right: 0 }; // the cursor is never under what stands at the window's edges
const realClock = { now: () => Date.now(), set: (act, ms) => setTimeout(act, ms), clear: (timer) => clearTimeout(timer) };
const json = (id) => { const e = document.getElementById(id); return e ? JSON.parse(e.textContent) : null; };

/** A name of this window, kept when it is loaded again, never shared with another. */
async function windowName() {
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(9)), (n) => (n % 36).toString(36)).join("");
  const kept = sessionStorage.getItem("editor-window");
  const free = !kept || !navigator.locks ? true : await new Promise((done) => { navigator.locks.request(`editor-${kept}`, { ifAvailable: true }, (lock) => { done(!!lock); }); });
  const name = kept && free ? kept : fresh();
  sessionStorage.setItem("editor-window", name);
  navigator.locks?.request(`editor-${name}`, () => new Promise(() => {}));
  return name;
}

async function lives(name) {
  const { held } = (await navigator.locks?.query()) ?? { held: [] };
  return held.some((lock) => lock.name === `editor-${name}`);
}

/** Text fields as the paper keeps them. */
function fieldsNormal(values) {
  const out = {};
  for (const [name, value] of Object.entries(values)) {
    if (name === "body") continue;
    if (typeof value === "string") out[name] = line(value);
    else if (name === "hero" && value) out[name] = { ...value, caption: line(value.caption), credit: line(value.credit), alt: line(value.alt) };
    else out[name] = value;
  }
  return out;
}

class Editor {
  constructor(root, data, facts, windowKey) {
    Object.assign(this, { root, facts, key: windowKey, story: data.story ?? {}, id: Number(data.story?.id ?? /\/stories\/(\d+)/.exec(location.pathname)?.[1]) });
    this.path = `/desk/stories/${this.id}`;
    facts.story = this.id;
    useUploads(facts.privileges?.includes("pictures") ?? false);
    this.fields = new Fields(data.copy, (name) => { this.touched(); if (name === "language") this.speak(); if (name === "hero") this.offersMain(); });
    this.draw();
    this.write(data.copy.body);
    this.sync = new Sync({
      net: { save: (body) => post(`${this.path}/copy`, body), look: (fields) => get(`${this.path}/copy`, fields) },
      clock: realClock, editor: this.key, base: data.revision, known: data.copy, read: () => this.copy, here: () => hereOf(this.view.state),
      take: (known, theirs, anyway) => this.take(known, theirs, anyway),
      ask: (answer) => decide(answer, (name) => labels()[name] ?? name),
      tell: (state) => this.tell(state), meet: (people, story) => this.meet(people, story),
      hidden: () => document.hidden, note: () => this.journal?.note(),
    });
    this.known = data.copy;
  }

  /** The copy as it stands here. */
  get copy() {
    return { ...this.fields.values, ...fieldsNormal(this.fields.values), v: 1, body: toTree(this.view.state.doc) };
  }

  /** What the journal keeps: nothing when the paper has all.  Its text is one string: no work to copy. */
  get pending() {
    return this.sync.dirty ? { base: this.sync.base, copy: { ...this.fields.values, body: null }, text: toText(this.view.state.doc) } : null;
  }

  // --- the page ---

  draw() {
    this.state = h("p", { class: "ed-state", role: "status", "aria-live": "polite" });
    this.people = h("ul", { class: "ed-people", "aria-label": say("Also here") });
    this.count = h("p", { class: "ed-count" });
    this.notice = h("div", { class: "ed-notice" });
    this.paper = h("div", { class: "ed-paper" });
    this.panel = h("dialog", { class: "ed-panel", "aria-label": say("About the story") });
    this.panelButton = button(say("About the story"), () => this.showPanel(), { class: "ed-tool ed-text", "aria-expanded": "false" });
    this.publish = h("a", { class: "button ed-publish", href: this.path, onclick: (e) => this.leaveTo(e, this.path + (["live", "scheduled"].includes(this.story.state) ? "#update" : "")) }, say("Publish…"));
    const more = h("details", { class: "drop" }, h("summary", {}, say("More")), h("div", { class: "drop-list" },
      h("a", { href: `${this.path}/preview`, target: "_blank", onclick: (e) => this.preview(e, false) }, say("Preview")),
      h("a", { href: `${this.path}/preview`, target: "_blank", onclick: (e) => this.preview(e, true) }, say("Preview on a telephone")),
      button(say("Checklist"), () => { more.open = false; this.checklist(); }),
      button(say("Notes of the newsroom"), () => { more.open = false; notesDialog(`${this.path}/notes`, this.story.state === "killed"); }),
      button(say("Find and replace"), () => { more.open = false; this.find(); }),
      button(say("Save under a name"), () => { more.open = false; this.saveNamed(); }),
      h("a", { href: `${this.path}/revisions` }, say("Revisions")),
      button(say("Keys"), () => { more.open = false; keysDialog(); })));
    const top = h("header", { class: "ed-top" },
      h("a", { class: "ed-back", href: "/desk/stories", onclick: (e) => this.leaveTo(e, "/desk/stories") }, say("Stories")), this.state, this.people, this.count,
      h("div", { class: "ed-top-acts" }, more, this.panelButton, this.publish));
    this.findHost = h("div", { class: "ed-find-host" });
    const head = headFields(this.fields, this.facts, (name) => {
      const next = { kicker: "head-headline", headline: "head-standfirst" }[name];
      if (next) document.getElementById(next).focus(); else this.toStart();
    }, () => this.goTo("hero"), () => this.useAsMain(does.firstPicture(this.view.state.doc)));
    const title = h("h1", { class: "unseen" }, say("Write"));
    this.wire = document.getElementById("from-wire");
    this.wire.addEventListener("submit", (e) => { if (e.target.matches(".from-wire-merge")) { e.preventDefault(); this.putNewer(e.submitter?.value === "leave"); } });
    this.notice.append(this.wire);
    this.root.replaceChildren(title, top, this.findHost, this.notice, h("div", { class: "ed-sheet" }, head, this.paper), this.panel);
    this.panel.append(h("div", { class: "ed-dialog-head" }, h("h2", {}, say("About the story")), button(say("Close"), () => this.hidePanel(), { class: "ed-tool", pictured: "close" })), ...panel(this.fields, this.facts));
    this.panel.addEventListener("close", () => { this.panelButton.setAttribute("aria-expanded", "false"); this.root.classList.remove("has-panel"); });
    this.panel.addEventListener("click", (e) => { if (e.target === this.panel) this.hidePanel(); });
  }

  showPanel() {
    if (this.panel.open) { this.hidePanel(); return; }
    this.panelButton.setAttribute("aria-expanded", "true");
    if (matchMedia("(min-width: 75rem)").matches) {
      this.root.classList.add("has-panel");
      this.panel.show();
    } else {
      this.panel.showModal();
    }
  }

  hidePanel() {
    this.panel.close();
    this.panelButton.focus();
  }

  write(body) {
    const parts = {
      pick, story: () => pickStory(this.id), storyName, embed: () => askEmbed(), lead: (pos) => this.useAsMain(pos),
      table: (name, view, pos) => tableDoes(name, view, pos),
    };
    useParts(parts);
    let state = EditorState.create({
      doc: fromTree(body),
      plugins: [
        slashPlugin(parts), barPlugin(parts), plusPlugin(), findPlugin(), peoplePlugin(),
        ...keyPlugins({ "Mod-s": () => { this.saveNow(); return true; }, "Mod-Shift-s": () => { this.saveNamed(); return true; }, "Mod-f": () => { this.find(); return true; }, "Mod-Alt-m": () => { this.putNewer(); return true; }, ArrowUp: (s, _, view) => this.upToHead(s, view) }),
        tables.tableEditing(), history({ newGroupDelay: 700 }), dropCursor({ color: false, class: "ed-drop" }), gapCursor(), ids(), trailing(), emptyWords(),
      ],
    });
    const first = numbered(state);
    if (first) state = state.apply(first.setMeta("addToHistory", false));
    this.view = new EditorView(this.paper, {
      state, nodeViews,
      attributes: { class: "ed-body", role: "textbox", "aria-multiline": "true", "aria-label": say("Text of the story"), spellcheck: "true" },
      editable: () => this.story.state !== "killed",
      dispatchTransaction: (tr) => this.dispatch(tr),
      transformPastedHTML: (html, view) => cleanHtml(html, does.notesIn(view.state.doc)),
      scrollThreshold: SEEN, scrollMargin: SEEN,
      handlePaste: (view, e) => this.pasted(view, e),
      handleDrop: (view, e) => this.dropped(view, e),
    });
    this.speak();
    this.counts();
  }

  speak() {
    const language = this.fields.get("language") || this.facts.language || "";
    this.view.dom.lang = language;
    this.view.dom.dir = directionOf(language);
  }

  dispatch(tr) {
    const { state, transactions } = this.view.state.applyTransaction(tr);
    this.view.updateState(state);
    layOutOwn(this.view);
    if (transactions.some((t) => t.docChanged && !t.getMeta("theirs"))) this.touched();
  }

  /** Something was written here. */
  touched() {
    this.sync?.changed();
    this.counting ??= setTimeout(() => idle(() => { this.counting = null; this.counts(); }), COUNT_AFTER);
  }

  counts() {
    const words = wordsIn(this.view.state.doc);
    this.count.textContent = say("Words: {n} · minutes: {m}", { n: number(words), m: number(1 + Math.floor(words / WORDS_A_MINUTE)) });
    this.offersMain();
  }

  /** A picture of the text is offered as the main one while there is none. */
  offersMain() {
    this.root.classList.toggle("asks-main", !this.fields.get("hero")?.media && does.firstPicture(this.view.state.doc) >= 0);
  }

  /** A picture of the text goes to the head with what is written of it; one of a gallery stays there, too. */
  useAsMain(pos) {
    const { state } = this.view, node = pos >= 0 ? state.doc.nodeAt(pos) : null;
    if (!node?.attrs.media) return;
    const { media, credit, alt } = node.attrs;
    this.fields.set("hero", { media, credit, alt, caption: line(node.textBetween(0, node.content.size, " ", " ")) });
    if (state.doc.resolve(pos).depth === 0) this.view.dispatch(state.tr.delete(pos, pos + node.nodeSize));
    this.goTo("hero");
  }

  toStart() {
    this.view.focus();
    this.view.dispatch(this.view.state.tr.setSelection(TextSelection.atStart(this.view.state.doc)).scrollIntoView());
  }

  upToHead(state, view) {
    const { $from, empty } = state.selection;
    if (!empty || $from.before(1) !== 0 || !view.endOfTextblock("up")) return false;
    document.getElementById("head-standfirst").focus();
    return true;
  }

  // --- what comes in ---

  pasted(view, e) {
    const files = [...(e.clipboardData?.files ?? [])].filter((f) => /^(image|video|audio)\//.test(f.type));
    const html = e.clipboardData?.getData("text/html") ?? "";
    if (files.length && !hasWords(html)) { this.takeFiles(files); return true; } // some programs add a picture of the words
    const left = picturesIn(html);
    if (left) this.note(say("Pictures do not come along with pasted words, and here were some: {n}. Drop their files where they shall stand.", { n: number(left) }));
    const lone = loneAddress(e.clipboardData?.getData("text/plain") ?? "");
    if (!lone || view.state.selection.$from.parent.type.spec.code) return false;
    const { selection } = view.state, { $from } = selection;
    if (!selection.empty && selection instanceof TextSelection) { does.link(lone.href)(view.state, view.dispatch); return true; }
    if (lone.provider && lone.href.startsWith("https:") && $from.depth === 1 && $from.parent.type.name === "paragraph" && $from.parent.content.size === 0) {
      view.dispatch(does.put(view.state, does.fresh.embed(lone.href, lone.provider)));
      return true;
    }
    if (!$from.parent.inlineContent) return false;
    view.dispatch(view.state.tr.replaceSelectionWith(schema.text(lone.href, [schema.marks.link.create({ href: lone.href })]), false).scrollIntoView());
    return true;
  }

  dropped(view, e) {
    const files = [...(e.dataTransfer?.files ?? [])].filter((f) => /^(image|video|audio)\//.test(f.type));
    if (!files.length) return false;
    e.preventDefault();
    const at = view.posAtCoords({ left: e.clientX, top: e.clientY });
    if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
    this.takeFiles(files);
    return true;
  }

  async takeFiles(files) {
    const mark = hereOf(this.view.state), host = h("div", { class: "ed-uploads" });
    this.notice.append(host);
    for (const m of await uploadAll(files, host)) {
      learn([m]);
      const kind = /^(video|audio)/.exec(m.type ?? "")?.[1] ?? "picture", { state } = this.view;
      const found = mark && findBlock(state.doc, mark); // the cursor may be elsewhere by now
      const top = found ? state.doc.resolve(found.pos).depth === 0 : false;
      const [node] = does.fresh.media(kind, [m]);
      if (top && found.node.type.name === "paragraph" && found.node.content.size === 0) this.view.dispatch(state.tr.replaceWith(found.pos, found.pos + found.node.nodeSize, [node, schema.nodes.paragraph.create({ id: mark })]));
      else if (top) this.view.dispatch(state.tr.insert(found.pos + found.node.nodeSize, node));
      else this.view.dispatch(does.put(state, node));
      announce(say("Taken into the library: {name}", { name: m.headline || m.id }));
    }
    if (!host.querySelector(".ed-wrong")) host.remove();
  }

  // --- others ---

  /** What leads from `known` to `theirs`, done here.  Gives conflicts, and then does nothing. */
  take(known, theirs, anyway = false) {
    const mine = this.copy;
    const head = rebaseFields(known, mine, theirs, anyway), body = rebase(this.view.state, known.body, theirs.body, anyway);
    const conflicts = [...head.conflicts, ...body.conflicts];
    if (conflicts.length && !anyway) return conflicts;
    if (body.tr.docChanged) this.view.dispatch(body.tr);
    if (Object.keys(head.set).length) { this.fields.take(head.set); if ("language" in head.set) this.speak(); }
    this.counts();
    return [];
  }

  meet(people, story) {
    this.peopleShown ??= peopleLine(this.people, this.key);
    this.peopleShown(this.view, people);
    if (!story) return;
    const was = this.story;
    this.story = story;
    this.standing();
    if (was.state !== story.state) this.view.setProps({}); // what was killed is written no more
    if (was.newer !== story.newer || was.state !== story.state) this.lookAtWire();
  }

  /** What the agency says since: the page knows it, with a comparison. */
  async lookAtWire() {
    const reply = await fetch(`${this.path}/edit`, { cache: "no-store" }).catch(() => null);
    if (!reply?.ok || reply.redirected) return;
    const said = new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("from-wire");
    if (!said) return;
    this.wire.replaceChildren(...said.childNodes);
    this.standing(true);
    const head = this.wire.querySelector("h2");
    if (head) announce(head.textContent);
  }

  /** Newer copy, put into what is written here (what both have changed is asked), or left out of it. */
  async putNewer(leaves = false) {
    if (!this.story.newer || this.putting) return;
    this.putting = true;
    try {
      await this.sync.save();
      const { status, answer } = await post(`${this.path}/newer${leaves ? "?act=leave" : ""}`, {});
      if (status !== 200) throw new Error(`${status}`);
      await this.sync.takeIn(answer);
      announce(leaves ? say("The newer copy is left out.") : say("The newer copy is in."));
    } catch { announce(say("That did not work. Is there a connection?")); }
    this.putting = false;
    this.view.focus();
  }

  /** What readers have, in a line. */
  standing(again = false) {
    const { state, newer } = this.story, isSaid = this.wire.querySelector(".is-newer, .is-kill");
    const words = isSaid ? "" : state === "killed" ? say("This story was killed: it cannot be written any more.")
      : newer ? say("A newer version of this story has come in. The story's page shows what changed.")
        : state === "live" ? say("Readers have this story. What is written here they get when it is published.") : "";
    if (this.standingShown === words && !again) return;
    this.standingShown = words;
    this.standingLine?.remove();
    this.standingLine = words ? h("p", { class: "ed-standing" }, words, newer && state !== "killed" ? [" ", h("a", { href: this.path }, say("To the story's page"))] : null) : null;
    if (words) this.notice.prepend(this.standingLine);
  }

  tell(state) {
    const words = {
      writing: () => say("Not saved yet"), saving: () => say("Saving…"), asking: () => say("Waiting for your choice"),
      saved: () => (state.at ? say("Saved {time}", { time: shownTime(state.at) }) : say("All is saved")),
      away: () => say("On this device only: no connection"), out: () => say("On this device only: you are signed out"),
      refused: () => say("Not taken: {why}", { why: state.why }),
    }[state.is]();
    if (state.is === "saved" && this.returned) { this.returned(); this.returned = null; }
    if (this.state.dataset.is === state.is && this.state.dataset.words === words) return;
    this.state.dataset.is = state.is;
    this.state.dataset.words = words;
    // what changes with each pause is seen, what matters is also said
    this.state.setAttribute("aria-live", ["away", "out", "refused", "asking"].includes(state.is) || state.named ? "polite" : "off");
    this.state.replaceChildren(words, state.is === "out" ? h("a", { href: "/desk/sign-in", target: "_blank" }, ` ${say("Sign in again")}`) : "");
    if (state.named) announce(say("Saved under a name"));
  }

  // --- acts ---

  /** It would be saved by itself; who asks is told. */
  async saveNow() {
    if (await this.sync.save()) announce(this.state.textContent);
  }

  async saveNamed() {
    const name = await new Promise((resolve) => {
      let words = "";
      dialog(say("Save under a name"), (close) => {
        const input = h("input", { type: "text", id: "save-name", maxlength: 200, autocomplete: "off", dir: "auto" });
        return h("form", { onsubmit: (e) => { e.preventDefault(); words = input.value.trim() || moment(Date.now()); close("save"); } },
          h("p", { class: "ed-field" }, h("label", { for: "save-name" }, say("Name of this version")), input), h("p", { class: "ed-dialog-foot" }, h("button", { class: "ed-main" }, say("Save"))));
      }, { onOpen: (box) => box.querySelector("input").focus() }).then(() => resolve(words));
    });
    if (name) await this.sync.save({ kind: "named", name });
    this.view.focus();
  }

  find() {
    this.findBar ??= findBar(this.view);
    this.findBar(this.findHost);
  }

  async leaveTo(e, path) {
    if (e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
    e.preventDefault();
    await this.sync.save();
    location.href = path;
  }

  async preview(e, phone) {
    e.preventDefault();
    const opened = window.open("", phone ? "preview-phone" : "preview", phone ? "width=390,height=844" : "");
    await this.sync.save();
    if (opened) opened.location = `${this.path}/preview`; else location.href = `${this.path}/preview`;
  }

  async checklist() {
    await this.sync.save();
    let items, asked;
    const look = async () => {
      const { answer } = await get(`${this.path}/checklist`);
      items = answer?.items ?? [];
      asked = answer?.asked ?? 0;
    };
    try { await look(); } catch { announce(say("There is no connection just now.")); return; }
    const states = { ok: say("In order"), warn: say("Look at this"), stop: say("Not yet") };
    const list = h("ul", { class: "ed-checks" }), waits = h("p", { class: "ed-note", role: "status" });
    let where = "", open = true;
    const draw = (close) => {
      list.replaceChildren(...items.map((i) => h("li", { class: `is-${i.state}` },
        h("p", {}, h("strong", {}, `${states[i.state] ?? i.state}: `), i.title), i.what && h("p", { class: "ed-note ed-what" }, h("bdi", {}, i.what)), i.about && h("p", { class: "ed-note" }, i.about),
        i.where && i.state !== "ok" && button(say("Go there"), () => { where = i.where; close("go"); }, { class: "ed-tool" }))));
      waits.textContent = asked ? say("Links are being asked whether they answer: {n}", { n: number(asked) }) : "";
    };
    // links are asked behind our back: what they say comes into the list that is open
    const wait = async (close, turn = 1) => {
      if (!asked || turn > 40) return;
      await new Promise((done) => setTimeout(done, 500 + turn * 50));
      if (!open) return;
      const before = JSON.stringify([items, asked]);
      try { await look(); } catch { return; }
      if (open && before !== JSON.stringify([items, asked])) draw(close);
      await wait(close, turn + 1);
    };
    await dialog(say("Checklist"), (close) => { draw(close); wait(close); return h("div", {}, waits, list); });
    open = false;
    if (where) this.goTo(where);
  }

  goTo(where) {
    const [kind, name] = where.includes(":") ? [where.slice(0, where.indexOf(":")), where.slice(where.indexOf(":") + 1)] : ["field", where];
    if (kind !== "block") { focusField(name, () => { if (!this.panel.open) this.showPanel(); }); return; }
    const found = findBlock(this.view.state.doc, name);
    if (!found) return;
    this.view.focus();
    this.view.dispatch(this.view.state.tr.setSelection(TextSelection.near(this.view.state.doc.resolve(found.pos + 1))).scrollIntoView());
  }

  // --- no lost work ---

  begin() {
    this.journal = new Journal({ store: deviceStore(), story: this.id, editor: this.key, clock: realClock, read: () => this.pending, onFault: (e) => this.faulty(e) });
    this.bringBack();
    if (this.sync.dirty) this.journal.note();
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.journal.now(); else this.sync.watch(); });
    addEventListener("pagehide", () => this.journal.now());
    addEventListener("online", () => this.sync.back());
    addEventListener("keydown", (e) => this.globalKey(e));
    this.sync.watch();
    if (/^#(field|block)%3A[\w-]+$/.test(location.hash)) this.goTo(decodeURIComponent(location.hash.slice(1))); // of the checklist
    this.toHeadline();
  }

  /** A story with no words yet begins with its headline. */
  toHeadline() {
    const first = this.view.state.doc.firstChild;
    if (!this.fields.get("headline") && this.view.state.doc.childCount === 1 && first.type.name === "paragraph" && !first.content.size && document.activeElement === document.body)
      document.getElementById("head-headline").focus();
  }

  globalKey(e) {
    if ((e.ctrlKey || e.metaKey) && e.altKey && e.key.toLowerCase() === "m" && !e.defaultPrevented && !document.querySelector("dialog:modal")) { e.preventDefault(); this.putNewer(); }
    if (!(e.ctrlKey || e.metaKey) || e.altKey || e.defaultPrevented || document.querySelector("dialog:modal")) return;
    if (e.key.toLowerCase() === "s") { e.preventDefault(); if (e.shiftKey) this.saveNamed(); else this.saveNow(); }
    if (e.key.toLowerCase() === "f") { e.preventDefault(); this.find(); }
  }

  /** The device keeps nothing, or does so again. */
  faulty(e) {
    this.fault?.remove();
    this.fault = e && h("p", { class: "ed-wrong", role: "alert" }, say("This device keeps nothing: what is not saved is lost when the window is closed."));
    if (e) this.notice.append(this.fault);
  }

  /** What windows that are gone have written and nobody has saved. */
  async bringBack() {
    const all = await this.journal.left(lives);
    if (all.length && this.sync.written === 0) this.goOn(all.shift());
    for (const record of all) await this.handIn(record);
  }

  /** The newest of it is written on in here. */
  goOn(record) {
    const { known } = this, written = writtenIn(record), { base } = this.sync;
    if (JSON.stringify(sorted(written)) === JSON.stringify(sorted(known))) { this.journal.forget(record); return; }
    this.fields.take(Object.fromEntries(Object.entries(written).filter(([name]) => name !== "body" && name !== "v")));
    const fresh = fromTree(written.body), { tr } = this.view.state;
    this.view.dispatch(tr.replaceWith(0, tr.doc.content.size, fresh.content).setMeta("addToHistory", false).setMeta("theirs", true));
    this.counts();
    this.sync.base = record.base;
    if (record.base !== base) this.sync.known = null; // only the paper knows what it was made from
    this.returned = () => { if (record.editor !== this.key) this.journal.forget(record); };
    this.sync.changed();
    this.sync.plan(0);
    this.saysBack(record);
  }

  /** The rest, and what comes back when here is written already, goes to the paper: it is put together with what is
   *  there (and comes here as others' work does), or kept aside.  What cannot go now stays on the device. */
  async handIn(record, tries = 0) {
    let reply;
    try {
      reply = await post(`${this.path}/copy`, { base: record.base, editor: "", here: "", kind: "auto", copy: writtenIn(record) });
    } catch (e) {
      if (!(e instanceof Away)) throw e;
      await new Promise((go) => { setTimeout(go, Math.max(e.laterMs, Math.min(30000, 1000 * 2 ** tries))); });
      return this.handIn(record, tries + 1);
    }
    if (![200, 409].includes(reply.status)) return undefined;
    if (record.editor !== this.key) await this.journal.forget(record); else this.journal.note();
    return this.saysBack(record, reply.status === 409);
  }

  saysBack(record, isAside = false) {
    const values = { time: moment(record.at) };
    const words = isAside ? say("What was written on this device on {time} and not saved is among the revisions: others have changed the same words.", values)
      : say("What was written on this device on {time} and not saved is back.", values);
    this.note(words);
  }

  /** A word over the story, until it is put away. */
  note(words) {
    this.notice.append(h("p", { class: "ed-standing", role: "status" }, words, " ", button(say("Good"), (e) => e.target.parentElement.remove(), { class: "plain" })));
  }
}

/** The copy of a record of the journal. */
const writtenIn = (record) => ({ ...record.copy, body: JSON.parse(record.text) });

/** The same whatever order the names stand in. */
function sorted(v) {
  if (Array.isArray(v)) return v.map(sorted);
  return v && typeof v === "object" ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sorted(v[k])])) : v;
}

const idle = (act) => (window.requestIdleCallback ? requestIdleCallback(act, { timeout: 1000 }) : setTimeout(act, 200));

/** One can always write behind the last block. */
const trailing = () => new Plugin({
  appendTransaction(transactions, _, state) {
    if (!transactions.some((tr) => tr.docChanged) || state.doc.lastChild?.type.name === "paragraph") return null;
    return state.tr.insert(state.doc.content.size, schema.nodes.paragraph.create());
  },
});

/** What stands in a text without words, and in empty captions. */
const emptyWords = () => new Plugin({
  props: {
    decorations(state) {
      const { doc, selection } = state, found = [];
      const empty = (node, pos, words) => found.push(Decoration.node(pos, pos + node.nodeSize, { class: "is-empty", "data-empty": words }));
      if (doc.childCount === 1 && doc.firstChild.type.name === "paragraph" && doc.firstChild.content.size === 0) empty(doc.firstChild, 0, say("Write, or press / to put something in"));
      const { $from } = selection;
      if (found.length === 0 && selection.empty && $from.depth === 1 && $from.parent.content.size === 0 && $from.parent.type.name === "paragraph") empty($from.parent, $from.before(), say("Press / to put something in"));
      return DecorationSet.create(doc, found);
    },
  },
});

function tableDoes(name, view, pos) {
  const { state } = view, grid = pos + 1 + state.doc.nodeAt(pos).child(0).nodeSize;
  const { $from } = state.selection;
  if ($from.pos < grid || $from.pos > pos + state.doc.nodeAt(pos).nodeSize) // the cursor is elsewhere: the last cell
    view.dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve(pos + state.doc.nodeAt(pos).nodeSize - 3), -1)));
  tables[name](view.state, view.dispatch);
  view.focus();
}

async function askEmbed() {
  let card = null;
  await dialog(say("Card of another site"), (close) => {
    const input = h("input", { type: "text", id: "embed-address", inputMode: "url", dir: "ltr", placeholder: "https://", autocomplete: "off" }), wrong = h("p", { class: "ed-wrong", role: "alert" });
    return h("form", { onsubmit: (e) => {
      e.preventDefault();
      const href = typedLink(input.value);
      if (!href.startsWith("https:")) { wrong.textContent = say("An address that begins with https:// is needed."); return; }
      card = { href, provider: providerOf(href) || new URL(href).hostname.replace(/^www\./, "") };
      close("taken");
    } }, h("p", { class: "ed-field" }, h("label", { for: "embed-address" }, say("Address")), input), wrong, h("p", { class: "ed-dialog-foot" }, h("button", { class: "ed-main" }, say("Put in"))));
  }, { onOpen: (box) => box.querySelector("input").focus() });
  return card;
}

function keysDialog() {
  const mod = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl+", alt = mod === "⌘" ? "⌥⌘" : "Ctrl+Alt+";
  const keys = [[`${mod}B`, say("Strong")], [`${mod}I`, say("Emphasis")], [`${mod}K`, say("Link")], [`${mod}E`, say("Code")], [`${alt}2, 3, 4`, say("Headings")], [`${alt}0`, say("Paragraph")],
    [`${mod}⇧7, 8, 9`, say("Numbered list, list, quote")], ["/", say("Put in")], ["Alt+F10", say("To the bar for selected words")], ["Alt+↑ ↓", say("Move the block")], ["⇧Enter", say("New line")],
    [`${alt}F`, say("Footnote")], ["Tab, ⇧Tab", say("Deeper in a list, next cell; and back")], [`${mod}Z, ${mod}Y`, say("Undo, redo")], [`${mod}F`, say("Find and replace")], [`${mod}S`, say("Save")], [`${mod}⇧S`, say("Save under a name")], [`${alt}M`, say("Put newer copy of the wire in")],
    ["## - 1. > ---", say("Heading, list, numbers, quote, divider at the start of a line")], ["**x** *x* `x`", say("Strong, emphasis, code")]];
  return dialog(say("Keys"), () => h("dl", { class: "ed-keys" }, keys.map(([k, words]) => [h("dt", {}, h("kbd", {}, k)), h("dd", {}, words)])));
}

const root = document.getElementById("editor"), data = json("copy-data");
if (root && data) {
  windowName().then((name) => {
    const editor = new Editor(root, data, json("edit-facts") ?? {}, name);
    editor.meet(data.people, data.story);
    editor.tell({ is: "saved" });
    root.dataset.ready = "";
    return editor.begin();
  });
}
