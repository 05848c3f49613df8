// Look into folders; `chosen` is called with the path of a file, `entered` with that of every folder.
async function look(folder, chosen, entered) {
  const found = await act("browse", { folder });
  if (!found) return;
  $("browser").hidden = false;
  $("browser-folder").textContent = found.folder;
  entered(found.folder);
  const separator = found.folder.includes("\\") ? "\\" : "/";
  const inside = (name) => found.folder.replace(/[\\/]$/, "") + separator + name;
  const entry = (words, action) => make("li", {}, make("button", { type: "button", className: "plain", onclick: action }, words));
  $("browser-list").replaceChildren(
    ...(found.parent !== found.folder ? [entry("↑ folder above", () => look(found.parent, chosen, entered))] : []),
    ...found.folders.map((name) => entry(name + separator, () => look(inside(name), chosen, entered))),
    ...found.files.map((name) => entry(name, () => { $("browser").hidden = true; chosen(inside(name)); })),
  );
}
