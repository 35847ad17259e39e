// The journal and the saving of the editor, on a clock of the test's own: what is written is on the device
// within 300 ms and with the paper within ten seconds, whatever the connection does.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { deviceStore, Journal, memoryStore } from '../desk/src/journal.js';
import { Away } from '../desk/src/net.js';
import { Sync } from '../desk/src/sync.js';

/** Time that goes when it is told to. */
class Clock {
  constructor() { this.at = 1000; this.plans = new Set(); }
  now() { return this.at; }
  set(act, ms) { const plan = { act, at: this.at + ms }; this.plans.add(plan); return plan; }
  clear(plan) { this.plans.delete(plan); }
  async go(ms) {
    const end = this.at + ms;
    for (;;) {
      const next = [...this.plans].filter((p) => p.at <= end).sort((x, y) => x.at - y.at)[0];
      if (!next) break;
      this.plans.delete(next);
      this.at = Math.max(this.at, next.at);
      next.act();
      await new Promise(setImmediate);
    }
    this.at = end;
    await new Promise(setImmediate);
  }
}

function desk({ base = 1, known = { words: '' } } = {}) {
  const clock = new Clock(), d = { clock, copy: known, sent: [], told: [], taken: [], asked: [], net: {} };
  d.answer = () => ({ status: 200, answer: { revision: d.sent.length + base, people: [], story: {} } });
  d.look = () => ({ status: 200, answer: { revision: base, people: [], story: {} } });
  d.sync = new Sync({
    clock, editor: 'e', base, known, read: () => d.copy, here: () => 'b1',
    net: { save: async (body) => { d.sent.push({ ...body, at: clock.at }); return d.answer(body); }, look: async (q) => d.look(q) },
    take: (from, to, anyway) => { d.taken.push({ from, to, anyway }); return d.conflicts ?? []; },
    ask: async (answer) => { d.asked.push(answer); return d.choice; },
    tell: (s) => d.told.push(s.is), meet: () => {}, note: () => d.journal?.note(),
  });
  d.write = (words) => { d.copy = { words }; d.sync.changed(); };
  return d;
}

test('a pause of a second and a half, or ten seconds of typing, saves', async () => {
  const d = desk();
  d.write('a');
  await d.clock.go(1400);
  assert.equal(d.sent.length, 0);
  await d.clock.go(200);
  assert.deepEqual(d.sent.map((s) => [s.base, s.copy.words, s.kind, s.here]), [[1, 'a', 'auto', 'b1']]);
  assert.equal(d.told.at(-1), 'saved');
  const before = d.clock.at;
  for (let i = 0; i < 100; i++) { d.write(`a${i}`); await d.clock.go(120); }
  assert.ok(d.sent.length >= 2 && d.sent[1].at - before <= 10_000);
  assert.equal(d.sent[1].base, 2, 'made from what was saved before');
});

test('while nobody is signed in, the way to sign in stands still', async () => {
  const d = desk();
  d.answer = () => { throw new Away('signed out', { signedOut: true }); };
  d.write('a');
  await d.clock.go(60_000);
  assert.ok(d.sent.length > 4);
  assert.deepEqual([...new Set(d.told.slice(d.told.indexOf('out')))], ['out']);
});

test('what is written while it is being saved is saved after', async () => {
  const d = desk();
  let let_go;
  d.answer = () => new Promise((done) => { let_go = () => done({ status: 200, answer: { revision: 2 } }); });
  d.write('a');
  await d.clock.go(1500);
  d.write('ab');
  let_go();
  await d.clock.go(0);
  assert.ok(d.sync.dirty);
  d.answer = () => ({ status: 200, answer: { revision: 3 } });
  await d.clock.go(1500);
  assert.deepEqual(d.sent.map((s) => [s.base, s.copy.words]), [[1, 'a'], [2, 'ab']]);
  assert.ok(!d.sync.dirty);
});

test('without a connection it says so, tries again later and later, and goes on', async () => {
  const d = desk();
  const answer = d.answer;
  d.answer = () => { throw new Away('no'); };
  d.write('a');
  await d.clock.go(60_000);
  assert.ok(d.sent.length >= 4 && d.sent.length <= 8, `${d.sent.length} tries`);
  assert.equal(d.told.at(-1), 'away');
  d.write('ab');
  assert.ok(d.sync.dirty);
  d.answer = answer;
  d.sync.back();
  await d.clock.go(1);
  assert.equal(d.sent.at(-1).copy.words, 'ab');
  assert.equal(d.told.at(-1), 'saved');
  assert.ok(!d.sync.dirty);
});

