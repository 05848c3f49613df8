const view = (() => {
{% for file in ["data", "lit", "seek", "cut", "section", "plan", "pick", "hands", "meshes", "space", "start", "around"] %}
{% include "view/" ~ file ~ ".js" %}
{% endfor %}
return view;
})();
