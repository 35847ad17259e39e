// words.js - collects what the editor says ("say(...)" in src/) into the table that its page brings along,
// theme/desk/editor-words.html; with --check it changes nothing and exit code 1 says that the table is old.
import fs from "node:fs";
import { fileURLToPath } from "node:url";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const table = here("../theme/desk/editor-words.html");

const found = new Set();
for (const file of fs.readdirSync(here("src")).filter((name) => name.endsWith(".js")).sort()) {
  const text = fs.readFileSync(here(`src/${file}`), "utf8");
  for (const [, words] of text.matchAll(/\bsay\(\s*("(?:[^"\\]|\\.)*")/g)) found.add(JSON.parse(words));
}

const escaped = (s) => s.replace(/&/g, "&amp;").replace(/"/g, "&quot;");

/** The words as a template says them: each value as a number that the script fills in. */
function template(words) {
  let i = 0;
  return words.replace(/\{(\w+)\}/g, (_, name) => `{{$${name}}}%${i++}{{/${name}}}`);
}

const lines = [...found].sort((a, b) => (a < b ? -1 : 1)).map((words) => `<li data-w="${escaped(words)}">{{#say}}${template(words)}{{/say}}</li>`);
const whole = `<ul id="editor-words" hidden>\n${lines.join("\n")}\n</ul>\n`;
const is = fs.existsSync(table) && fs.readFileSync(table, "utf8") === whole;

if (process.argv[2] !== "--check") {
  if (!is) fs.writeFileSync(table, whole);
} else if (!is) {
  console.log("theme/desk/editor-words.html is not what the editor says today: run node desk/words.js");
  process.exit(1);
}
