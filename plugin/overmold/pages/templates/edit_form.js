// The form: every field of it comes from the plugin, with its path, its label and what it is; nothing is listed here.
const idOf = (path) => "f/" + path.join("/");
const isLine = (field) => ["text", "words", "yaml"].includes(field.is);
const seldom = new Map();  // of each field, whether it is one of those that fold away: not where it is stated from the start
const slots = new Map();   // of each path, where a fault of it is said, and the input that it is about
const folded = new Map();  // of each part, whether somebody opened it
let shape = "";

// What of a form is more than the values in it: while this stays the same, the page is not built anew.
function shapeOf(field) {
  const inner = [...(field.keys || []), ...(field.items || []), ...(field.inner ? [field.inner] : [])].map(shapeOf);
  return [field.is, field.path.join("/"), field.absent, field.way, (field.rows || []).length, field.words, inner.join()].join("|");
}

function slot(path, input) {
  const words = make("div", { className: "fault", id: idOf(path) + "!", hidden: true });
  if (input) input.setAttribute("aria-describedby", words.id);
  slots.set(path.join("/"), { words, input });
  return words;
}

function fill(input, field) {
  if (field.is === "words") {
    const none = field.usual ? `${field.usual} (as usual)` : "not stated";
    const known = field.needed && field.text ? field.words : ["", ...field.words];
    const all = field.text && !known.includes(field.text) ? [...known, field.text] : known;
    input.replaceChildren(...all.map((word) => make("option", { value: word }, word || none)));
  }
  input.value = field.text;
}

// One line to type in, or a few words to choose from. `send` is given what stands there.
function line(field, label, send) {
  const input = field.is === "words" ? make("select", {}) : make("input", { type: "text", autocomplete: "off", spellcheck: false });
  input.id = idOf(field.path);
  if (label) input.setAttribute("aria-label", label);
  if (field.usual || field.example) input.placeholder = field.usual ? `${field.usual} if left out` : field.example;
  fill(input, field);
  input.addEventListener(field.is === "text" ? "input" : "change", () => send(input.value));
  return input;
}

function control(field, label) {
  const path = field.path;
  if (field.is === "tuple") return several(field, label);
  if (field.is === "list") return list(field, label);
  if (field.is === "either") return either(field, label);
  if (field.is === "rows" || field.is === "spots") return rows(field, label);
  if (field.is === "group") return make("div", { className: "fields" }, ...field.keys.map(one));
  if (field.is === "unknown") return make("div", { className: "entry" },
    make("input", { type: "text", className: "grow", id: idOf(path), value: field.text, disabled: true }),
    button("Take it out", () => change([{ does: "remove", path }]), `Take it out: ${label}`));
  const does = field.is === "yaml" ? "yaml" : "set";
  return line(field, label, (text) => change([{ does, path, text }], path.join("/")));
}

function button(words, action, label = "", className = "small") {
  const made = make("button", { type: "button", className, onclick: action }, words);
  if (label) made.setAttribute("aria-label", label);
  return made;
}

// Several lines beside each other, such as width and height: they are said together.
function several(field, label) {
  const inputs = field.items.map((item, i) => line(item, `${label}, ${i + 1} of ${field.items.length}`, () =>
    change([{ does: "list", path: field.path, texts: inputs.map((input) => input.value) }], field.path.join("/"))));
  field.items.forEach((item, i) => slots.set(item.path.join("/"), { words: null, input: inputs[i], up: field.path.join("/") }));
  return make("div", { className: "beside" }, ...inputs);
}

function list(field, label) {
  const entries = field.items.map((item, i) => {
    const name = item.label || `${label} ${i + 1}`;
    const out = (words) => button(words, () => change([{ does: "remove", path: item.path }]), `Take ${name} out`, "off");
    if (field.of_groups) return part(item, name, [button("Another like it", () => change([{ does: "like", path: item.path }]),
      `Another like it: ${name}`), button("Take it out", () => change([{ does: "remove", path: item.path }]), `Take it out: ${name}`)]);
    const inner = control(item, name);
    return make("div", { className: "entry" }, make("div", { className: "grow" }, inner, slot(item.path, isLine(item) ? inner : null)), out("×"));
  });
  return make("div", {}, ...entries, button("+ Add", () => change([{ does: "add", path: field.path }]), `+ Add to ${label}`));
}

