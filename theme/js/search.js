// Results as you type: the page that the form would lead to is fetched, and its results stand here.
const form = document.querySelector(".search-form"), results = document.querySelector("#results");
let waiting, asking;

function question() {
  const fields = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...fields]) if (!value) fields.delete(name);
  return fields;
}

async function find() {
  const fields = question(), shown = `${form.action}?${fields}`;
  asking?.abort();
  asking = new AbortController();
  fields.set("typing", "1"); // the last word may not be finished
  results.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(`${form.action}?${fields}`, { signal: asking.signal });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (reply.ok) {
      results.replaceChildren(...page.querySelector("#results").childNodes);
      history.replaceState(null, "", shown);
      document.title = page.title;
    }
  } catch (e) {
    if (e.name === "AbortError") return;
  }
  results.removeAttribute("aria-busy");
}

// what was chosen stands above the results: on a telephone the fields give them their room back
const fields = form.querySelector(".search-more"), narrow = matchMedia("(max-width: 39.99rem)");
fields.addEventListener("change", ({ target }) => {
  if (!narrow.matches || target.tagName !== "SELECT") return;
  fields.open = false;
  fields.querySelector("summary").focus();
});

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, 250);
});
