// What stands around plan, section and three dimensions: search, layers, the line by numbers, places to fly to.
const NAMES = { mold: "Mold", lid: "Lid", chip: "Chips", filling: "Filled gaps", attach: "Die attach", passive: "Passives", metal: "Leads and die pad", cavity: "Cavities", keepout: "Keep-outs", vias: "Solder in mold vias", "upper balls": "Upper balls", bumps: "Bumps", balls: "Balls", "bond pads": "Bond pads and fingers", wires: "Wires" };

function listLayers(me) {
  const there = new Map(), m = me.m;
  for (const kind of ["lid", "mold", "chip", "filling", "attach", "cavity", "passive", "keepout"]) if (m.bodies.some((body) => body.kind === kind)) there.set(kind, NAMES[kind]);
  for (const kind of ["bumps", "vias", "upper balls"]) if (m.crowds.some((crowd) => crowd.kind === kind)) there.set(kind, NAMES[kind]);
  if (m.wires.length) there.set("wires", NAMES.wires);
  if (m.runs.some((run) => ["finger", "bond pad"].includes(run.kind))) there.set("bond pads", NAMES["bond pads"]);
  for (const body of m.bodies) if (body.kind === "layer") there.set(body.key, `${body.name[0].toUpperCase()}${body.name.slice(1)}: ${body.drawn}`);
  if (m.bodies.some((body) => body.kind === "metal")) there.set("metal", NAMES.metal);
  if (m.crowds.some((crowd) => crowd.kind === "balls")) there.set("balls", NAMES.balls);
  for (const layer of me.hidden) if (!there.has(layer)) me.hidden.delete(layer);
  $("layers").replaceChildren(...[...there].map(([layer, words]) => {
    const box = make("input", { type: "checkbox", checked: !me.hidden.has(layer), name: layer });
    box.addEventListener("change", () => me.hide(layer, !box.checked));
    return make("label", {}, box, ` ${words}`);
  }));
}

// The section in words, for those who do not see it, and for numbers that have no room in it.
function saidOfSection(m, found, scale) {
  const chips = found.bodies.filter((one) => one.body.kind === "chip"), told = chips.flatMap((one) => m.told.filter((each) => each.key === one.body.key).map((each) => `${one.body.name}: ${each.words}`));
  const unknown = [...new Set(found.bodies.filter((one) => one.body.hatched).map((one) => `hatched: ${one.body.words}`))];
  const cut = chips.length ? "" : "It cuts no chip. ";
  return `${cut}${[...told, ...unknown].join("; ")}${told.length + unknown.length ? ". " : ""}Height drawn ${+scale.stretch.toFixed(1)} times as large as width.`;
}

function suggest() {
  const words = $("seek-words").value.trim().toLowerCase();
  $("seek-known").replaceChildren(...(words ? suggestions(view.m, words, 12) : []).map((name) => make("option", { value: name })));
}
$("seek-words").addEventListener("input", suggest);
$("seek").addEventListener("submit", (event) => { event.preventDefault(); view.seek($("seek-words").value); });
$("seek-clear").addEventListener("click", () => { $("seek-words").value = ""; view.light(null); $("seek-words").focus(); });

for (const [id, does] of [["plan-in", () => view.zoom(1.4)], ["plan-out", () => view.zoom(1 / 1.4)], ["plan-whole", () => view.whole()]]) $(id).addEventListener("click", does);
$("cut-at").addEventListener("input", () => view.lay({ angle: view.line.angle, off: -Number($("cut-at").value) }));
$("cut-turn").addEventListener("input", () => view.lay({ angle: -Number($("cut-turn").value) * Math.PI / 180, off: view.line.off }));
$("cut-away").addEventListener("change", () => view.space?.cut($("cut-away").checked));
$("stretch").addEventListener("input", () => view.space?.stretch(Number($("stretch").value)));

// Places of findings: each leads to its part; the sentence of a finding to all of its places.
let came = null;
$("view-back").addEventListener("click", () => { $("view-back").hidden = true; came.scrollIntoView({ block: "center", behavior: "instant" }); came.focus(); });
const spotOf = (one) => { const [x, y] = (one.dataset.at || "").split(" ").filter(Boolean).map(Number); return [one.dataset.key || one.textContent, x, y]; };
document.addEventListener("click", (event) => {
  const one = event.target.closest("[data-key], [data-places]");
  if (!one || !view.m || one.closest("#view")) return;
  const spots = one.dataset.key !== undefined ? [spotOf(one)] : [...one.closest("li").querySelectorAll("[data-key]")].map(spotOf);
  if (one.matches("a")) event.preventDefault();
  if (!view.fly(spots)) return;
  // Where KiCad shows the part too, one goes on through the list; else one is led to the picture, and back.
  if (one.dataset.target) return;
  came = one;
  $("view-back").hidden = false;
  $("view").scrollIntoView({ block: "start", behavior: "instant" });
  $("view-back").focus({ preventScroll: true });
});

new ResizeObserver(() => { if (view.m) { view.measure(); view.again(); view.cutNow(); view.space?.again(); } }).observe($("view"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (view.m) { view.inks = inks(); view.again(); } });
// Whoever only scrolls past does not wait for the third dimension.
let comes = 0;
new IntersectionObserver((seen) => {
  clearTimeout(comes);
  if (seen.some((one) => one.isIntersecting)) comes = setTimeout(view.build, 400);
}).observe($("space-ground"));
view.renew = () => view.show(JSON.parse($("seen").textContent));
view.renew();
$("drawn").open = $("view").hidden;
