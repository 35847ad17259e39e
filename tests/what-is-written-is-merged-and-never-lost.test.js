import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, Person, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const plain = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const paragraph = (id, text) => ({ kind: 'paragraph', id, spans: [{ text }] });
const textOf = (block) => (block.spans ?? []).map((s) => s.text).join('');

/** A new story's number. */
async function begin(who, fields = {}) {
  await who.get('/desk/stories');
  const reply = await who.post('/desk/stories', { type: 'news', section: 'news', ...fields });
  assert.equal(reply.status, 303, reply.text);
  return Number(/^\/desk\/stories\/(\d+)\/edit$/.exec(reply.headers.location)[1]);
}

/** What a script sends and is answered. */
async function send(who, where, said) {
  const { status, json } = await who.send(where, said, { Accept: 'application/json' });
  return { status, answer: json };
}

/** Somebody's window on a story: what it was given last, and how it saves. */
class Editor {
  constructor(who, id, key) { Object.assign(this, { who, id, key }); }

  async open() {
    const page = await this.who.get(`/desk/stories/${this.id}/edit`);
    assert.equal(page.status, 200, page.text);
    const data = JSON.parse(/<script type="application\/json" id="copy-data">(.*?)<\/script>/s.exec(page.text)[1]);
    this.base = data.revision;
    this.copy = data.copy;
    return data;
  }

  /** As it stands here; taken over when it was taken. */
  async save(more = {}) {
    const said = await send(this.who, `/desk/stories/${this.id}/copy`, { base: this.base, editor: this.key, here: '', kind: 'auto', copy: this.copy, ...more });
    if (said.status === 200) {
      this.base = said.answer.revision;
      this.copy = said.answer.copy ?? this.copy;
    }
    return said;
  }

  write(change) { this.copy = structuredClone({ ...this.copy, ...change }); return this; }
  blocks(...blocks) { return this.write({ body: { v: 1, blocks } }); }

  async look(since = this.base) {
    const reply = await this.who.get(`/desk/stories/${this.id}/copy?since=${since}&editor=${this.key}&here=a`);
    assert.equal(reply.status, 200, reply.text);
    assert.match(reply.headers['cache-control'], /no-store/);
    return JSON.parse(reply.text);
  }
}

const open = async (who, id, key) => { const e = new Editor(who, id, key); await e.open(); return e; };

