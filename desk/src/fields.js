// fields.js - all of a story that is not its text: headline, kicker and standfirst over it, the rest in a
// panel beside it (a drawer on a telephone).
import { button, debounce, dialog, grows, h } from "./dom.js";
import { mediaOf, wantMedia } from "./media.js";
import { get } from "./net.js";
import { pick, pickStory, storyName } from "./pictures.js";
import { fromField, toField } from "./times.js";
import { directionOf, say } from "./words.js";

const same = (x, y) => JSON.stringify(x) === JSON.stringify(y);

/** The fields of the copy, and who is told when one changes. */
export class Fields {
  constructor(copy, onChange) {
    this.values = copy;
    this.onChange = onChange;
    this.shows = []; // [names, what shows them]
    this.watches = []; // the same, also told of what was changed here
  }
  get(name) { return this.values[name]; }
  set(name, value) {
    if (same(this.values[name], value)) return;
    this.values = { ...this.values, [name]: value };
    this.onChange(name);
    for (const [names, show] of this.watches) if (names.includes(name)) show();
  }
  /** Somebody else's: without telling. */
  take(set) {
    this.values = { ...this.values, ...set };
    for (const [names, show] of this.shows) if (names.some((name) => name in set)) show();
  }
  on(names, show) { this.shows.push([[names].flat(), show]); show(); }
  watch(names, show) { this.watches.push([[names].flat(), show]); this.on(names, show); }
}

let ids = 0;
const nextId = () => `e${++ids}`;

/** What the fields are called. */
export const labels = () => ({
  type: say("Kind of story"), section: say("Section"), language: say("Language"), headline: say("Headline"),
  front_headline: say("Headline for the front"), search_headline: say("Headline for search engines"), social_headline: say("Headline for networks"), letter_headline: say("Headline for letters"),
  kicker: say("Kicker"), standfirst: say("Standfirst"), slug: say("Words of the address"), dateline: say("Dateline"), bylines: say("Bylines"), topics: say("Topics"), places: say("Places"),
  origin: say("Where it comes from"), source: say("Source"), credit: say("Credit line"), copyright: say("Copyright"), rights_note: say("Note on rights, for the newsroom"),
  reviewed: say("What is reviewed"), half_stars: say("Stars"), urgency: say("Urgency"), embargo_at: say("Not before (embargo)"), expiry_at: say("Not after (expiry)"), hero: say("Main picture"), related: say("Related stories"),
});

/** Headline, kicker and standfirst, in the flow. */
export function headFields(fields, facts, onDown, onPicture, onFirst) {
  const one = (name, label, rows, kind) => {
    const id = `head-${name}`;
    const area = grows(h("textarea", { id, rows, class: `ed-${kind}`, placeholder: label, spellcheck: "true", maxlength: name === "standfirst" ? 2000 : 400, "aria-label": label, autocomplete: "off",
      oninput: () => fields.set(name, area.value.replace(/\n/g, " ")),
      onkeydown: (e) => { if (e.key === "Enter" && !e.isComposing) { e.preventDefault(); onDown(name); } } }));
    fields.on(name, () => {
      if (area.value !== (fields.get(name) ?? "")) area.value = fields.get(name) ?? "";
      area.fit();
    });
    fields.watch("language", () => {
      area.lang = fields.get("language") || facts.language || "";
      area.dir = directionOf(fields.get("language") || facts.language);
    });
    return area;
  };
  const l = labels();
  return h("div", { class: "ed-head" }, one("kicker", l.kicker, 1, "kicker-field"), one("headline", l.headline, 1, "headline"), one("standfirst", l.standfirst, 1, "standfirst"), mainPicture(fields, l.hero, onPicture),
    button(say("Use the first picture of the text"), onFirst, { class: "ed-tool ed-as-main" }));
}

/** A picture of the library as the main one: nothing is written over its own words yet. */
const heroOf = (m) => ({ media: Number(m?.id ?? 0), caption: "", credit: "", alt: "" });

/** The main picture where readers see it: chosen here, its words in the panel. */
function mainPicture(fields, label, onPicture) {
  let shown = null;
  const it = h("button", { type: "button", class: "ed-tool ed-main-picture", "aria-label": label, onclick: async () => {
    if (!fields.get("hero")?.media) {
      const [m] = await pick("picture", false);
      if (!m) return;
      fields.set("hero", heroOf(m));
    }
    onPicture();
  } });
  const draw = (m) => it.replaceChildren(m?.src || m?.thumb ? h("img", { src: m.src || m.thumb, alt: "" }) : label);
  fields.watch("hero", () => {
    const id = fields.get("hero")?.media ?? 0;
    if (id === shown) return;
    shown = id;
    draw(mediaOf(id));
    if (id && !mediaOf(id)) wantMedia(id, (m) => { if (id === shown) draw(m); });
  });
  return it;
}

