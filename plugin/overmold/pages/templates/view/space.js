// Three dimensions: a camera that turns about a spot, drawn only when something has changed.
function space(m, canvas, three, view) {
  const context = canvas.getContext("webgl2", { antialias: true, alpha: true });
  if (!context) return null;
  const renderer = view.renderer = view.renderer || new three.WebGLRenderer({ canvas, context }), scene = new three.Scene(), camera = new three.PerspectiveCamera(35, 1, 0.01, 1000), all = new three.Group();
  const meshes = [...m.bodies.map((body) => bodyMesh(three, body)), ...m.crowds.flatMap((crowd) => crowdMeshes(three, m, crowd)),
    ...m.runs.map((run) => flatMesh(three, m, run)), wiresMesh(three, m)].filter(Boolean);
  all.add(...meshes);
  scene.add(all, new three.HemisphereLight(0xffffff, 0x8a8f99, 2.2));
  const sun = new three.DirectionalLight(0xffffff, 1.6);
  scene.add(sun);
  const size = 2 * Math.hypot(...m.half) * MM, level = (m.lowest + m.highest) / 2 * MM;
  const eye = { turn: -0.6, tilt: 0.95, far: size * 1.45, at: new three.Vector3(0, 0, level) }, plane = new three.Plane();
  let waits = false, ready = false, left = false;

  function draw() {
    waits = false;
    const [wide, high] = [canvas.clientWidth, canvas.clientHeight];
    if (!wide || !high || !ready || left) return;
    renderer.setPixelRatio(Math.min(2, devicePixelRatio || 1));
    renderer.setSize(wide, high, false);
    camera.aspect = wide / high;
    camera.near = eye.far / 100;
    camera.far = eye.far + 20 * size;
    camera.updateProjectionMatrix();
    const level = Math.cos(eye.tilt) * eye.far, flat = Math.sin(eye.tilt) * eye.far;
    camera.up.set(0, 0, 1);
    camera.position.set(eye.at.x + flat * Math.sin(eye.turn), eye.at.y - flat * Math.cos(eye.turn), eye.at.z * all.scale.z + level);
    camera.lookAt(eye.at.x, eye.at.y, eye.at.z * all.scale.z);
    sun.position.copy(camera.position);
    renderer.render(scene, camera);
    canvas.dataset.drawn = Number(canvas.dataset.drawn || 0) + 1;
  }
  const me = {
    eye, size, meshes, scene, camera,
    again() { if (!waits) { waits = true; requestAnimationFrame(draw); } },
    turn(x, y) { eye.turn -= x; eye.tilt = Math.max(0.02, Math.min(Math.PI - 0.02, eye.tilt - y)); me.again(); },
    closer(times) { eye.far = Math.max(size / 200, Math.min(size * 8, eye.far / times)); me.again(); },
    shift(x, y) {
      const step = eye.far / 800, cos = Math.cos(eye.turn), sin = Math.sin(eye.turn), lean = Math.cos(eye.tilt) >= 0 ? 1 : -1;
      eye.at.x += -x * step * cos - y * step * sin * lean;
      eye.at.y += -x * step * sin + y * step * cos * lean;
      me.again();
    },
    stretch(times) { all.scale.z = times; me.again(); },
    show() { for (const mesh of meshes) mesh.visible = !view.hidden.has(mesh.userData.layer); me.again(); },
    // What lies before the line of the section is cut away.
    cut(is) {
      const { angle, off } = view.line;
      plane.normal.set(Math.sin(angle), Math.cos(angle), 0);
      plane.constant = off * MM;
      renderer.clippingPlanes = is ? [plane] : [];
      me.again();
    },
    light() { for (const mesh of meshes) colourMesh(three, m, mesh, view.lit); me.again(); },
    leave() { left = true; for (const mesh of meshes) { mesh.geometry.dispose(); mesh.material.dispose(); } },
  };
  me.light();
  me.show();
  // What a graphics card has to be told first it is told without keeping the page waiting, where it can.
  const told = context.getExtension("KHR_parallel_shader_compile") ? renderer.compileAsync(scene, camera) : Promise.resolve();
  told.then(() => { ready = true; me.again(); });
  return me;
}

