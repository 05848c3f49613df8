// The plan on a canvas: ten thousand balls are one path each way, so that it follows the hand. Seen from the chip side.
const LAYERS = { ball: "balls", "top land": "upper balls", bump: "bumps", "bond pad": "bond pads", finger: "bond pads", terminal: "passive", lead: "metal", paddle: "metal" };
const layerOf = (body) => body.kind === "layer" ? body.key : body.kind;

// Fill, stroke and width as the pictures have them; the browser says what they come to, dark or light.
function inks() {
  const probe = svg("svg", { class: "drawn" }), found = {};
  $("section").parentElement.append(probe);
  for (const kind of ["outline", "metal", "finger", "ball", "moldline", "part", "end", "farside", "chipline", "bump", "bondpad", "planwire", "ring broken", "ring warned", "lit", "short", "cutline", "paper", "hair", "keepout"]) {
    const one = svg("path", { class: kind });
    probe.append(one);
    const { fill, stroke, strokeWidth, fillOpacity } = getComputedStyle(one);
    found[kind] = { fill: kind === "outline" ? "none" : fill, stroke, width: parseFloat(strokeWidth) || 1, opacity: parseFloat(fillOpacity) };
  }
  probe.remove();
  return found;
}

function ringsPath(rings, path = new Path2D()) {
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) path[i ? "lineTo" : "moveTo"](ring[i], ring[i + 1]);
    path.closePath();
  }
  return path;
}

function addPiece(m, path, i, bare) {
  const p = m.pieces;
  if (m.runs[p.run[i]].round) {
    const r = p.w[i] / 2 || 20;
    if (bare) { path.rect(p.x[i] - r, p.y[i] - r, 2 * r, 2 * r); return; }
    path.moveTo(p.x[i] + r, p.y[i]);
    path.arc(p.x[i], p.y[i], r, 0, 2 * Math.PI);
  } else {
    cornersOf(p, i).forEach(([x, y], k) => path[k ? "lineTo" : "moveTo"](x, y));
    path.closePath();
  }
}

// What there is to draw, from below: each with its layer, how it looks and its path; ``small`` is for when it is a few pixels.
function planOf(m) {
  const drawn = [], put = (layer, ink, path, more = {}) => drawn.push({ layer, ink, path, ...more });
  const solid = (kind) => m.bodies.filter((body) => body.kind === kind);
  const paths = (bodies) => bodies.reduce((path, body) => ringsPath(body.rings, path), new Path2D());
  const carrier = m.bodies.find((body) => body.kind === "layer");
  if (carrier) put("", "outline", ringsPath(carrier.rings));
  put("metal", "metal", paths(solid("metal")));
  const run = (kinds, test = () => true) => {
    for (const one of m.runs.filter((each) => kinds.includes(each.kind) && test(each))) {
      const path = new Path2D(), small = new Path2D();
      for (let i = one.first; i < one.first + one.count; i++) { addPiece(m, path, i, false); addPiece(m, small, i, true); }
      put(LAYERS[one.kind], { finger: "finger", ball: "ball", "top land": "bump", bump: "bump", "bond pad": "bondpad", terminal: "end" }[one.kind], path, { rule: "nonzero", small, size: m.pieces.w[one.first], many: one.count > 500 });
    }
  };
  run(["finger", "top land"]);
  run(["ball"]);
  // A block with slanted walls is several slabs; what is seen of it in plan is the widest.
  const wide = (body) => { const xs = body.rings[0].filter((_, i) => i % 2 === 0); return Math.max(...xs) - Math.min(...xs); };
  const molds = [...solid("mold").reduce((by, body) => by.set(body.key, !by.has(body.key) || wide(body) > wide(by.get(body.key)) ? body : by.get(body.key)), new Map()).values()];
  put("mold", "moldline", paths(molds), { dash: [8, 4], rim: true });
  // One on both sides is two bodies over one outline.
  put("keepout", "keepout", paths([...new Map(solid("keepout").map((body) => [body.key, body])).values()]), { dash: [6, 3] });
  const far = (body) => body.high < 0;
  put("passive", "part", paths(solid("passive").filter((body) => !far(body))));
  run(["terminal"], (one) => !solid("passive").some((body) => body.key === one.on && far(body)));
  const under = Math.min(0, ...solid("layer").map((body) => body.low)), below = (body) => under < 0 && body.high <= under;
  for (const chip of solid("chip").filter((body) => !below(body)).sort((a, b) => a.high - b.high)) {
    put("chip", "chipline", ringsPath(chip.rings));
    run(["bump", "bond pad"], (one) => one.on === chip.key);
  }
  put("passive", "farside", paths(solid("passive").filter(far)), { dash: [4, 2], rim: true });
  put("chip", "farside", paths(solid("chip").filter(below)), { dash: [4, 2], rim: true });
  const wires = new Path2D();
  for (const wire of m.wires) { wires.moveTo(wire.corners[0][0], wire.corners[0][1]); wires.lineTo(wire.corners[3][0], wire.corners[3][1]); }
  put("wires", "planwire", wires, { rim: true });
  for (const [hue, ink] of [["warned", "ring warned"], ["broken", "ring broken"]]) {
    const path = new Path2D();
    for (const body of m.bodies) if (body.hue === hue && body.kind !== "layer" && body.kind !== "mold") ringsPath(body.rings, path);
    m.pieces.hue.forEach((one, i) => { if (one === HUES[hue]) addPiece(m, path, i, false); });
    for (const wire of m.wires) if (wire.hue === hue) { path.moveTo(wire.corners[0][0], wire.corners[0][1]); path.lineTo(wire.corners[3][0], wire.corners[3][1]); }
    put("", ink, path, { rule: "nonzero", dim: false });
    put("", ink, paths(molds.filter((body) => body.hue === hue)), { rim: true, dim: false });
  }
  return drawn;
}

