import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, Person, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const plain = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const main = (page) => plain(/<main[\s\S]*<\/main>/.exec(page.text)[0]);
const column = (page, stage) => new RegExp(`data-stage="${stage}">([\\s\\S]*?)</section>`).exec(page.text)[1];

test('what is planned stands on the board, and first of all for whoever is to do it', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const bo = await employ(paper, server, 'bo@paper.example', 'reporter');
  const cy = await employ(paper, server, 'cy@paper.example', 'reporter');
  const person = async (name) => new RegExp(`<option value="(\\d+)">${name}`).exec((await ada.get('/desk/board')).text)[1];
  const boId = await person('bo');
  let id;

  await t.test('an idea is a line', async () => {
    assert.match(main(await bo.get('/desk')), /Nothing waits for you/);
    await ada.get('/desk/board');
    assert.equal((await ada.post('/desk/board', { headline: 'Who pays for the pier', section: 'news', who: boId })).status, 303);
    const board = await ada.get('/desk/board');
    assert.match(column(board, 'idea'), /Who pays for the pier/);
    [, id] = /href="\/desk\/stories\/(\d+)"[^>]*>Who pays/.exec(board.text);
    assert.equal((await ada.post('/desk/board', { headline: '  ', section: 'news' })).status, 400);
    assert.doesNotMatch((await server.get('/')).text, /Who pays/);
  });

  await t.test('who is to do it finds it first, and may write in it', async () => {
    assert.match(main(await bo.get('/desk')), /For you to do Who pays for the pier .*Idea/);
    assert.equal((await bo.get(`/desk/stories/${id}/edit`)).status, 200);
    assert.match((await bo.get('/desk/stories')).text, /Who pays/);
    assert.equal((await cy.get(`/desk/stories/${id}`)).status, 404);
    assert.doesNotMatch((await cy.get('/desk/board')).text, /Who pays/);
  });

  await t.test('a button of its card moves it on, and it waits for who comes next', async () => {
    const page = await bo.get('/desk/board');
    assert.match(column(page, 'idea'), /name="stage" value="draft"/);
    const moved = await bo.post(`/desk/stories/${id}/plan`, { stage: 'draft', back: '/desk/board?who=' });
    assert.equal(moved.headers.location, '/desk/board?who=');
    assert.match(column(await bo.get('/desk/board'), 'draft'), /Who pays/);
    assert.doesNotMatch(main(await ada.get('/desk')), /Waits for an editor/);
    await bo.get('/desk/board');
    await bo.post(`/desk/stories/${id}/plan`, { stage: 'copy-edit' });
    assert.match(main(await ada.get('/desk')), /Waits for an editor: To be edited Who pays for the pier/);
    assert.doesNotMatch(main(await bo.get('/desk')), /Waits for an editor/);
    await ada.get('/desk/board');
    await ada.post(`/desk/stories/${id}/plan`, { stage: 'ready' });
    assert.match(main(await ada.get('/desk')), /Waits to be published: Ready Who pays for the pier/);
  });

  await t.test('nobody gives work to others who may not, and no stage is that is none', async () => {
    await bo.get('/desk/board');
    const adaId = '1';
    assert.equal((await bo.post(`/desk/stories/${id}/plan`, { who: adaId })).status, 403);
    assert.equal((await ada.post(`/desk/stories/${id}/plan`, { stage: 'nonsense' })).status, 400);
    assert.equal((await ada.post(`/desk/stories/${id}/plan`, { who: '999' })).status, 400);
    await paper.does('user', 'suspend', 'cy@paper.example');
    await ada.get('/desk/board');
    assert.equal((await ada.post(`/desk/stories/${id}/plan`, { who: await person('nobody').catch(() => '3') })).status, 400, 'nor to who is suspended');
  });

  await t.test('a wished day is kept, by the clock of the paper', async () => {
    await paper.does('settings', 'set', 'time_zone', 'Europe/Vienna');
    await ada.get(`/desk/stories/${id}`);
    await ada.post(`/desk/stories/${id}/plan`, { wish: '2026-07-01T08:00' });
    const page = await ada.get(`/desk/stories/${id}`);
    assert.match(page.text, /name="wish" value="2026-07-01T08:00"/);
    assert.match((await ada.get('/desk/board')).text, /wished for <time datetime="2026-07-01T08:00:00\+02:00"/);
  });

  await t.test('the paper has the stages that it sets', async () => {
    await assert.rejects(paper.does('settings', 'set', 'stages', 'one'));
    await paper.does('settings', 'set', 'stages', 'Pitch, Lawyers, Print');
    const page = await ada.get('/desk/board');
    assert.match(column(page, 'Pitch'), /Who pays/, 'what stood at a stage of another day is at the first');
    await ada.post(`/desk/stories/${id}/plan`, { stage: 'Lawyers' });
    assert.match(main(await ada.get('/desk')), /Waits for an editor: Lawyers Who pays/);
    await paper.does('settings', 'set', 'stages', '');
  });

  await t.test('a section has stages of its own when it wants, and the others have the paper’s', async () => {
    await ada.get('/desk/settings/sections');
    const make = { name: 'Sport', slug: 'sport', act: 'make' };
    assert.equal((await ada.post('/desk/settings/sections', make)).status, 303);
    const [, sport] = /href="(\/desk\/settings\/sections\/\d+)">Sport/.exec((await ada.get('/desk/settings/sections')).text);
    assert.match((await ada.get(sport)).text, /placeholder="idea, draft, copy-edit, ready"/);
    assert.equal((await ada.post(sport, { ...make, act: 'save', stages: 'one' })).status, 422);
    assert.equal((await ada.post(sport, { ...make, act: 'save', stages: 'pitch, report, photos, check, go' })).status, 303);
    assert.match((await ada.get(sport)).text, /name="stages" value="pitch, report, photos, check, go"/);

    await ada.get('/desk/board');
    assert.equal((await ada.post('/desk/board', { headline: 'The cup', section: 'sport', who: '' })).status, 303);
    const own = await ada.get('/desk/board?section=sport');
    assert.deepEqual([...own.text.matchAll(/data-stage="([^"]+)"/g)].map((m) => m[1]), ['pitch', 'report', 'photos', 'check', 'go']);
    const [, cup] = /href="\/desk\/stories\/(\d+)"[^>]*>The cup/.exec(column(own, 'pitch'));
    assert.match(column(own, 'pitch'), /name="stage" value="report"/);
    assert.match(column(await ada.get('/desk/board?section=news'), 'idea'), /Who pays|Nothing/, 'the others have those of the paper');

    assert.equal((await ada.post(`/desk/stories/${cup}/plan`, { stage: 'ready' })).status, 400, 'a stage of another desk is none of this one');
    assert.equal((await ada.post(`/desk/stories/${id}/plan`, { stage: 'check' })).status, 400);
    await ada.post(`/desk/stories/${cup}/plan`, { stage: 'check' });
    const all = await ada.get('/desk/board');
    assert.match(column(all, 'copy-edit'), /class="card is-bound"[\s\S]*The cup[\s\S]*<span>check<\/span>[\s\S]*value="photos"[\s\S]*value="go"/, 'on the board of all it stands where it belongs, and its buttons are its own');
    assert.match(main(await ada.get('/desk')), /Waits for an editor: To be edited.*The cup Sport check/);
    await ada.post(`/desk/stories/${cup}/plan`, { stage: 'go' });
    assert.match(main(await ada.get('/desk')), /Waits to be published: Ready.*The cup Sport go/);
    assert.match((await ada.get(`/desk/stories/${cup}`)).text, /<option value="photos">photos/);
    assert.equal((await ada.post(sport, { ...make, act: 'save', stages: '' })).status, 303);
    assert.deepEqual([...(await ada.get('/desk/board?section=sport')).text.matchAll(/data-stage="([^"]+)"/g)].map((m) => m[1]), ['idea', 'draft', 'copy-edit', 'ready']);
  });

  await t.test('what could not be read is told to who may look after it', async () => {
    assert.doesNotMatch(main(await ada.get('/desk')), /could not be read/);
    await paper.command('ingest', await paper.copy('broken.xml', '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><broken'));
    assert.match(main(await ada.get('/desk')), /Something went wrong 1 piece of copy could not be read and waits in quarantine\./);
    assert.match((await ada.get('/desk')).text, /href="\/desk\/wire\/quarantine"/);
    const dee = await employ(paper, server, 'dee@paper.example', 'contributor');
    assert.doesNotMatch(main(await dee.get('/desk')), /could not be read/);
  });

  await t.test('copy of the wire waits beside the board, not on it', async () => {
    await paper.does('ingest', await paper.copy('wire.xml', newsml({ guid: 'urn:newsml:tests.example:wire', headline: 'From afar' })));
    assert.match(main(await ada.get('/desk')), /1 story has come over the wire and waits/);
    assert.doesNotMatch((await ada.get('/desk/board')).text, /From afar/);
  });

  await t.test('notes are for the newsroom, and name people', async () => {
    const notes = `/desk/stories/${id}/notes`;
    await ada.get(`/desk/stories/${id}`);
    assert.equal((await ada.post(notes, { words: 'Ask the council, @bo: xqcanaryzv.\nTwice.' })).status, 303);
    assert.match(plain((await ada.get(`/desk/stories/${id}`)).text), /Ask the council, @bo: xqcanaryzv/);
    assert.match(main(await bo.get('/desk')), /You are named in a note Who pays for the pier Ask the council/);
    const { notes: [note], people } = await bo.json(notes);
    assert.deepEqual([note.who, note.mine, note.resolved, note.words], ['Ada Quill', false, false, 'Ask the council, @bo: xqcanaryzv.\nTwice.']);
    assert.ok(people.includes('bo') && !people.includes('cy'));
    await bo.get(`/desk/stories/${id}`);
    const pageToken = bo.token;
    const sent = await bo.send(notes, { words: 'Done.' }, { 'X-Desk-Token': pageToken });
    assert.equal(sent.status, 200, sent.text);
    assert.equal(sent.json.notes.length, 2);
    const settled = await bo.send(notes, { note: note.id, resolved: true });
    assert.equal(settled.json.notes.find((n) => n.id === note.id).resolved_by, 'bo');
    assert.doesNotMatch(main(await bo.get('/desk')), /You are named/);
    assert.equal((await bo.send(notes, { words: '' })).status, 400);
    assert.equal((await bo.send(notes, { words: 'x'.repeat(16001) })).status, 400);
    assert.equal((await bo.send(notes, { note: 999, resolved: true })).status, 404);
    assert.equal((await new Person(server).get(notes)).status, 303);
  });

  await t.test('the log has it', async () => {
    const log = plain((await ada.get('/desk/audit')).text);
    for (const one of [/Planned a story Who pays/, /Wrote a note on a story/, /Settled a note on a story/]) assert.match(log, one);
    assert.doesNotMatch(log, /xqcanaryzv/);
  });

  await t.test('a list that is cut says how many more there are, and leads to all of them', async () => {
    const page = async (where = '/desk') => (await bo.get(where)).text;
    const listed = (text) => [...text.matchAll(/>Idea (\d+)</g)].length;
    for (let i = 1; i <= 13; i++) {
      await ada.get('/desk/board');
      assert.equal((await ada.post('/desk/board', { headline: `Idea ${i}`, section: 'news', who: boId })).status, 303);
    }
    const cut = await page(); // the one from above among them
    assert.equal(listed(cut), 11);
    const [, more] = /<a href="(\/desk\?all=assigned#yours)">and 2 more</.exec(cut);
    const all = await page(more.split('#')[0]), [, other] = /href="\/desk\/stories\/(\d+)"[^>]*>Idea 13</.exec(all);
    assert.equal(listed(all), 13);
    assert.doesNotMatch(all, /and \d+ more/);
    for (let i = 0; i < 10; i++) {
      await bo.get(`/desk/stories/${other}`);
      await bo.post(`/desk/stories/${other}/notes`, { words: `@bo thing ${i}` });
    }
    assert.match(await page(), /href="\/desk\?all=named#named">and 2 more</);
    assert.match(await page('/desk?all=named'), />@bo thing 0</);
    assert.match(await page('/desk?all=nonsense'), /all=assigned#yours">and 2 more</);
  });
});
