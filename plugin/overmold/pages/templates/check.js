// What a check says anew takes the place of what it said before, part by part: whatever has the focus, the filter and what was
// opened stay as they are, and what is read aloud is the same place with other words.
const PARTS = ["package", "result", "source", "pictures", "judged", "matched", "findings", "rest", "seen"];
const FILTERED = ["matched", "findings"];
const PRINTED = [...FILTERED, "rest"];
const whole = new Set();

const asked = () => ({ words: $("words").value, severity: $("severity").value, whole: [...whole] });

async function renew(parts = PARTS, more = {}, keep = true) {
  const said = await act("page", { ...asked(), view: parts === PARTS, ...more });
  if (said) put(said.page, parts, keep);
  return said !== null;
}

function put(words, parts, keep = true) {
  const fresh = new DOMParser().parseFromString(words, "text/html");
  const focus = way_to(document.activeElement);
  const open = new Map([...document.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
  const texts = new Map([...document.querySelectorAll("[data-rule] > pre")].map((one) => [one.parentElement.id, one.textContent]));
  for (const id of parts) $(id).replaceChildren(...fresh.getElementById(id).childNodes);
  document.title = fresh.title;
  if (parts === PARTS) {
    Object.assign($("standing").dataset, fresh.getElementById("standing").dataset);
    stand("");
    view.renew();
    renewPanels();
  }
  for (const one of document.querySelectorAll("details[id]")) {
    if (keep && open.has(one.id)) one.open = open.get(one.id);
    if (texts.get(one.id)) one.querySelector("pre").textContent = texts.get(one.id);
  }
  if (focus && document.activeElement === document.body) focus()?.focus({ preventScroll: true });
}

// How to find again what has the focus once its part is made anew; null where that needs no finding.
function way_to(element) {
  if (!element || element === document.body || element.id) return null;
  const alike = element.matches("summary") ? `#${CSS.escape(element.parentElement.id)} > summary`
    : element.dataset.whole ? `#rule-${CSS.escape(element.dataset.whole)} > summary`
    : element.dataset.target ? `[data-target="${element.dataset.target}"]`
    : element.matches("a[href]") ? `a[href="${CSS.escape(element.getAttribute("href"))}"]` : null;
  if (!alike) return null;
  const number = [...document.querySelectorAll(alike)].indexOf(element);
  return () => [...document.querySelectorAll(alike)][Math.max(0, number)] || document.querySelector(alike);
}

function answer(words, nothing = false) {
  $("answer").classList.toggle("nothing", nothing);
  $("answer").textContent = words;
}

async function show_in_kicad(button) {
  for (const one of document.querySelectorAll(".shown")) one.classList.remove("shown");
  const said = await act("show", { target: Number(button.dataset.target) });
  if (said) button.classList.add("shown");
  answer(said ? said.done || said.nothing : $("faults").textContent, !said?.done);
}

async function explain(details) {
  const text = details.querySelector("pre");
  if (!details.open || text.textContent) return;
  const said = await act("explain", { rule: details.dataset.rule });
  if (said) text.textContent = said.text;
}

document.addEventListener("click", (event) => {
  const one = event.target.closest("[data-target], [data-whole], a[href^='#']");
  if (!one) return;
  if (one.dataset.target) show_in_kicad(one);
  else if (one.dataset.whole) { whole.add(one.dataset.whole); renew(FILTERED); }
  else {
    const to = document.getElementById(one.getAttribute("href").slice(1));
    if (to?.matches("details")) { to.open = true; setTimeout(() => to.querySelector("summary").focus(), 0); }
  }
});
document.addEventListener("toggle", (event) => event.target.matches?.("[data-rule]") && explain(event.target), true);

let waits = 0;
function filter() { clearTimeout(waits); waits = setTimeout(() => renew(FILTERED, {}, false), 150); }
$("words").addEventListener("input", filter);
$("severity").addEventListener("change", filter);
$("filter").addEventListener("submit", (event) => { event.preventDefault(); filter(); });

async function report(format) {
  const said = await act("report", { format });
  return said && said.text;
}

async function copy() {
  const words = await report("text");
  if (!words) return;
  let done = true;
  try { await navigator.clipboard.writeText(words); } catch {
    // A browser that gives no page its clipboard still copies what is selected.
    const area = make("textarea", { value: words, className: "mono" });
    document.body.append(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
    $("copy").focus();
  }
  answer(done ? "The report is on the clipboard, as text." : "This browser does not let the page copy; save the report instead.", !done);
}

async function save(format, kind) {
  const said = await act("report", { format });
  if (!said) return;
  const link = make("a", { href: URL.createObjectURL(new Blob([said.text], { type: kind })), download: said.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  answer(`${said.name} is where this browser saves files.`);
}

$("copy").addEventListener("click", copy);
$("save-html").addEventListener("click", () => save("html", "text/html"));
$("save-json").addEventListener("click", () => save("json", "application/json"));
$("print").addEventListener("click", async () => { if (await renew(PRINTED, { everything: true })) print(); });

// Whichever way somebody prints, all of it is: the browser prints what is there when this comes back, so the answer is waited for.
function everything() {
  const ask = new XMLHttpRequest();
  ask.open("POST", "/do/page", false);
  for (const [name, value] of Object.entries({ "Content-Type": "application/json", ...HEADERS })) ask.setRequestHeader(name, value);
  try { ask.send(JSON.stringify({ ...asked(), everything: true })); } catch { return; }  // the plugin has ended
  const said = ask.status === 200 ? JSON.parse(ask.responseText) : {};
  if (said.page) put(said.page, PRINTED);
}

addEventListener("beforeprint", () => { if (document.querySelector("main .more")) everything(); });

function settings() {
  const ticked = (name) => [...$("settings").querySelectorAll(`input[name="${name}"]:checked`)].map((box) => box.value);
  return { houses: ticked("house"), decks: ticked("deck"), strict: ticked("strict").length > 0, complete: ticked("complete").length > 0 };
}
async function judge(write) {
  const said = await act("judge", { ...settings(), write });
  if (said && await again()) answer(said.done);
}
$("try").addEventListener("click", () => judge(false));
$("write")?.addEventListener("click", () => judge(true));
$("settings").addEventListener("submit", (event) => event.preventDefault());
