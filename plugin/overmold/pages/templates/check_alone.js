{% include "helpers.js" %}
{% include "view.js" %}
{% include "panels.js" %}
{% include "print.js" %}
