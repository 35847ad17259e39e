// threads
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { emptyPaper, root } from './lib/paper.js';

const story = (film, sound) => `<!doctype html><html lang="en"><head><title>The storm sat down</title></head><body><article>
<h1>The storm sat down</h1><p>By Ada Brede</p>
<p>The storm came in from the west on Thursday evening, and at eleven it reached the strait and sat down there for four hours, said the meteorologist who was on duty.</p>
<figure><video src="${film}"></video><figcaption>Hour by hour</figcaption></figure>
<p>Nobody was hurt, the harbour master said in the morning, when the sea had gone back to where it belongs and the boats could be counted again.</p>
<figure><audio src="${sound}"></audio><figcaption>The bell</figcaption></figure></article></body></html>`;

async function paperWithFilm(t) {
  const paper = await emptyPaper(t);
  const copy = `${paper.folder}/copy`;
  await mkdir(copy, { recursive: true });
  for (const name of ['storm-hesper.webm', 'storm-hesper.en.vtt', 'brannay-bell.mp3', 'brannay-bell.en.vtt'])
    await copyFile(`${root}/sample/films/${name}`, `${copy}/${name}`);
  await copyFile(`${copy}/storm-hesper.en.vtt`, `${copy}/storm-hesper.vtt`); // in the paper's language, which is the same
  await paper.copy('story.html', story('storm-hesper.webm', 'brannay-bell.mp3'));
  const done = await paper.does('ingest', '--publish', copy);
  return { paper, copy, out: done.out };
}

test('a film is taken in, served in parts, and goes with its story', async (t) => {
  const { paper, out } = await paperWithFilm(t);
  assert.match(out, /film\turn:film:[0-9a-f]+\t1\tStorm Hesper, hour by hour\tunchanged/);
  assert.match(out, /2 film; 0 quarantined/);
  const server = await paper.serve('--quiet');
  const front = (await server.get('/')).text;
  const path = /href="(\/[^"]*the-storm-sat-down)"/.exec(front)[1];
  const page = (await server.get(path)).text;

  await t.test('the player says what it is, and loads nothing by itself', async () => {
    const video = /<video [^>]*>.*?<\/video>/s.exec(page)[0], audio = /<audio [^>]*>.*?<\/audio>/s.exec(page)[0];
    assert.match(video, /^<video controls preload="none"[^>]* poster="\/media\/\d+\/640\.jpg" width="640" height="360">/);
    assert.match(audio, /^<audio controls preload="none"/);
    assert.match(video, /<source src="\/media\/\d+\/film\.webm" type="video\/webm">/);
    assert.match(audio, /<source src="\/media\/\d+\/film\.mp3" type="audio\/mpeg">/);
    assert.match(video, /<track kind="captions" src="\/media\/\d+\/captions\/en\.vtt" srclang="en" label="Captions">/);
    assert.doesNotMatch(page, /autoplay/i);
    assert.match(page, /<summary>Transcript<\/summary><div lang="en" dir="ltr"><p>\[Wind\] 7pm: the low comes in/);
    assert.match(page, /Film, 15 seconds/);
  });

  await t.test('a card says how long it lasts, also to those who do not see it', () => {
    assert.match(front, /class="badge">.*?<span aria-hidden="true">0:15<\/span><span class="unseen">Film, 15 seconds<\/span>/s);
  });

  await t.test('machines are told', async () => {
    const graph = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)[1])['@graph'];
    const told = graph.find((one) => one['@type'] === 'NewsArticle');
    assert.equal(told.video['@type'], 'VideoObject');
    assert.equal(told.video.duration, 'PT15S');
    assert.match(told.video.contentUrl, /\/media\/\d+\/film\.webm$/);
    assert.match(told.video.thumbnailUrl, /^http.*\.jpg$/);
    assert.match(told.video.transcript, /sits down/);
    assert.equal(told.audio['@type'], 'AudioObject');
    assert.match(page, /<meta property="og:video" content="http[^"]*film\.webm">\n<meta property="og:video:type" content="video\/webm">/);
    const rss = (await server.get('/feed.rss')).text;
    const file = await readFile(`${root}/sample/films/storm-hesper.webm`);
    assert.match(rss, new RegExp(`<enclosure url="http[^"]*film\\.webm" length="${file.length}" type="video/webm"/>`));
    assert.equal(rss.match(/<enclosure/g).length, 1, 'RSS allows one');
    const feed = JSON.parse((await server.get('/feed.json')).text);
    assert.ok(feed.items[0].attachments.some((one) => one.mime_type === 'video/webm' && one.duration_in_seconds === 15));
  });

  await t.test('the lite edition has a link and the transcript', async () => {
    const lite = (await server.get(`${path}.lite`)).text;
    assert.match(lite, /<a href="\/media\/\d+\/film\.webm">[^<]+<\/a> \(0:15\)/);
    assert.match(lite, /<summary>Transcript<\/summary>/);
    assert.doesNotMatch(lite, /<video|<audio|<img/);
  });

  const film = /\/media\/\d+\/film\.webm/.exec(page)[0], captions = /\/media\/\d+\/captions\/en\.vtt/.exec(page)[0];

  await t.test('its bytes are those that came, whole or in parts', async () => {
    const file = await readFile(`${root}/sample/films/storm-hesper.webm`);
    const whole = await server.get(film);
    assert.equal(whole.status, 200);
    assert.equal(whole.headers['content-type'], 'video/webm');
    assert.equal(whole.headers['accept-ranges'], 'bytes');
    assert.ok(whole.body.equals(file));
    const part = await server.get(film, { headers: { Range: 'bytes=1000-1999' } });
    assert.equal(part.status, 206);
    assert.equal(part.headers['content-range'], `bytes 1000-1999/${file.length}`);
    assert.ok(part.body.equals(file.subarray(1000, 2000)));
    assert.equal((await server.get(film, { headers: { 'If-None-Match': whole.headers.etag } })).status, 304);
    assert.equal((await server.get(film.replace('webm', 'mp4'))).status, 404);
    const said = await server.get(captions);
    assert.match(said.headers['content-type'], /^text\/vtt/);
    assert.match(said.text, /^WEBVTT\n\n00:00:00\.300 --> 00:00:02\.600\n\[Wind\]/);
    assert.doesNotMatch(said.text, /NOTE/);
  });

  await t.test('with the story it goes', async () => {
    const list = (await paper.does('list')).out;
    const id = /^\s*(\d+)\b[^\n]*The storm sat down/m.exec(list)[1];
    await paper.does('withdraw', id, '--reason', 'for a test');
    for (const gone of [film, captions]) {
      const answer = await server.get(gone);
      assert.equal(answer.status, 410, gone);
    }
  });
});

