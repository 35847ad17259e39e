// Collects what readers are told, for translators: theme/lang/broadsheet.pot, and every language
// beside it brought up to date.
//   script/messages          write them; words that were translated stay, new ones are left empty
//   script/messages --check  change nothing; exit code 1 when the list is old, when a language
//                            lacks words, or when a template has words outside of {{#say}}
// The words of templates come from `build/broadsheet theme --messages`, those of the program from
// say(), say_in(), say_with(), say_count(), say_forms(), SAY() and SAY_IN() in src/.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = path.join(root, 'theme/lang');
const list = path.join(folder, 'broadsheet.pot');
const binary = path.resolve(root, process.env.BROADSHEET ?? 'build/broadsheet');
const wrong = [];

const keyOf = (m) => `${m.context ?? ''}\u0004${m.one}`;
const quoted = (words) => `"${words.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t')}"`;
const plain = (literals) => [...literals.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
  .map(([, s]) => s).join('').replace(/\\(u[0-9A-Fa-f]{4}|.)/g, (_, c) =>
    c === 'n' ? '\n' : c === 't' ? '\t' : c.length > 1 ? String.fromCodePoint(parseInt(c.slice(1), 16)) : c);

// --- message files ---

/** [{ notes, context, one, many, said: [] }]; the header is the one with an empty `one`. */
function readMessages(text) {
  return text.split(/\n\s*\n/).map((entry) => {
    const m = { notes: [], said: [] };
    let open;
    for (const line of entry.split('\n')) {
      const at = /^(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])?\s+(".*")$/.exec(line);
      if (at) {
        const [, word, form, words] = at;
        const add = { msgctxt: (s) => { m.context = s; }, msgid: (s) => { m.one = (m.one ?? '') + s; },
                      msgid_plural: (s) => { m.many = (m.many ?? '') + s; },
                      msgstr: (s) => { m.said[form ?? 0] = (m.said[form ?? 0] ?? '') + s; } };
        open = add[word];
        open(plain(words));
      } else if (line.startsWith('"') && open) {
        open(plain(line));
      } else if (line.startsWith('#')) {
        m.notes.push(line);
      }
    }
    return m;
  }).filter((m) => m.one !== undefined);
}

function written(m, forms) {
  const lines = [...m.notes];
  if (m.context) lines.push(`msgctxt ${quoted(m.context)}`);
  lines.push(`msgid ${quoted(m.one)}`);
  if (m.many) {
    lines.push(`msgid_plural ${quoted(m.many)}`);
    for (let i = 0; i < forms; i++) lines.push(`msgstr[${i}] ${quoted(m.said[i] ?? '')}`);
  } else if (m.one === '') {
    lines.push('msgstr ""', ...(m.said[0] ?? '').trimEnd().split('\n').map((line) => quoted(`${line}\n`)));
  } else {
    lines.push(`msgstr ${quoted(m.said[0] ?? '')}`);
  }
  return lines.join('\n');
}

// --- what is said ---

const literal = String.raw`("(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*)`;
const calls = [
  [new RegExp(String.raw`\bsay\([^,;"]+,\s*${literal}\s*\)`, 'g'), ([, one]) => ({ one })],
  [new RegExp(String.raw`\bsay_in\([^,;"]+,\s*${literal},\s*${literal}\s*\)`, 'g'), ([, context, one]) => ({ context, one })],
  [new RegExp(String.raw`\bsay_with\([^,;"]+,[^,;"]+,\s*${literal}`, 'g'), ([, one]) => ({ one })],
  [new RegExp(String.raw`\bsay_(?:count|forms)\([^;"]+,\s*${literal},\s*${literal}\s*\)`, 'g'), ([, one, many]) => ({ one, many })],
  [new RegExp(String.raw`\bSAY\(\s*${literal}\s*\)`, 'g'), ([, one]) => ({ one })],
  [new RegExp(String.raw`\bSAY_IN\(\s*${literal},\s*${literal}\s*\)`, 'g'), ([, context, one]) => ({ context, one })],
];

