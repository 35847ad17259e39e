// threads
// Search: which stories are found by which words, in which order, and when they are not found any more.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, eventually } from './lib/paper.js';

const file = (paper, name, more) => paper.copy(`${name}.xml`, newsml({ guid: `urn:newsml:tests.example:${name}`, ...more }));

/** The headlines that a question finds, in order. */
async function find(server, question) {
  const reply = await server.get(`/search?${new URLSearchParams(question)}`);
  assert.equal(reply.status, 200);
  return [...reply.text.matchAll(/<h2><a href="[^"]*">(.*?)<\/a><\/h2>/gs)].map(([, words]) => words.replace(/<\/?mark>/g, ''));
}

test('search finds the archive', async (t) => {
  const paper = await emptyPaper(t);
  const stories = {
    herring: { headline: 'Herring quota cut', standfirst: 'The fleet must wait.', body: '<p>The harbour master said that the storm had passed.</p>',
               person: 'Ada Quill', byline: 'By Ada Quill', keywords: ['Fisheries'] },
    storm: { headline: 'Storm closes the harbour', standfirst: 'Waves of nine metres.', body: '<p>The master of the harbour saw no herring.</p>' },
    cafe: { headline: 'Café Ærø re-opens', body: '<p>A naïve façade, painted by Łukasz.</p>' },
    japanese: { headline: '東京都で塩の展覧会', language: 'ja', body: '<p>港の魚は塩で守られる。</p>' },
    arabic: { headline: 'الكِتاب في المدرسة', language: 'ar', body: '<p>قرأ أحمد الكتاب.</p>' },
    german: { headline: 'Die Häuser am Kai', language: 'de', body: '<p>Drei Boote liegen im Schatten.</p>' },
    hebrew: { headline: 'שָׁלוֹם לנמל', language: 'he', body: '<p>הדייגים חזרו אל הנמל.</p>' },
  };
  const files = [];
  for (const [name, more] of Object.entries(stories)) files.push(await file(paper, name, more));
  await paper.does('ingest', '--publish', ...files);
  const server = await paper.serve('--quiet');
  await eventually('all are in the index', async () => (await find(server, { from: '2000-01-01' })).length === 7);

  const finds = async (question, ...headlines) => assert.deepEqual((await find(server, typeof question === 'string' ? { q: question } : question)).sort(), headlines.sort(), JSON.stringify(question));

  await t.test('words, words in a row, words left out', async () => {
    await finds('herring', 'Herring quota cut', 'Storm closes the harbour');
    await finds('HERRING storm', 'Herring quota cut', 'Storm closes the harbour');
    await finds('"harbour master"', 'Herring quota cut');
    await finds('“harbour master”', 'Herring quota cut');
    await finds('herring -quota', 'Storm closes the harbour');
    await finds('harbour -"harbour master"', 'Storm closes the harbour');
    await finds('herring nonesuch');
    await finds('"re-opens"', 'Café Ærø re-opens');
  });

  await t.test('in any of its forms, unless it stands in quotes', async () => {
    await finds('herrings', 'Herring quota cut', 'Storm closes the harbour');
    await finds('quotas closing');
    await finds('quotas fleets', 'Herring quota cut');
    await finds('closed harbours', 'Storm closes the harbour');
    await finds('"herrings"');
    await finds('"harbours master"');
    await finds('storms -quotas', 'Storm closes the harbour');
    await finds('storms -"quotas"', 'Herring quota cut', 'Storm closes the harbour');
    for (const q of ['Haus', 'HÄUSERN', 'boot', 'Schatten Boots']) await finds(q, 'Die Häuser am Kai');
    const found = (await server.get('/search?q=quotas+waits')).text;
    assert.match(found, /Herring <mark>quota<\/mark> cut/);
    assert.match(found, /fleet must <mark>wait<\/mark>/);
    assert.deepEqual((await find(server, { q: 'waves', sort: 'best' })), ['Storm closes the harbour']);
    assert.doesNotMatch((await server.get('/search?q=quotas+nonesuchword')).text, /Did you mean/);
  });

  await t.test('what looks like the language of a database is only words', async () => {
    for (const q of ['herring OR', 'NEAR(herring storm)', 'headline:herring', '"', '""', '-', '*', 'her*', '(', "'; DROP TABLE find_text; --", '\u0000', '^herring', '{a b}:c', '-"', '- -', `${'x '.repeat(300)}`, '"a" "b'])
      assert.equal((await server.get(`/search?${new URLSearchParams({ q })}`)).status, 200, q);
    await finds('headline:herring');
    assert.equal((await server.get('/search?q=%ff%fe')).status, 200);
  });

  await t.test('in any script', async () => {
    for (const q of ['cafe', 'CAFÉ', 'aero', 'ærø', 'naive facade', 'lukasz']) await finds(q, 'Café Ærø re-opens');
    for (const q of ['東京', '京都', '東京都', '塩', '魚', '展覧会', '"東京都で塩"']) await finds(q, '東京都で塩の展覧会');
    await finds('都東');
    for (const q of ['كتاب', 'الكتاب', 'احمد', 'مدرسه', 'كتـاب']) await finds(q, 'الكِتاب في المدرسة');
    for (const q of ['שלום', 'הנמל']) await finds(q, 'שָׁלוֹם לנמל');
  });

  await t.test('narrowed down', async () => {
    await finds({ q: 'herring', author: 'Ada Quill' }, 'Herring quota cut');
    await finds({ author: 'ada-quill' }, 'Herring quota cut');
    await finds({ q: 'herring', topic: 'fisheries' }, 'Herring quota cut');
    await finds({ q: 'herring', author: 'Nobody' });
    await finds({ q: 'herring', section: 'news' }, 'Herring quota cut', 'Storm closes the harbour');
    await finds({ q: 'herring', section: 'none' });
    await finds({ q: 'herring', to: '2001-01-01' });
    await finds({ q: '-herring -cafe -東京 -كتاب -שלום -Haus' });
    const wrong = (await server.get('/search?q=herring&from=yesterday')).text;
    assert.match(wrong, /role="alert">A date is written/);
  });

  await t.test('the newest first, or the most relevant', async () => {
    const newest = await find(server, { q: 'herring' });
    assert.deepEqual(await find(server, { q: 'herring', sort: 'best' }), ['Herring quota cut', 'Storm closes the harbour']);
    assert.deepEqual((await find(server, { q: 'storm', sort: 'best' }))[0], 'Storm closes the harbour');
    assert.equal(newest.length, 2);
  });

  await t.test('the words stand out, and others are offered', async () => {
    const found = (await server.get('/search?q=harbour+master')).text;
    assert.match(found, /The <mark>harbour<\/mark> <mark>master<\/mark> said/);
    const none = (await server.get('/search?q=hering+quota')).text;
    assert.match(none, /Did you mean <a href="\/search\?q=Herring%20quota">Herring quota<\/a>\?/);
    const beginning = (await server.get('/search?q=herr&typing=1')).text;
    assert.match(beginning, /<mark>Herring<\/mark> quota cut/);
    assert.doesNotMatch((await server.get('/search?q=%3Cscript%3Ealert(1)%3C/script%3E')).text, /<script>alert/);
  });

  await t.test('what the entries of a running story say', async () => {
    const story = /^(\d+)\t.*Café/m.exec((await paper.does('list')).out)[1];
    const live = (...words) => paper.does('live', ...words);
    const isFound = (words, n = 1) => eventually(`${words}: ${n}`, async () => (await find(server, { q: words })).length === n);
    await live('--headline', 'Prams on the quay', '--words', await paper.copy('words.md', 'A *bicycle basket* is full of bread.'), 'add', story);
    await isFound('bicycle baskets');
    await isFound('prams');
    assert.match((await server.get('/search?q=basket')).text, /A bicycle <mark>basket<\/mark> is full of bread/);
    await live('--at', '2099-01-01T00:00:00Z', '--headline', 'Zeppelins', 'add', story);
    await live('--headline', 'Prams on the pier', 'edit', story, '1');
    await isFound('pier');
    await isFound('quay', 0);
    await isFound('zeppelins', 0);
    await live('withdraw', story, '1');
    await isFound('bicycle', 0);
  });

  await t.test('notices beside stories, through the gate', async () => {
    const day = (n) => new Date(Date.now() + n * 86400_000).toISOString();
    const add = async (title, words, ...more) => {
      const file = await paper.copy('notice.md', `# ${title}\n\n${words}\n`);
      return /notices\/(\d+)/.exec((await paper.does('notice', '--type', 'election', '--issuer', 'Returning Officer', ...more, 'add', file)).out)[1];
    };
    const notices = async (question, where = '/search') => {
      const { text } = await server.get(`${where}?${new URLSearchParams(typeof question === 'string' ? { q: question } : question)}`);
      return [...text.slice(text.indexOf('>Notices</h2>')).matchAll(/<a href="\/notices\/\d+(?:\.lite)?">(.*?)<\/a>/gs)].map(([, words]) => words.replace(/<\/?mark>/g, ''));
    };
    const have = async (question, ...titles) => assert.deepEqual(await notices(question), titles, JSON.stringify(question));

    await add('Old roll', 'Electors of the harbour ward had voted.', '--from', day(-20), '--until', day(-10));
    const roll = await add('Roll of voters', 'Electors who were left out ask the clerk.', '--from', day(-3), '--reference', 'EL/77');
    await add('Poll to come', 'Electors vote in the storm.', '--from', day(5));
    const polls = [];
    for (let i = 1; i <= 5; i++) polls.unshift(`Poll ${i}`), await add(`Poll ${i}`, 'Electors vote at the Café.', '--from', day(-2 + i / 10));
    await add('選挙人名簿', '港で縦覧する。', '--from', day(-30));
    await eventually('all are in the index', async () => (await notices({ kind: 'notices', from: '2000-01-01' })).length === 8);

    // those that run come first, the newest of them first; the rest behind a link
    await have('elector', ...polls);
    const { text } = await server.get('/search?q=elector');
    assert.match(text, /No story was found/);
    assert.match(text, /<mark>Electors<\/mark> vote/);
    const [, all] = /<a href="(\/search\?[^"]*kind=notices[^"]*)">All notices/.exec(text);
    const page = (await server.get(all.replaceAll('&amp;', '&'))).text;
    assert.match(page, /7 notices on this page/);
    assert.match(page, /name="kind" value="notices"/, 'and stays so when other words are asked for');
    await have({ q: 'elector', kind: 'notices' }, ...polls, 'Roll of voters', 'Old roll');
    assert.match(page.slice(page.indexOf('Old roll')), /has run its time/);

    // the same words as of stories, which come first
    await have('"electors who" -poll', 'Roll of voters');
    await have('"elector"');
    await have('harbour', 'Old roll');
    assert.deepEqual((await find(server, { q: 'harbour' })).length, 2);
    assert.ok((await server.get('/search?q=harbour')).text.indexOf('Storm closes') < (await server.get('/search?q=harbour')).text.indexOf('Old roll'));
    await have('cafe electors', ...polls);
    await have('選挙', '選挙人名簿');
    await have('"EL/77"', 'Roll of voters');
    await have('returning officer -poll', 'Roll of voters', '選挙人名簿', 'Old roll');
    await have({ q: 'elect', typing: 1, kind: 'notices' }, ...polls, 'Roll of voters', 'Old roll');
    assert.deepEqual(await notices('elector', '/search.lite'), polls);

    // a notice has no section, topic or author; its day is the first of its run
    for (const more of [{ section: 'news' }, { author: 'Ada Quill' }, { topic: 'fisheries' }]) await have({ q: 'electors', ...more });
    await have({ q: 'electors', to: day(-8).slice(0, 10) }, 'Old roll');
    await have({ q: 'electors', before: 9999999999999999 });

    // said anew, taken down, back, killed: the words of the moment only
    await paper.does('notice', '--type', 'election', '--issuer', 'Returning Officer', 'set', roll, await paper.copy('notice.md', '# List of voters\n\nWhoever is missing asks the clerk.\n'));
    await eventually('it is found by its new words', async () => (await notices('missing')).join() === 'List of voters');
    await have('"left out"');
    await paper.does('notice', 'withdraw', roll);
    await have('missing');
    await paper.does('notice', 'publish', roll);
    await eventually('it is found again', async () => (await notices('missing')).length === 1);
    await paper.does('notice', 'kill', roll);
    await have('missing');
  });

  await t.test('what is not public any more is not found, nor offered', async () => {
    const list = (await paper.does('list')).out;
    const number = (headline) => Number(new RegExp(`^(\\d+)\\t.*${headline}$`, 'm').exec(list)[1]);
    await paper.does('kill', number('Herring quota cut'), '--reason', 'never true');
    await finds('quota');
    await paper.does('withdraw', number('Storm closes the harbour'));
    await finds('harbour');
    await eventually('its words are offered no more', async () => !(await server.get('/search?q=quotta')).text.includes('Did you mean'));
    await paper.does('publish', number('Storm closes the harbour'));
    await eventually('it is found again', async () => (await find(server, { q: 'harbour' })).length === 1);
    const { code } = await server.stop();
    assert.equal(code, 0);
    await paper.does('check');
    execFileSync('sqlite3', [path.join(paper.data, 'paper.db'), 'DELETE FROM find_text; DELETE FROM find_notice_text']);
    const lost = await paper.command('check');
    assert.equal(lost.code, 1);
    for (const what of ['story', 'notice']) assert.match(lost.out, new RegExp(`^${what} \\d+: its words are lost to search`, 'm'));
    assert.match((await paper.does('index', '--rebuild')).out, /^6 stories looked at/);
    await paper.does('check');
  });
});

test('a search goes from page to page, the newest first', async (t) => {
  const paper = await emptyPaper(t), many = [];
  const whelks = (i) => file(paper, `whelk-${i}`, { headline: `Whelks, part ${i}` });
  for (let i = 1; i <= 44; i++) many.push(await whelks(i));
  await paper.does('ingest', '--publish', ...many);
  await paper.does('ingest', '--publish', await whelks(45));
  const server = await paper.serve('--quiet');
  await eventually('all are in the index', async () => {
    const last = await Promise.all([1, 44, 45].map((i) => find(server, { q: `"part ${i}"` })));
    return last.every((found) => found.length === 1);
  });
  const parts = (text) => [...text.matchAll(/<mark>Whelks<\/mark>, part (\d+)<\/a>/g)].map(([, n]) => Number(n));
  const way = (text, rel) => new RegExp(`<a rel="${rel}" href="([^"]+)">([^<]+)<`).exec(text)?.slice(1).map((s) => s.replaceAll('&amp;', '&'));
  const together = Array.from({ length: 44 }, (_, i) => i + 1); // what comes together stands as it came
  for (const [sort, on, back] of [['', 'Older', 'Newest'], ['&sort=best', 'Next page', 'First page']]) {
    const pages = [(await server.get(`/search?q=whelks${sort}`)).text];
    assert.equal(way(pages[0], 'prev'), undefined);
    for (let next; (next = way(pages.at(-1), 'next')); pages.push((await server.get(next[0])).text)) assert.equal(next[1], on);
    assert.deepEqual(pages.map((p) => parts(p).length), [20, 20, 5]);
    assert.deepEqual(pages.flatMap(parts), [45, ...together]); // all are as relevant
    for (const page of pages.slice(1)) {
      const [first, called] = way(page, 'prev');
      assert.equal(called, back);
      assert.deepEqual(parts((await server.get(first)).text), parts(pages[0]));
    }
  }
});