test('a paper with no time is left alone for as long as it asks, and nothing is lost', async () => {
  const d = desk(), busy = (s) => { throw new Away('503', { isBusy: true, laterMs: s * 1000 }); };
  const answer = d.answer, looks = [];
  d.look = () => { looks.push(d.clock.at); return busy(12); };
  const begun = d.clock.at;
  d.sync.watch();
  await d.clock.go(25_000);
  assert.deepEqual(looks.map((at) => at - begun), [0, 12_000, 24_000]);
  assert.deepEqual(d.told, [], 'of a look nothing is said');

  d.answer = () => busy(5);
  d.write('a');
  await d.clock.go(1500);
  assert.equal(d.told.at(-1), 'away');
  assert.ok(d.sync.dirty);
  d.look = () => ({ status: 200, answer: { revision: 1, people: [], story: {} } });
  await d.sync.look();
  d.answer = answer;
  await d.clock.go(4900);
  assert.equal(d.sent.length, 1, 'not before it may, though it answers a look');
  await d.clock.go(200);
  assert.deepEqual(d.sent.map((s) => s.copy.words), ['a', 'a']);
  assert.equal(d.told.at(-1), 'saved');
});

test('an answer that was put together with others comes into the document', async () => {
  const d = desk();
  d.answer = () => ({ status: 200, answer: { revision: 5, merged: true, copy: { words: 'both' } } });
  d.write('mine');
  await d.clock.go(1500);
  assert.deepEqual(d.taken.map((x) => [x.from.words, x.to.words]), [['mine', 'both']]);
  assert.equal(d.sync.base, 5);
});

test('a conflict is asked about once, and what is chosen is saved over the newest', async () => {
  const d = desk();
  d.answer = () => ({ status: 409, answer: { revision: 7, copy: { words: 'theirs' }, merged: { words: 'theirs' }, conflicts: [{ where: 'field:words' }], aside: 8 } });
  d.choice = { words: 'chosen' };
  d.write('mine');
  const was = d.answer;
  await d.clock.go(1400);
  d.answer = (body) => (body.base === 7 ? { status: 200, answer: { revision: 9 } } : was());
  await d.clock.go(200);
  assert.equal(d.asked.length, 1);
  assert.deepEqual(d.taken.at(-1), { from: { words: 'mine' }, to: { words: 'chosen' }, anyway: true });
  await d.clock.go(10);
  assert.deepEqual(d.sent.map((s) => s.base), [1, 7]);
  assert.equal(d.told.at(-1), 'saved');
});

test("others' work comes in while one looks; what both changed is left to the paper", async () => {
  const d = desk();
  d.look = () => ({ status: 200, answer: { revision: 4, copy: { words: 'x' } } });
  await d.sync.look();
  assert.equal(d.sync.base, 4);
  d.write('mine');
  d.conflicts = [{ where: 'block:a' }];
  d.look = () => ({ status: 200, answer: { revision: 6, copy: { words: 'y' } } });
  await d.sync.look();
  assert.equal(d.sync.base, 4);
  await d.clock.go(1);
  assert.equal(d.sent.at(-1).base, 4, 'sent with the base that it was made from');
});

test('what the paper has of a save that was not answered is not taken for the work of others', async () => {
  const d = desk(), { answer } = d;
  d.answer = () => { throw new Away('its answer was lost'); };
  d.write('mine');
  await d.clock.go(1500);
  d.look = () => ({ status: 200, answer: { revision: 2, copy: { words: 'mine' } } });
  d.write('mine, and more');
  d.answer = answer;
  await d.sync.look();
  await d.clock.go(1);
  assert.deepEqual(d.taken, []);
  assert.deepEqual(d.sent.map((s) => [s.base, s.copy.words]), [[1, 'mine'], [1, 'mine, and more']]);
  assert.equal(d.told.at(-1), 'saved');
});

test('an answer that a save has overtaken brings nothing back', async () => {
  const d = desk();
  d.answer = () => ({ status: 200, answer: { revision: 5, merged: true, copy: { words: 'newer copy, and mine' } } });
  d.write('mine');
  await Promise.all([d.sync.save(), d.sync.takeIn({ revision: 4, copy: { words: 'newer copy' } })]);
  assert.deepEqual(d.taken.map((x) => [x.from.words, x.to.words]), [['mine', 'newer copy, and mine']]);
  assert.equal(d.sync.base, 5);
});

test('a refusal is said, and the next word is sent again', async () => {
  const d = desk();
  d.answer = () => ({ status: 422, answer: { error: 'Too long.' } });
  d.write('a');
  await d.clock.go(1500);
  assert.equal(d.told.at(-1), 'refused');
  assert.ok(d.sync.dirty);
  d.write('b');
  await d.clock.go(1500);
  assert.equal(d.sent.length, 2);
});

