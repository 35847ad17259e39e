import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const cells = (page) => Object.fromEntries([...page.text.matchAll(/<td class="week-cell[^"]*" data-day="([^"]+)">([\s\S]*?)<\/td>/g)].map((m) => [m[1], m[2].replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')]));

test('the calendar of the desk keeps the clock of the paper', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  await paper.does('settings', 'set', 'time_zone', 'Europe/Vienna');
  const ada = await publisher(server);
  await ada.get('/desk/board');
  await ada.post('/desk/board', { headline: 'Clocks go back', section: 'news', who: '' });
  const [, id] = /href="\/desk\/stories\/(\d+)"[^>]*>Clocks/.exec((await ada.get('/desk/board')).text);
  const wish = async (at) => { await ada.get('/desk/board'); return ada.post(`/desk/stories/${id}/move`, { at, back: '/desk/calendar?week=2027-10-25' }); };

  await t.test('a week has seven days, also where the clock changes', async () => {
    assert.equal((await wish('2027-10-31T23:30')).headers.location, '/desk/calendar?week=2027-10-25');
    const page = await ada.get('/desk/calendar?week=2027-10-31');
    const days = cells(page);
    assert.deepEqual(Object.keys(days), ['2027-10-25', '2027-10-26', '2027-10-27', '2027-10-28', '2027-10-29', '2027-10-30', '2027-10-31']);
    assert.match(days['2027-10-31'], /23:30 planned Clocks go back/);
    assert.match(page.text, /datetime="2027-10-31T23:30:00\+01:00"/);
    assert.match(page.text, /week=2027-10-18"[^>]*rel="prev"/);
    assert.match(page.text, /week=2027-11-01"[^>]*rel="next"/);
    assert.doesNotMatch((await ada.get('/desk/calendar?week=2027-11-01')).text, /Clocks go back/);
    await wish('2027-03-28T00:10');
    assert.match(cells(await ada.get('/desk/calendar?week=2027-03-25'))['2027-03-28'], /00:10 planned Clocks/);
  });

  await t.test('what is scheduled moves with its form, and what is out does not', async () => {
    const { out } = await paper.does('ingest', await paper.copy('a.xml', newsml({ guid: 'urn:newsml:tests.example:a', headline: 'Ferry fares' })));
    const ferry = /story (\d+)/.exec(out)[1];
    await ada.get(`/desk/stories/${ferry}`);
    await ada.post(`/desk/stories/${ferry}`, { act: 'schedule', at: '2027-06-02T10:00' });
    assert.match(cells(await ada.get('/desk/calendar?week=2027-06-01'))['2027-06-02'], /10:00 scheduled Ferry fares/);
    await ada.post(`/desk/stories/${ferry}/move`, { at: '2027-06-04T11:00' });
    assert.match(cells(await ada.get('/desk/calendar?week=2027-06-01'))['2027-06-04'], /11:00 scheduled Ferry fares/);
    assert.match((await ada.get(`/desk/stories/${ferry}`)).text, /2027-06-04T11:00:00\+02:00/);
    const past = await ada.post(`/desk/stories/${ferry}/move`, { at: '2001-06-04T11:00' });
    assert.match((await ada.get(past.headers.location)).text, /It stayed where it was/);
    assert.equal((await ada.post(`/desk/stories/${ferry}/move`, { at: 'noon' })).status, 400);
    await ada.get(`/desk/stories/${ferry}`);
    await ada.post(`/desk/stories/${ferry}`, { act: 'publish' });
    const out2 = await ada.post(`/desk/stories/${ferry}/move`, { at: '2027-06-04T11:00' });
    assert.match((await ada.get(out2.headers.location)).text, /It stayed where it was/);
    assert.match((await ada.get('/desk/calendar')).text, /published<\/span>[\s\S]*Ferry fares/);
  });

  await t.test('who may not publish moves nothing that is scheduled', async () => {
    const bo = await employ(paper, server, 'bo@paper.example', 'reporter');
    const { out } = await paper.does('ingest', await paper.copy('b.xml', newsml({ guid: 'urn:newsml:tests.example:b', headline: 'Bread' })));
    const bread = /story (\d+)/.exec(out)[1];
    const boId = /<option value="(\d+)">bo/.exec((await ada.get(`/desk/stories/${bread}`)).text)[1];
    await ada.post(`/desk/stories/${bread}/plan`, { who: boId });
    await ada.get(`/desk/stories/${bread}`);
    await ada.post(`/desk/stories/${bread}`, { act: 'schedule', at: '2027-06-02T10:00' });
    const page = await bo.get('/desk/calendar?week=2027-06-01');
    assert.match(page.text, /Bread/);
    assert.doesNotMatch(page.text, /data-at=/);
    await bo.get('/desk/board');
    assert.equal((await bo.post(`/desk/stories/${bread}/move`, { at: '2027-06-05T10:00' })).status, 403);
    assert.equal((await bo.post(`/desk/stories/${id}/move`, { at: '2027-06-05T10:00' })).status, 404);
  });
});
