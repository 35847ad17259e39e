// pieces.js - a network on which a page comes in pieces, each painted before the next is sent.
//
// What has moved when such a page is whole was laid out by what came after it, and would have moved
// for a reader with a slow line or a slow telephone, sooner or later.
import http from 'node:http';

import { finallyDo } from './paper.js';

const PIECE = 2000;  // bytes: one or two pieces of news

/** The head is the first, for nothing is painted before it; cut so that no character is torn. */
function* pieces(whole) {
  for (let at = 0; at < whole.length;) {
    let end = Math.min(Math.max(at, whole.indexOf('<body')) + PIECE, whole.length);
    while (end < whole.length && (whole[end] & 0xc0) === 0x80) end++;
    yield whole.subarray(at, at = end);
  }
}

/** How many elements a browser has made at least when it has read these words: what stands in a
 *  template, or is for those without script, is none of the page, nor is a tag that has no end yet. */
const elements = (words) => words.replace(/<(template|noscript)\b[^>]*>.*?(<\/\1>|$)/gs, '<$1>').match(/<[a-z][^>]*>/g)?.length ?? 0;

async function send(whole, reply, page) {
  let words = '';
  for (const piece of pieces(whole)) {
    reply.write(piece);
    words += piece.toString('utf8');
    await page.waitForFunction((n) => document.getElementsByTagName('*').length >= n, elements(words), { polling: 'raf' });
  }
  reply.end();
}

/** `server` once more, at an address of its own: what `slow.page` asks for comes in pieces. */
export async function inPieces(t, server) {
  const slow = { page: null, get: (...words) => server.get(...words) };
  const proxy = http.createServer((asked, reply) => {
    const headers = { ...asked.headers, 'accept-encoding': 'identity' };
    const on = http.request({ host: '127.0.0.1', port: server.port, path: asked.url, method: asked.method, headers }, (got) => {
      const page = asked.headers['sec-fetch-dest'] === 'document' && slow.page;
      if (!page) {
        reply.writeHead(got.statusCode, got.headers);
        return got.pipe(reply);
      }
      const { 'content-length': length, ...rest } = got.headers;
      reply.writeHead(got.statusCode, rest);
      const all = [];
      got.on('data', (part) => all.push(part));
      got.on('end', () => send(Buffer.concat(all), reply, page).catch(() => reply.destroy()));
    });
    on.on('error', () => reply.destroy());
    asked.pipe(on);
  });
  await new Promise((resolve) => { proxy.listen(0, '127.0.0.1', resolve); });
  finallyDo(t, () => new Promise((resolve) => { proxy.close(resolve); proxy.closeAllConnections(); }));
  slow.address = `http://127.0.0.1:${proxy.address().port}`;
  return slow;
}