test('what is written is merged and never lost', async (t) => {
  const paper = await emptyPaper(t);
  let server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const ben = await employ(paper, server, 'ben@paper.example', 'editor');
  const cora = await employ(paper, server, 'cora@paper.example', 'contributor');

  await t.test('a new story is written, and its revision goes up by one with each save', async () => {
    const e = await open(ada, await begin(ada), 'ada-1');
    assert.equal(e.copy.type, 'news');
    assert.deepEqual(e.copy.bylines, ['Ada Quill']);
    const first = e.base;
    e.write({ headline: 'The pier <opens>' }).blocks(paragraph('a', 'One & two.'));
    const saved = await e.save();
    assert.equal(saved.status, 200);
    assert.equal(saved.answer.revision, first + 1);
    assert.equal(saved.answer.story.state, 'none');
    assert.equal(saved.answer.copy, undefined, 'nothing was put together');
    assert.equal((await e.save()).answer.revision, first + 1, 'nothing new is no revision');
    assert.match((await ada.get('/desk/stories')).text, /The pier &lt;opens&gt;/);
    assert.match((await ada.get(`/desk/stories/${e.id}/edit`)).text, /<h1[^>]*>The pier &lt;opens&gt;/);
    const again = await open(ada, e.id, 'ada-2');
    assert.equal(again.copy.headline, 'The pier <opens>');
    assert.equal(textOf(again.copy.body.blocks[0]), 'One & two.');
  });

  await t.test('two who write different words have both, and see each other', async () => {
    const id = await begin(ada);
    const a = await open(ada, id, 'ada-1');
    await a.blocks(paragraph('a', 'The council met on Monday.'), paragraph('b', 'It rained.')).write({ headline: 'Council' }).save();
    const b = await open(ben, id, 'ben-1');
    await a.blocks(paragraph('a', 'The town council met on Monday.'), paragraph('b', 'It rained.')).save();
    b.blocks(paragraph('a', 'The council met on Tuesday.'), paragraph('b', 'It rained.'), paragraph('c', 'Nobody came.')).write({ topics: [{ name: 'Weather', code: '' }] });
    const saved = await b.save({ here: 'c' });
    assert.equal(saved.status, 200, JSON.stringify(saved.answer));
    assert.equal(saved.answer.merged, true);
    assert.deepEqual(b.copy.body.blocks.map(textOf), ['The town council met on Tuesday.', 'It rained.', 'Nobody came.']);
    const seen = await a.look();
    assert.deepEqual(seen.copy, b.copy, 'the other gets it when asking');
    assert.deepEqual(seen.people.map((p) => [p.key, p.name, p.here]), [['ben-1', 'ben', 'c']]);
    assert.equal((await a.look(seen.revision)).copy, undefined);
  });

  await t.test('who writes on from the same page goes on, whatever answer was lost', async () => {
    const id = await begin(ada);
    const a = await open(ada, id, 'ada-1');
    const base = a.base;
    await a.blocks(paragraph('a', 'Hello')).save();
    a.base = base; // the answer never came
    const saved = await a.blocks(paragraph('a', 'Hello world')).save();
    assert.equal(saved.status, 200);
    assert.equal(saved.answer.merged, undefined);
    assert.deepEqual((await open(ada, id, 'ada-2')).copy.body.blocks.map(textOf), ['Hello world']);
  });

  await t.test('two who write the same words: both are kept, and a person chooses', async () => {
    const id = await begin(ada);
    const a = await open(ada, id, 'ada-1');
    await a.blocks(paragraph('a', 'The mayor said yes.'), paragraph('b', 'More.')).write({ headline: 'Mayor' }).save();
    const b = await open(ben, id, 'ben-1');
    await a.blocks(paragraph('a', 'The mayor said no.'), paragraph('b', 'More.')).save();
    b.blocks(paragraph('a', 'The mayor said maybe.'), paragraph('b', 'More and more.')).write({ headline: 'The mayor' });
    const { status, answer } = await b.save();
    assert.equal(status, 409);
    assert.equal(answer.revision, a.base, 'what stands is the newest that was taken');
    assert.deepEqual(answer.conflicts.map((c) => c.where), ['block:a']);
    const [{ base, mine, theirs }] = answer.conflicts;
    assert.deepEqual([base, mine, theirs].map(textOf), ['The mayor said yes.', 'The mayor said maybe.', 'The mayor said no.']);
    assert.deepEqual(answer.merged.body.blocks.map(textOf), ['The mayor said no.', 'More and more.']);
    assert.equal(answer.merged.headline, 'The mayor');
    assert.deepEqual(answer.copy.body.blocks.map(textOf), ['The mayor said no.', 'More.']);
    assert.ok(answer.aside > answer.revision);
    // chosen: on top of the newest
    b.base = answer.revision;
    b.copy = answer.merged;
    b.copy.body.blocks[0] = mine;
    assert.equal((await b.save()).status, 200);
    assert.deepEqual((await open(ada, id, 'ada-2')).copy.body.blocks.map(textOf), ['The mayor said maybe.', 'More and more.']);
  });

  await t.test('what cannot be is refused with the field and the reason', async () => {
    const a = await open(ada, await begin(ada), 'ada-1');
    const { copy } = a;
    for (const [change, words] of [
      [{ type: 'poem' }, /^type: .*poem/], [{ headline: 'x'.repeat(1001) }, /^headline: too long: at most 1000/],
      [{ section: 4711 }, /^section: .*4711/], [{ embargo_at: 'soon' }, /^embargo_at: /], [{ half_stars: 11 }, /^half_stars: /],
      [{ bylines: Array(21).fill('A').map((n, i) => n + i) }, /^bylines: too many: at most 20/], [{ body: { v: 1, blocks: [{ kind: 'poem' }] } }, /^body: /],
      [{ origin: 'moon' }, /^origin: /], [{ language: '"><' }, /^language: /],
    ]) {
      a.copy = { ...copy, ...change };
      const { status, answer } = await a.save();
      assert.ok([400, 413].includes(status), `${status} for ${words}`);
      assert.match(answer.error, words);
    }
    a.copy = copy;
    assert.equal((await send(ada, `/desk/stories/${a.id}/copy`, { base: a.base, copy, kind: 'other' })).status, 400);
    assert.equal((await a.save()).status, 200);
    const stranger = new Person(server);
    stranger.token = 'none';
    assert.equal((await send(stranger, `/desk/stories/${a.id}/copy`, { base: a.base, copy })).status, 401);
  });

  await t.test('a contributor writes in stories of their own, and sees no other', async () => {
    const own = await open(cora, await begin(cora), 'cora-1');
    assert.equal((await own.write({ headline: 'By Cora' }).save()).status, 200);
    const other = await begin(ada);
    const list = (await cora.get('/desk/stories')).text;
    assert.match(list, /By Cora/);
    assert.doesNotMatch(list, /The pier/);
    for (const part of ['', '/edit', '/copy', '/preview'])
      assert.equal((await cora.get(`/desk/stories/${other}${part}`)).status, 404, part);
    await cora.get('/desk');
    assert.equal((await send(cora, `/desk/stories/${other}/copy`, { base: 1, copy: own.copy })).status, 404);
    assert.equal((await cora.get(`/desk/stories/${own.id}`)).status, 200);
    assert.equal((await cora.get(`/desk/stories/${own.id}/preview`)).status, 200);
    assert.equal((await cora.post(`/desk/stories/${own.id}`, { act: 'publish' })).status, 403);
    assert.equal((await ben.get(`/desk/stories/${own.id}/edit`)).status, 200, 'editors write in all');
  });

  await t.test('published it is what was written; written on, readers have it when it is published again', async () => {
    const id = await begin(ada);
    const a = await open(ada, id, 'ada-1');
    await a.write({ headline: 'The ferry sails', standfirst: 'At last.', slug: 'ferry at sea', kicker: 'Harbour', bylines: ['Ada Quill', 'Bo Ek'],
                    topics: [{ name: 'Shipping', code: '' }], places: ['Northport'] }).blocks(paragraph('a', 'It left at nine.')).save();
    const page = async () => (await ada.get(`/desk/stories/${id}`)).text;
    const seen = async () => /name="seen" value="([^"]+)"/.exec(await page())[1];
    const old = await seen();
    await a.blocks(paragraph('a', 'It left at ten.')).save();
    const late = await ada.post(`/desk/stories/${id}`, { act: 'publish', seen: old });
    assert.equal(late.status, 409, 'what was not seen is not published');
    assert.equal((await ada.post(`/desk/stories/${id}`, { act: 'publish', seen: await seen() })).status, 303);
    const address = await paper.address(id);
    assert.match(address, /\/ferry-at-sea$/);
    const story = async () => plain((await server.get(address)).text);
    assert.match(await story(), /Harbour.*The ferry sails.*At last\..*Ada Quill and Bo Ek.*It left at ten\./);

    await a.open();
    await a.write({ headline: 'The ferry sails again' }).blocks(paragraph('a', 'It left at ten.'), paragraph('b', 'xqworkingzv is not out yet.')).save();
    assert.doesNotMatch(await story(), /xqworkingzv|sails again/);
    assert.match(plain(await page()), /It is ahead of the version that stands/);
    assert.match(plain((await ada.get(`/desk/stories/${id}/preview`)).text), /xqworkingzv/);
    assert.equal((await ada.post(`/desk/stories/${id}`, { act: 'update', kind: 'update', reason: 'It sails again.', seen: await seen() })).status, 303);
    assert.match(await story(), /The ferry sails again.*xqworkingzv/);
    assert.match(plain(await page()), /Nothing but what the newest version says.*2\. Update: It sails again\./);
    assert.equal((await ada.post(`/desk/stories/${id}`, { act: 'update', kind: 'edit', seen: await seen() })).status, 409, 'nothing new');

    // a correction with all that is written
    await a.open();
    await a.blocks(paragraph('a', 'It left at eleven.')).save();
    await page();
    assert.equal((await ada.post(`/desk/stories/${id}/correct`, { kind: 'correction', reason: 'It was eleven.', written: 'yes', headline: '', standfirst: '', seen: await seen() })).status, 303);
    assert.match(await story(), /It was eleven\..*/);
    assert.match(await story(), /It left at eleven\./);
    assert.doesNotMatch(await story(), /xqworkingzv/);
  });

  await t.test('copy that comes meanwhile: untouched work follows, touched work says so and takes it in', async () => {
    const wire = (version, body, headline = 'Storm') => newsml({ guid: 'urn:newsml:tests.example:storm', version, headline, body, ...(version > 1 ? { changed: new Date() } : {}) });
    const id = await paper.publish('storm-1.xml', wire(1, '<p>It blows.</p><p>Ships wait.</p>'));
    const a = await open(ada, id, 'ada-1');
    assert.equal(a.copy.headline, 'Storm');
    await paper.does('ingest', await paper.copy('storm-2.xml', wire(2, '<p>It blows hard.</p><p>Ships wait.</p>')));
    const seen = await a.look();
    assert.match(textOf(seen.copy.body.blocks[0]), /It blows hard\./);
    await a.open();
    a.copy.body.blocks[1].spans[0].text = 'Ships wait, our reporter says.';
    assert.equal((await a.save()).answer.story.changed, true);
    await paper.does('ingest', await paper.copy('storm-3.xml', wire(3, '<p>It blows very hard.</p><p>Ships wait.</p>')));
    assert.equal((await a.look()).story.newer, true);
    await ada.get(`/desk/stories/${id}`);
    const refused = await ada.post(`/desk/stories/${id}`, { act: 'update', kind: 'edit' });
    assert.equal(refused.status, 409, 'a newer version is not overwritten unseen');
    const taken = await send(ada, `/desk/stories/${id}/newer`, {});
    assert.equal(taken.status, 200);
    assert.deepEqual(taken.answer.copy.body.blocks.map(textOf), ['It blows very hard.', 'Ships wait, our reporter says.']);
    assert.equal(taken.answer.story.newer, false);
    assert.equal((await ada.post(`/desk/stories/${id}`, { act: 'update', kind: 'edit' })).status, 303);
    assert.match(plain((await server.get(await paper.address(id))).text), /It blows very hard\..*Ships wait, our reporter says\./);
  });

  await t.test('every sitting stands in the list; any two are compared, and one goes back', async () => {
    const id = await begin(ada);
    const a = await open(ada, id, 'ada-1');
    await a.write({ headline: 'Flood' }).blocks(paragraph('a', 'The river rose by a metre.')).save();
    const kept = (await a.save({ kind: 'named', name: 'for the <lawyer>' })).answer.revision;
    for (const words of ['The river rose by two metres.', 'The river rose by three metres overnight.'])
      await a.blocks(paragraph('a', words)).save();
    const list = (await ada.get(`/desk/stories/${id}/revisions`)).text;
    assert.match(plain(list), /Kept: for the &lt;lawyer&gt;/);
    assert.equal((list.match(/name="to"/g) ?? []).length, 3, 'autosaves of one sitting are one line: begun, kept, written on');
    const changed = (await ada.get(`/desk/stories/${id}/compare?from=${kept}&to=${a.base}`)).text;
    assert.match(changed, /<del>.*a metre\..*<\/del>/s);
    assert.match(changed, /<ins>.*three metres overnight\..*<\/ins>/s);
    const one = (await ada.get(`/desk/stories/${id}/revisions/${kept}`)).text;
    assert.match(plain(one), /The river rose by a metre\./);
    assert.equal((await ada.post(`/desk/stories/${id}/restore`, { revision: kept })).status, 303);
    assert.deepEqual((await a.look()).copy.body.blocks.map(textOf), ['The river rose by a metre.']);
    assert.match(plain((await ada.get(`/desk/stories/${id}/revisions`)).text), /three metres|Went back to this/);
    assert.equal((await cora.get(`/desk/stories/${id}/revisions/${kept}`)).status, 404);
    assert.equal((await cora.get(`/desk/stories/${id}/compare?from=1&to=2`)).status, 404);
    assert.equal((await ada.get(`/desk/stories/${id}/revisions/4711`)).status, 404);
    const log = plain((await ada.get('/desk/audit')).text);
    for (const act of ['Began a story', 'Kept a version of a story under a name', 'Went back to what a story said before', 'Updated a story']) assert.match(log, new RegExp(act));
  });

  await t.test('a version that readers had goes back into what is written, and readers see nothing of it until it is published', async () => {
    const a = await open(ada, await begin(ada), 'ada-1');
    const post = async (fields) => { await ada.get(`/desk/stories/${a.id}`); return ada.post(`/desk/stories/${a.id}`, fields); };
    await a.write({ headline: 'The mill burns', urgency: 2 }).blocks(paragraph('a', 'It burns since noon.')).save();
    assert.equal((await post({ act: 'publish' })).status, 303);
    await a.look();
    await a.write({ headline: 'The mill is saved', standfirst: 'By rain' }).blocks(paragraph('a', 'It rained.')).save();
    assert.equal((await post({ act: 'update', kind: 'update', reason: 'It rained' })).status, 303);
    const versions = (await ada.get(`/desk/stories/${a.id}`)).text;
    assert.match(versions, new RegExp(`href="/desk/stories/${a.id}/compare\\?version=1"`));
    const compared = await ada.get(`/desk/stories/${a.id}/compare?version=1`);
    assert.match(compared.text, /<del>[^]*burns[^]*<ins>[^]*is saved/);
    assert.match(plain(compared.text), /From version 1/);
    assert.equal((await ada.post(`/desk/stories/${a.id}/restore`, { version: '1' })).status, 303);
    const { copy } = await a.look();
    assert.deepEqual([copy.headline, copy.standfirst, copy.urgency, ...copy.body.blocks.map(textOf)], ['The mill burns', '', 2, 'It burns since noon.'], 'what no version keeps stays');
    assert.match(plain((await ada.get(`/desk/stories/${a.id}/revisions`)).text), /Went back to this[^]*Version 1/);
    assert.match((await server.get(await paper.address(a.id))).text, /The mill is saved/, 'readers have what was published');
    assert.match(plain((await ada.get(`/desk/stories/${a.id}`)).text), /It is ahead of the version that stands/);
    const ninjs = JSON.parse((await server.get(`/api/v1/stories/${a.id}`)).text);
    assert.equal(ninjs.urgency, 2);
    assert.equal((await ada.post(`/desk/stories/${a.id}/restore`, { version: '9' })).status, 404);
    assert.equal((await ada.get(`/desk/stories/${a.id}/compare?version=9`)).status, 404);
    assert.equal((await cora.post(`/desk/stories/${a.id}/restore`, { version: '1' })).status, 404);
    assert.match(plain((await ada.get('/desk/audit')).text), /Went back to what a story said before[^]*version: 1|Went back to what a story said before/);
  });

  /** What the list shows, and what its form would send. */
  const listOf = async (where) => {
    const html = (await ada.get(where)).text;
    const radios = (name) => [...html.matchAll(new RegExp(`name="${name}" value="(\\d+)"[^>]*?( checked)?>`, 'g'))];
    const chosen = (name) => radios(name).find(([, , checked]) => checked)?.[1];
    return { html, numbers: radios('from').map(([, n]) => Number(n)), from: chosen('from'), to: chosen('to'), older: /name="before" value="(\d+)"/.exec(html)?.[1] };
  };

  await t.test('what is chosen on one page of the list stays chosen on the next', async () => {
    const id = await begin(ada), at = `/desk/stories/${id}/revisions`;
    const a = await open(ada, id, 'ada-1');
    for (let i = 1; i <= 45; i++) {
      a.blocks(paragraph('a', `Day ${i}.`));
      await a.save({ kind: 'named', name: `day ${i}` });
    }
    const first = await listOf(at);
    assert.equal(first.numbers.length, 40);
    assert.deepEqual([Number(first.to), Number(first.from)], first.numbers.slice(0, 2), 'the two newest');
    const chosen = first.numbers[10];
    const second = await listOf(`${at}?from=${first.from}&to=${chosen}&before=${first.older}`);
    assert.ok(second.numbers.at(-1) < Number(first.older));
    assert.equal(second.to, `${chosen}`);
    assert.match(plain(second.html), new RegExp(`${chosen} Kept: day \\d+ chosen on another page`));
    assert.equal(second.from, first.from);
    const back = await listOf(`${at}?from=${second.numbers.at(-1)}&to=${chosen}`);
    assert.deepEqual([back.from, back.to], [`${second.numbers.at(-1)}`, `${chosen}`]);
    assert.deepEqual(back.numbers, [...first.numbers, second.numbers.at(-1)], 'each once, where it belongs');
    for (const wrong of ['from=4711&to=9223372036854775807', 'from=-1&to=x', `from=${first.to}&to=${first.to}`])
      assert.equal((await ada.get(`${at}?${wrong}`)).status, 200, wrong);
    assert.deepEqual((await listOf(`${at}?from=4711&to=4712`)).numbers, first.numbers, 'there is no such one');
    const changed = (await ada.get(`/desk/stories/${id}/compare?from=${back.from}&to=${back.to}`)).text;
    assert.match(plain(changed), new RegExp(`From revision ${back.from} .*to revision ${back.to} `));
    assert.match(changed, /<ins><span/);
  });

  await t.test('all versions are listed, and any two that readers had are compared', async () => {
    const a = await open(ada, await begin(ada), 'ada-1'), at = `/desk/stories/${a.id}/revisions?of=versions`;
    const post = async (fields) => { await ada.get(`/desk/stories/${a.id}`); return ada.post(`/desk/stories/${a.id}`, fields); };
    await a.write({ headline: 'Tide 1' }).blocks(paragraph('a', 'It rises.')).save();
    assert.equal((await post({ act: 'publish' })).status, 303);
    for (let i = 2; i <= 43; i++)
      assert.equal((await ada.post(`/desk/stories/${a.id}/correct`, { reason: `It was ${i}.`, headline: `Tide ${i}` })).status, 303);
    const page = (await ada.get(`/desk/stories/${a.id}`)).text;
    assert.ok(page.includes(`href="/desk/stories/${a.id}/revisions?of=versions"`));
    assert.doesNotMatch(plain(page), / 1\. First version/);
    const first = await listOf(at);
    assert.deepEqual([first.numbers.length, first.numbers[0], first.older], [40, 43, '4']);
    assert.match(first.html, /name="of" value="versions"/);
    const second = await listOf(`${at}&from=42&to=41&before=4`);
    assert.deepEqual(second.numbers, [42, 41, 3, 2, 1]);
    assert.match(plain(second.html), /1 First version/);
    const compared = await ada.get(`/desk/stories/${a.id}/compare?of=versions&from=41&to=1`);
    assert.match(plain(compared.text), /From version 1 .*to version 41/);
    assert.match(compared.text, /<del>.*>1<.*<ins>.*>41</s);
    assert.doesNotMatch(compared.text, /Go back to this version/);
    assert.equal((await ada.get(`/desk/stories/${a.id}/compare?of=versions&from=1&to=99`)).status, 404);
    // it comes back with other words after it was taken down: those before are hidden
    assert.equal((await post({ act: 'withdraw' })).status, 303);
    const now = await open(ada, a.id, 'ada-2');
    assert.equal((await now.write({ headline: 'Tide 44' }).save()).status, 200);
    assert.equal((await post({ act: 'publish' })).status, 303);
    const hidden = await listOf(`${at}&from=1&to=2`);
    assert.deepEqual(hidden.numbers, [], 'no two are left');
    assert.match(plain(hidden.html), /44 Edit the newest.* 43 Correction/);
    assert.equal((await ada.get(`/desk/stories/${a.id}/compare?of=versions&from=1&to=44`)).status, 404);
    assert.equal((await cora.get(at)).status, 404);
    assert.equal((await cora.get(`/desk/stories/${a.id}/compare?of=versions&from=1&to=3`)).status, 404);
  });

  await t.test('the checklist says what is missing, and topics come from the text', async () => {
    const id = await begin(ada);
    const draft = (await ada.get(`/desk/stories/${id}`)).text;
    assert.doesNotMatch(draft, /id="versions"/, 'no heading over nothing');
    assert.match(draft, /What was done to it/);
    const items = async () => Object.fromEntries(JSON.parse((await ada.get(`/desk/stories/${id}/checklist`)).text).items.map((i) => [i.key, i]));
    let list = await items();
    assert.deepEqual(['headline', 'text', 'section', 'byline', 'topics'].map((k) => list[k].state), ['stop', 'stop', 'ok', 'ok', 'warn']);
    assert.equal(list.headline.where, 'field:headline');
    const a = await open(ada, id, 'ada-1');
    await a.write({ headline: 'Trawlers stay in port over commercial fishing rules', rights_note: 'Not in print', embargo_at: '2099-01-01T00:00:00+01:00', expiry_at: '2001-01-01T00:00:00Z', related: [4711] })
      .blocks({ kind: 'paragraph', id: 'a', spans: [{ text: 'Shipping was quiet; ' }, { text: 'more', link: '/news/2001/01/01/nothing' }] }, { kind: 'picture', id: 'p', media: 4711 }).save();
    list = await items();
    assert.deepEqual(['headline', 'text', 'rights', 'embargo', 'expiry', 'link', 'picture', 'related'].map((k) => list[k]?.state), ['ok', 'ok', 'warn', 'warn', 'stop', 'warn', 'stop', 'warn']);
    assert.equal(list.picture.where, 'block:p');
    assert.equal(list.link.where, 'block:a');
    const json = async (where) => JSON.parse((await ada.get(where)).text);
    const topics = (await json(`/desk/topics?story=${id}`)).topics;
    assert.ok(topics.some((x) => x.name === 'commercial fishing' && x.code === '20000213'), JSON.stringify(topics));
    assert.ok(topics.some((x) => x.name === 'Shipping' && x.code === ''), 'a topic of the house');
    assert.deepEqual((await json('/desk/topics?q=commercial+fish')).topics[0], { name: 'commercial fishing', code: '20000213' });
    assert.deepEqual((await json('/desk/people?q=bo')).people, ['Bo Ek']);
    assert.deepEqual((await json('/desk/places?q=NORTH')).places, ['Northport']);
    assert.equal((await json('/desk/stories/list?q=ferry')).stories[0].headline, 'The ferry sails again');
    assert.equal((await cora.get(`/desk/topics?story=${id}`)).status, 404);
  });

  await t.test('headlines of their own stand where they belong, and what a story is, is said', async () => {
    const a = await open(ada, await begin(ada, { type: 'live' }), 'ada-1');
    await a.write({ headline: 'The long headline of the page', front_headline: 'Short front', search_headline: 'For searching', social_headline: 'For sharing', letter_headline: 'xqletterzv', rights_note: 'xqrightszv' })
      .blocks(paragraph('a', 'It goes on.')).save();
    await ada.get(`/desk/stories/${a.id}`);
    assert.equal((await ada.post(`/desk/stories/${a.id}`, { act: 'publish' })).status, 303);
    const page = (await server.get(await paper.address(a.id))).text, front = (await server.get('/')).text;
    assert.match(page, /<title>For searching \|/);
    assert.match(page, /og:title" content="For sharing"/);
    assert.match(page, /<h1>The long headline of the page<\/h1>/);
    assert.match(page, /class="kicker".*>Live</);
    assert.match(front, /Short front/);
    assert.doesNotMatch(front.replace(/<script type="application\/ld.*?<\/script>/gs, ''), /The long headline of the page/);
    for (const where of ['/', '/news', '/feed.json', '/api/v1/stories', await paper.address(a.id), '/today.json'])
      assert.doesNotMatch((await server.get(where)).text, /xqletterzv|xqrightszv/, where);
  });

  await t.test('a save that was answered outlives the end of the server', async () => {
    const id = await begin(ada);
    const a = await open(ada, id, 'ada-1');
    for (let i = 0; i < 20; i++) assert.equal((await a.blocks(paragraph('a', `Sentence ${i}.`)).save()).status, 200);
    server.child.kill('SIGKILL');
    await server.ended;
    server = await paper.serve('--quiet');
    for (const p of [ada, ben, cora]) p.server = server;
    const again = await open(ada, id, 'ada-2');
    assert.deepEqual(again.copy.body.blocks.map(textOf), ['Sentence 19.']);
    assert.equal(again.base, a.base);
  });
});