// --- the panel ---

function wordsField(fields, name, label, { hint, placeholder = "", long = false, dir = "auto" } = {}) {
  const id = nextId(), about = hint && `${id}-about`;
  const input = h(long ? "textarea" : "input", { id, ...(long ? { rows: 2 } : { type: "text" }), placeholder, dir, autocomplete: "off", spellcheck: "true", maxlength: 2000, "aria-describedby": about, "data-field": name,
    oninput: () => fields.set(name, input.value) });
  fields.on(name, () => { if (input.value !== (fields.get(name) ?? "")) input.value = fields.get(name) ?? ""; });
  return h("p", { class: "ed-field" }, h("label", { for: id }, label), input, hint && h("span", { id: about, class: "ed-note" }, hint));
}

function choice(fields, name, label, options, read = (v) => v) {
  const id = nextId();
  const input = h("select", { id, "data-field": name, onchange: () => fields.set(name, read(input.value)) }, options.map(([value, words]) => h("option", { value: String(value) }, words)));
  fields.on(name, () => {
    const now = String(fields.get(name) ?? "");
    if (![...input.options].some((o) => o.value === now)) input.append(h("option", { value: now }, now || "–"));
    input.value = now;
  });
  return h("p", { class: "ed-field" }, h("label", { for: id }, label), input);
}

function timeField(fields, name, label, zone) {
  const id = nextId();
  const input = h("input", { type: "datetime-local", id, "data-field": name, onchange: () => fields.set(name, input.value ? fromField(input.value, zone) : "") });
  fields.on(name, () => { input.value = toField(fields.get(name), zone); });
  return h("p", { class: "ed-field" }, h("label", { for: id }, `${label} (${zone})`), input);
}

const namesOf = (answer) => (answer ? Object.values(answer).find(Array.isArray) ?? [] : []);

/** Suggestions under a field while one types. */
function suggests(input, path, find = (x) => x.name ?? x) {
  const list = h("datalist", { id: nextId() });
  input.setAttribute("list", list.id);
  const load = debounce(async () => {
    if (input.value.trim().length < 2) return;
    try {
      const { answer } = await get(path, { q: input.value.trim() });
      const found = namesOf(answer);
      input.found = found;
      list.replaceChildren(...found.slice(0, 12).map((x) => h("option", { value: find(x) })));
    } catch { /* one can write without them */ }
  }, 200);
  input.addEventListener("input", load);
  return list;
}

/** Names in an order: written over, moved, taken away, added. */
function namesField(fields, name, label, path, addLabel) {
  const list = h("ol", { class: "ed-names" });
  const now = () => fields.get(name) ?? [];
  const set = (value) => { fields.set(name, value); show(); };
  const add = h("input", { type: "text", id: nextId(), autocomplete: "off", dir: "auto", onkeydown: (e) => { if (e.key === "Enter") { e.preventDefault(); put(); } } });
  const put = () => { const v = add.value.trim(); if (v && !now().includes(v)) set([...now(), v]); add.value = ""; add.focus(); };
  const move = (i, step) => { const all = [...now()], [one] = all.splice(i, 1); all.splice(i + step, 0, one); set(all); list.children[i + step]?.querySelector("button")?.focus(); };
  const show = () => list.replaceChildren(...now().map((v, i) => h("li", {}, h("bdi", {}, v),
    h("span", { class: "ed-tools" },
      button(say("Earlier: {name}", { name: v }), () => move(i, -1), { class: "ed-tool", pictured: "up", disabled: i === 0 }),
      button(say("Later: {name}", { name: v }), () => move(i, 1), { class: "ed-tool", pictured: "down", disabled: i === now().length - 1 }),
      button(say("Remove: {name}", { name: v }), () => { set(now().filter((_, at) => at !== i)); add.focus(); }, { class: "ed-tool", pictured: "close" })))));
  fields.on(name, show);
  return h("div", { class: "ed-field", role: "group", "aria-label": label, "data-field": name }, h("label", { for: add.id }, label), list,
    h("span", { class: "ed-add" }, add, button(addLabel, put, { class: "ed-tool" })), suggests(add, path));
}