/** What stands in a comment for translators just above. */
function hint(text, at) {
  const said = [...text.slice(0, at).matchAll(/\/\* translators: ([^*]+?)\s*\*\//g)].pop();
  return said && !/[;{}]/.test(text.slice(said.index + said[0].length, at).replace(/\{[^}]*\}/g, ''))
    ? said[1].replace(/\s+/g, ' ') : undefined;
}

function saidByProgram() {
  const files = fs.readdirSync(path.join(root, 'src'), { recursive: true })
    .filter((file) => file.endsWith('.c') && !/_(test|fuzz)\.c$/.test(file)).sort();
  return files.flatMap((file) => {
    const text = fs.readFileSync(path.join(root, 'src', file), 'utf8');
    return calls.flatMap(([pattern, read]) => [...text.matchAll(pattern)].map((match) => {
      const { context, one, many } = read(match);
      return { context: context && plain(context), one: plain(one), many: many && plain(many),
               place: `src/${file}`, hint: hint(text, match.index) };
    }));
  });
}

function saidByTheme() {
  const done = spawnSync(binary, ['theme', '--messages'], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`broadsheet theme --messages: ${done.stderr ?? done.error}`);
  return readMessages(done.stdout).filter((m) => m.one).flatMap((m) =>
    m.notes.join(' ').replace(/#: */g, '').split(' ').map((place) =>
      ({ context: m.context, one: m.one, many: m.many, place: `theme/${place.replace(/:\d+$/, '')}` })));
}

/** Each message once, by context and words, so that the list changes only when the words do. */
function collected() {
  const all = new Map();
  for (const m of [...saidByTheme(), ...saidByProgram()]) {
    const kept = all.get(keyOf(m)) ?? { context: m.context, one: m.one, places: new Set(), said: [] };
    if (kept.many && m.many && kept.many !== m.many) wrong.push(`${m.place}: "${m.one}" has another plural elsewhere`);
    kept.many ??= m.many;
    kept.hint ??= m.hint;
    kept.places.add(m.place);
    all.set(keyOf(m), kept);
  }
  const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return [...all.values()].sort((a, b) => order(keyOf(a), keyOf(b))).map((m) => ({
    ...m, notes: [...(m.hint ? [`#. ${m.hint}`] : []), `#: ${[...m.places].sort().join(' ')}`],
  }));
}

// --- files ---

const header = `# Everything the default theme and the program say to readers, in English.
# Copy this file to xx.po (pl.po, pt-BR.po) and fill it in; see docs/theme.md.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: \\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"`;

function wholeList(messages) {
  return `${header}\n\n${messages.map((m) => written({ ...m, said: [] }, 2)).join('\n\n')}\n`;
}

/** A language with the messages of today: translated words stay, others are left empty. */
function upToDate(file, messages) {
  const had = readMessages(fs.readFileSync(file, 'utf8'));
  const byKey = new Map(had.map((m) => [keyOf(m), m]));
  const head = had.find((m) => m.one === '' && !m.context);
  const forms = Number(/nplurals=(\d)/.exec(head?.said[0] ?? '')?.[1] ?? 2);
  const lacks = [];
  const entries = messages.map((m) => {
    const before = byKey.get(keyOf(m));
    const said = before && !before.many === !m.many ? before.said : [];
    const isFuzzy = before?.notes.some((n) => /^#,.*\bfuzzy\b/.test(n));
    const own = before?.notes.filter((n) => /^#[ ,]/.test(n)) ?? [];
    for (let i = 0; i < (m.many ? forms : 1); i++)
      if (!said[i] || isFuzzy) { lacks.push(m); break; }
    return written({ ...m, said, notes: [...own.filter((n) => n.startsWith('# ')), ...m.notes, ...own.filter((n) => n.startsWith('#,'))] }, forms);
  });
  return { text: `${written(head, forms)}\n\n${entries.join('\n\n')}\n`, lacks };
}

// --- the whole ---

const checks = process.argv[2] === '--check';
if (process.argv.length > 2 && !checks) {
  const own = fs.readFileSync(fileURLToPath(import.meta.url), 'utf8').split('\n').slice(0, 7);
  console.log(own.map((line) => line.replace(/^\/\/ ?/, '')).join('\n'));
  process.exit(['--help', '-h'].includes(process.argv[2]) ? 0 : 2);
}

const messages = collected();
const outcomes = [[list, wholeList(messages)]];
for (const name of fs.readdirSync(folder).filter((n) => n.endsWith('.po')).sort()) {
  const file = path.join(folder, name);
  const { text, lacks } = upToDate(file, messages);
  outcomes.push([file, text]);
  for (const m of lacks) wrong.push(`theme/lang/${name} lacks ${m.context ? `[${m.context}] ` : ''}"${m.one}" (${m.notes.at(-1).slice(3)})`);
}
for (const [file, text] of outcomes) {
  const is = fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text;
  if (is) continue;
  if (checks) wrong.push(`${path.relative(root, file)} is not what is said today: run script/messages`);
  else fs.writeFileSync(file, text);
}
if (checks) {
  const bare = spawnSync(binary, ['theme'], { encoding: 'utf8' });
  wrong.push(...(bare.stdout ?? '').split('\n').filter((line) => line.includes('words outside of')));
}
for (const line of wrong) console.log(line);
console.log(`${messages.length} messages, ${outcomes.length - 1} languages, ${wrong.length} wrong or lacking`);
process.exit(checks && wrong.length ? 1 : 0);