function either(field, label) {
  const way = make("select", { className: "ways", id: idOf(field.path) + "?" },
    ...field.ways.map((words, i) => make("option", { value: i, selected: i === field.way }, `as ${words}`)));
  way.setAttribute("aria-label", `How ${label} is given`);
  way.addEventListener("change", () => change([{ does: "way", path: field.path, way: Number(way.value) }]));
  // A way that is one word has nothing more to say.
  if (field.inner.is === "words" && field.inner.words.length === 1 && ["", field.inner.words[0]].includes(field.inner.text)) return make("div", {}, way);
  return make("div", {}, way, control({ ...field.inner, usual: field.usual }, label));
}

const MOST_ENTRIES = 200;
function rows(field, label) {
  const shown = field.rows.slice(0, MOST_ENTRIES).map((row, i) => {
    const [name, text] = field.is === "spots" ? row : [i, row];
    const path = [...field.path, name];
    const input = line({ is: "yaml", path, text }, `${label}, ${field.is === "spots" ? name : i + 1}`,
      (words) => change([{ does: "yaml", path, text: words }]));
    const head = field.is === "spots" ? [make("input", { type: "text", value: name, ariaLabel: `Name of ${name}`, className: "short",
      onchange: (event) => change([{ does: "rename", path, key: event.target.value }]) })] : [];
    return make("div", { className: "entry" }, ...head, make("div", { className: "grow" }, input, slot(path, input)),
      button("×", () => change([{ does: "remove", path }]), `Take ${label} ${name} out`, "off"));
  });
  const left = field.rows.length - shown.length;
  return make("div", {}, ...shown, ...(left > 0 ? [make("p", { className: "quiet" }, `… and ${left} more; they stand in the file`)] : []),
    button("+ Add", () => change([{ does: "add", path: field.path }]), `+ Add to ${label}`));
}

// A field with its label, what it means and what is wrong with it.
function one(field) {
  const label = field.label, id = idOf(field.path);
  if (field.is === "group") return make("div", { className: "wide" }, part(field, label, field.optional ? [
    button("Take it out", () => change([{ does: "remove", path: field.path }]), `Take it out: ${label}`)] : []));
  const inner = control(field, label);
  const single = isLine(field) || field.is === "unknown";
  const says = make("span", { className: "says" }, field.says.replace(/\.$/, ""));
  const name = { className: field.needed ? "must" : "", title: field.path.join(".") };
  const wrong = slot(field.path, isLine(field) ? inner : null);
  if (single) {
    inner.removeAttribute("aria-label");
    return make("div", { className: "one" }, make("label", { htmlFor: id, ...name }, label), inner, wrong, says);
  }
  return make("div", { className: field.is === "tuple" || field.is === "either" ? "one" : "one wide" },
    make("fieldset", {}, make("legend", name, label), inner, wrong, says));
}

// A group that folds: its name, what of it is stated, and its fields; those that are rare fold by themselves.
function part(field, label, buttons = []) {
  const key = field.path.join("/");
  if (field.absent) return make("div", { className: "one" }, make("div", { className: "row" },
    button(`+ ${label}`, () => change([{ does: "add", path: field.path }])),
    make("span", { className: "says" }, field.says || "")), slot(field.path));
  const keys = (field.keys || []).map((inner) => {
    const where = inner.path.join("/");
    if (!seldom.has(where)) seldom.set(where, inner.rare && !inner.stated);
    return { ...inner, rare: seldom.get(where) };
  });
  const often = keys.filter((inner) => !inner.rare), rare = keys.filter((inner) => inner.rare), hasGrid = keys.some((inner) => inner.key === "grid");
  const box = make("details", { className: "part", id: idOf(field.path), open: folded.get(key) ?? field.path.length < 2 });
  const digest = make("span", { className: "quiet", id: idOf(field.path) + "=" }, digestOf(field));
  const inside = make("div", { className: "inside" }, slot(field.path), field.is === "list" ? list(field, label)
    : make("div", { className: "fields" }, ...often.map(one)));
  if (rare.length) {
    const more = make("details", { className: "more", open: folded.get(key + "+") ?? false },
      make("summary", {}, `More: ${rare.map((inner) => inner.label).join(", ")}`), make("div", { className: "fields" }, ...rare.map(one)));
    more.addEventListener("toggle", () => folded.set(key + "+", more.open));
    inside.append(more);
  }
  if (buttons.length || hasGrid) inside.append(make("div", { className: "row" }, ...buttons,
    ...(hasGrid ? [button("Show on the plan", () => pickArray(key), `Show on the plan: ${label}`)] : [])));
  box.append(make("summary", {}, label, digest), inside);
  box.addEventListener("toggle", () => folded.set(key, box.open));
  return box;
}

