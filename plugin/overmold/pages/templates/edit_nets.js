// The nets: a grid of net, pad and ball, which takes what a spreadsheet copies.
const PER_PAGE = 20, HEADS = ["Net", "Pad", "Ball"];
let nets = { rows: [], faults: [], can: true, table: "" }, first = 0, filter = "";

const again = () => { drawNets(); drawFaults(now.look.wrong); };
function drawNets(found) {
  nets = found || nets;
  const box = $("nets"), active = document.activeElement, id = box.contains(active) ? active.id : "";
  if (!nets.can) { box.replaceChildren(make("p", { className: "note" }, "The netlist cannot be shown as a grid; it is edited where it stands."), slot(["netlist"])); return; }
  const wrong = new Map();
  for (const [row, cell, words] of nets.faults) wrong.set(row, [...(wrong.get(row) || []), [cell, words]]);
  const asked = filter.trim().toLowerCase();
  const all = nets.rows.map((_, i) => i).filter((i) => !asked || nets.rows[i].some((cell) => cell.toLowerCase().includes(asked)));
  all.sort((a, b) => wrong.has(b) - wrong.has(a) || a - b);
  first = Math.max(0, Math.min(first, Math.floor((all.length - 1) / PER_PAGE) * PER_PAGE));
  const shown = all.slice(first, first + PER_PAGE);
  const last = !asked && first + PER_PAGE >= all.length;
  const body = make("tbody", {}, ...shown.map((i) => netRow(i, nets.rows[i], wrong.get(i) || [])),
    ...(last ? [netRow(nets.rows.length, ["", "", ""], [])] : []));
  const table = make("table", { className: "grid" }, make("thead", {}, make("tr", {}, ...["Row", ...HEADS].map((head) =>
    make("th", { scope: "col" }, head)), make("td", {}))), body);
  const find = make("input", { type: "text", id: "net-filter", value: filter, placeholder: "VDD, U1.A1, B2", autocomplete: "off",
    oninput: () => { filter = find.value; first = 0; again(); } });
  const where = nets.table ? `${nets.rows.length} rows in ${nets.table}` : `${nets.rows.length} rows`;
  const turn = (words, by, can) => { const made = button(words, () => { first += by; again(); }); made.disabled = !can; return made; };
  box.replaceChildren(
    make("p", { className: "quiet" }, `${where}. A pad is U1.A1 or C1.1; a row joins a pad and a ball, or one of them. Copy cells in a spreadsheet and paste them here.`),
    slot(["netlist"]),
    ...(nets.faults.length ? [make("div", { className: "note" }, `${nets.faults.length} cell${nets.faults.length > 1 ? "s" : ""} cannot be so. `,
      Object.assign(button("Empty them", () => change([{ does: "nets", emptied: nets.faults.map(([row, cell]) => [row, cell]) }])), { id: "empty" }))] : []),
    make("div", { className: "row" }, make("label", {}, "Only with ", find), turn("‹ Before", -PER_PAGE, first > 0),
      make("span", { className: "quiet" }, all.length ? `${first + 1} to ${first + shown.length} of ${all.length}` : "no row"),
      turn("Next ›", PER_PAGE, first + PER_PAGE < all.length)),
    make("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: "Rows of the netlist" }, table));
  if (id && document.getElementById(id)) {
    const there = document.getElementById(id);
    there.focus({ preventScroll: true });
    if (there === find) there.setSelectionRange(filter.length, filter.length);
  }
}

function netRow(i, cells, wrong) {
  const inputs = cells.map((cell, j) => {
    const input = make("input", { type: "text", value: cell, id: `net/${i}/${j}`, autocomplete: "off", spellcheck: false });
    input.setAttribute("aria-label", `${HEADS[j]} of row ${i + 1}`);
    if (wrong.some(([at]) => at === j)) input.setAttribute("aria-invalid", "true");
    input.addEventListener("change", () => change([{ does: "nets", row: i, column: j, block: [[input.value]] }]));
    input.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain");
      if (!/[\t\n]/.test(text.trim())) return;
      event.preventDefault();
      change([{ does: "nets", row: i, column: j, text }]);
    });
    input.addEventListener("keydown", (event) => {
      const to = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
      const row = input.closest("tr");
      const other = to && (to > 0 ? row.nextElementSibling : row.previousElementSibling);
      if (!to) return;
      event.preventDefault();
      if (other) other.querySelectorAll("input")[j].focus();
      else input.dispatchEvent(new Event("change"));
    });
    return input;
  });
  const out = i < nets.rows.length ? [button("×", () => change([{ does: "nets", gone: [i] }]), `Take row ${i + 1} out`, "off")] : [];
  const said = (j) => wrong.filter(([at]) => at === j).map(([, words]) => make("div", { className: "fault" }, words));
  return make("tr", {}, make("td", {}, i < nets.rows.length ? String(i + 1) : "new"),
    ...inputs.map((input, j) => make("td", {}, input, ...said(j))), make("td", {}, ...out));
}