function litPath(m, lit, how) {
  const path = new Path2D();
  lit.pieces.forEach((one, i) => { if (one === how && !m.bodies.some((body) => body.piece === i)) addPiece(m, path, i, false); });
  if (how === 1) for (const number of lit.bodies) ringsPath(m.bodies[number].rings, path);
  return path;
}

function drawPlan(m, canvas, view) {
  const ratio = devicePixelRatio || 1, [wide, high] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== Math.round(wide * ratio) || canvas.height !== Math.round(high * ratio)) { canvas.width = Math.round(wide * ratio); canvas.height = Math.round(high * ratio); }
  const pen = canvas.getContext("2d"), { x, y, scale } = view.eye;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.fillStyle = view.inks.paper.fill;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * (wide / 2 - x * scale), ratio * (high / 2 - y * scale));
  pen.lineJoin = "round";
  for (const one of view.drawn) {
    if (view.hidden.has(one.layer)) continue;
    paint(pen, one, view, one.dim === false || !view.lit.any ? 1 : 0.25);
  }
  if (view.lit.any) paintLit(m, pen, view);
  paintLine(m, pen, view, wide, high);
}

function paint(pen, one, view, alpha) {
  const ink = view.inks[one.ink], { scale } = view.eye, path = one.small && one.size * scale < 4 && one.many ? one.small : one.path;
  pen.setLineDash((one.dash || []).map((each) => each / scale));
  if (!one.rim && ink.fill !== "none") { pen.globalAlpha = alpha * ink.opacity; pen.fillStyle = ink.fill; pen.fill(path, one.rule || "evenodd"); }
  if (ink.stroke !== "none") { pen.globalAlpha = alpha; pen.strokeStyle = ink.stroke; pen.lineWidth = ink.width / scale; pen.stroke(path); }
  pen.globalAlpha = 1;
}

function paintLit(m, pen, view) {
  view.litPaths = view.litPaths || { lit: litPath(m, view.lit, 1), short: litPath(m, view.lit, 2) };
  for (const [ink, path] of Object.entries(view.litPaths)) paint(pen, { ink, path, rule: "nonzero" }, view, 1);
  const wires = new Path2D();
  m.wires.forEach((wire, i) => { if (view.lit.wires[i]) { wires.moveTo(wire.corners[0][0], wire.corners[0][1]); wires.lineTo(wire.corners[3][0], wire.corners[3][1]); } });
  paint(pen, { ink: "lit", path: wires, rim: true }, view, 1);
}

// The line of the section with a grip at its middle and one at each end, which turn it.
function gripsOf(m, line) {
  const reach = 1.08 * Math.hypot(...m.half), cos = Math.cos(line.angle), sin = Math.sin(line.angle), half = Math.min(reach, Math.abs(cos) * m.half[0] + Math.abs(sin) * m.half[1]) * 1.04;
  const at = (u) => [u * cos - line.off * sin, u * sin + line.off * cos];
  return { middle: at(0), ends: [at(-half), at(half)] };
}

function paintLine(m, pen, view, wide, high) {
  const { scale } = view.eye, grips = gripsOf(m, view.line), path = new Path2D(), dots = new Path2D(), r = 6 / scale;
  path.moveTo(...grips.ends[0]);
  path.lineTo(...grips.ends[1]);
  for (const [x, y] of [grips.middle, ...grips.ends]) { dots.moveTo(x + r, y); dots.arc(x, y, r, 0, 2 * Math.PI); }
  paint(pen, { ink: "cutline", path, rim: true, dash: [10, 4] }, view, 1);
  paint(pen, { ink: "cutline", path: dots, rule: "nonzero" }, view, 1);
}
