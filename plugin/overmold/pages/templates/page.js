// A cookie reaches every port of 127.0.0.1, what is stored only the page of this very server: both go with every request.
const SECRET = localStorage.getItem("overmold") || "";
const HEADERS = { "X-Overmold-Secret": SECRET, "X-Overmold-Tab": document.documentElement.dataset.tab };
// Who shows this page, and what brings it back when that has ended.
const { host: HOST, again: AGAIN } = document.documentElement.dataset;

function faults(lines) {
  const box = $("faults");
  box.textContent = lines.join("\n");
  box.hidden = lines.length === 0;
  if (lines.length) box.scrollIntoView({ block: "nearest" });
}

const back = () => `${AGAIN[0].toUpperCase()}${AGAIN.slice(1)}; this page can be closed.`;

// Run an action of the plugin; what it returns, or null where it failed: then the page says why.
async function act(name, data = {}) {
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch("/do/" + name, {
      method: "POST", headers: { "Content-Type": "application/json", ...HEADERS }, body: JSON.stringify(data),
    });
    if (!answer.ok) throw new Error(await answer.text());
    const said = await answer.json();
    faults(said.faults || []);
    return said.faults ? null : said;
  } catch (error) {
    faults([error instanceof TypeError
      ? `${HOST} has ended. ${back()}` : error.message.trim()]);
    return null;
  } finally {
    document.body.removeAttribute("aria-busy");
  }
}

// A button that cannot be pressed just now. One that is disabled would lose the focus, and whoever pressed it the way.
const hold = (button, off) => button.setAttribute("aria-disabled", String(off));
const held = (button) => button.getAttribute("aria-disabled") === "true";

// A page that is loaded anew takes its leave after the new one has been answered: so this one says soon that it is there.
const here = () => fetch("/do/heartbeat", { method: "POST", headers: HEADERS, body: "" })
  .then((answer) => answer.ok ? answer.json() : {}, () => ({ gone: `${HOST} has ended` })).then(beat);
// What a page hears each time: that KiCad, or the plugin, is there no more is said at once, before anybody relies on it.
function beat(found) {
  $("gone").textContent = found.gone ? `${found.gone}: what stands here is from before. ${back()}` : "";
  $("gone").hidden = !found.gone;
  dispatchEvent(new CustomEvent("pulse", { detail: found }));
}
here();
setTimeout(here, 1000);
setInterval(here, 5000);
document.addEventListener("visibilitychange", () => document.hidden || here());
// A beacon has no headers of its own.
addEventListener("pagehide", () => navigator.sendBeacon("/do/goodbye", JSON.stringify(HEADERS)));
addEventListener("pageshow", (event) => event.persisted && here());