function linesOf(field) {
  if (field.is === "group" || field.is === "list" || field.is === "tuple") {
    const inner = (field.keys || field.items).map(linesOf).filter(Boolean);
    return field.is === "tuple" ? inner.join(" × ") : inner.slice(0, 3).join(", ");
  }
  return field.is === "either" ? linesOf(field.inner) : field.is === "spots" || field.is === "rows" ? "" : field.text;
}
const digestOf = (field) => field.is === "list" ? field.items.map((item) => item.label).filter(Boolean).join(", ") : field.keys.map(linesOf).filter(Boolean).slice(0, 5).join(" · ");

// Build the form, or put other values into the one that is there; what somebody is typing in stays as it is.
function drawForm(form, force) {
  const now = shapeOf(form);
  if (now !== shape) {
    shape = now;
    slots.clear();
    const active = document.activeElement, id = active && active.id, ends = active && [active.selectionStart, active.selectionEnd];
    const scalars = form.keys.filter((field) => field.is !== "group" && field.is !== "list" && field.key !== "netlist");
    const parts = form.keys.filter((field) => (field.is === "group" || field.is === "list") && field.key !== "netlist");
    const whole = { ...form, path: ["package "], label: "Name, height and notes", keys: scalars };
    $("form").replaceChildren(slot([]), part(whole, whole.label), ...parts.map((field) => field.is === "group" ? one(field)
      : part(field, field.label)));
    const again = id && document.getElementById(id);
    if (again && again !== document.activeElement) {
      again.focus({ preventScroll: true });
      if (ends[0] !== null && again.setSelectionRange && again.type === "text") again.setSelectionRange(...ends);
    }
  } else refresh(form, force);
}

function refresh(field, force) {
  for (const inner of [...(field.keys || []), ...(field.items || []), ...(field.inner ? [{ ...field.inner, usual: field.usual }] : [])]) refresh(inner, force);
  const input = document.getElementById(idOf(field.path));
  if ((field.keys || field.is === "list") && document.getElementById(idOf(field.path) + "=")) document.getElementById(idOf(field.path) + "=").textContent = digestOf(field);
  if (isLine(field) && input && (force || input !== document.activeElement)) fill(input, field);
  if (field.is === "rows" || field.is === "spots") field.rows.slice(0, MOST_ENTRIES).forEach((row, i) => {
    const [name, text] = field.is === "spots" ? row : [i, row];
    const there = document.getElementById(idOf([...field.path, name]));
    if (there && there !== document.activeElement) there.value = text;
  });
}

// Each fault at its field, at the nearest part around it where it has none; above the form they are listed once more.
function drawFaults(wrong) {
  for (const { words, input } of slots.values()) {
    if (words) { words.hidden = true; words.replaceChildren(); }
    if (input) input.removeAttribute("aria-invalid");
  }
  document.querySelectorAll(".part.faulty").forEach((box) => box.classList.remove("faulty"));
  for (const fault of wrong) {
    let steps = fault.path || [];
    while (steps.length && !slots.has(steps.join("/"))) steps = steps.slice(0, -1);
    const found = slots.get(steps.join("/")) || slots.get("");
    const at = found.words ? found : slots.get(found.up) || slots.get("");
    if (found.input) found.input.setAttribute("aria-invalid", "true");
    at.words.hidden = false;
    at.words.append(make("div", {}, fault.words, ...(fault.fix ? [button(`Write '${fault.near}'`, () => change([fault.fix]))] : [])));
    for (let box = at.words.closest("details"); box; box = box.parentElement.closest("details")) box.classList.add("faulty");
    fault.to = found.input || at.words;
  }
  const cells = nets.faults.length;
  $("mend").hidden = wrong.length + cells === 0;
  $("mend").replaceChildren(make("ul", { className: "flat" }, ...wrong.slice(0, 8).map((fault) => make("li", {},
    button((fault.path || []).join(".") || fault.file || "the file", () => show(fault), "", "plain mono"), ": " + fault.words))),
    ...(cells ? [make("p", {}, button("nets", () => $("nets").querySelector("[aria-invalid]").focus(), "", "plain mono"),
      `: ${cells} cell${cells > 1 ? "s" : ""} cannot be so`)] : []),
    ...(wrong.length > 8 ? [make("p", { className: "quiet" }, `… and ${wrong.length - 8} more`)] : []));
}

// Bring a fault's field onto the screen; one that has none is shown in the text.
function show(fault) {
  for (let box = fault.to && fault.to.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  const text = $("text");
  if (fault.to && fault.to.focus && fault.to.tabIndex >= 0) fault.to.focus();
  else if (fault.line && !fault.file) {
    const before = text.value.split("\n").slice(0, fault.line - 1).join("\n").length + 1;
    text.focus();
    text.setSelectionRange(before, before + fault.column);
  } else if (fault.to) fault.to.scrollIntoView({ block: "center" });
}
