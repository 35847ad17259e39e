// run.js - runs test files, a few at a time, each in a process of its own.
//
//   node tests/run.js [--jobs N] [--results FOLDER] FILE...
//
// What a file says is kept in FOLDER/NAME.tap; of failures it is shown.  Ends with "# pass N" and
// "# fail N" for all files together; exit code 1 when a test failed.  BROADSHEET names the binary.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { binary, patience, root } from './lib/paper.js';

const LONGEST_S = 300;  // for one file with the release binary

const words = process.argv.slice(2);
const option = (name, otherwise) => {
  const at = words.indexOf(name);
  return at < 0 ? otherwise : words.splice(at, 2)[1];
};
const jobs = Number(option('--jobs', 2));
const results = path.resolve(option('--results', path.join(root, 'build/results', path.basename(binary))));
const files = words;

fs.mkdirSync(results, { recursive: true });
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-run-'));
const running = new Set();
const tidy = () => fs.rmSync(temporary, { recursive: true, force: true });
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => { for (const child of running) child.kill('SIGTERM'); tidy(); process.exit(130); });

/**
 * The sample edition taken in once, by the release binary when there is one: tests copy it.  The
 * widths of its pictures take minutes to make and never change, so they are kept from run to run.
 */
async function sample() {
  const data = path.join(temporary, 'sample');
  const kept = path.join(root, 'build/sample-media');
  const release = path.join(root, 'build/broadsheet');
  const maker = fs.existsSync(release) ? release : binary;
  if (fs.existsSync(kept)) fs.cpSync(kept, path.join(data, 'media'), { recursive: true });
  const child = spawn(maker, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--sample', '--quiet'],
                      { stdio: ['ignore', 'pipe', 'ignore'] });
  running.add(child);
  await new Promise((resolve) => {
    let said = '';
    child.stdout.on('data', (s) => { said += s; if (said.includes(' at http://')) resolve(); });
    child.on('close', resolve);
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await ended;
  }
  running.delete(child);
  if (spawnSync(maker, ['pictures', '--data', data], { stdio: ['ignore', 'ignore', 'ignore'] }).status === 0 &&
      !fs.existsSync(kept)) {
    fs.cpSync(path.join(data, 'media'), kept + '.part', { recursive: true });
    fs.renameSync(kept + '.part', kept);
  }
  return data;
}

/** TAP without the parts about tests that passed. */
const failures = (tap) =>
  tap.replace(/^ *# Subtest: .*\n(?= *(ok|# Subtest))/gm, '')
    .replace(/^ *ok .*\n( *---\n( +.*\n)*? *\.\.\.\n)?/gm, '').slice(0, 12_000);

const count = (tap, word) => Number(new RegExp(`^# ${word} (\\d+)`, 'm').exec(tap)?.[1] ?? 0);

function runFile(file, env) {
  return new Promise((resolve) => {
    const began = Date.now();
    const child = spawn(process.execPath, ['--test-reporter=tap', '--test-reporter-destination=stdout', file],
                        { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let tap = '', late = false;
    running.add(child);
    const limit = setTimeout(() => { late = true; child.kill('SIGKILL'); }, LONGEST_S * 1000 * patience);
    child.stdout.on('data', (s) => { tap += s; });
    child.stderr.on('data', (s) => { tap += s; });
    child.on('close', (code) => {
      clearTimeout(limit);
      running.delete(child);
      if (late) tap += `\nnot done after ${LONGEST_S * patience} s\n`;
      const name = path.relative(path.join(root, 'tests'), path.resolve(file)).replaceAll('/', '-');
      const kept = path.join(results, name.replace(/\.test\.js$/, '.tap'));
      fs.writeFileSync(kept, tap);
      const skipped = count(tap, 'skipped');
      const pass = count(tap, 'pass');
      const fail = Math.max(count(tap, 'fail') + count(tap, 'cancelled'), code === 0 ? 0 : 1);
      resolve({ file, name, tap, pass, fail, skipped, seconds: (Date.now() - began) / 1000 });
    });
  });
}

const env = { ...process.env, BROADSHEET_SAMPLE_DATA: await sample() };
const total = { pass: 0, fail: 0, skipped: 0 };
const waiting = [...files];

async function work() {
  for (let file; (file = waiting.shift());) {
    const done = await runFile(file, env);
    total.pass += done.pass;
    total.fail += done.fail;
    total.skipped += done.skipped;
    const word = done.fail ? 'FAIL' : 'ok  ';
    console.log(`${word} ${path.relative(root, path.resolve(file))}: ${done.pass} passed` +
                `${done.fail ? `, ${done.fail} failed` : ''}${done.skipped ? `, ${done.skipped} skipped` : ''}` +
                ` (${done.seconds.toFixed(1)} s)`);
    for (const line of done.tap.split('\n'))
      if (/^\s*# said/.test(line) || / # SKIP /.test(line)) console.log(`     ${line.trim()}`);
    if (done.fail) console.log(failures(done.tap).replace(/^/gm, '  | '));
  }
}

try {
  await Promise.all(Array.from({ length: jobs }, work));
} finally {
  tidy();
}
console.log(`# pass ${total.pass}\n# fail ${total.fail}\n# skipped ${total.skipped}`);
process.exit(total.fail ? 1 : 0);
