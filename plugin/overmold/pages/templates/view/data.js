// The package as the page has it, unpacked: lengths in micrometres from the carrier's middle, y down, z up from its chip side.
const column = (values, i) => Array.isArray(values) ? values[i] : values;
const HUES = { broken: 1, warned: 2 };

function unpack(seen) {
  const [left, top, right, bottom] = seen.box;
  const middle = [(left + right) / 2, (top + bottom) / 2];
  const m = { name: seen.name, middle, half: [(right - left) / 2000, (bottom - top) / 2000], nets: seen.nets, open: new Set(seen.open), told: seen.told, byKey: new Map() };
  m.at = (x, y) => [(x - middle[0]) / 1000, (y - middle[1]) / 1000];
  m.pieces = unpackPieces(m, seen.runs);
  m.runs = m.pieces.runs;
  m.bodies = seen.bodies.map((body, number) => unpackBody(m, body, number));
  m.crowds = seen.crowds.map((crowd) => ({ ...crowd, low: crowd.low / 1000, high: crowd.high / 1000,
    diameter: (i) => column(crowd.diameters, i) / 1000, shape: (i) => (crowd.shapes[column(crowd.diameters, i)] || [0, 0]).map((one) => one / 1000) }));
  m.wires = seen.wires.names.map((name, i) => unpackWire(m, seen.wires, name, i));
  m.line = (seen.line - middle[1]) / 1000;
  m.lowest = Math.min(0, ...[...m.bodies, ...m.crowds].map((one) => one.low));
  m.highest = Math.max(1, ...[...m.bodies, ...m.crowds].map((one) => one.high));
  return m;
}

function unpackPieces(m, runs) {
  const count = runs.reduce((sum, run) => sum + run.names.length, 0), p = { count, runs: [], names: [] };
  for (const name of ["x", "y", "w", "h", "angle"]) p[name] = new Float64Array(count);
  for (const name of ["net", "island", "run", "side"]) p[name] = new Int32Array(count);
  p.hue = new Uint8Array(count);
  for (const run of runs) {
    const first = p.names.length, number = p.runs.length;
    run.names.forEach((name, i) => {
      const at = first + i;
      p.names.push(name);
      [p.x[at], p.y[at]] = m.at(column(run.x, i), column(run.y, i));
      p.w[at] = column(run.w, i) / 1000;
      p.h[at] = column(run.h, i) / 1000;
      p.angle[at] = column(run.angle, i) / 1000 * Math.PI / 180;
      for (const one of ["net", "island", "side"]) p[one][at] = column(run[one], i);
      p.run[at] = number;
      p.hue[at] = HUES[run.hues[i]] || 0;
      m.byKey.set(run.whole ? run.key : run.key + name, { piece: at });
    });
    p.runs.push({ kind: run.kind, key: run.key, said: run.said, on: run.on, round: run.round, first, count: run.names.length, number });
    if (!run.whole) m.byKey.set(run.key.slice(0, -1), { run: number });
  }
  return p;
}

function unpackBody(m, body, number) {
  const rings = body.rings.map((flat) => {
    const ring = new Float64Array(flat.length);
    for (let i = 0; i < flat.length; i += 2) [ring[i], ring[i + 1]] = m.at(flat[i], flat[i + 1]);
    return ring;
  });
  const xs = rings[0].filter((_, i) => i % 2 === 0), ys = rings[0].filter((_, i) => i % 2 === 1);
  const known = m.byKey.get(body.key), piece = known && known.piece !== undefined ? known.piece : -1;
  if (piece < 0 && !(known && known.body !== undefined)) m.byKey.set(body.key, { body: number });
  return { ...body, number, rings, piece, low: body.low / 1000, high: body.high / 1000,
    box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
}

function unpackWire(m, wires, name, i) {
  const corners = [0, 1, 2, 3].map((k) => {
    const [x, y, z] = wires.corners.slice(12 * i + 3 * k, 12 * i + 3 * k + 3);
    return [...m.at(x, y), z / 1000];
  });
  m.byKey.set(wires.keys[i], { wire: i });
  return { name, key: wires.keys[i], words: wires.words[i], ends: [wires.ends[2 * i], wires.ends[2 * i + 1]], corners,
    known: Boolean(column(wires.known, i)), diameter: column(wires.diameters, i) / 1000, colour: wires.colours[i], hue: wires.hues[i] || "" };
}

// The part of that key, or the nearest around it that the page has: of chips.U1.bumps.height all bumps of U1.
function found(m, key) {
  for (let name = key; name; name = name.slice(0, Math.max(0, name.lastIndexOf(".")))) if (m.byKey.has(name)) return m.byKey.get(name);
  return null;
}

const saidOf = (m, i) => m.runs[m.pieces.run[i]].said + m.pieces.names[i];
const netOf = (m, i) => m.nets[m.pieces.net[i]];

// The corners of a piece that is no circle, x and y in turn.
function cornersOf(p, i) {
  const cos = Math.cos(p.angle[i]), sin = Math.sin(p.angle[i]), w = p.w[i] / 2, h = p.h[i] / 2;
  return [[-w, -h], [w, -h], [w, h], [-w, h]].map(([a, b]) => [p.x[i] + a * cos + b * sin, p.y[i] - a * sin + b * cos]);
}

function isInside(rings, x, y) {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      if ((ring[i + 1] > y) !== (ring[j + 1] > y) && x < (ring[j] - ring[i]) * (y - ring[i + 1]) / (ring[j + 1] - ring[i + 1]) + ring[i]) odd = !odd;
    }
  }
  return odd;
}

// A length of so many micrometres as people write it.
const lengthOf = (um) => Math.abs(um) >= 1000 ? `${+(um / 1000).toFixed(3)} mm` : `${+um.toFixed(1)} um`;
