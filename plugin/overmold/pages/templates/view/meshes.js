// The package as meshes: prisms over outlines, joints as one form in many places, wires as tubes. x to the right, y away, z up,
// in millimetres; what has no stated height is left out.
const MM = 1 / 1000;

function prism(three, rings, low, high) {
  const turned = rings.map((ring) => Array.from({ length: ring.length / 2 }, (_, i) => new three.Vector2(ring[2 * i] * MM, -ring[2 * i + 1] * MM)));
  turned.forEach((ring, k) => { if (three.ShapeUtils.isClockWise(ring) !== k > 0) ring.reverse(); });
  const [rim, ...holes] = turned, faces = three.ShapeUtils.triangulateShape(rim, holes), flat = [rim, ...holes].flat(), at = [];
  const put = (point, z) => at.push(point.x, point.y, z * MM);
  for (const [a, b, c] of faces) {
    for (const i of [a, b, c]) put(flat[i], high);
    for (const i of [a, c, b]) put(flat[i], low);
  }
  for (const ring of turned) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length];
      for (const [point, z] of [[a, low], [b, low], [b, high], [a, low], [b, high], [a, high]]) put(point, z);
    });
  }
  return shaped(three, at);
}

function shaped(three, at) {
  const made = new three.BufferGeometry();
  made.setAttribute("position", new three.Float32BufferAttribute(at, 3));
  made.computeVertexNormals();
  return made;
}

const paintOf = (three, colour, more = {}) => new three.MeshLambertMaterial({ color: colour, side: three.DoubleSide, ...more });

function bodyMesh(three, body) {
  if (!body.known || body.high <= body.low) return null;
  const clear = body.kind === "keepout" ? 0.16 : body.kind === "mold" ? 0.28 : body.kind === "lid" ? 0.45 : 1, form = prism(three, body.rings, body.low, body.high);
  const rim = body.kind === "mold" && HUED[body.hue], colour = rim ? body.colour : HUED[body.hue] || body.colour;  // all else lies in it
  const mesh = new three.Mesh(form, paintOf(three, colour, { transparent: clear < 1, opacity: clear, depthWrite: clear === 1 }));
  mesh.add(new three.LineSegments(new three.EdgesGeometry(form, 30), new three.LineBasicMaterial({ color: rim || 0x000000, transparent: true, opacity: rim ? 1 : 0.28 })));
  mesh.renderOrder = clear < 1 ? 2 : 0;
  return Object.assign(mesh, { userData: { layer: layerOf(body), body: body.number, opacity: clear, rim: rim ? 1 : 0.28, colour } });
}
const HUED = { broken: "#d64545", warned: "#d98a1f" };

// A crowd of joints by width: each width is one form, turned about its axis, in all its places.
function crowdMeshes(three, m, crowd) {
  if (!crowd.known || crowd.high <= crowd.low) return [];
  const widths = new Map(), round = crowd.pieces.length > 5000 ? 8 : crowd.pieces.length > 1500 ? 12 : 20;
  crowd.pieces.forEach((piece, k) => {
    const wide = crowd.diameter(k);
    if (!wide) return;
    if (!widths.has(wide)) widths.set(wide, []);
    widths.get(wide).push([piece, k]);
  });
  return [...widths.values()].map((these) => {
    const rim = profile(crowd, these[0][1], 0).filter((_, i) => round > 8 || i % 3 === 0).map(([w, z]) => new three.Vector2(Math.max(w, 0.5) * MM, z * MM));
    const form = new three.LatheGeometry([new three.Vector2(0, rim[0].y), ...rim, new three.Vector2(0, rim[rim.length - 1].y)], round);
    form.rotateX(Math.PI / 2);
    const mesh = new three.InstancedMesh(form, paintOf(three, "#ffffff"), these.length), place = new three.Matrix4();
    these.forEach(([piece], i) => {
      mesh.setMatrixAt(i, place.makeTranslation(m.pieces.x[piece] * MM, -m.pieces.y[piece] * MM, 0));
      mesh.setColorAt(i, new three.Color(HUED[["", "broken", "warned"][m.pieces.hue[piece]]] || crowd.colour));
    });
    return Object.assign(mesh, { userData: { layer: crowd.kind, pieces: these.map(([piece]) => piece), colour: crowd.colour } });
  });
}

// Flat metal on a face: fingers on the carrier, bond pads on their chip, ends of passives on their body.
function flatMesh(three, m, run) {
  const kind = run.kind, at = [], owner = m.bodies.find((body) => body.key === run.on && body.known);
  if (!["finger", "bond pad", "terminal"].includes(kind) || (kind !== "finger" && !owner)) return null;
  const level = (kind === "finger" ? 0 : owner.high <= 0 ? owner.low - 4 : owner.high) + 2;
  for (let i = run.first; i < run.first + run.count; i++) {
    const [a, b, c, d] = cornersOf(m.pieces, i);
    for (const [x, y] of [a, c, b, a, d, c]) at.push(x * MM, -y * MM, level * MM);
  }
  const colours = new Float32Array(at.length), form = shaped(three, at);
  form.setAttribute("color", new three.BufferAttribute(colours, 3));
  const mesh = new three.Mesh(form, paintOf(three, "#ffffff", { vertexColors: true }));
  return Object.assign(mesh, { userData: { layer: LAYERS[kind], flats: Array.from({ length: run.count }, (_, i) => run.first + i), each: 6, colour: kind === "terminal" ? "#c9ced6" : "#d6a531" } });
}

const AROUND = 6;
function wiresMesh(three, m) {
  const known = m.wires.map((wire, i) => [wire, i]).filter(([wire]) => wire.known);
  if (!known.length) return null;
  const at = [], tubes = [];
  for (const [wire, i] of known) { const first = at.length / 3; tubeInto(at, wire); tubes.push({ i, first, count: at.length / 3 - first }); }
  const form = shaped(three, at);
  form.setAttribute("color", new three.BufferAttribute(new Float32Array(at.length), 3));
  return Object.assign(new three.Mesh(form, paintOf(three, "#ffffff", { vertexColors: true })), { userData: { layer: "wires", tubes } });
}

// A loop lies in one upright plane: a ring about each corner, square to the plane and upright, is a tube without a twist.
function tubeInto(at, wire) {
  const path = wire.corners, r = wire.diameter / 2, [dx, dy] = [path[3][0] - path[0][0], path[3][1] - path[0][1]], far = Math.hypot(dx, dy) || 1;
  const across = [-dy / far, dx / far], rings = path.map((corner, k) => {
    const before = path[Math.max(0, k - 1)], after = path[Math.min(3, k + 1)], way = [after[0] - before[0], after[1] - before[1], after[2] - before[2]], long = Math.hypot(...way) || 1;
    const flat = Math.hypot(way[0], way[1]), up = [-way[2] / long * dx / far, -way[2] / long * dy / far, flat / long];
    return Array.from({ length: AROUND }, (_, i) => {
      const cos = r * Math.cos(2 * Math.PI * i / AROUND), sin = r * Math.sin(2 * Math.PI * i / AROUND);
      return [corner[0] + cos * across[0] + sin * up[0], corner[1] + cos * across[1] + sin * up[1], corner[2] + sin * up[2]];
    });
  });
  const put = ([x, y, z]) => at.push(x * MM, -y * MM, z * MM);
  for (let k = 0; k < 3; k++) for (let i = 0; i < AROUND; i++) {
    const j = (i + 1) % AROUND;
    for (const corner of [rings[k][i], rings[k + 1][i], rings[k + 1][j], rings[k][i], rings[k + 1][j], rings[k][j]]) put(corner);
  }
}