// What is lit is bright, and all else that would hide it can be seen through.
function colourMesh(three, m, mesh, lit) {
  const { userData: of, material } = mesh, shade = new three.Color(), tone = (how, colour) => shade.set(how === 2 ? "#ff4d4d" : how ? "#ff9d00" : colour).multiplyScalar(lit.any && !how ? 0.55 : 1);
  if (of.body !== undefined) {
    const is = lit.bodies.has(of.body);
    material.color.copy(is ? shade.set("#ff9d00") : shade.set(of.colour));
    material.opacity = lit.any && !is ? 0.06 : of.opacity;
    material.transparent = material.opacity < 1;
    material.depthWrite = material.opacity === 1;
    mesh.children[0].material.opacity = lit.any && !is ? 0.15 : of.rim;
  } else if (of.pieces) {
    of.pieces.forEach((piece, i) => mesh.setColorAt(i, tone(lit.pieces[piece], HUED[["", "broken", "warned"][m.pieces.hue[piece]]] || of.colour)));
    mesh.instanceColor.needsUpdate = true;
  } else {
    const colour = mesh.geometry.getAttribute("color"), paint = (first, count) => { for (let i = first; i < first + count; i++) colour.setXYZ(i, shade.r, shade.g, shade.b); };
    if (of.flats) of.flats.forEach((piece, i) => { tone(lit.pieces[piece], of.colour); paint(of.each * i, of.each); });
    if (of.tubes) for (const { i, first, count } of of.tubes) { tone(lit.wires[i], HUED[m.wires[i].hue] || m.wires[i].colour); paint(first, count); }
    colour.needsUpdate = true;
  }
}

// What lies under a spot of the picture.
function pickSpace(three, m, me, canvas, x, y) {
  const ray = new three.Raycaster(), { clientWidth: wide, clientHeight: high } = canvas;
  ray.setFromCamera(new three.Vector2(2 * x / wide - 1, 1 - 2 * y / high), me.camera);
  const hits = ray.intersectObjects(me.meshes.filter((mesh) => mesh.visible && !["mold", "keepout"].includes(mesh.userData.layer)), false);
  if (!hits.length) return null;
  const { object: { userData: of }, instanceId, faceIndex } = hits[0];
  if (of.body !== undefined) return { body: of.body };
  if (of.pieces) return { piece: of.pieces[instanceId] };
  if (of.flats) return { piece: of.flats[Math.floor(3 * faceIndex / of.each)] };
  return { wire: of.tubes.find((tube) => 3 * faceIndex < tube.first + tube.count).i };
}

function turning(canvas, me, ask) {
  const down = new Map();
  let moved = 0;
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); down.set(event.pointerId, [event.clientX, event.clientY]); moved = 0; });
  canvas.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId), at = [event.clientX, event.clientY];
    if (!before) return;
    const [x, y] = [at[0] - before[0], at[1] - before[1]];
    moved += Math.abs(x) + Math.abs(y);
    if (down.size === 2) {
      const other = [...down].find(([id]) => id !== event.pointerId)[1], far = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]) || 1;
      me().closer(far(at) / far(before));
      me().shift(x / 2, y / 2);
    } else if (event.buttons & 2 || event.shiftKey) me().shift(x, y);
    else me().turn(x * 0.008, y * 0.008);
    down.set(event.pointerId, at);
  });
  const up = (event) => {
    if (down.delete(event.pointerId) && event.type === "pointerup" && moved < 5) { const box = canvas.getBoundingClientRect(); ask(event.clientX - box.left, event.clientY - box.top); }
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); me().closer(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015))); }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const turn = { ArrowLeft: [-0.12, 0], ArrowRight: [0.12, 0], ArrowUp: [0, -0.12], ArrowDown: [0, 0.12] }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (turn) me()[event.shiftKey ? "shift" : "turn"](...turn.map((one) => event.shiftKey ? 300 * one : one));
    else if (event.key === "+" || event.key === "=") me().closer(1.3);
    else if (event.key === "-") me().closer(1 / 1.3);
    else return;
    event.preventDefault();
  });
}
