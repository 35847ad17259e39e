// pictures.js - the library in a dialog, and files on their way into it: in pieces, so that a cut costs one.
import { announce, button, debounce, dialog, h } from "./dom.js";
import { learn } from "./media.js";
import { Away, get, postBytes } from "./net.js";
import { number, say } from "./words.js";

const AGAIN_MS = [500, 1000, 2000, 4000, 8000, 15000], TRIES = 20;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

const kindOf = (m) => /^(video|audio)/.exec(m.type ?? "")?.[1] ?? "picture";

let takesFiles = true;
/** Whether who is here may take files into the library. */
export const useUploads = (may) => { takesFiles = may; };

/** Take a file in; `progress` is told parts of one.  Resolves to what the library says of it. */
export async function upload(file, progress = () => {}) {
  let tries = 0;
  const patient = async (ask) => {
    for (;;) {
      try { const reply = await ask(); tries = 0; return reply; } catch (e) {
        if (!(e instanceof Away) || tries >= TRIES) throw e;
        await wait(AGAIN_MS[Math.min(tries++, AGAIN_MS.length - 1)]);
        if (at) { const r = await get(`/desk/pictures/upload/${at.upload}`).catch(() => null); if (r?.status === 200) at.offset = r.answer.offset; }
      }
    }
  };
  let at = null;
  const begun = await patient(() => postBytes("/desk/pictures/upload", { name: file.name || "picture", size: file.size, type: file.type }));
  if (begun.status !== 201) throw new Error(begun.answer?.error ?? say("The file was not taken."));
  at = begun.answer;
  for (;;) {
    const reply = await patient(() => postBytes(`/desk/pictures/upload/${at.upload}`, { offset: at.offset }, file.slice(at.offset, at.offset + at.chunk)));
    if (reply.status === 201) { progress(1); learn([reply.answer.picture]); return reply.answer.picture; }
    if (reply.status !== 200) throw new Error(reply.answer?.error ?? say("The file was not taken."));
    at.offset = reply.answer.offset;
    progress(at.offset / file.size);
  }
}

/** Many, one after the other, in lines of `host`; gives those that were taken. */
export async function uploadAll(files, host) {
  if (!takesFiles) {
    host.append(h("p", { class: "ed-wrong", role: "alert" }, say("Your role takes no files into the library. Choose a picture that is there.")));
    return [];
  }
  const taken = [];
  for (const file of files) {
    const bar = h("progress", { max: 1, value: 0, "aria-label": file.name }), line = h("p", { class: "ed-upload" }, file.name, bar);
    host.append(line);
    try {
      taken.push(await upload(file, (part) => { bar.value = part; }));
      line.remove();
    } catch (e) {
      bar.remove();
      line.append(h("span", { class: "ed-wrong", role: "alert" }, ` ${e.message}`));
    }
  }
  return taken;
}

