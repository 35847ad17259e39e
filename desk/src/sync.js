// sync.js - between the copy that is being written here and the one that the paper has.
//
//   changed() ── 1.5 s of quiet, or 10 s of typing ──▶ save() ──▶ saved, or put together with others'
//                                                        │         work (200), or asked (409)
//                                                        └──▶ no connection: again, later and later
//
// `base` is the revision that what is written here was made from, `known` the copy of that revision (null
// after a return from the journal: then only the paper can put things together).  No DOM in here.
import { Away } from "./net.js";

export const PAUSE_MS = 1500, LONGEST_MS = 10000, LOOK_MS = 4000, LOOK_HIDDEN_MS = 20000;
const AGAIN_MS = [1000, 2000, 4000, 8000, 15000, 30000];

export class Sync {
  /**
   * net: { save(body), look(query) }; read(): the copy now; here(): the block of the cursor;
   * take(known, theirs): put others' work in, or give the conflicts and do nothing; with a third word it does
   * it in any case; ask(answer): the copy as a person decides; tell(state); meet(people, story).
   */
  constructor({ net, clock, editor, base, known, read, here, take, ask, tell, meet, hidden = () => false, note = () => {} }) {
    Object.assign(this, { net, clock, editor, base, known, read, here, take, ask, tell, meet, hidden, note });
    Object.assign(this, { written: 0, kept: 0, since: null, timer: null, looking: null, saving: null, tries: 0, notBefore: 0, asking: false });
  }

  get dirty() { return this.written !== this.kept; }

  /** Something was written here. */
  changed() {
    this.written++;
    this.note();
    const now = this.clock.now();
    this.since ??= now;
    if (this.tries > 0 || this.asking) return; // another try is under way
    this.plan(Math.max(0, Math.min(PAUSE_MS, this.since + LONGEST_MS - now)));
    if (!this.saving) this.tell({ is: "writing" });
  }

  plan(ms) {
    if (this.timer !== null) this.clock.clear(this.timer);
    this.timer = this.clock.set(() => { this.timer = null; this.save(); }, ms);
  }

  /** Send it now; resolves to whether the paper has it. */
  async save({ kind = "auto", name = "" } = {}) {
    while (this.saving) await this.saving;
    if (this.asking || (kind === "auto" && !this.dirty)) return !this.dirty;
    if (this.timer !== null) { this.clock.clear(this.timer); this.timer = null; }
    this.saving = this.send(kind, name);
    try { return await this.saving; } finally { this.saving = null; }
  }

  async send(kind, name) {
    const sent = this.read(), at = this.written;
    this.since = null;
    if (this.tries === 0) this.tell({ is: "saving" }); // else what it says, and the link in it, stands still
    let reply;
    try {
      reply = await this.net.save({ base: this.base, editor: this.editor, here: this.here(), kind, ...(name ? { name } : {}), copy: sent });
    } catch (e) {
      if (!(e instanceof Away)) throw e;
      return this.again(e);
    }
    this.tries = 0;
    if (reply.status === 409 && reply.answer?.conflicts) return this.decide(reply.answer, sent);
    if (reply.status !== 200) { this.tell({ is: "refused", why: reply.answer?.error ?? "" }); return false; }
    const { revision, merged, copy, people, story } = reply.answer;
    this.kept = at;
    this.base = revision;
    this.known = sent;
    this.meet(people, story);
    if (merged && copy) { // others' work is in what the paper has now: into this document too
      const conflicts = this.take(sent, copy);
      if (conflicts.length) return this.decide({ revision, copy, merged: copy, conflicts }, sent);
      this.known = copy;
    }
    return this.settle(kind);
  }

  /** After a save that was taken. */
  settle(kind = "auto") {
    this.note();
    if (this.dirty) { this.plan(PAUSE_MS); this.tell({ is: "writing" }); } else this.tell({ is: "saved", at: this.clock.now(), named: kind === "named" });
    return true;
  }

  again(away) {
    const ms = Math.max(AGAIN_MS[Math.min(this.tries, AGAIN_MS.length - 1)], away.laterMs);
    this.tries++;
    this.notBefore = this.clock.now() + away.laterMs;
    this.tell({ is: away.signedOut ? "out" : "away" });
    this.plan(ms);
    return false;
  }

  /** The connection is back, it is said. */
  back() {
    if (this.tries > 0) this.plan(Math.max(0, this.notBefore - this.clock.now()));
  }

  /** Both have changed the same words. */
  async decide(answer, sent) {
    this.asking = true;
    this.tell({ is: "asking" });
    try {
      const copy = await this.ask(answer);
      this.asking = false;
      this.take(sent, copy, true);
      this.base = answer.revision;
      this.known = answer.copy;
      this.written++;
      this.note();
      this.plan(0);
    } finally {
      this.asking = false;
    }
    return false;
  }

  /** The paper has put something in by itself: so is it here, or it is asked. */
  async takeIn({ revision, copy, conflicts = [], people, story }) {
    while (this.saving) await this.saving;
    this.meet(people, story);
    if (!this.known) return;
    if (revision <= this.base) { // a save in between has brought it
      if (conflicts.length) await this.decide({ revision: this.base, copy: this.known, merged: copy, conflicts }, copy);
      return;
    }
    const clash = this.take(this.known, copy, !this.dirty);
    if (clash.length) { this.plan(0); return; } // written meanwhile: the paper keeps both, and says what is to be decided
    this.base = revision;
    this.known = copy;
    this.note();
    if (conflicts.length) await this.decide({ revision, copy, merged: copy, conflicts }, copy);
  }

  /** What have others done, and who is here?  Gives for how many ms not to ask again, if that was said. */
  async look() {
    try {
      const reply = await this.net.look({ since: this.base, editor: this.editor, here: this.here() });
      if (reply.status !== 200) return;
      const { revision, people, story, copy } = reply.answer;
      this.meet(people, story);
      if (this.tries > 0) { this.back(); return; } // what is newer there may be our own, of a save that was not answered
      if (!copy || revision <= this.base || this.saving || this.asking || !this.known) return;
      if (this.take(this.known, copy, !this.dirty).length === 0) {
        this.base = revision;
        this.known = copy;
        this.note();
      } else {
        this.plan(0); // the paper keeps both, and says what is to be decided
      }
    } catch (e) {
      if (!(e instanceof Away)) throw e;
      if (e.isBusy) return e.laterMs; // looks are what a busy paper refuses first; it would still take a save
      this.meet([], null);
      if (this.tries === 0 && !this.dirty) this.tell({ is: e.signedOut ? "out" : "away" });
    }
  }

  /** Look now and then, less often while nobody looks here. */
  watch() {
    const turn = async () => {
      const later = await this.look().catch(() => 0) ?? 0;
      this.looking = this.clock.set(turn, Math.max(later, this.hidden() ? LOOK_HIDDEN_MS : LOOK_MS));
    };
    if (this.looking !== null) this.clock.clear(this.looking);
    this.looking = this.clock.set(turn, 0);
  }
}
