// What a line over the plan cuts: pure arithmetic on the bodies' own outlines and heights. ``line`` has an angle (radians) and
// how far off the carrier's middle it runs; along it one counts u, across it v.
const alongLine = (line, x, y) => x * Math.cos(line.angle) + y * Math.sin(line.angle);
const acrossLine = (line, x, y) => y * Math.cos(line.angle) - x * Math.sin(line.angle) - line.off;

// From where to where the line runs inside of these rings, holes left out: pairs of u.
function spansOf(rings, line) {
  const met = [];
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const v = acrossLine(line, ring[i], ring[i + 1]), w = acrossLine(line, ring[j], ring[j + 1]);
      if (v < 0 === w < 0) continue;
      const a = alongLine(line, ring[i], ring[i + 1]), b = alongLine(line, ring[j], ring[j + 1]);
      met.push(a + (b - a) * v / (v - w));
    }
  }
  met.sort((a, b) => a - b);
  const spans = [];
  for (let i = 0; i + 1 < met.length; i += 2) if (met[i + 1] > met[i]) spans.push([met[i], met[i + 1]]);
  return spans;
}

const NEAR_WIRE = 250;  // a wire that runs along the cut rather than across is drawn if an end lies this near to it, in um

function sectionAt(m, line) {
  const bodies = [];
  for (const body of m.bodies) {
    const spans = spansOf(body.rings, line);
    if (spans.length) bodies.push({ body, spans });
  }
  const wires = [], dots = [];
  m.wires.forEach((wire, i) => {
    if (!wire.known) return;
    const flat = wire.corners.map(([x, y, z]) => [alongLine(line, x, y), acrossLine(line, x, y), z]), [a, , , b] = flat;
    if (Math.abs(b[0] - a[0]) >= Math.abs(b[1] - a[1])) {
      if (Math.min(Math.abs(a[1]), Math.abs(b[1])) <= NEAR_WIRE) wires.push({ i, corners: flat.map(([u, , z]) => [u, z]) });
    } else for (let k = 0; k < 3; k++) {
      const [p, q] = [flat[k], flat[k + 1]];
      if (p[1] < 0 === q[1] < 0) continue;
      const t = p[1] / (p[1] - q[1]);
      dots.push({ i, u: p[0] + t * (q[0] - p[0]), z: p[2] + t * (q[2] - p[2]) });
    }
  });
  return { bodies, joints: m.crowds.flatMap((crowd) => jointsAt(m, crowd, line)), wires, dots };
}

// The joints that the line cuts; where it cuts none of a crowd those of the nearest row behind it, else before it.
function jointsAt(m, crowd, line) {
  if (crowd.high <= crowd.low) return [];
  const p = m.pieces, count = crowd.pieces.length, away = new Float64Array(count), row = [];
  let behind = Infinity, before = Infinity, any = false;
  for (let k = 0; k < count; k++) {
    const v = away[k] = acrossLine(line, p.x[crowd.pieces[k]], p.y[crowd.pieces[k]]);
    if (Math.abs(v) < Math.max(1, crowd.diameter(k) / 2)) any = true;
    else if (v < 0) behind = Math.min(behind, -v);
    else before = Math.min(before, v);
  }
  const isDrawn = (k) => any ? Math.abs(away[k]) < Math.max(1, crowd.diameter(k) / 2)
    : behind < Infinity ? away[k] < 0 && -away[k] <= behind + 1 : away[k] <= before + 1;
  for (let k = 0; k < count; k++) {
    if (!isDrawn(k) || !crowd.diameter(k)) continue;
    const piece = crowd.pieces[k];
    row.push({ piece, crowd, behind: !any, u: alongLine(line, p.x[piece], p.y[piece]), outline: profile(crowd, k, any ? away[k] : 0) });
  }
  return row;
}

// Half as wide as a joint is at heights from its lower to its upper end, where it is cut so far off its axis: it is part of a
// sphere, or a rod.
const STEPS = 12;
function profile(crowd, k, v) {
  const [radius, depth] = crowd.shape(k), tall = crowd.high - crowd.low;
  return Array.from({ length: STEPS + 1 }, (_, i) => {
    const z = tall * i / STEPS, off = tall - z - depth, square = radius ? radius * radius - off * off - v * v : (crowd.diameter(k) / 2) ** 2 - v * v;
    return [Math.sqrt(Math.max(0, square)), crowd.low + z];
  });
}
