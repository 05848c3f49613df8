// What other rooms show on this page, by name: each is called once its part of the page is open, with its element and data.
const panels = {};
{% for file in panels.js %}
{
{% include file %}
}
{% endfor %}

// A page that stands for itself has every panel in it; one that is served asks for a panel when somebody opens it.
async function openPanel(details) {
  if (!details.open || details.dataset.begun) return;
  details.dataset.begun = "yes";
  const body = details.querySelector(".panel-body");
  let data = JSON.parse(details.querySelector("script")?.textContent || "null");
  if (details.dataset.ask) {
    const said = await act("panel", { name: details.dataset.panel });
    if (!said) { delete details.dataset.begun; return; }
    body.replaceChildren(...new DOMParser().parseFromString(said.body, "text/html").body.childNodes);
    data = said.data;
    if (said.why_not) return;
  }
  panels[details.dataset.panel]?.(body, data);
}
const everyPanel = () => document.querySelectorAll("details[data-panel]");
document.addEventListener("toggle", (event) => event.target.matches?.("details[data-panel]") && openPanel(event.target), true);
for (const one of everyPanel()) openPanel(one);

// After a new check what the panels show is from before: those that are open are made anew.
function renewPanels() {
  for (const one of everyPanel()) {
    delete one.dataset.begun;
    one.querySelector(".panel-body").replaceChildren();
    openPanel(one);
  }
}
