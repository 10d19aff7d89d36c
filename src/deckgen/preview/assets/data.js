// The page of cards, first part: reading data, and what all parts share. What the data hold is described in data.py.
// The parts are data.js, finder.js, entry.js, cards.js and app.js, in this order; they share their names.
"use strict";

// Data. Files opened from a disk cannot be fetched, so data are scripts that call deckgen.take.

const build = document.documentElement.dataset.build;
const waiting = new Map();

window.deckgen = {
  take(name, value) {
    waiting.get(name).resolve(value);
  },
};

/** The value of a data script, read when it is first asked for. `name` as in deckgen.take, `file` without ending. */
function load(name, file = name) {
  if (!waiting.has(name)) {
    const request = {};
    request.value = new Promise((resolve, reject) => Object.assign(request, { resolve, reject }));
    waiting.set(name, request);
    const script = document.createElement("script");
    script.src = `data/${file}.js?v=${build}`;
    script.onerror = () => request.reject(new Error(`data/${file}.js cannot be read`));
    document.head.append(script);
  }
  return waiting.get(name).value;
}

// Small things

const byId = (id) => document.getElementById(id);

/** An element with attributes and children; texts become text and are never read as HTML. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Text as the search compares it: the same as `folded` in entries.py. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ς/g, "σ").replace(/\s+/g, " ").trim();
}

/** The parts of a query: words, and phrases in double quotes. */
function parts(query) {
  return [...folded(query).matchAll(/"([^"]+)"?|[^\s"]+/g)].map((found) => (found[1] ?? found[0]).trim()).filter(Boolean);
}

const number = (count) => count.toLocaleString("en");

// State, kept for the next look at this deck in the same tab

const ID = 0, TITLE = 1, TOPIC = 2, KIND = 3, TAGS = 4, SOURCES = 5, CODES = 6, CHANGES = 7, WITHDRAWN = 8;
const ROW = 72;
const state = { query: "", chosen: {}, open: "", sides: "both", screen: "desktop", list: 0, view: 0, at: "" };
let deck, texts, places, facets, matches = [], current = -1, shown = 0;

const storeName = () => `deckgen:${deck.deck}`;

function remember() {
  if (!deck) return;
  Object.assign(state, { list: byId("_list").scrollTop, view: settling ?? byId("_main").scrollTop, at: current < 0 ? "" : deck.entries[current][ID] });
  try {
    sessionStorage.setItem(storeName(), JSON.stringify(state));
  } catch (closed) {
    // Nothing is kept then.
  }
}

function recall() {
  if (matchMedia("(max-width: 60rem)").matches) Object.assign(state, { sides: "front", screen: "phone" });
  try {
    const kept = JSON.parse(sessionStorage.getItem(storeName()));
    for (const [name, value] of Object.entries(kept ?? {})) if (typeof value === typeof state[name]) state[name] = value;
  } catch (closed) {
    // Then everything begins as it stands.
  }
}
