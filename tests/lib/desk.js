// desk.js - people of a paper who sign in: by plain requests, as a browser with script off would.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';

import { request } from './http.js';

export const password = 'seven grey gulls at noon';

/** The six digits of an authenticator app; `ahead`: of so many steps later. */
export function totp(secret, ahead = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/\s/g, '')].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = crypto.createHmac('sha1', key).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** One browser at the newsroom's door. */
export class Person {
  constructor(server) {
    this.server = server;
    this.cookies = new Map();
  }

  keep(reply) {
    for (const line of [reply.headers['set-cookie'] ?? []].flat()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/Max-Age=0/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return reply;
  }

  headers(more = {}) {
    const cookie = [...this.cookies].map(([n, v]) => `${n}=${v}`).join('; ');
    return { ...(cookie ? { Cookie: cookie } : {}), 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', ...more };
  }

  async get(where) {
    const reply = this.keep(await request(this.server.port, where, { headers: this.headers() }));
    const token = /name="token" value="([0-9a-f]+)"/.exec(reply.text);
    if (token) this.token = token[1];
    return reply;
  }

  /** A form of the page that was got last. */
  async post(where, fields = {}, more = {}) {
    const named = Array.isArray(fields) ? fields : Object.entries(fields);
    const token = named.some(([n]) => n === 'token') ? [] : [['token', this.token ?? '']];
    const body = new URLSearchParams([...token, ...named]).toString();
    return this.keep(await request(this.server.port, where, {
      method: 'POST', body,
      headers: this.headers({ 'Content-Type': 'application/x-www-form-urlencoded', Origin: this.server.address, ...more }),
    }));
  }

  /** What a script of the desk sends: bytes, or a value as JSON; the answer's JSON is in `json`. */
  async send(where, body = '', more = {}) {
    const bytes = Buffer.isBuffer(body) || typeof body === 'string';
    const reply = this.keep(await request(this.server.port, where, {
      method: 'POST', body: bytes ? body : JSON.stringify(body),
      headers: this.headers({ 'Content-Type': bytes ? 'application/octet-stream' : 'application/json', Origin: this.server.address,
                              'X-Desk-Token': this.token, ...more }),
    }));
    if (reply.headers['content-type'] === 'application/json') reply.json = JSON.parse(reply.text);
    return reply;
  }

  async json(where) { return JSON.parse((await this.get(where)).text); }

  /** Open a one-time link. */
  async join(link, fields = {}) {
    const { pathname } = new URL(link);
    assert.equal((await this.get(pathname)).status, 200);
    const reply = await this.post(pathname, { name: 'Ada Quill', password, ...fields });
    assert.equal(reply.status, 303, reply.text);
    await this.get('/desk');
    return this;
  }

  async signIn(email, { to = '', secret = password } = {}) {
    await this.get('/desk/sign-in');
    return this.post('/desk/sign-in', { email, password: secret, to });
  }
}

/** The link that `broadsheet serve` has printed. */
export const firstLink = (server) => /^https?:\S+\/desk\/welcome\/\S+$/m.exec(server.out)[0];

/** The first of a paper, signed in. */
export async function publisher(server) {
  return new Person(server).join(firstLink(server), { email: 'ada@paper.example' });
}

/** Somebody with this role, signed in. */
export async function employ(paper, server, email, role) {
  const { out } = await paper.does('user', '--role', role, '--name', email.split('@')[0], 'add', email);
  return new Person(server).join(/http\S+welcome\S+/.exec(out)[0], { name: email.split('@')[0] });
}

/** A section that the desk makes; its number. */
export async function makeSection(person, { name, slug, topics }) {
  await person.get('/desk/settings/sections');
  assert.equal((await person.post('/desk/settings/sections', { name, slug, topics, act: 'make' })).status, 303);
  const [, id] = new RegExp(`href="/desk/settings/sections/(\\d+)">${name}`).exec((await person.get('/desk/settings/sections')).text);
  return Number(id);
}

export const paragraph = (id, text) => ({ kind: 'paragraph', id, spans: [{ text }] });

/** What the editor does: write these fields of a story (`blocks`: its text), and save. */
export async function writeStory(person, id, { blocks, ...change }) {
  await person.get(`/desk/stories/${id}`);
  const { revision, copy } = await person.json(`/desk/stories/${id}/copy`);
  const body = blocks ? { v: 1, blocks } : copy.body;
  const saved = await person.send(`/desk/stories/${id}/copy`, { base: revision, editor: 'a-page', here: '', kind: 'auto', copy: { ...copy, body, ...change } });
  assert.equal(saved.status, 200, saved.text);
}

/** A new story that says this; its number. */
export async function newStory(person, change, fields = { type: 'news', section: '' }) {
  await person.get('/desk/stories');
  const [, id] = /stories\/(\d+)/.exec((await person.post('/desk/stories', fields)).headers.location);
  await writeStory(person, id, change);
  return Number(id);
}
