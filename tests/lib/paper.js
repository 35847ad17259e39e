// paper.js - a paper of a test's own: a data folder, commands on it, a server of it.
//
// Everything hangs on the test that asked: when it ends, its server is stopped by its process id,
// the folder is removed, and what a sanitiser said on the way fails the test.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { request } from './http.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const binary = path.resolve(root, process.env.BROADSHEET ?? 'build/broadsheet');
export const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
export const artefacts = fileURLToPath(new URL('../artefacts', import.meta.url));

/** Instrumented builds take several times as long; every bound on waiting is multiplied by this. */
export const instrumented = /asan|tsan/.test(binary);
export const patience = instrumented ? 8 : 2;

const environment = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  ...(process.env.LD_LIBRARY_PATH ? { LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH } : {}),
  ASAN_OPTIONS: 'detect_leaks=1:exitcode=99:abort_on_error=0',
  LSAN_OPTIONS: `suppressions=${root}/tests/leaks.supp:print_suppressions=0`,
  UBSAN_OPTIONS: 'print_stacktrace=1',
  TSAN_OPTIONS: `exitcode=99:second_deadlock_stack=1:ignore_noninstrumented_modules=1:suppressions=${root}/tests/races.supp`,
};

const sanitisers = /ERROR: (Address|Leak)Sanitizer|WARNING: ThreadSanitizer|runtime error:/;

/** Fails with the sanitiser's own words when there are any. */
export function mustBeSane(what, stderr) {
  const at = stderr.search(sanitisers);
  if (at >= 0) assert.fail(`${what}: ${stderr.slice(at, at + 6000)}`);
}

/** Run the binary to its end: { code, signal, out, err }. */
export function run(args, { input, env = {}, cwd, timeout = 60_000 * patience } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { cwd, env: { ...environment, ...env } });
    let out = '', err = '';
    const limit = setTimeout(() => child.kill('SIGKILL'), timeout);
    child.stdout.setEncoding('utf8').on('data', (s) => { out += s; });
    child.stderr.setEncoding('utf8').on('data', (s) => { err += s; });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      try { mustBeSane(`broadsheet ${args.join(' ')}`, err); } catch (e) { return reject(e); }
      resolve({ code, signal, out, err });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}

