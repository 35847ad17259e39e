// editor.js ADDRESS WELCOME-LINK - how long a key takes in a story of 10,000 words and 60 pictures, in real
// Chromium: from keydown until the document and its layout are done, and until the frame that shows it is
// made.  Rows of the benchmark's table.
import { chromium } from "../tests/node_modules/playwright-core/index.mjs";

const WORDS = 10_000, PICTURES = 60, KEYS = 300;
const [address, link] = process.argv.slice(2);

const lexicon = "harbour council ferry storm island night report ships quay crew pilot crane ninety market vote school river bridge tower paper".split(" ");

/** A long story as its copy. */
function body(pictures) {
  const blocks = [];
  for (let n = 0, i = 0; n < WORDS; i++) {
    const words = Array.from({ length: 60 }, (_, j) => lexicon[(i * 7 + j * 13 + (j >> 2)) % lexicon.length]);
    n += words.length;
    if (i % 9 === 0) blocks.push({ kind: "heading", id: `h${i}`, level: 2, spans: [{ text: `Part ${i / 9 + 1}` }] });
    blocks.push({ kind: "paragraph", id: `p${i}`, spans: [{ text: `${words.slice(0, 20).join(" ")} ` }, { text: words.slice(20, 24).join(" "), marks: ["strong"] }, { text: ` ${words.slice(24).join(" ")}.` }] });
    if (i % 2 === 0 && blocks.filter((b) => b.kind === "picture").length < PICTURES) blocks.push({ kind: "picture", id: `m${i}`, media: pictures[i % pictures.length], spans: [{ text: words.slice(0, 9).join(" ") }], alt: "Ships", credit: "A. Pen" });
  }
  return { v: 1, blocks };
}

/** In the page: each key's milliseconds.  `handled`: until the document is changed and laid out; `shown`: until the
 *  frame with it is made; `worked`: the same without the wait for the screen, which takes a new one each 16.7 ms. */
function measure() {
  const times = (window.keyTimes = []);
  addEventListener("keydown", () => {
    const from = performance.now(), time = {};
    times.push(time);
    const passed = () => performance.now() - from;
    // a microtask: behind what the editor makes of the change, before anything else
    addEventListener("input", () => queueMicrotask(() => { document.body.getBoundingClientRect(); time.handled = passed(); }), { once: true });
    requestAnimationFrame(() => {
      const begun = passed(), { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { time.shown = passed(); time.worked = time.shown - Math.max(0, begun - time.handled); };
      port2.postMessage(0);
    });
  }, true);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu"] });
try {
  const page = await (await browser.newContext({ baseURL: address, viewport: { width: 1280, height: 900 } })).newPage();
  if (link) {
    await page.goto(new URL(link).pathname);
    for (const [name, value] of Object.entries({ name: "Bench", email: "bench@paper.example", password: "seven grey gulls at noon" })) await page.fill(`[name=${name}]`, value);
    await page.click("main button");
    await page.waitForURL(/\/desk$/);
  }
  const said = await page.evaluate(async () => {
    const token = document.querySelector("meta[name=desk-token]")?.content;
    const made = await fetch("/desk/stories", { method: "POST", body: new URLSearchParams({ type: "news", token }) });
    const pictures = (await (await fetch("/desk/pictures/list")).json()).pictures.map((p) => Number(p.id));
    return { url: made.url, pictures, token };
  });
  const id = /stories\/(\d+)/.exec(said.url)[1];
  await page.goto(`/desk/stories/${id}/edit`);
  await page.evaluate(async ({ id, tree }) => {
    const data = JSON.parse(document.getElementById("copy-data").textContent);
    await fetch(`/desk/stories/${id}/copy`, { method: "POST", headers: { "Content-Type": "application/json", "X-Desk-Token": document.querySelector("meta[name=desk-token]").content },
      body: JSON.stringify({ base: data.revision, editor: "bench", here: "", kind: "auto", copy: { ...data.copy, headline: "A long story", body: tree } }) });
  }, { id, tree: body(said.pictures) });
  await page.goto(`/desk/stories/${id}/edit`);
  await page.waitForSelector("#editor[data-ready]");
  const middle = page.locator(".ed-body > p").nth(80);
  await middle.click();
  await page.keyboard.press("End");
  await page.keyboard.type("The first words warm it up. ");
  await page.evaluate(measure);
  const words = lexicon.join(" ").repeat(10);
  for (let i = 0; i < KEYS; i++) await page.keyboard.press(words[i] === " " ? "Space" : words[i], { delay: 30 });
  const times = await page.evaluate(() => window.keyTimes);
  const at = (name, part) => { const all = times.map((t) => t[name]).filter(Boolean).sort((x, y) => x - y); return all[Math.min(all.length - 1, Math.floor(all.length * part))].toFixed(1); };
  const row = (what, name, goal = "") => console.log(`| ${what}, p50, p95 (ms) | ${at(name, 0.5)}, ${at(name, 0.95)} | ${goal} | |`);
  row(`a key in the editor, ${WORDS} words and ${PICTURES} pictures: until it is dealt with and laid out`, "handled", "goal 16");
  row("the same until the frame that shows it is made, without the wait for the screen", "worked", "goal 16");
  row("the same with that wait (a screen takes a frame each 16.7 ms)", "shown");
} finally {
  await browser.close();
}
