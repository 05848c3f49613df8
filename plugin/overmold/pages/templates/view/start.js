// The part of the page that is drawn here: plan, section and three dimensions of one package, which show the same things lit
// and the same layers.
const view = (() => {
  const me = { m: null, hidden: new Set(), lit: null, line: null, eye: { x: 0, y: 0, scale: 1 }, drawn: [], inks: null, space: null };
  const canvas = $("plan"), board = $("section"), room = $("space");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let waits = false, glides = 0;

  me.again = () => {
    if (waits || !me.m) return;
    waits = true;
    requestAnimationFrame(() => { waits = false; me.paintNow(); });
  };
  me.paintNow = () => { if (canvas.clientWidth) drawPlan(me.m, canvas, me); };
  const toPlan = (x, y) => [me.eye.x + (x - canvas.clientWidth / 2) / me.eye.scale, me.eye.y + (y - canvas.clientHeight / 2) / me.eye.scale];
  me.toScreen = (x, y) => [(x - me.eye.x) * me.eye.scale + canvas.clientWidth / 2, (y - me.eye.y) * me.eye.scale + canvas.clientHeight / 2];
  me.grips = () => gripsOf(me.m, me.line);
  const wholeScale = () => 0.92 * Math.min(canvas.clientWidth / (2 * me.m.half[0]), canvas.clientHeight / (2 * me.m.half[1])) || 1;
  me.measure = () => { me.width = board.clientWidth || 600; };  // asked for at every move of the line it would cost a layout
  me.whole = () => { me.eye = { x: 0, y: 0, scale: wholeScale() }; me.again(); };
  me.move = (x, y) => { me.eye.x += x / me.eye.scale; me.eye.y += y / me.eye.scale; me.again(); };
  me.zoom = (times, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) => {
    const [a, b] = toPlan(x, y), whole = wholeScale();
    me.eye.scale = Math.max(LEAST * whole, Math.min(MOST * whole, me.eye.scale * times));
    me.eye.x = a - (x - canvas.clientWidth / 2) / me.eye.scale;
    me.eye.y = b - (y - canvas.clientHeight / 2) / me.eye.scale;
    me.again();
  };

  // What lies under the mouse is said beside it.
  me.hover = (x, y) => {
    const one = me.m && x >= 0 ? pick(me.m, ...toPlan(x, y), me) : null, words = $("plan-words");
    words.hidden = !one;
    canvas.classList.toggle("over-line", Boolean(me.m && x >= 0 && me.gripAt(x, y) !== "plan"));
    if (!one) return;
    words.textContent = wordsOf(me.m, one);
    words.classList.toggle("left", x > canvas.clientWidth / 2);
    for (const [name, value] of [["--x", x], ["--y", y], ["--r", canvas.clientWidth - x]]) words.style.setProperty(name, `${value}px`);
  };
  me.ask = (x, y) => { const one = pick(me.m, ...toPlan(x, y), me); me.light(one && litOf(me.m, one)); };

  me.gripAt = (x, y) => {
    const grips = me.grips(), [a, b] = toPlan(x, y), near = 10 / me.eye.scale, to = (spot) => Math.hypot(spot[0] - a, spot[1] - b);
    const end = grips.ends.findIndex((spot) => to(spot) < near);
    if (end >= 0) return end ? "to" : "from";
    return to(grips.middle) < near || toSegment(a, b, ...grips.ends[0], ...grips.ends[1]) < near / 2 ? "line" : "plan";
  };
  me.dragLine = (grip, x, y) => {
    const [a, b] = toPlan(x, y), { angle, off } = me.line;
    if (grip === "line") me.lay({ angle, off: b * Math.cos(angle) - a * Math.sin(angle) });
    else {
      const [px, py] = me.grips().middle, sign = grip === "to" ? 1 : -1;
      let turned = Math.atan2(sign * (b - py), sign * (a - px));
      const quarter = Math.round(turned / (Math.PI / 4)) * Math.PI / 4;
      if (Math.abs(turned - quarter) < 0.03) turned = quarter;
      me.lay({ angle: turned, off: py * Math.cos(turned) - px * Math.sin(turned) });
    }
  };
  // Lay the line of the section there; what it cuts is drawn at once.
  me.lay = (line) => {
    const reach = 1.05 * Math.hypot(...me.m.half);
    me.line = { angle: line.angle, off: Math.max(-reach, Math.min(reach, line.off)) };
    const degrees = ((Math.round(-me.line.angle * 180 / Math.PI) % 180) + 180) % 180;
    if (document.activeElement !== $("cut-at")) $("cut-at").value = -me.line.off;
    if (document.activeElement !== $("cut-turn")) $("cut-turn").value = degrees;
    me.redraw();
    if ($("cut-away").checked) me.space?.cut(true);
  };
  me.redraw = () => { me.again(); me.cutNow(); };
  me.cutNow = () => {
    const { found, scale } = drawSection(me.m, board, me.line, me);
    Object.assign(me, { found, scale });
    const degrees = ((Math.round(-me.line.angle * 180 / Math.PI) % 180) + 180) % 180;
    $("cut-where").textContent = degrees === 0 ? `y = ${lengthOf(me.line.off + 0)} from the middle` : degrees === 90 ? `x = ${lengthOf(-me.line.off)} from the middle` : `${lengthOf(-me.line.off)} from the middle, turned by ${degrees}°`;
    $("cut-said").textContent = scale ? saidOfSection(me.m, found, scale) : "The line runs beside the package.";
  };

  me.light = (lit) => {
    me.lit = lit || nothingLit(me.m);
    me.litPaths = null;
    $("seek-said").textContent = me.lit.words;
    $("seek-clear").hidden = !me.lit.any;
    me.redraw();
    me.space?.light();
  };
  me.seek = (words) => { const lit = seek(me.m, words); me.light(lit); if (lit.any) me.go(boxOf(me.m, lit), 0.8); return lit; };

  // Fly to parts of these keys, [key, x, y] each, in plan, section and three dimensions.
  me.fly = (spots) => {
    const starts = spots.map(([key, x, y]) => [found(me.m, key), x, y]), boxes = [], lit = nothingLit(me.m);
    for (const [one, x, y] of starts) {
      const part = one && one.run !== undefined ? litRun(me.m, one.run) : one && one.piece !== undefined && me.m.runs[me.m.pieces.run[one.piece]].kind !== "lead" ? along(me.m, []) : one && litOf(me.m, one);
      if (one && one.piece !== undefined) part.pieces[one.piece] = 1;
      if (part) { part.pieces.forEach((is, i) => { if (is) lit.pieces[i] = is; }); part.wires.forEach((is, i) => { if (is) lit.wires[i] = is; }); part.bodies.forEach((is) => lit.bodies.add(is)); }
      const spot = x === undefined || x === null ? null : me.m.at(x, y), box = part && boxOf(me.m, part);
      if (box) boxes.push(box);
      else if (spot) boxes.push([...spot, ...spot]);
    }
    if (!boxes.length) return false;
    lit.any = lit.pieces.some(Boolean) || lit.wires.some(Boolean) || lit.bodies.size > 0;
    lit.words = spots.map(([key]) => key).slice(0, 4).join(", ") + (spots.length > 4 ? ", …" : "");
    me.light(lit);
    const box = boxes.reduce((a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]);
    const middle = [(boxes[0][0] + boxes[0][2]) / 2, (boxes[0][1] + boxes[0][3]) / 2];
    me.lay({ angle: me.line.angle, off: middle[1] * Math.cos(me.line.angle) - middle[0] * Math.sin(me.line.angle) });
    me.go(box, 0.35);
    return true;
  };
  // Bring a box into the middle, so that it takes about this share of the plan; at once for those who want no motion.
  me.go = (box, share) => {
    const [left, top, right, bottom] = box, most = 0.06 * 2 * Math.max(...me.m.half), wide = Math.max(right - left, most), high = Math.max(bottom - top, most), { space: three } = me;
    const to = { x: (left + right) / 2, y: (top + bottom) / 2, scale: Math.min(share * canvas.clientWidth / wide, share * canvas.clientHeight / high, MOST * wholeScale()) };
    to.scale = Math.max(to.scale, wholeScale());
    const from = { ...me.eye }, began = performance.now(), mine = ++glides, sight = three && { x: three.eye.at.x, y: three.eye.at.y, far: three.eye.far };
    const far = three && Math.max(Math.hypot(wide, high) * MM * 2.4, three.size / 12);
    const step = (now) => {
      if (mine !== glides) return;
      const t = calm.matches ? 1 : Math.min(1, (now - began) / 500), s = t * t * (3 - 2 * t), mix = (a, b) => a + (b - a) * s;
      me.eye = { x: mix(from.x, to.x), y: mix(from.y, to.y), scale: from.scale * (to.scale / from.scale) ** s };
      if (three) { three.eye.at.x = mix(sight.x, to.x * MM); three.eye.at.y = mix(sight.y, -to.y * MM); three.eye.far = sight.far * (far / sight.far) ** s; three.again(); }
      me.again();
      if (t < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  };

  me.hide = (layer, is) => { me.hidden[is ? "add" : "delete"](layer); me.redraw(); me.space?.show(); };
  me.show = (seen) => {
    const first = !me.m, before = me.line;
    $("view").hidden = !seen;
    if (!seen) return;
    me.m = unpack(seen);
    me.measure();
    me.lit = nothingLit(me.m);
    me.inks = inks();
    me.drawn = planOf(me.m);
    listLayers(me);
    const reach = Math.ceil(Math.hypot(...me.m.half));
    Object.assign($("cut-at"), { min: -reach, max: reach, step: Math.max(1, Math.round(reach / 500)) });
    if (first) me.whole();
    const old = me.space;
    me.space = null;
    me.line = first ? { angle: 0, off: me.m.line } : before;
    me.light(null);
    me.lay(me.line);
    if (me.seen) me.build();
    old?.leave();  // after the new one is there, so that the two share what they were told
  };
  // The third dimension is built once somebody sees where it is: whoever reads the verdict alone does not wait for it.
  me.build = () => {
    me.seen = true;
    if (me.space || !me.m) return;
    if (!me.ground) { me.ground = true; turning(room, () => me.space, (x, y) => { const one = pickSpace(three, me.m, me.space, room, x, y); me.light(one && litOf(me.m, one)); }); }
    me.space = space(me.m, room, three, me);
    $("space-none").hidden = Boolean(me.space);
    room.hidden = !me.space;
    me.space?.stretch(Number($("stretch").value));
    if ($("cut-away").checked) me.space?.cut(true);
  };
  hands(canvas, me);
  return me;
})();