test('the journal has each word within 300 ms, and lets go of what the paper has', async () => {
  const d = desk(), store = memoryStore();
  d.journal = new Journal({ store, story: 3, editor: 'e', clock: d.clock, read: () => (d.sync.dirty ? { base: d.sync.base, copy: d.copy } : null) });
  await d.journal.left(async () => false);
  d.write('a');
  await d.clock.go(300);
  assert.deepEqual((await store.all(3)).map((r) => [r.base, r.copy.words]), [[1, 'a']]);
  d.write('ab');
  d.journal.now();
  assert.deepEqual((await store.all(3)).map((r) => r.copy.words), ['ab'], 'at once when the page is left');
  await d.clock.go(1500);
  await d.clock.go(300);
  assert.deepEqual(await store.all(3), []);
});

test('what a window that is gone has left is found, that of a living one is not', async () => {
  const clock = new Clock(), store = memoryStore();
  for (const [editor, at] of [['dead', 900], ['old', 800], ['alive', 950]]) await store.put({ story: 3, editor, base: 2, copy: {}, at });
  await store.put({ story: 4, editor: 'other', base: 2, copy: {}, at: 900 });
  const journal = new Journal({ store, story: 3, editor: 'mine', clock, read: () => null });
  assert.deepEqual((await journal.left(async (e) => e === 'alive')).map((r) => r.editor), ['dead', 'old']);
});

/** A device that fails, or does not answer, as long as it is told to. */
function illDevice() {
  const store = memoryStore(), device = { ill: '', asked: 0, records: store.records };
  for (const name of ['put', 'remove', 'all'])
    device[name] = async (...words) => {
      device.asked++;
      if (device.ill === 'fails') throw new Error('the device does not open');
      if (device.ill === 'hangs') await new Promise(() => {});
      return store[name](...words);
    };
  return device;
}

for (const ill of ['fails', 'hangs'])
  test(`a device that ${ill} at first is asked again until it says what was left, and is then written on`, async () => {
    const clock = new Clock(), store = illDevice(), told = [];
    await store.put({ story: 3, editor: 'mine', base: 2, copy: { words: 'left' }, at: 900 });
    let copy = { words: 'typed meanwhile' }, found = null;
    const journal = new Journal({ store, story: 3, editor: 'mine', clock, read: () => copy && { base: 2, copy }, onFault: (e) => told.push(e ? 'ill' : 'well') });
    store.ill = ill;
    journal.left(async () => false).then((records) => { found = records; });
    journal.note();
    await clock.go(60_000);
    assert.equal(found, null);
    assert.deepEqual(told, ['ill'], 'said once');
    assert.ok(store.asked >= 5 && store.asked <= 20, `asked ${store.asked} times`);
    assert.equal([...store.records.values()][0].copy.words, 'left', 'what was left is not written over before it is found');
    store.ill = '';
    await clock.go(30_000);
    assert.deepEqual(found.map((r) => r.copy.words), ['left']);
    assert.deepEqual(told, ['ill', 'well']);
    journal.note();
    await clock.go(300);
    assert.equal([...store.records.values()][0].copy.words, 'typed meanwhile');

    store.ill = ill; // and again later: what is written then is kept as soon as it can be
    copy = { words: 'later' };
    journal.note();
    await clock.go(60_000);
    assert.deepEqual(told, ['ill', 'well', 'ill']);
    store.ill = '';
    await clock.go(30_000);
    assert.equal([...store.records.values()][0].copy.words, 'later');
    assert.deepEqual(told, ['ill', 'well', 'ill', 'well']);
  });

test('a database that could not be opened, or was closed behind our back, is opened anew', async () => {
  const records = [];
  let tries = 0, closed = 0;
  /** As much of IndexedDB as the journal uses; each lives for two transactions. */
  const database = () => {
    let left = 2;
    return {
      close: () => { closed++; },
      transaction() {
        if (left-- === 0) throw new Error('the connection is closing');
        const work = {}, answer = (result) => { setImmediate(() => work.oncomplete()); return { result }; };
        work.objectStore = () => ({ put: (r) => { records.push(r); return answer(); }, index: () => ({ getAll: () => answer([...records]) }) });
        return work;
      },
    };
  };
  const store = deviceStore(async () => { if (++tries <= 2) throw new Error('held by another process'); return database(); });
  await assert.rejects(store.all(3));
  await assert.rejects(store.all(3));
  assert.deepEqual(await store.all(3), []);
  await store.put({ story: 3, editor: 'e' });
  await assert.rejects(store.all(3));
  assert.equal((await store.all(3)).length, 1);
  assert.deepEqual([tries, closed], [4, 1]);
});