/** The library; resolves to what was picked, none when it was left. */
export async function pick(kind, many) {
  const picked = new Map();
  const titles = { picture: many ? say("Choose pictures") : say("Choose a picture"), video: say("Choose a video"), audio: say("Choose a sound") };
  await dialog(titles[kind], (close) => {
    const grid = h("ul", { class: "ed-library" }), more = button(say("Older"), () => load(last), { class: "ed-tool" });
    const note = h("p", { class: "ed-note", role: "status" }), uploads = h("div", {});
    const take = button(say("Put in"), () => close("taken"), { class: "ed-main", disabled: true });
    let last = "", words = "", turn = 0;
    more.hidden = true;
    const chosen = () => { take.disabled = picked.size === 0; note.textContent = many && picked.size ? say("Chosen: {n}", { n: number(picked.size) }) : ""; };
    const toggle = (m, b) => {
      const id = Number(m.id);
      if (!many) { picked.clear(); picked.set(id, m); close("taken"); return; }
      if (picked.has(id)) picked.delete(id); else picked.set(id, m);
      b.setAttribute("aria-pressed", picked.has(id));
      chosen();
    };
    const show = (m, first) => {
      const label = m.headline || m.caption || m.alt || `${m.id}`;
      const b = h("button", { type: "button", class: "ed-library-one", ...(many ? { "aria-pressed": String(picked.has(Number(m.id))) } : {}), onclick: () => toggle(m, b) },
        m.thumb ? h("img", { src: m.thumb, alt: "", loading: "lazy" }) : h("span", { class: "ed-plate" }), h("span", { class: "ed-library-name" }, label));
      grid[first ? "prepend" : "append"](h("li", {}, b));
    };
    const load = async (before = "") => {
      const mine = ++turn;
      try {
        const { answer } = await get("/desk/pictures/list", { q: words, before, kind: kind === "picture" ? "image" : kind });
        if (mine !== turn) return;
        if (!before) grid.replaceChildren();
        learn(answer?.pictures);
        for (const m of answer?.pictures ?? []) if (kindOf(m) === kind) show(m, false);
        last = answer?.older ?? "";
        more.hidden = !last;
        if (!grid.childElementCount) note.textContent = say("Nothing found"); else chosen();
      } catch { note.textContent = say("There is no connection just now."); }
    };
    const file = h("input", { type: "file", id: "library-file", multiple: many, accept: { picture: "image/*", video: "video/*", audio: "audio/*" }[kind], onchange: async () => {
      for (const m of await uploadAll([...file.files], uploads)) {
        show(m, true);
        picked.set(Number(m.id), m);
        grid.firstElementChild.firstElementChild.setAttribute("aria-pressed", "true");
        announce(say("Taken into the library: {name}", { name: m.headline || m.id }));
        if (!many) { close("taken"); return; }
      }
      chosen();
      file.value = "";
    } });
    const search = h("input", { type: "search", id: "library-words", autocomplete: "off", oninput: debounce(() => { words = search.value.trim(); load(); }, 250) });
    load();
    return [h("div", { class: "ed-library-head" },
              h("p", { class: "ed-field" }, h("label", { for: "library-words" }, say("Search the library")), search),
              takesFiles && h("p", { class: "ed-field" }, h("label", { for: "library-file" }, say("From this device")), file)),
            uploads, grid, h("p", { class: "ed-dialog-foot" }, more, note, many && take)];
  }, { wide: true, onOpen: (box) => matchMedia("(hover: hover)").matches && box.querySelector("#library-words").focus() }).then((how) => { if (how !== "taken") picked.clear(); });
  return [...picked.values()];
}

const names = new Map();

/** The headline of another story, when it is known. */
export async function storyName(id) {
  if (!names.has(id)) names.set(id, get("/desk/stories/list", { id }).then((r) => (r.answer?.stories ?? []).find((s) => Number(s.id) === Number(id))?.headline ?? "").catch(() => ""));
  return names.get(id);
}

/** Another story of the paper; null when none was chosen. */
export async function pickStory(notThis) {
  let story = null;
  await dialog(say("Choose a story"), (close) => {
    const list = h("ul", { class: "ed-stories" }), note = h("p", { class: "ed-note", role: "status" });
    let turn = 0;
    const load = async () => {
      const mine = ++turn;
      try {
        const { answer } = await get("/desk/stories/list", { q: search.value.trim() });
        if (mine !== turn) return;
        const found = (answer?.stories ?? []).filter((s) => Number(s.id) !== Number(notThis));
        list.replaceChildren(...found.map((s) => h("li", {}, h("button", { type: "button", class: "ed-story-one", onclick: () => { story = s; names.set(Number(s.id), Promise.resolve(s.headline)); close("taken"); } },
          h("span", { dir: "auto" }, s.headline), h("span", { class: "ed-note" }, [s.section, s.state].filter(Boolean).join(", "))))));
        note.textContent = found.length ? "" : say("Nothing found");
      } catch { note.textContent = say("There is no connection just now."); }
    };
    const search = h("input", { type: "search", id: "story-words", autocomplete: "off", oninput: debounce(load, 200) });
    load();
    return [h("p", { class: "ed-field" }, h("label", { for: "story-words" }, say("Words of its headline")), search), note, list];
  });
  return story;
}
