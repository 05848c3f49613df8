// The way that is chosen, as the plugin is asked for it; nothing while it is not known.
function way() {
  const chosen = document.querySelector("#way-list input:checked");
  if (!chosen) return {};
  return { mode: chosen.value, how: $("how").value, prefix: $("prefix").value, reference: $("reference").value,
    in_schematic: $("in-schematic").checked };
}

function show_way(plan) {
  $("ways").hidden = !plan.modes;
  if (!plan.modes) return;
  const focused = document.activeElement && document.activeElement.id;
  $("way-list").replaceChildren(...plan.modes.map((one) => {
    const box = make("input", { type: "radio", name: "mode", id: "mode-" + one.key, value: one.key,
      checked: one.key === plan.mode, disabled: Boolean(one.why_not) });
    box.addEventListener("change", () => { $("x").value = $("y").value = ""; look_at_it(); });
    return make("div", { className: "check" }, box, make("label", { htmlFor: box.id }, one.title),
      make("div", { className: "words" }, one.why_not ? `Not here: ${one.why_not}.` : one.says));
  }));
  if (focused && focused.startsWith("mode-") && $(focused)) $(focused).focus();
  $("naming").hidden = !plan.taken.length;
  $("taken").textContent = `Other parts of this board are called ${plan.taken.join(", ")} already.`;
  $("how").value = plan.how;
  $("prefix").value = plan.prefix;
  $("prefix-field").hidden = plan.how !== "prefix";
  $("pattern").hidden = plan.mode !== "pattern";
  $("reference").value = plan.reference;
  show_files(plan.beside);
}

// What is written beside the board, each file with what becomes of it; only where it is ticked.
function show_files(beside) {
  $("beside").hidden = !beside;
  if (!beside) return;
  $("beside-why").textContent = beside.why_not;
  $("beside-why").hidden = !beside.why_not;
  $("beside-tick").hidden = Boolean(beside.why_not) || !beside.files.length;
  $("write").checked = !beside.why_not && beside.files.length > 0;
  $("beside-folder").textContent = beside.folder;
  $("beside-files").replaceChildren(...beside.files.map((one) => make("li", {},
    make("span", { className: "badge " + (one.state === "new" ? "good" : "warn") }, one.state), " ",
    make("code", {}, one.path), " ", make("span", { className: "quiet" }, one.says))));
  $("beside-stays").replaceChildren(...beside.stays.map((words) => make("li", { className: "quiet" }, words)));
}

function writes() { return !$("beside").hidden && !$("beside-tick").hidden && $("write").checked; }

function show_steps(steps) {
  $("steps").hidden = !steps || !steps.length;
  $("steps-list").replaceChildren(...(steps || []).map((words) => make("li", {}, words)));
}

for (const id of ["how", "prefix", "reference", "in-schematic"]) $(id).addEventListener("change", () => look_at_it());
$("write").addEventListener("change", () => count());
