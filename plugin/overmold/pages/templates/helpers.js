"use strict";
const $ = (id) => document.getElementById(id);

// A small maker of elements: make("td", { className: "name" }, "words", child, ...)
function make(tag, properties = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...inside);
  return made;
}
