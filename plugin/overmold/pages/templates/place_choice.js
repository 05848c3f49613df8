{% include "choose.js" %}
// What a package to be placed begins as: a file, which may be edited first, a new one, or what is selected.
function beginWith(kind) {
  $("begin-file").setAttribute("aria-pressed", String(!kind));
  $("begin-kind").setAttribute("aria-pressed", String(kind));
  $("form").hidden = kind;
  $("new-package").hidden = !kind;
  $("plan").hidden = true;
}
$("begin-file").addEventListener("click", () => { beginWith(false); $("file").focus(); });
$("begin-kind").addEventListener("click", async () => {
  beginWith(true);
  await choose();
  document.querySelector("[name=kind]:checked").focus();
});
$("begin-selection").addEventListener("click", async () => { if (await act("selection")) location.reload(); });
$("edit").addEventListener("click", async () => { if (await act("open", { file: $("file").value })) location.reload(); });
