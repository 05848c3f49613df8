// Mouse, pen, fingers and keys on the plan: move it, zoom it, drag or turn the line of the section, ask what lies somewhere.
const LEAST = 0.5, MOST = 400;  // times as large as the whole

function hands(canvas, view) {
  const down = new Map();
  let holds = null, start = null, moved = false;
  const spot = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    down.set(event.pointerId, spot(event));
    start = spot(event);
    moved = false;
    holds = down.size > 1 ? "plan" : view.gripAt(...start);
    canvas.classList.toggle("held", true);
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = spot(event), before = down.get(event.pointerId);
    if (!before) { view.hover(...at); return; }
    if (Math.hypot(at[0] - start[0], at[1] - start[1]) > 4) moved = true;
    if (down.size === 2) pinch(view, [...down.keys()].map((id) => [down.get(id), id === event.pointerId ? at : down.get(id)]));
    else if (moved && holds !== "plan") view.dragLine(holds, ...at);
    else if (moved) view.move(before[0] - at[0], before[1] - at[1]);
    down.set(event.pointerId, at);
  });
  const up = (event) => {
    if (!down.delete(event.pointerId)) return;
    if (event.type === "pointerup" && !moved && down.size === 0 && holds === "plan") view.ask(...spot(event));
    if (down.size === 0) canvas.classList.remove("held");
    moved = true;
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => view.hover(-1, -1));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    view.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), ...spot(event));
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step) view.move(...step);
    else if (event.key === "+" || event.key === "=") view.zoom(1.4);
    else if (event.key === "-") view.zoom(1 / 1.4);
    else if (event.key === "0" || event.key === "Home") view.whole();
    else if (event.key === "Escape") view.light(null);
    else return;
    event.preventDefault();
  });
}

// Two fingers: what lay between them stays between them.
function pinch(view, [[a, b], [c, d]]) {
  const far = (p, q) => Math.hypot(p[0] - q[0], p[1] - q[1]) || 1, middle = (p, q) => [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
  const before = middle(a, c), after = middle(b, d);
  view.zoom(far(b, d) / far(a, c), ...before);
  view.move(before[0] - after[0], before[1] - after[1]);
}