test('films that browsers cannot play, or that are not whole, are refused with a reason', async (t) => {
  const paper = await emptyPaper(t);
  const film = await readFile(`${root}/sample/films/storm-hesper.webm`), bell = await readFile(`${root}/sample/films/brannay-bell.mp3`);
  const ftyp = (brand) => Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}\0\0\0\0${brand}isom`, 'latin1')]);
  const made = async (name, ...how) => {
    await promisify(execFile)('ffmpeg', ['-v', 'error', '-f', 'lavfi', ...how, `${paper.folder}/${name}`]);
    return readFile(`${paper.folder}/${name}`);
  };
  const hostile = {
    'cut.webm': [film.subarray(0, film.length / 2 | 0), /cut off/],
    'cut.mp3': [bell.subarray(0, bell.length / 3 | 0), /cut off/],
    'bomb.webm': [await made('a.webm', '-i', 'color=size=9000x5000', '-frames:v', '2', '-c:v', 'libvpx'), /9000x5000 pixels/],
    'old.mp4': [await made('b.mp4', '-i', 'color=size=64x64', '-frames:v', '9', '-c:v', 'mpeg4'), /mpeg4, which browsers do not play/],
    'where.mp4': [await made('c.mp4', '-i', 'sine', '-t', '1', '-c:a', 'aac', '-metadata', 'location=+50.1-005.2/'), /says where it was taken/],
    'where.ogg': [await made('d.ogg', '-i', 'sine', '-t', '1', '-c:a', 'libopus', '-metadata', 'LOCATION=50.1 N 5.2 W'), /says where it was taken/],
    'apple.mov': [Buffer.concat([ftyp('qt  '), Buffer.alloc(400)]), /QuickTime/],
    'hollow.mp4': [Buffer.concat([ftyp('mp42'), Buffer.alloc(4000)]), /cannot be read|neither/],
    'matroska.webm': [Buffer.concat([Buffer.from('1a45dfa3934282886d6174726f736b61', 'hex'), Buffer.alloc(400)]), /Matroska/],
    'playlist.mp3': [Buffer.from('ID3\x04\0\0\0\0\0\0#EXTM3U\nhttp://127.0.0.1:9/secret\n', 'latin1'), /cannot be read|neither|damaged|decoded/],
    'alone.vtt': [Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n'), /must lie beside/],
    'wrong.vtt': [Buffer.from('WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nHello\n'), /wrong\.vtt:3\s[^\n]*time/],
  };
  for (const [name, [bytes]] of Object.entries(hostile)) await paper.copy(name, bytes);
  const { code, out } = await paper.command('ingest', '--publish', `${paper.folder}/copy`);

  assert.equal(code, 1, out);
  for (const [name, [, reason]] of Object.entries(hostile)) {
    const line = out.split('\n').find((one) => one.includes(name));
    assert.ok(line, `${name} is told of: ${out}`);
    assert.match(line, /quarantined: /, line);
    assert.match(line, reason, line);
  }
  assert.match((await paper.does('check')).out, /0 problems/);
  const server = await paper.serve('--quiet');
  for (let id = 1; id <= 4; id++) assert.equal((await server.get(`/media/${id}/film.webm`)).status, 404);
});