function topicsField(fields, label, story) {
  const list = h("ul", { class: "ed-chips" }), offered = h("ul", { class: "ed-chips is-offered" });
  const now = () => fields.get("topics") ?? [];
  const set = (value) => { fields.set("topics", value); show(); };
  const has = (t) => now().some((x) => x.name.toLowerCase() === t.name.toLowerCase());
  const put = (t) => { if (t.name && !has(t)) set([...now(), { name: t.name, code: t.code ?? "" }]); };
  const add = h("input", { type: "text", id: nextId(), autocomplete: "off", dir: "auto", onkeydown: (e) => { if (e.key === "Enter") { e.preventDefault(); typed(); } } });
  const typed = () => {
    const name = add.value.trim();
    put((add.found ?? []).find((t) => t.name?.toLowerCase() === name.toLowerCase()) ?? { name, code: "" });
    add.value = "";
  };
  const show = () => {
    list.replaceChildren(...now().map((t) => h("li", {}, h("bdi", {}, t.name), button(say("Remove: {name}", { name: t.name }), () => { set(now().filter((x) => x !== t)); add.focus(); }, { class: "ed-tool", pictured: "close" }))));
    for (const item of offered.children) item.hidden = has({ name: item.dataset.name });
  };
  const offer = button(say("Suggest from the text"), async () => {
    try {
      const { answer } = await get("/desk/topics", { story });
      const found = (answer?.topics ?? []).filter((t) => !has(t));
      offered.replaceChildren(...found.map((t) => h("li", { "data-name": t.name }, button(`+ ${t.name}`, () => { put(t); }, { class: "ed-tool" }))));
      if (!found.length) offered.replaceChildren(h("li", { class: "ed-note" }, say("Nothing found")));
    } catch { offered.replaceChildren(h("li", { class: "ed-note" }, say("There is no connection just now."))); }
  }, { class: "ed-tool" });
  fields.on("topics", show);
  return h("div", { class: "ed-field", role: "group", "aria-label": label, "data-field": "topics" }, h("label", { for: add.id }, label), list,
    h("span", { class: "ed-add" }, add, button(say("Add"), typed, { class: "ed-tool" })), suggests(add, "/desk/topics"), offer, offered);
}

function heroField(fields, label) {
  const plate = h("div", { class: "ed-hero" }), ofPicture = h("div", {});
  const now = () => fields.get("hero") ?? heroOf(null);
  const set = (part) => fields.set("hero", { ...now(), ...part });
  const word = (name, words) => {
    const id = nextId(), input = h("input", { id, type: "text", dir: "auto", autocomplete: "off", maxlength: 2000, oninput: () => set({ [name]: input.value }) });
    fields.watch("hero", () => { if (input.value !== (now()[name] ?? "")) input.value = now()[name] ?? ""; });
    ofPicture.append(h("p", { class: "ed-field" }, h("label", { for: id }, words), input));
    return input;
  };
  const inputs = { caption: word("caption", say("Caption")), alt: word("alt", say("Alternative text")), credit: word("credit", say("Credit")) };
  const take = button(say("Choose a picture"), async () => { const [m] = await pick("picture", false); if (m && Number(m.id) !== now().media) fields.set("hero", heroOf(m)); }, { class: "ed-tool" });
  const drop = button(say("Remove"), () => fields.set("hero", heroOf(null)), { class: "ed-tool" });
  const crop = h("a", { class: "ed-tool", target: "_blank", rel: "noopener" }, say("Crop and focus"));
  const show = () => {
    const id = now().media;
    ofPicture.hidden = drop.hidden = crop.hidden = plate.hidden = !id;
    crop.href = `/desk/pictures/${id}`;
    const draw = (m) => {
      plate.replaceChildren(m?.thumb ? h("img", { src: m.thumb, alt: now().alt || m.alt || "" }) : h("p", { class: "ed-note" }, say("From the library")));
      for (const [name, input] of Object.entries(inputs)) input.placeholder = m?.[name] ?? "";
    };
    if (id) { draw(mediaOf(id)); if (!mediaOf(id)) wantMedia(id, (m) => { if (now().media === id) draw(m); }); }
  };
  fields.watch("hero", show);
  return h("div", { class: "ed-field", role: "group", "aria-label": label, "data-field": "hero" }, plate, h("p", { class: "ed-acts" }, take, drop, crop), ofPicture);
}

