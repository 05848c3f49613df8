// What lies under a spot of the plan: metal before bodies, the upper before the lower, and of the metal what is smaller.
const OVER = ["wire", "bump", "bond pad", "terminal", "finger", "ball", "lead", "paddle"];

function pick(m, x, y, view) {
  const near = 4 / view.eye.scale, hidden = (layer) => view.hidden.has(layer);
  if (!hidden("wires")) {
    for (let i = 0; i < m.wires.length; i++) {
      const [[ax, ay], , , [bx, by]] = m.wires[i].corners;
      if (toSegment(x, y, ax, ay, bx, by) <= Math.max(near, m.wires[i].diameter / 2)) return { wire: i };
    }
  }
  const piece = pickPiece(m, x, y, near, hidden);
  if (piece >= 0) return { piece };
  const under = m.bodies.filter((body) => !hidden(layerOf(body)) && x >= body.box[0] && x <= body.box[2] && y >= body.box[1] && y <= body.box[3] && isInside(body.rings, x, y));
  const rank = (body) => body.kind === "keepout" ? -5e8 : body.kind === "mold" || body.kind === "lid" ? -1e9 : body.kind === "layer" ? -2e9 : body.high;
  const best = under.sort((a, b) => rank(b) - rank(a))[0];
  return best ? { body: best.number } : null;
}

function pickPiece(m, x, y, near, hidden) {
  const p = m.pieces;
  let best = -1, worth = Infinity;
  for (let i = 0; i < p.count; i++) {
    const reach = Math.max(p.w[i], p.h[i]) / 2 + near;
    if (Math.abs(p.x[i] - x) > reach || Math.abs(p.y[i] - y) > reach) continue;
    const run = m.runs[p.run[i]], rank = OVER.indexOf(run.kind) * 1e6;
    if (hidden(LAYERS[run.kind]) || run.kind === "lead" || run.kind === "paddle") continue;
    const away = run.round ? Math.hypot(p.x[i] - x, p.y[i] - y) - p.w[i] / 2 : offRectangle(p, i, x, y);
    if (away <= near && rank + Math.max(0, away) < worth) { worth = rank + Math.max(0, away); best = i; }
  }
  return best;
}

function offRectangle(p, i, x, y) {
  const cos = Math.cos(p.angle[i]), sin = Math.sin(p.angle[i]), dx = x - p.x[i], dy = y - p.y[i];
  return Math.max(Math.abs(dx * cos - dy * sin) - p.w[i] / 2, Math.abs(dx * sin + dy * cos) - p.h[i] / 2);
}

function toSegment(x, y, ax, ay, bx, by) {
  const dx = bx - ax, dy = by - ay, t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

// What a person is told of what lies there.
function wordsOf(m, one) {
  if (one.piece !== undefined) {
    const net = netOf(m, one.piece), hue = ["", ", broken", ", warned of"][m.pieces.hue[one.piece]];
    return `${saidOf(m, one.piece)}${net ? `, net ${net}` : ", no net"}${hue}`;
  }
  if (one.wire !== undefined) return `wire ${m.wires[one.wire].name}, ${m.wires[one.wire].words}`;
  const body = m.bodies[one.body], net = body.piece >= 0 ? netOf(m, body.piece) : "";
  return `${body.words}${net ? `, net ${net}` : ""}${body.known ? `, from ${lengthOf(body.low)} to ${lengthOf(body.high)}` : ""}${body.hue ? `, ${body.hue}` : ""}`;
}
