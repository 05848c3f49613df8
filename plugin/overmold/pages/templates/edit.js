// The draft: its text and tables, what was before it, and what is asked of the plugin, one thing after another.
const now = { text: "", tables: {}, look: null, saved: "" };
const past = [], future = [], jobs = [];
let running = null, lastKey = "", onDisk = false;

const stateOf = () => JSON.stringify([now.text, now.tables]);
const isDirty = () => !onDisk || stateOf() !== now.saved;

// Changes of one field that come while an answer is awaited are one; so are those that follow each other in the history.
function change(changes, key = "") {
  const last = jobs[jobs.length - 1];
  if (last && key && last.key === key) last.changes = changes;
  else jobs.push({ changes, key });
  pump();
}

function pump() { running = running || work().finally(() => { running = null; if (jobs.length) pump(); }); return running; }

async function work() {
  while (jobs.length) {
    const job = jobs.shift();
    // A field that is being typed in is changed from what stood there before the first letter, as if in one go.
    const base = job.changes && job.key && job.key === lastKey ? past[past.length - 1] : now;
    const sent = { text: job.text ?? base.text, tables: job.tables ?? base.tables };
    const answer = job.changes ? await act("change", { ...sent, changes: job.changes }) : await act("look", job.text === undefined ? {} : sent);
    if (answer) took(answer, job);
    else if (now.look) draw(now.look, true);
  }
}

function took(answer, job) {
  const before = { text: now.text, tables: now.tables };
  const is_new = answer.text !== before.text || JSON.stringify(answer.tables) !== JSON.stringify(before.tables);
  if (is_new && now.look && !job.steps) {
    if (!job.key || job.key !== lastKey) past.push(before);
    future.length = 0;
    lastKey = job.key;
  }
  now.text = answer.text;
  now.tables = answer.tables;
  if (!now.look) {
    onDisk = answer.on_disk;
    now.saved = answer.is_saved ? stateOf() : "";
    $("notes").replaceChildren(...answer.notes.map((words) => make("p", { className: "note" }, words)));
  }
  now.look = answer;
  draw(answer, Boolean(job.steps) && !jobs.length);  // what somebody has typed meanwhile stays
}

function draw(look, force) {
  $("where").textContent = look.file;
  if (look.name) { $("title").textContent = look.name; document.title = `${look.name} · Overmold`; }
  if (look.form) {
    drawForm(look.form, force);
    drawNets(look.nets);
    drawPlan(look);
  }
  drawFaults(look.wrong);
  $("form").inert = !look.form;
  if (force || document.activeElement !== $("text")) {
    const area = $("text"), top = area.scrollTop, old = area.value.split("\n"), lines = look.text.replace(/\r\n/g, "\n").split("\n");
    const at = lines.findIndex((words, i) => words !== old[i]), high = parseFloat(getComputedStyle(area).lineHeight);
    area.value = look.text;
    // The line that changed is brought into sight.
    area.scrollTop = at < 0 || old.length < 2 || (at * high > top && (at + 2) * high < top + area.clientHeight) ? top : Math.max(0, (at - 8) * high);
  }
  drawVerdict(look);
  $("undo").disabled = past.length === 0;
  $("redo").disabled = future.length === 0;
}

function drawVerdict(look) {
  const verdict = look.verdict || { word: look.form ? "not judged" : "no package file", hue: "warn", counts: look.waiting || "The text cannot be read; mend it first" };
  const words = `${verdict.word} ${verdict.counts}`;
  if ($("verdict").textContent !== words) $("verdict").replaceChildren(make("span", { className: "badge " + verdict.hue }, verdict.word), " ", make("span", {}, verdict.counts));
  drawBroken(look);
  if (!look.verdict) { $("margins").classList.add("stale"); return; }
  const row = (rule) => make("tr", { title: rule.title }, make("td", {}, make("span", { className: "badge " + rule.hue }, rule.word)),
    make("td", { className: "name" }, rule.name), make("td", {}, rule.reading), make("td", {}, rule.limit), make("td", {}, rule.margin));
  const table = (rules, words) => make("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: words }, make("table", { className: "margins" }, make("thead", {}, make("tr", {},
    ...["Verdict", "Rule", "Reading", "Limit", "Margin"].map((head) => make("th", { scope: "col" }, head)))), make("tbody", {}, ...rules.map(row))));
  const few = look.rules.filter((rule, i) => i < 8 || rule.hue === "bad"), others = look.rules.slice(few.length);
  const open = $("margins").querySelector("details")?.open;
  $("margins").classList.remove("stale");
  $("margins").replaceChildren(...look.mend.map((one) => make("div", { className: "note" }, make("strong", {}, one.words), make("div", { className: "quiet" }, one.fix))),
    table(few, "Rules and their margins"), ...(others.length ? [make("details", { open: Boolean(open) }, make("summary", {}, `${others.length} more rules`), table(others, "More rules and their margins"))] : []));
}