function relatedField(fields, label, story) {
  const list = h("ul", { class: "ed-names" });
  const now = () => fields.get("related") ?? [];
  const set = (value) => { fields.set("related", value); show(); };
  const show = () => list.replaceChildren(...now().map((id) => {
    const name = h("bdi", {}, String(id));
    storyName(id).then((words) => { if (words) name.textContent = words; });
    return h("li", {}, name, button(say("Remove"), () => set(now().filter((x) => x !== id)), { class: "ed-tool", pictured: "close" }));
  }));
  fields.on("related", show);
  return h("div", { class: "ed-field", role: "group", "aria-label": label, "data-field": "related" }, h("p", { class: "ed-label" }, label), list,
    button(say("Choose a story"), async () => { const s = await pickStory(story); if (s && !now().includes(Number(s.id))) set([...now(), Number(s.id)]); }, { class: "ed-tool" }));
}

const group = (title, open, ...inside) => h("details", { open }, h("summary", {}, title), ...inside);

/** All the fields beside the text.  facts: { sections, origins, zone, story } */
export function panel(fields, facts) {
  const l = labels(), zone = facts.zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const types = facts.types?.length ? facts.types.map((x) => [x.value, x.name]) : [["news", say("News")], ["opinion", say("Opinion")], ["review", say("Review")], ["gallery", say("Gallery")], ["video", say("Video")], ["live", say("Live")]];
  const stars = [["", say("None")], ...Array.from({ length: 11 }, (_, i) => [i, `${i / 2}`])];
  const review = h("div", {}, wordsField(fields, "reviewed", l.reviewed), choice(fields, "half_stars", l.half_stars, stars, (v) => (v === "" ? null : Number(v))));
  fields.watch("type", () => { review.hidden = fields.get("type") !== "review"; });
  const urgency = [[0, say("Not said")], [1, say("{n}: at once", { n: 1 })], [2, 2], [3, 3], [4, 4], [5, say("{n}: as usual", { n: 5 })], [6, 6], [7, 7], [8, 8], [9, say("{n}: it can wait", { n: 9 })]];
  const origins = facts.origins?.length ? facts.origins.map((o) => [o.value, o.name]) : [["staff", say("Our own")], ["wire", say("Agency")], ["contributed", say("Contributed")]];
  return [
    group(say("Story"), true, choice(fields, "type", l.type, types), review,
          choice(fields, "section", l.section, (facts.sections ?? []).map((s) => [s.id, s.name]), Number),
          namesField(fields, "bylines", l.bylines, "/desk/people", say("Add")),
          choice(fields, "urgency", l.urgency, urgency, Number)),
    group(l.hero, true, heroField(fields, l.hero)),
    group(say("Topics and places"), false, topicsField(fields, l.topics, facts.story), namesField(fields, "places", l.places, "/desk/places", say("Add")), wordsField(fields, "dateline", l.dateline), relatedField(fields, l.related, facts.story)),
    group(say("Headlines elsewhere"), false, wordsField(fields, "front_headline", l.front_headline), wordsField(fields, "search_headline", l.search_headline), wordsField(fields, "social_headline", l.social_headline), wordsField(fields, "letter_headline", l.letter_headline),
          wordsField(fields, "slug", l.slug, { dir: "ltr", hint: say("Left empty it is made from the headline.") })),
    group(say("Times"), false, timeField(fields, "embargo_at", l.embargo_at, zone), timeField(fields, "expiry_at", l.expiry_at, zone)),
    group(say("Source and rights"), false, choice(fields, "origin", l.origin, origins), wordsField(fields, "source", l.source), wordsField(fields, "credit", l.credit), wordsField(fields, "copyright", l.copyright),
          wordsField(fields, "rights_note", l.rights_note, { long: true }), wordsField(fields, "language", l.language, { dir: "ltr", hint: say("A code such as fr, de or pt-BR.") })),
  ];
}

/** Lead to what a line of the checklist, or a conflict, is about. */
export function focusField(name, open) {
  const head = document.getElementById(`head-${name}`);
  if (head) { head.focus(); return; }
  const at = document.querySelector(`.ed-panel [data-field="${CSS.escape(name)}"]`);
  if (!at) return;
  open();
  at.closest("details").open = true;
  (at.matches("input, select, textarea") ? at : at.querySelector("input, select, button"))?.focus();
}
export { dialog };
