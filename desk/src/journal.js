// journal.js - what is being written, on this very device: at most 300 ms after a keystroke, and at once
// when the page is left.  What the paper has confirmed is taken out; what is still there when the story is
// opened again was never saved, and is saved then.
const SOON_MS = 250, OLD_MS = 60 * 24 * 3600 * 1000;

/** Records in IndexedDB, by story and window. */
export async function deviceStore() {
  const asked = indexedDB.open("broadsheet-desk", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("journal", { keyPath: ["story", "editor"] }).createIndex("story", "story");
  const db = await done(asked);
  const with_ = (mode, act) => new Promise((resolve, reject) => {
    // strict: on the disk before it counts as kept, so that no cut of power loses it
    const work = db.transaction("journal", mode, { durability: "strict" });
    const request = act(work.objectStore("journal"));
    work.oncomplete = () => resolve(request.result);
    work.onabort = work.onerror = () => reject(work.error);
  });
  return {
    put: (record) => with_("readwrite", (s) => s.put(record)),
    remove: (story, editor) => with_("readwrite", (s) => s.delete([story, editor])),
    all: (story) => with_("readonly", (s) => s.index("story").getAll(story)),
  };
}

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** The same in memory: where a device keeps nothing, and in tests. */
export function memoryStore(records = new Map()) {
  const key = (story, editor) => `${story} ${editor}`;
  return {
    records,
    put: async (record) => { records.set(key(record.story, record.editor), structuredClone(record)); },
    remove: async (story, editor) => { records.delete(key(story, editor)); },
    all: async (story) => [...records.values()].filter((r) => r.story === story),
  };
}

export class Journal {
  /** `read`: gives { base, copy } as they are now, or null when the paper has all of it. */
  constructor({ store, story, editor, read, clock, onFault = () => {} }) {
    Object.assign(this, { store, story, editor, read, clock, onFault, timer: null, work: Promise.resolve() });
  }

  /** Something was written. */
  note() {
    this.timer ??= this.clock.set(() => { this.timer = null; this.now(); }, SOON_MS);
  }

  /** Write it at once; the promise is for when it is kept. */
  now() {
    if (this.timer !== null) this.clock.clear(this.timer);
    this.timer = null;
    const record = this.read();
    const act = record ? () => this.store.put({ ...record, story: this.story, editor: this.editor, at: this.clock.now() })
      : () => this.store.remove(this.story, this.editor);
    this.work = act().then(() => this.onFault(null), this.onFault);
    return this.work;
  }

  /** What windows that are gone have left, the newest first.  `lives`: is this window still open? */
  async left(lives) {
    const found = [];
    for (const record of await this.store.all(this.story)) {
      if (record.editor !== this.editor && (await lives(record.editor))) continue;
      if (this.clock.now() - record.at > OLD_MS) await this.store.remove(this.story, record.editor);
      else found.push(record);
    }
    return found.sort((x, y) => y.at - x.at);
  }
}
