// The sites of one array at a time, drawn over the plan: taken out and put back with the mouse or with keys.
const SVG = "http://www.w3.org/2000/svg";
let arrays = [], array = null, cursor = 0, anchor = 0, from = null;
const board = $("sites");

const mark = (tag, properties) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) made.setAttribute(name, value);
  return made;
};

function drawPlan(look) {
  const key = array && array.path.join("/");
  arrays = look.arrays || [];
  if (look.plan) { $("plan").src = look.plan; $("section").src = look.section; }
  for (const figure of document.querySelectorAll("figure.picture")) figure.classList.toggle("stale", !look.plan);
  if (look.alone) { $("plan").alt = `Plan of ${look.alone}`; $("section").alt = `Cross-section of ${look.alone}`; }
  if (look.size) board.setAttribute("viewBox", `0 0 ${look.size[0]} ${look.size[1]}`);
  const select = $("array");
  select.replaceChildren(make("option", { value: "" }, "none"), ...arrays.map((one) => make("option", { value: one.path.join("/") }, one.title)));
  array = arrays.find((one) => one.path.join("/") === key) || null;
  select.value = array ? key : "";
  drawSites();
}

function pickArray(key) {
  array = arrays.find((one) => one.path.join("/") === key || one.path.slice(0, -2).join("/") === key) || null;
  $("array").value = array ? array.path.join("/") : "";
  cursor = anchor = 0;
  drawSites();
  if (array) board.scrollIntoView({ block: "nearest" });
}
$("array").addEventListener("change", () => pickArray($("array").value));

function drawSites() {
  board.replaceChildren();
  if (!array) { $("site").textContent = ""; return; }
  cursor = Math.min(cursor, Math.max(0, array.places.length - 1));
  anchor = Math.min(anchor, Math.max(0, array.places.length - 1));
  const chosen = new Set(anchor === cursor ? [] : between(anchor, cursor));
  board.append(...array.places.map(([name, x, y, there], i) => {
    const dot = mark("circle", { cx: x, cy: y, r: array.radius, class: (there ? "there" : "gone") + (chosen.has(i) ? " chosen" : "") });
    const title = mark("title", {});
    title.textContent = name;
    dot.append(title);
    return dot;
  }));
  if (document.activeElement === board && array.places.length) board.append(mark("circle", { cx: array.places[cursor][1], cy: array.places[cursor][2], r: array.radius + 3, class: "cursor" }));
  say();
}

function say() {
  if (!array) return;
  const count = array.places.filter((place) => place[3]).length;
  const here = array.places[cursor];
  const site = here && document.activeElement === board ? `${here[0]}, ${here[3] ? "there" : "taken out"}; ` : "";
  $("site").textContent = array.words || `${site}${count} of ${array.places.length} places have a site`;
}

// The places in the box between two of them.
function between(i, j) {
  const [a, b] = [array.places[i], array.places[j]], near = array.radius / 2;
  return inBox(Math.min(a[1], b[1]) - near, Math.min(a[2], b[2]) - near, Math.max(a[1], b[1]) + near, Math.max(a[2], b[2]) + near);
}
const inBox = (left, top, right, bottom) => array.places.flatMap(([, x, y], i) => x >= left && x <= right && y >= top && y <= bottom ? [i] : []);

function toggle(indices) {
  if (!array || !indices.length) return;
  const there = indices.filter((i) => array.places[i][3]);
  const names = (there.length ? there : indices).map((i) => array.places[i][0]);
  change([{ does: "sites", path: array.path, names, on: there.length === 0 }]);
}

function spot(event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(board.getScreenCTM().inverse());
  return [point.x, point.y];
}
function nearest(one, [x, y]) {
  let best = -1, least = Infinity;
  one.places.forEach(([, px, py], i) => { const d = Math.hypot(px - x, py - y); if (d < least) [best, least] = [i, d]; });
  return [best, least];
}

// Whether the mouse has gone far enough for a box; a hand that clicks is not quite still.
const isDrawn = (event) => Math.hypot(event.clientX - from.x, event.clientY - from.y) >= 6;

board.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  from = { at: spot(event), x: event.clientX, y: event.clientY };
  board.setPointerCapture(event.pointerId);
});
board.addEventListener("pointermove", (event) => {
  if (!from || !array) return;
  const to = spot(event), begin = from.at;
  board.querySelector("rect.box")?.remove();
  if (!isDrawn(event)) return;
  board.append(mark("rect", { class: "box", x: Math.min(begin[0], to[0]), y: Math.min(begin[1], to[1]),
    width: Math.abs(to[0] - begin[0]), height: Math.abs(to[1] - begin[1]) }));
});
board.addEventListener("pointerup", (event) => {
  if (!from) return;
  const begin = from.at, end = isDrawn(event) ? spot(event) : null;
  from = null;
  board.querySelector("rect.box")?.remove();
  if (array && end) {
    toggle(inBox(Math.min(begin[0], end[0]), Math.min(begin[1], end[1]), Math.max(begin[0], end[0]), Math.max(begin[1], end[1])));
    return;
  }
  const [i, far] = array ? nearest(array, begin) : [-1, Infinity];
  if (i >= 0 && far <= array.radius * 1.3) {
    cursor = anchor = i;
    toggle([i]);
    return;
  }
  // Not a site of this array: the array that has one there is the one to go on with.
  const others = arrays.filter((one) => one !== array && one.places.length).map((one) => [one, ...nearest(one, begin)]);
  const hit = others.filter(([one, , d]) => d <= one.radius * 1.5).sort((a, b) => a[2] - b[2])[0];
  if (hit) { pickArray(hit[0].path.join("/")); cursor = anchor = hit[1]; drawSites(); }
});
board.addEventListener("focus", () => { if (!array && arrays.length) pickArray(arrays[0].path.join("/")); else drawSites(); });
board.addEventListener("blur", drawSites);
board.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!array || !array.places.length) return;
  if (step) {
    const [, x, y] = array.places[cursor];
    let best = cursor, least = Infinity;
    array.places.forEach(([, px, py], i) => {
      const along = (px - x) * step[0] + (py - y) * step[1], across = Math.abs((px - x) * step[1]) + Math.abs((py - y) * step[0]);
      if (along > 0.5 && along + 3 * across < least) [best, least] = [i, along + 3 * across];
    });
    cursor = best;
    if (!event.shiftKey) anchor = cursor;
    drawSites();
  } else if (event.key === " " || event.key === "Enter") toggle(anchor === cursor ? [cursor] : between(anchor, cursor));
  else if (event.key === "Escape") { anchor = cursor; drawSites(); } else return;
  event.preventDefault();
});
