// From what somebody types to what lights up: "net VDD", "VDD", "ball A1", "U1.A1", "A1", "U1", a wire, or a key of the package.
function known(m) {
  if (m.known) return m.known;
  const add = (words, one) => { const name = words.toLowerCase(); m.known.set(name, [...(m.known.get(name) || []), one]); };
  m.known = new Map();
  m.nets.forEach((net, number) => { if (number) { add(net, { net: number }); add(`net ${net}`, { net: number }); } });
  for (let i = 0; i < m.pieces.count; i++) {
    const said = saidOf(m, i), kind = m.runs[m.pieces.run[i]].kind;
    for (const words of new Set([said, m.pieces.names[i], `${kind} ${m.pieces.names[i]}`, `${kind} ${said}`])) add(words, { piece: i });
  }
  m.bodies.forEach((body, number) => { if (body.piece < 0) add(body.name, { body: number }); });
  m.wires.forEach((wire, i) => { add(wire.name, { wire: i }); add(`wire ${wire.name}`, { wire: i }); });
  for (const [key, one] of m.byKey) if (!m.known.has(key.toLowerCase())) add(key, one);
  return m.known;
}

// What these words light up; with nothing, or too many, that may be meant, ``words`` says so and nothing is lit.
function seek(m, words) {
  const wanted = words.trim().toLowerCase(), lit = nothingLit(m);
  if (!wanted) return lit;
  const all = known(m), exact = all.get(wanted);
  if (exact) return litAll(m, exact, words.trim());
  const near = suggestions(m, wanted, 9);
  if (near.length === 1) return litAll(m, all.get(near[0].toLowerCase()), near[0]);
  lit.words = near.length ? `Nothing is called ${words.trim()}; is it ${near.slice(0, 8).join(", ")}${near.length > 8 ? ", …" : ""}?` : `Nothing is called ${words.trim()}.`;
  return lit;
}

// A name may be that of several: a ball A1 and a bump A1. A net of that name comes first.
function litAll(m, these, words) {
  const net = these.find((one) => one.net !== undefined);
  if (net) return litNet(m, net.net);
  if (these.length === 1) return litOf(m, these[0]);
  const lit = along(m, these.flatMap((one) => one.piece === undefined ? [] : [one.piece]),
    { wires: these.flatMap((one) => one.wire === undefined ? [] : [one.wire]), bodies: these.flatMap((one) => one.body === undefined ? [] : [one.body]) });
  lit.words = `${these.length} are called ${words}: ${these.slice(0, 8).map((one) => one.piece !== undefined ? saidOf(m, one.piece) : one.wire !== undefined ? `wire ${m.wires[one.wire].name}` : m.bodies[one.body].name).join(", ")}`;
  return lit;
}

// Names that have these words in them, nets first, as they are written.
function suggestions(m, wanted, most) {
  const names = m.names = m.names || [...new Set([...m.nets.slice(1), ...m.bodies.filter((body) => body.piece < 0).map((body) => body.name),
    ...Array.from({ length: m.pieces.count }, (_, i) => saidOf(m, i)), ...m.wires.map((wire) => `wire ${wire.name}`)])];
  const near = [], bare = wanted.replace(/^net /, "");
  for (const name of names) {
    if (name.toLowerCase().includes(bare)) near.push(name);
    if (near.length >= most) break;
  }
  return near;
}
