// The kinds of package that a new one can begin as; shown once, so that asking again never takes back what was picked.
let choosing = null;
function choose() { return choosing ??= shown_kinds(); }
async function shown_kinds() {
  const found = await act("kinds");
  if (!found) return;
  const name = $("new-name");
  const pick = (one) => { if (!found.name && (!name.value || found.kinds.some((kind) => kind.example === name.value))) name.value = one.example; };
  $("kinds").replaceChildren(...found.kinds.map((one, i) => {
    const box = make("input", { type: "radio", name: "kind", value: one.kind, id: "kind-" + one.kind, checked: i === 0 });
    box.addEventListener("change", () => pick(one));
    return make("div", { className: "kind" }, box, make("label", { htmlFor: box.id },
      make("strong", {}, one.title), make("span", { className: "quiet" }, one.says)));
  }));
  name.value = found.name || found.kinds[0].example;
  name.closest("label").hidden = Boolean(found.name);
  $("new-where").textContent = `Its files are written into ${found.folder}, when you save.`;
}
$("begin-new").addEventListener("submit", async (event) => {
  event.preventDefault();
  const kind = document.querySelector("[name=kind]:checked").value;
  if (await act("start", { kind, name: $("new-name").value })) location.reload();
});