// A zone in which it is morning: no page outlives the day at its head, and here that day has hours to go.
export function morningZone() {
  const ahead = 8 - new Date().getUTCHours();
  const hours = ahead < -12 ? ahead + 24 : ahead;
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`; // whose signs are those of POSIX
}

/** Ask `claim` again and again until it gives something true; fails with `what` when time is up. */
export async function eventually(what, claim, { within = 15_000 * patience, every = 20 } = {}) {
  const end = Date.now() + within;
  for (;;) {
    const answer = await claim();
    if (answer) return answer;
    assert.ok(Date.now() < end, `${what}: not within ${within} ms`);
    await new Promise((done) => setTimeout(done, every));
  }
}

const leaving = new WeakMap();

/** Do this when the test ends: the last first, each even if another fails. */
export function finallyDo(t, what) {
  if (!leaving.has(t)) {
    leaving.set(t, []);
    t.after(async () => {
      const failed = [];
      for (const last of leaving.get(t).reverse())
        await Promise.resolve().then(last).catch((e) => failed.push(e));
      if (failed.length) throw failed[0];
    });
  }
  leaving.get(t).push(what);
}

export async function temporaryFolder(t) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'broadsheet-test-'));
  finallyDo(t, () => fs.rm(folder, { recursive: true, force: true }));
  return folder;
}

class Server {
  constructor(child, data, words) {
    this.child = child;
    this.words = words;
    this.data = data;
    this.out = '';
    this.err = '';
    this.ended = new Promise((resolve) => {
      child.on('close', (code, signal) => { this.gone = true; resolve({ code, signal }); });
    });
    child.stdout.setEncoding('utf8').on('data', (s) => { this.out += s; });
    child.stderr.setEncoding('utf8').on('data', (s) => { this.err += s; });
  }

  async up() {
    await eventually('the server is up', () => {
      const said = /^Broadsheet serves .* at (http:\/\/[^\s]+)$/m.exec(this.out);
      if (said) this.address = said[1].replace(/\/$/, '');
      this.secure = /^and over TLS at (https:\/\/[^\s]+)$/m.exec(this.out)?.[1];
      if (said && this.words.includes('--tls-cert') && !this.secure) return false;
      assert.ok(said || !this.gone, `the server ended instead of starting: ${this.err}`);
      return said;
    }, { within: 60_000 * patience, every: 5 });
    this.port = Number(new URL(this.address).port);
    if (this.secure) this.securePort = Number(new URL(this.secure).port);
    return this;
  }

  get(where, options) { return request(this.port, where, options); }

  /** The process that is in charge, as the data folder says it. */
  async inCharge() { return Number(await fs.readFile(path.join(this.data, 'serve.lock'), 'utf8')); }

  /** SIGUSR2, until the next program has taken over; gives its process id. */
  async handOver() {
    const before = await this.inCharge();
    process.kill(before, 'SIGUSR2');
    this.pid = await eventually('the next program is in charge', async () => {
      const now = await this.inCharge();
      return now > 0 && now !== before ? now : 0;
    }, { within: 60_000 * patience });
    return this.pid;
  }

  /** SIGTERM, and its end: that of all that took over in between. */
  async stop() {
    const kill = (signal) => { if (!this.gone) process.kill(this.pid ?? this.child.pid, signal); };
    kill('SIGTERM');
    const late = setTimeout(() => kill('SIGKILL'), 40_000 * patience);
    const { code, signal } = await this.ended;
    clearTimeout(late);
    mustBeSane('the server', this.err);
    return { code, signal };
  }
}

class Paper {
  constructor(t, folder) {
    this.t = t;
    this.folder = folder;
    this.program = undefined;  // another one than `binary` to serve with
    this.files = undefined;    // { soft, hard }: how many files it may have open
    this.data = path.join(folder, 'data');
  }

  /** A command on this data folder. */
  command(verb, ...words) { return run([verb, '--data', this.data, ...words.map(String)]); }

  /** The same, which must succeed. */
  async does(verb, ...words) {
    const done = await this.command(verb, ...words);
    assert.equal(done.code, 0, `broadsheet ${verb} ${words.join(' ')}: ${done.err}${done.out}`);
    return done;
  }

  /** Write copy beside the data folder; gives its path. */
  async copy(name, words) {
    const file = path.join(this.folder, 'copy', name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, words);
    return file;
  }

  /** Take one piece of copy in and publish it; gives the story's number. */
  async publish(name, words) {
    const { out } = await this.does('ingest', '--publish', await this.copy(name, words));
    const said = /\(story (\d+)\)/.exec(out);
    assert.ok(said, `no story came of ${name}: ${out}`);
    return Number(said[1]);
  }

  async address(story) {
    const { out } = await this.does('show', story);
    return /^address\s+(\S+)$/m.exec(out)?.[1];
  }

  /** Serve it; stopped with the test, if not before. */
  serve(...words) { return this.serveWith({}, ...words); }

  async serveWith(env, ...words) {
    const program = this.program ?? binary, { soft, hard } = this.files ?? {};
    const command = soft ? ['sh', '-c', `ulimit -S -n ${soft} && ulimit -H -n ${hard} && exec "$0" "$@"`, program] : [program];
    // whom it refuses under load must not hang on how fast the machine is
    const child = spawn(command[0], [...command.slice(1), 'serve', '--data', this.data, '--listen', '127.0.0.1:0', '--patience', '60000', ...words],
                        { env: { ...environment, ...env } });
    const server = new Server(child, this.data, words);
    finallyDo(this.t, () => server.stop());
    return server.up();
  }
}

/** A new paper with nothing in it. */
export async function emptyPaper(t) {
  return new Paper(t, await temporaryFolder(t));
}

/** A paper with the sample edition, copied from the one that the run has made. */
export async function samplePaper(t) {
  const paper = await emptyPaper(t);
  const made = process.env.BROADSHEET_SAMPLE_DATA;
  if (made && existsSync(made)) {
    await fs.cp(made, paper.data, { recursive: true });
  } else {
    const server = await paper.serve('--sample');
    await server.stop();
  }
  return paper;
}