// The rules to mend, beside the verdict; a press goes to what they say.
function drawBroken(look) {
  const names = [...new Set((look.mend || []).map((one) => one.rule))];
  $("broken").replaceChildren(...names.slice(0, 3).map((name) => button(name, () => {
    $("margins").scrollIntoView({ block: "start" });
    $("margins").querySelector("[tabindex]").focus({ preventScroll: true });
  }, "", "plain mono")), ...(names.length > 3 ? [make("span", { className: "quiet" }, `and ${names.length - 3} more`)] : []));
}

function step(from, to) {
  if (!from.length) return;
  to.push({ text: now.text, tables: now.tables });
  lastKey = "";
  jobs.push({ ...from.pop(), steps: true });
  pump();
}
const undo = () => step(past, future), redo = () => step(future, past);

// Ask before something is written that nobody may want.
function ask(words, lines, yes) {
  $("question-words").textContent = words;
  $("question-lines").replaceChildren(...lines.slice(0, 10).map((line) => make("li", {}, line)));
  $("yes").textContent = yes;
  $("question").hidden = false;
  $("no").focus();
  return new Promise((answer) => {
    const end = (said) => { $("question").hidden = true; answer(said); };
    $("yes").onclick = () => end(true);
    $("no").onclick = () => end(false);
  });
}

// Save what stands here; whether it was saved as a package that can be read.
async function save(also = {}) {
  document.activeElement?.blur?.();
  while (running) await running;
  const answer = await act("save", { text: now.text, tables: now.tables, ...also });
  if (!answer) return false;
  if (answer.changed) return await ask(onDisk ? "Somebody has changed this since it was read here. Write over it?"
    : "There is something of this name already. Write over it?", answer.changed, "Write over it") && save({ ...also, force: true });
  if (answer.unfinished) return await ask("This cannot be read as a package yet. Save it unfinished?", answer.unfinished, "Save it unfinished")
    && save({ ...also, unfinished: true }) && false;
  onDisk = true;
  now.saved = stateOf();
  $("done").textContent = answer.done;
  $("done").hidden = false;
  return true;
}

$("text").addEventListener("input", () => {
  const text = now.text.includes("\r\n") ? $("text").value.replace(/\n/g, "\r\n") : $("text").value;
  const last = jobs[jobs.length - 1];
  if (last && last.key === "text") last.text = text;
  else jobs.push({ text, key: "text" });
  pump();
});
$("undo").addEventListener("click", undo);
$("redo").addEventListener("click", redo);
$("save").addEventListener("click", () => save());
if (GOES_ON) {
  $("next").addEventListener("click", async () => { if (await save() && await act("leave")) location.reload(); });
  $("leave").addEventListener("click", async () => {
    if (isDirty() && !await ask("What is not saved will be gone. Leave it?", [], "Leave without saving")) return;
    if (await act("leave")) { now.saved = stateOf(); onDisk = true; location.reload(); }
  });
}
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const does = key === "z" ? (event.shiftKey ? redo : undo) : key === "y" ? redo : key === "s" ? () => save() : null;
  if (does) { event.preventDefault(); does(); }
});
addEventListener("focusin", () => { lastKey = ""; $("done").hidden = true; });
addEventListener("beforeunload", (event) => { if (now.look && isDirty()) event.preventDefault(); });
jobs.push({});
pump();
