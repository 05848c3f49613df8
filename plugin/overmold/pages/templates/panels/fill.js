panels.fill = (root, data) => {
  const BANDS = [[234, 242, 251], [213, 229, 245], [188, 215, 238], [159, 198, 230], [127, 178, 220], [96, 157, 208],
    [70, 135, 194], [50, 112, 175], [34, 90, 151], [22, 69, 123]];
  const AIR = [215, 55, 42], WIDTH = 460, NEVER = 254;
  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

  // Each block of mold has its own maps and its own time.
  function show_block(root, data) {
    const [x, y] = [data.x, data.y];
    const [nx, ny] = [x.length - 1, y.length - 1];
    const scale = WIDTH / (x[nx] - x[0]);
    const height = Math.max(1, Math.round((y[ny] - y[0]) * scale));

    // For every pixel of a row or column: the cell before it, and how far it is on the way to the next one's middle.
    function ways(lines, count) {
      const cells = lines.length - 1, at = [];
      const middle = (k) => (lines[k] + lines[k + 1]) / 2;
      let k = 0, cell = 0;
      for (let p = 0; p < count; p++) {
        const place = lines[0] + (p + 0.5) * (lines[cells] - lines[0]) / count;
        while (k < cells - 2 && place > middle(k + 1)) k++;
        while (cell < cells - 1 && place > lines[cell + 1]) cell++;
        const way = cells > 1 ? (place - middle(k)) / (middle(k + 1) - middle(k)) : 0;
        at.push([k, Math.min(1, Math.max(0, way)), cell]);
      }
      return at;
    }
    const across = ways(x, WIDTH), down = ways(y, height);

    function prepared(map, canvas) {
      const arrival = bytes(map.arrival), closed = bytes(map.closed);
      const time = new Float32Array(WIDTH * height), shut = new Uint8Array(WIDTH * height);
      for (let q = 0; q < height; q++) for (let p = 0; p < WIDTH; p++) {
        const [i, u, ci] = across[p], [j, v, cj] = down[q];
        const own = arrival[ci * ny + cj];
        const four = [arrival[i * ny + j], arrival[Math.min(i + 1, nx - 1) * ny + j], arrival[i * ny + Math.min(j + 1, ny - 1)],
          arrival[Math.min(i + 1, nx - 1) * ny + Math.min(j + 1, ny - 1)]];
        const smooth = own < NEVER && four.every((one) => one < NEVER);
        time[q * WIDTH + p] = smooth ? four[0] * (1 - u) * (1 - v) + four[1] * u * (1 - v) + four[2] * (1 - u) * v + four[3] * u * v
          : own;
        shut[q * WIDTH + p] = closed[ci * ny + cj];
      }
      canvas.width = WIDTH;
      canvas.height = height;
      return { time, shut, canvas, image: new ImageData(WIDTH, height) };
    }
    const maps = [...root.querySelectorAll(".fill-map")].map((canvas, k) => prepared(data.maps[k], canvas));

    function draw(map, now) {
      const { time, shut, image } = map, pixels = image.data;
      for (let k = 0; k < time.length; k++) {
        const air = shut[k] < NEVER && now >= shut[k];
        const full = time[k] < NEVER && time[k] <= now;
        const colour = air ? AIR : full ? BANDS[Math.min(9, Math.floor(10 * Math.sqrt(time[k] / (data.last + 1))))] : null;
        pixels[4 * k + 3] = colour ? 255 : 0;
        if (colour) [pixels[4 * k], pixels[4 * k + 1], pixels[4 * k + 2]] = colour;
      }
      const paper = map.canvas.getContext("2d");
      paper.putImageData(image, 0, 0);
      paper.lineJoin = "round";
      paper.font = "600 13px system-ui, sans-serif";
      for (const chip of data.chips) {
        paper.beginPath();
        chip.ring.forEach(([a, b], n) => paper[n ? "lineTo" : "moveTo"]((a - x[0]) * scale, (b - y[0]) * scale));
        paper.closePath();
        for (const [ink, wide] of [["#ffffff", 3.6], ["#10243e", 1.5]]) {
          paper.strokeStyle = ink;
          paper.lineWidth = wide;
          paper.stroke();
        }
        const left = Math.min(...chip.ring.map(([a]) => a)), top = Math.min(...chip.ring.map(([, b]) => b));
        const spot = [(left - x[0]) * scale + 6, (top - y[0]) * scale + 17];
        paper.strokeStyle = "#ffffff";
        paper.lineWidth = 3;
        paper.strokeText(chip.name, ...spot);
        paper.fillStyle = "#10243e";
        paper.fillText(chip.name, ...spot);
      }
    }

    const slider = root.querySelector(".fill-at"), words = root.querySelector(".fill-words");
    function show() {
      const now = Number(slider.value);
      for (const map of maps) draw(map, now);
      words.textContent = `${Math.round(100 * now / data.last)} % of the time to fill`;
    }
    slider.addEventListener("input", show);
    for (const button of root.querySelectorAll("[data-at]")) button.addEventListener("click", () => {
      slider.value = Math.ceil(Number(button.dataset.at) * data.last);
      show();
    });

    const play = root.querySelector(".fill-play");
    let running = 0;
    function stop() {
      cancelAnimationFrame(running);
      running = 0;
      play.textContent = "Run";
    }
    play.addEventListener("click", () => {
      if (running) return stop();
      play.textContent = "Stop";
      const from = Number(slider.value) >= data.last ? 0 : Number(slider.value), begun = performance.now();
      const step = (moment) => {
        if (!root.isConnected) return;
        slider.value = Math.min(data.last, from + (moment - begun) / 5000 * data.last);
        show();
        if (Number(slider.value) < data.last) running = requestAnimationFrame(step);
        else stop();
      };
      running = requestAnimationFrame(step);
    });
    slider.addEventListener("pointerdown", stop);
    show();
  }
  [...root.querySelectorAll(".fill-block")].forEach((block, k) => show_block(block, data.blocks[k]));
};
