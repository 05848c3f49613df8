// A verdict holds until another check begins: from then on it is grey and dated, whatever becomes of that check.
function stand(words) {
  const note = $("standing");
  note.textContent = words ? `The verdict of ${note.dataset.at}. ${words}` : "";
  note.hidden = !words;
  document.body.classList.toggle("stale", words !== "");
}
if (!$("standing").hidden) document.body.classList.add("stale");

let running = false;
addEventListener("pulse", ({ detail }) => {
  if (running) return;
  if (detail.gone) stand("It cannot be renewed here.");
  else if (detail.number > Number($("standing").dataset.number)) stand("The board was checked again in another tab; load this one anew.");
  else stand(detail.stale || "");
});

async function again() {
  stand("A new check is running.");
  running = true;
  const done = await act("again", { show: $("show")?.value, keep: $("keep").checked });
  running = false;
  if (done && await renew()) return true;
  stand("A new check could not run, so this may not be what the board is now.");
  return false;
}
