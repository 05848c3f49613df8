// The section that the line over the plan cuts, drawn as the pictures draw it: height stretched, what is broken in red, what
// nobody has stated hatched.
const SVG = "http://www.w3.org/2000/svg";
function svg(tag, properties, words = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) made.setAttribute(name, value);
  if (words) made.append(Object.assign(document.createElementNS(SVG, "title"), { textContent: words }));
  return made;
}
const px = (value) => +value.toFixed(2);

const TALL = 250, MOST_STRETCHED = 12, SIDE = 14;  // pixels; times; pixels

// To pixels: u along, z up, the height stretched so that a thin package is seen.
function scaleOf(m, found, width) {
  const spans = found.bodies.flatMap((one) => one.spans), start = Math.min(...spans.map((one) => one[0])), end = Math.max(...spans.map((one) => one[1]));
  if (!spans.length) return null;
  const per = (width - 2 * SIDE) / (end - start), tall = m.highest - m.lowest;
  const stretch = Math.max(1, Math.min(MOST_STRETCHED, TALL / (tall * per)));
  return { start, end, per, stretch, tall: tall * per * stretch, x: (u) => SIDE + (u - start) * per, z: (z) => SIDE + (m.highest - z) * per * stretch };
}

const ORDER = ["mold", "filling", "keepout", "layer", "metal", "cavity", "passive", "attach", "lid", "chip"];
function drawSection(m, board, line, view) {
  const found = sectionAt(m, line), scale = scaleOf(m, found, view.width);
  board.replaceChildren();
  if (!scale) return { found, scale };
  board.setAttribute("viewBox", `0 0 ${px(view.width)} ${px(scale.tall + 2 * SIDE)}`);
  board.append(hatching());
  const bodies = found.bodies.filter((one) => !view.hidden.has(layerOf(one.body))).sort((a, b) => ORDER.indexOf(a.body.kind) - ORDER.indexOf(b.body.kind) || a.body.low - b.body.low);
  for (const one of bodies) board.append(...drawBody(one, scale, view.lit));
  for (const joint of found.joints) if (!view.hidden.has(joint.crowd.kind)) board.append(drawJoint(m, joint, scale, view.lit));
  if (!view.hidden.has("wires")) board.append(...drawWires(m, found, scale, view.lit));
  board.append(...found.bodies.filter((one) => one.body.kind === "chip").flatMap((one) => drawTold(m, one, scale)));
  return { found, scale };
}

function hatching() {
  const pattern = svg("pattern", { id: "unstated", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  pattern.append(svg("rect", { width: 8, height: 8, class: "paper" }), svg("line", { x1: 0, y1: 0, x2: 0, y2: 8, class: "hatch" }));
  return pattern;
}

function drawBody(one, scale, lit) {
  const { body } = one, top = scale.z(body.high), bottom = scale.z(body.low), words = `${body.words}${body.hue ? `, ${body.hue}` : ""}`;
  return one.spans.map(([from, to]) => svg("path", { class: `${body.drawn} ${body.hue}${body.hatched ? " unstated" : ""}${lit.bodies.has(body.number) ? " lit" : lit.any ? " dim" : ""}`,
    "data-key": body.key, d: `M${px(scale.x(from))} ${px(top)}H${px(scale.x(to))}V${px(bottom)}H${px(scale.x(from))}Z` }, words));
}

function drawJoint(m, joint, scale, lit) {
  const right = joint.outline.map(([w, z]) => `${px(scale.x(joint.u + w))} ${px(scale.z(z))}`);
  const left = joint.outline.map(([w, z]) => `${px(scale.x(joint.u - w))} ${px(scale.z(z))}`).reverse();
  const hue = ["", "broken", "warned"][m.pieces.hue[joint.piece]], net = netOf(m, joint.piece);
  return svg("path", { class: `${joint.crowd.drawn} ${hue}${joint.behind ? " beyond" : ""}${joint.crowd.hatched ? " unstated" : ""}${litClass(lit, lit.pieces[joint.piece])}`, "data-piece": joint.piece, d: `M${[...right, ...left].join("L")}Z` },
    `${saidOf(m, joint.piece)}${net ? `, net ${net}` : ""}${joint.behind ? ", behind the cut" : ""}`);
}
const litClass = (lit, how) => how === 2 ? " short" : how ? " lit" : lit.any ? " dim" : "";

function drawWires(m, found, scale, lit) {
  const words = (i) => `wire ${m.wires[i].name}, ${m.wires[i].words}`;
  return [...found.wires.map(({ i, corners }) => svg("path", { class: `wire ${m.wires[i].hue}${litClass(lit, lit.wires[i])}`, d: `M${corners.map(([u, z]) => `${px(scale.x(u))} ${px(scale.z(z))}`).join("L")}` }, words(i))),
    ...found.dots.map(({ i, u, z }) => svg("ellipse", { class: `wireend ${m.wires[i].hue}${litClass(lit, lit.wires[i])}`, cx: px(scale.x(u)), cy: px(scale.z(z)), rx: px(Math.max(1, m.wires[i].diameter / 2 * scale.per)), ry: px(Math.max(1, m.wires[i].diameter / 2 * scale.per * scale.stretch)) }, words(i)))];
}

// t1 and t2 where they are: an arrow over the chip, near its right side, with its short name beside it.
function drawTold(m, one, scale) {
  const right = Math.max(...one.spans.map((span) => span[1])), left = Math.min(...one.spans.map((span) => span[0]));
  const x = Math.max(scale.x(left) + 4, scale.x(right) - Math.min(26, (scale.x(right) - scale.x(left)) / 4));
  return m.told.filter((told) => told.key === one.body.key).flatMap((told) => {
    const top = scale.z(told.high / 1000), bottom = scale.z(told.low / 1000), head = Math.min(6, (bottom - top) / 3);
    const name = svg("text", { x: px(x + 4), y: px((top + bottom) / 2 + 4), class: `ontop ${told.hue}` });
    name.textContent = told.words.slice(0, 2);
    return [svg("path", { class: "ontop", d: `M${px(x)} ${px(top)}V${px(bottom)}M${px(x - head / 2)} ${px(top + head)}L${px(x)} ${px(top)}L${px(x + head / 2)} ${px(top + head)}M${px(x - head / 2)} ${px(bottom - head)}L${px(x)} ${px(bottom)}L${px(x + head / 2)} ${px(bottom - head)}` }, told.words), name];
  });
}
