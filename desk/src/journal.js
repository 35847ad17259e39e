// journal.js - what is being written, on this very device: at most 300 ms after a keystroke, and at once
// when the page is left.  What the paper has confirmed is taken out; what is still there when the story is
// opened again was never saved, and is saved then.
const SOON_MS = 250, OLD_MS = 60 * 24 * 3600 * 1000;

/** How long it waits until it asks the device again, the device that has not answered, and when it is said. */
const AGAIN_MS = [300, 700, 1500, 3000, 8000, 20000], LIMIT_MS = 10000, SAID_AFTER = 4;

const open = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open("broadsheet-desk", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("journal", { keyPath: ["story", "editor"] }).createIndex("story", "story");
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

/** Records in IndexedDB, by story and window.  A device that failed is opened anew by who asks next. */
export function deviceStore(opened = open) {
  let db = null;
  async function doing(mode, act) {
    db ??= opened();
    const mine = db;
    try {
      const work = (await mine).transaction("journal", mode, { durability: "strict" }); // on the disk before it counts as kept, so that no cut of power loses it
      const request = act(work.objectStore("journal"));
      return await new Promise((resolve, reject) => {
        work.oncomplete = () => resolve(request.result);
        work.onabort = work.onerror = () => reject(work.error);
      });
    } catch (e) {
      if (db === mine) db = null;
      mine.then((it) => it.close(), () => {});
      throw e;
    }
  }
  return {
    put: (record) => doing("readwrite", (s) => s.put(record)),
    remove: (story, editor) => doing("readwrite", (s) => s.delete([story, editor])),
    all: (story) => doing("readonly", (s) => s.index("story").getAll(story)),
  };
}

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
  /**
   * `read`: gives { base, copy } as they are now, or null when the paper has all of it.  `onFault`: the device
   * keeps nothing (why), and is well again (null); it is asked again all the while.
   */
  constructor({ store, story, editor, read, clock, onFault = () => {} }) {
    Object.assign(this, { store, story, editor, read, clock, onFault, timer: null, work: Promise.resolve(), tries: 0, looked: false });
  }

  /** Something was written. */
  note() {
    this.plan(SOON_MS);
  }

  plan(ms) {
    this.timer ??= this.clock.set(() => { this.timer = null; this.now(); }, ms);
  }

  /** Write it at once; the promise is for when it is kept.  Not before left(): it would stand where an earlier one may be. */
  now() {
    if (this.timer !== null) this.clock.clear(this.timer);
    this.timer = null;
    if (!this.looked) return this.work;
    const record = this.read();
    this.work = this.ask(() => (record ? this.store.put({ ...record, story: this.story, editor: this.editor, at: this.clock.now() })
      : this.store.remove(this.story, this.editor))).catch(() => this.plan(this.later()));
    return this.work;
  }

  /** What the device answers, in time; whether it does is told. */
  async ask(act) {
    let limit;
    try {
      const answer = await Promise.race([act(), new Promise((_, reject) => { limit = this.clock.set(() => reject(new Error("no answer")), LIMIT_MS); })]);
      if (this.tries >= SAID_AFTER) this.onFault(null);
      this.tries = 0;
      return answer;
    } catch (e) {
      if (++this.tries === SAID_AFTER) this.onFault(e);
      throw e;
    } finally {
      this.clock.clear(limit);
    }
  }

  later() {
    return AGAIN_MS[Math.min(this.tries, AGAIN_MS.length) - 1];
  }

  /**
   * What windows that are gone have left, the newest first; waits until the device says it.
   * `lives`: is this window still open?
   */
  async left(lives) {
    let all = null;
    while (!all) {
      try { all = await this.ask(() => this.store.all(this.story)); } catch { await new Promise((go) => { this.clock.set(go, this.later()); }); }
    }
    const found = [];
    for (const record of all) {
      if (record.editor !== this.editor && (await lives(record.editor))) continue;
      if (this.clock.now() - record.at > OLD_MS) this.forget(record);
      else found.push(record);
    }
    this.looked = true;
    return found.sort((x, y) => y.at - x.at);
  }

  /** The paper has it.  (What stays for a fault is found again, and is then nothing new.) */
  forget(record) {
    return this.ask(() => this.store.remove(this.story, record.editor)).catch(() => {});
  }
}
