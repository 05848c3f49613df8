// What lights up: along the metal, as far as it hangs together. Which pieces do was found out where the package was checked.
function nothingLit(m) {
  return { words: "", pieces: new Uint8Array(m.pieces.count), wires: new Uint8Array(m.wires.length), bodies: new Set(), any: false, box: null };
}

// All that these pieces hang together with; 2 marks what is of another net than theirs: a short.
function along(m, starts, more = {}) {
  const lit = nothingLit(m), p = m.pieces, wires = new Set(more.wires || []);
  const nets = new Set(starts.map((i) => p.net[i])), islands = new Set(starts.map((i) => p.island[i]));
  for (let i = 0; i < p.count; i++) {
    if (islands.has(p.island[i])) lit.pieces[i] = !p.net[i] || nets.has(p.net[i]) ? 1 : 2;
  }
  for (const i of starts) lit.pieces[i] = 1;
  m.wires.forEach((wire, i) => { if (wires.has(i) || wire.ends.some((end) => end >= 0 && lit.pieces[end])) lit.wires[i] = 1; });
  m.bodies.forEach((body) => { if (body.piece >= 0 ? lit.pieces[body.piece] : (more.bodies || []).includes(body.number)) lit.bodies.add(body.number); });
  lit.any = starts.length > 0 || wires.size > 0 || lit.bodies.size > 0;
  lit.islands = islands.size;
  lit.others = [...new Set([...lit.pieces.keys()].filter((i) => lit.pieces[i] === 2).map((i) => netOf(m, i)))];
  return lit;
}

const KINDS = { ball: "balls", "top land": "top lands", lead: "leads", paddle: "die attach pad", finger: "fingers", "bond pad": "bond pads", bump: "bumps", terminal: "terminals" };

// What is lit in words: how many of each kind, and a few by name.
function countOf(m, lit) {
  const kinds = new Map();
  lit.pieces.forEach((is, i) => {
    if (!is) return;
    const kind = m.runs[m.pieces.run[i]].kind;
    if (!kinds.has(kind)) kinds.set(kind, []);
    kinds.get(kind).push(saidOf(m, i));
  });
  const said = [...kinds].map(([kind, names]) => `${names.length} ${names.length === 1 ? kind : KINDS[kind]} (${names.slice(0, 6).join(", ")}${names.length > 6 ? ", …" : ""})`);
  const wires = lit.wires.reduce((sum, one) => sum + one, 0);
  if (wires) said.push(`${wires} wire${wires > 1 ? "s" : ""}`);
  return said.join(", ");
}

function litNet(m, net) {
  const starts = [...m.pieces.net.keys()].filter((i) => m.pieces.net[i] === net), lit = along(m, starts);
  const short = lit.others.length ? `; SHORT to ${lit.others.join(" and ")}` : "";
  const open = m.open.has(net) ? "; OPEN: it lies in pieces that no metal joins" : "";
  lit.words = `Net ${m.nets[net]}: ${countOf(m, lit) || "nothing"}${short}${open}`;
  return lit;
}

function litPiece(m, i) {
  const lit = along(m, [i]), net = netOf(m, i);
  lit.words = `${saidOf(m, i)}${net ? `, net ${net}` : ", no net"}: along the metal ${countOf(m, lit)}${lit.others.length ? `; SHORT to ${lit.others.join(" and ")}` : ""}`;
  return lit;
}

function litWire(m, i) {
  const wire = m.wires[i], lit = along(m, wire.ends.filter((end) => end >= 0), { wires: [i] });
  lit.words = `Wire ${wire.name}, ${wire.words}: along the metal ${countOf(m, lit)}`;
  return lit;
}

function litBody(m, number) {
  const body = m.bodies[number];
  if (body.piece >= 0) return litPiece(m, body.piece);
  const lit = along(m, [], { bodies: [number] });
  lit.words = body.words;
  return lit;
}

function litRun(m, number) {
  const run = m.runs[number], lit = nothingLit(m);
  for (let i = run.first; i < run.first + run.count; i++) lit.pieces[i] = 1;
  Object.assign(lit, { any: true, islands: 0, others: [], words: `${run.count} ${run.count === 1 ? run.kind : KINDS[run.kind]}${run.on.startsWith("carrier") ? "" : ` of ${run.said.slice(0, -1)}`}` });
  return lit;
}

const litOf = (m, one) => one.piece !== undefined ? litPiece(m, one.piece) : one.wire !== undefined ? litWire(m, one.wire)
  : one.run !== undefined ? litRun(m, one.run) : litBody(m, one.body);

// Where on the plan that is: left, top, right, bottom.
function boxOf(m, lit) {
  const box = [Infinity, Infinity, -Infinity, -Infinity], p = m.pieces;
  const add = (x, y) => { box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y); box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y); };
  lit.pieces.forEach((is, i) => { if (is) { const r = Math.max(p.w[i], p.h[i]) / 2; add(p.x[i] - r, p.y[i] - r); add(p.x[i] + r, p.y[i] + r); } });
  lit.wires.forEach((is, i) => { if (is) for (const [x, y] of m.wires[i].corners) add(x, y); });
  for (const number of lit.bodies) { const b = m.bodies[number].box; add(b[0], b[1]); add(b[2], b[3]); }
  return box[0] > box[2] ? null : box;
}
