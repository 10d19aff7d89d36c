// The page of cards: finds entries, shows one at a time. What it reads is described in data.py.
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
  Object.assign(state, { list: byId("_list").scrollTop, view: byId("_main").scrollTop, at: current < 0 ? "" : deck.entries[current][ID] });
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

// Filters. Within one filter any of the chosen values counts, and all filters must agree.

function makeFacets() {
  const severities = [["error", "Errors"], ["warning", "Warnings"], ["none", "None"]];
  const several = (column) => (entry, take) => entry[column].forEach(take);
  const one = (column) => (entry, take) => take(entry[column]);
  const marks = (entry, take) => {
    entry[CODES].forEach((code) => take(3 + code));
    const found = new Set(entry[CODES].map((code) => deck.codes[code][1]));
    severities.forEach(([name], place) => (found.size ? found.has(name) : name === "none") && take(place));
  };
  const withdrawn = deck.entries.some((entry) => entry[WITHDRAWN]);
  const kinds = [...deck.kinds, ...(withdrawn ? ["withdrawn"] : [])];
  const kind = (entry, take) => take(entry[WITHDRAWN] ? deck.kinds.length : entry[KIND]);
  const all = [
    { key: "topic", label: "Topic", names: deck.topics, each: one(TOPIC) },
    { key: "kind", label: "Kind", names: kinds, each: kind },
    { key: "tag", label: "Tag", names: deck.tags, each: several(TAGS) },
    { key: "source", label: "Source", names: deck.sources.map(([, title]) => title), each: several(SOURCES) },
    { key: "mark", label: "Diagnostics", names: [...severities.map(([, name]) => name), ...deck.codes.map(([code]) => code)], each: marks },
    { key: "since", label: `Since ${deck.since}`, names: deck.changes, each: several(CHANGES) },
  ];
  return all.filter((facet) => facet.names.length && (facet.key !== "since" || deck.since !== null));
}

const chosenOf = (facet) => state.chosen[facet.key] ?? [];

function agrees(entry, facet) {
  const wanted = chosenOf(facet);
  if (!wanted.length) return true;
  let found = false;
  facet.each(entry, (place) => (found ||= wanted.includes(facet.names[place])));
  return found;
}

/** The places of entries that hold all parts of the query and agree with all filters but one. */
function selected(except) {
  const wanted = parts(state.query);
  const active = facets.filter((facet) => facet !== except && chosenOf(facet).length);
  const found = [];
  for (let place = 0; place < deck.entries.length; place++) {
    const text = texts ? texts[place] : folded(deck.entries[place][TITLE]);
    if (wanted.every((part) => text.includes(part)) && active.every((facet) => agrees(deck.entries[place], facet))) found.push(place);
  }
  return found;
}

function showFacets() {
  byId("_facets").replaceChildren(
    ...facets.map((facet) => {
      const chosen = chosenOf(facet).length;
      const open = state.open === facet.key;
      const button = make("button", { type: "button", "aria-expanded": String(open), "aria-controls": "_panel" }, facet.label);
      if (chosen) button.append(make("span", { class: "count" }, String(chosen), make("span", { class: "unseen" }, " chosen")));
      button.onclick = () => {
        state.open = open ? "" : facet.key;
        showFacets();
        byId("_facets").children[facets.indexOf(facet)].focus();
      };
      return button;
    }),
  );
  showPanel();
}

function showPanel() {
  const panel = byId("_panel");
  const facet = facets.find(({ key }) => key === state.open);
  panel.hidden = !facet;
  if (!facet) return panel.replaceChildren();
  const counts = facet.names.map(() => 0);
  for (const place of selected(facet)) facet.each(deck.entries[place], (name) => counts[name]++);
  const chosen = chosenOf(facet);
  const order = facet.names.map((_, place) => place).filter((place) => counts[place] || chosen.includes(facet.names[place]));
  if (facet.key === "tag" || facet.key === "source") order.sort((a, b) => counts[b] - counts[a] || (facet.names[a] < facet.names[b] ? -1 : 1));
  const top = panel.scrollTop;
  panel.replaceChildren(
    make("fieldset", {}, make("legend", { class: "unseen" }, facet.label), ...order.map((place) => choice(facet, place, counts[place]))),
  );
  panel.scrollTop = top;
}

function choice(facet, place, count) {
  const name = facet.names[place];
  const box = make("input", { type: "checkbox", checked: chosenOf(facet).includes(name) });
  box.onchange = () => {
    const others = chosenOf(facet).filter((other) => other !== name);
    state.chosen[facet.key] = box.checked ? [...others, name] : others;
    find();
    showFacets();
    [...byId("_panel").querySelectorAll("label")].find((label) => label.dataset.name === name)?.querySelector("input").focus();
  };
  return make("label", { dir: "auto", "data-name": name }, box, make("span", {}, name), make("span", { class: "count" }, number(count)));
}

function find() {
  matches = selected();
  const all = deck.entries.length;
  const narrowed = Boolean(state.query.trim()) || facets.some((facet) => chosenOf(facet).length);
  byId("_count").textContent = narrowed ? `${number(matches.length)} of ${number(all)} entries` : `${number(all)} entries`;
  byId("_clear").hidden = !narrowed;
  byId("_rows").style.height = `${matches.length * ROW}px`;
  showRows();
}

function clear() {
  Object.assign(state, { query: "", chosen: {} });
  byId("_q").value = "";
  find();
  showFacets();
}

// The list holds only the rows in sight.

function showRows() {
  const list = byId("_list");
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 4);
  const last = Math.min(matches.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + 4);
  const wanted = parts(state.query);
  const rows = [];
  for (let row = first; row < last; row++) rows.push(listRow(row, wanted));
  const here = matches.indexOf(current);
  if (here >= 0 && (here < first || here >= last)) rows.push(listRow(here, wanted)); // named by aria-activedescendant
  byId("_rows").replaceChildren(...rows);
  if (here >= 0) list.setAttribute("aria-activedescendant", `_row-${here}`);
  else list.removeAttribute("aria-activedescendant");
}

function listRow(row, wanted) {
  const entry = deck.entries[matches[row]];
  const severities = entry[CODES].map((code) => deck.codes[code][1]);
  const marks = [];
  if (severities.includes("error")) marks.push(make("span", { class: "mark error" }, "error"));
  else if (severities.length) marks.push(make("span", { class: "mark warning" }, "warning"));
  if (entry[WITHDRAWN]) marks.push(make("span", { class: "mark" }, "withdrawn"));
  for (const change of entry[CHANGES]) marks.push(make("span", { class: "mark change" }, deck.changes[change]));
  const element = make(
    "div",
    { role: "option", id: `_row-${row}`, "aria-selected": String(matches[row] === current), "aria-setsize": matches.length, "aria-posinset": row + 1, style: `top:${row * ROW}px` },
    make("span", { class: "title", dir: "auto" }, ...marked(entry[TITLE], wanted)),
    make("span", { class: "under" }, `${deck.topics[entry[TOPIC]]} · ${deck.kinds[entry[KIND]]}`, ...marks.flatMap((mark) => [" ", mark])),
  );
  element.onclick = () => {
    go(matches[row], true);
    byId("_list").focus({ preventScroll: true });
  };
  return element;
}

/** A text with the parts of a query marked, as far as folding keeps its length. */
function marked(text, wanted) {
  const plain = text.toLowerCase();
  const places = wanted.map((part) => [plain.indexOf(part), part.length]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0]);
  const out = [];
  let done = 0;
  for (const [at, length] of places) {
    if (at < done) continue;
    out.push(text.slice(done, at), make("mark", {}, text.slice(at, at + length)));
    done = at + length;
  }
  return [...out, text.slice(done)];
}

function reveal() {
  const list = byId("_list");
  const row = matches.indexOf(current);
  if (row < 0 || !list.clientHeight) return;
  const top = row * ROW;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
}

// Going from entry to entry. The entry is the address's part after #, so that every entry has a permanent link.

function go(place, byHand = false) {
  if (place === undefined || place < 0) return;
  current = place;
  const address = `#${deck.entries[place][ID]}`;
  if (location.hash !== address) {
    if (byHand) location.hash = address;
    else history.replaceState(null, "", address);
  }
  document.body.classList.add("has-entry");
  reveal();
  showRows();
  showEntry();
}

function step(by) {
  if (!matches.length) return;
  const row = matches.indexOf(current);
  const next = row < 0 ? 0 : Math.min(matches.length - 1, Math.max(0, row + by));
  if (matches[next] !== current) {
    go(matches[next]);
    byId("_main").scrollTop = 0;
  }
}

function atAddress() {
  let wanted = location.hash.slice(1);
  try {
    wanted = decodeURIComponent(wanted);
  } catch (broken) {
    // Taken as it stands.
  }
  return places.get(wanted);
}

function followAddress() {
  const place = atAddress();
  if (place === undefined) {
    if (location.hash.length > 1 && location.hash !== "#_main") missing(location.hash.slice(1));
    else if (location.hash.length < 2) document.body.classList.remove("has-entry");
    return;
  }
  if (place === current && document.body.classList.contains("has-entry")) return;
  if (!matches.includes(place)) clear();
  go(place);
  byId("_main").scrollTop = 0;
}

function missing(name) {
  current = -1;
  shown++;
  slots.forEach(({ section }) => section.remove());
  document.body.classList.add("has-entry");
  byId("_entry").replaceChildren(make("p", { class: "lead" }, `There is no entry ${name} in this deck, or it could not be read.`));
  showRows();
}

// An entry

async function showEntry() {
  const turn = ++shown;
  const place = current;
  const portion = Math.floor(place / deck.portion);
  const file = `entries-${String(portion).padStart(4, "0")}`;
  const entry = (await load(file))[place % deck.portion];
  for (const name of new Set(entry.cards.flatMap((card) => pictures(card[2] + card[3])))) media.set(name, await load(`media:${name}`, name));
  if (turn !== shown) return;
  const summary = deck.entries[place];
  document.title = `${summary[TITLE].slice(0, 60)} – ${deck.name}`;
  const beside = [marksOf(summary, entry), diagnosticsOf(entry), changesOf(entry), whyOf(entry), sourcesOf(entry)];
  const host = byId("_entry");
  let cards = host.querySelector(".cards");
  if (!cards) {
    host.replaceChildren(make("h1", { class: "unseen", id: "_title" }), make("div", { class: "both" }, (cards = make("div", { class: "cards" })), make("aside", { class: "beside", "aria-label": "About this entry" })));
    host.removeAttribute("aria-busy");
  }
  byId("_title").textContent = summary[TITLE];
  host.querySelector(".beside").replaceChildren(...beside.filter(Boolean));
  showCards(cards, entry);
  const row = matches.indexOf(place);
  byId("_before").disabled = row === 0;
  byId("_after").disabled = row === matches.length - 1;
  if (waitingScroll !== null) {
    const top = waitingScroll;
    waitingScroll = null;
    const view = byId("_main");
    const settle = (left) => {
      view.scrollTop = top; // cards grow to their height as they come
      if (left && view.scrollTop < top) setTimeout(settle, 50, left - 1);
    };
    settle(20);
  }
}

function section(title, ...children) {
  return make("section", {}, make("h2", {}, title), ...children);
}

function marksOf(summary, entry) {
  const link = make("a", { href: `#${summary[ID]}`, class: "permanent" }, summary[ID]);
  const rows = [
    ["Entry", link],
    ["Topic", deck.topics[summary[TOPIC]]],
    ["Kind", deck.kinds[summary[KIND]] + (summary[WITHDRAWN] ? ", withdrawn" : "")],
    ["Tags", summary[TAGS].map((tag) => deck.tags[tag]).join(", ")],
    ["Region", entry.region],
    ["As of", entry.as_of],
    ["Review by", entry.review_by],
    ["Needs", entry.needs && make("span", {}, ...entry.needs.flatMap((id, at) => [at ? ", " : "", make("a", { href: `#${id}` }, id)]))],
    ["File", make("code", {}, `${entry.place[0]}:${entry.place[1]}`)],
  ];
  const list = rows.filter(([, value]) => value).map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", { dir: "auto" }, value)));
  return make("section", { class: "facts" }, make("h2", { class: "unseen" }, "Entry"), make("dl", {}, ...list));
}

function diagnosticsOf(entry) {
  if (!entry.diagnostics) return null;
  return section(
    "Diagnostics",
    ...entry.diagnostics.map((found) => {
      const [before, text, after] = found.line;
      return make(
        "article",
        { class: `diagnostic ${found.severity}` },
        make("p", { class: "what" }, make("span", { class: "severity" }, found.severity), ` ${found.message}`),
        before || text || after ? make("pre", { dir: "ltr", tabindex: 0 }, make("code", {}, before, text ? make("mark", {}, text) : "", after)) : null,
        ...(found.labels ?? []).map(([message, place]) => make("p", { class: "label" }, `${message}: `, make("code", {}, place))),
        found.help ? make("p", { class: "help" }, found.help) : null,
        make("p", { class: "where" }, make("code", {}, found.place), " ", make("code", {}, found.code)),
      );
    }),
  );
}

function changesOf(entry) {
  if (!entry.changes) return null;
  return section(
    `Since ${deck.since}`,
    ...entry.changes.map((change) =>
      make(
        "div",
        { class: "changed" },
        make("p", {}, make("strong", {}, change.what), change.fields ? `: ${change.fields.join(", ")}` : ""),
        change.before ? make("p", { dir: "auto" }, make("del", {}, change.before)) : null,
        change.after ? make("p", { dir: "auto" }, make("ins", {}, change.after)) : null,
        ...(change.cards ?? []).map(([what, card, answer]) => make("p", { dir: "auto" }, `${what} card ${card}: ${answer}`)),
      ),
    ),
  );
}

function whyOf(entry) {
  if (!entry.why) return null;
  const weights = (reasons) => reasons.map(([name, weight]) => make("li", {}, make("span", {}, name), " ", make("span", { class: weight < 0 ? "weight against" : "weight" }, `${weight < 0 ? "−" : "+"}${Math.abs(weight)}`)));
  const blanks = entry.why.blanks.map(([card, text, hint, reasons, said]) =>
    make("li", { value: card }, make("strong", { dir: "auto" }, text), hint ? ` (hint: ${hint})` : "", said ? make("p", { class: "said" }, said) : null, reasons.length ? make("ul", { class: "weights" }, ...weights(reasons)) : null),
  );
  const others = entry.why.others.map(([text, whyNot, reasons]) =>
    make("li", {}, make("span", { dir: "auto", class: "other" }, text), ` – ${whyNot}`, reasons.length ? make("ul", { class: "weights" }, ...weights(reasons)) : null),
  );
  const rest = others.length ? make("details", {}, make("summary", {}, "Not hidden"), make("ul", { class: "others" }, ...others)) : null;
  return section("Why these blanks", make("ol", { class: "blanks" }, ...blanks), rest);
}

function sourcesOf(entry) {
  if (!entry.cites.length) return null;
  const titles = new Map(deck.sources);
  return section(
    "Sources",
    make("ul", { class: "cites" }, ...entry.cites.map(([key, place]) => make("li", { dir: "auto" }, make("a", { href: `sources.html#${encodeURIComponent(key)}` }, titles.get(key) ?? key), place ? `, ${place}` : ""))),
  );
}

// Cards. Each side is shown in a sandboxed frame, which is kept for the next entry, as Anki keeps its page.

const media = new Map();
const slots = [];
const frames = new Map();
let waitingScroll = null;
const REVIEWER = `html { color-scheme: light; } body { margin: 20px; overflow-wrap: break-word; } img { max-width: 100%; max-height: 95vh; }
li { text-align: start; } pre { text-align: left; } #typeans { width: 100%; box-sizing: border-box; line-height: 1.75; }
code#typeans { white-space: pre-wrap; } button { margin: 1em .5em; } body.nightMode { background-color: #2c2c2c; color: #fcfcfc; }
code.tex { font-family: ui-monospace, monospace; }`;

function pictures(side) {
  return [...side.matchAll(/<img src="([^"]*)"/g)].map(([, name]) => name).filter((name) => deck.media.includes(name));
}

function wholeSide(side) {
  const filled = side.replace(/(<img src=")([^"]*)/g, (all, before, name) => before + (media.get(name) ?? name));
  return `<style>${deck.css}</style>${filled.replaceAll("<script></script>", () => `<script>${deck.script}</script>`)}`;
}

function makeFrame() {
  const element = make("iframe", { sandbox: "allow-scripts allow-popups allow-popups-to-escape-sandbox", scrolling: "no" });
  element.srcdoc = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Card</title><base target="_blank"><style>${REVIEWER}</style></head><body class="card"><main id="qa"></main><script>${deck.frame}</script></body></html>`;
  const frame = { element, ready: false, sent: "" };
  frames.set(element, frame);
  return frame;
}

/** What a frame shows next; sent once the frame is there and can be seen. */
function send(frame, card, side) {
  frame.element.title = `Card ${card[0]}, ${side}`;
  frame.next = { card, side };
  near.observe(frame.element);
}

function deliver(frame) {
  if (!frame.ready || !frame.next || !frame.seen) return;
  const { card, side } = frame.next;
  const look = { number: card[0], night: window.deckgenLook.isNight(), phone: state.screen === "phone" };
  const source = card[side === "front" ? 2 : 3];
  if (frame.sent !== source) look.side = wholeSide(source);
  frame.sent = source;
  frame.element.contentWindow.postMessage(look, "*");
}

const near = new IntersectionObserver(
  (seen) => {
    for (const { target, isIntersecting } of seen) {
      const frame = frames.get(target);
      frame.seen = isIntersecting;
      deliver(frame);
    }
  },
  { root: byId("_main"), rootMargin: "600px" },
);

window.addEventListener("message", (event) => {
  for (const frame of frames.values()) {
    if (frame.element.contentWindow !== event.source) continue;
    const { ready, height, paper, key } = event.data;
    if (ready) {
      Object.assign(frame, { ready: true, sent: "" });
      deliver(frame);
    } else if (typeof height === "number" && frame.sent) {
      frame.element.style.height = `${Math.min(Math.max(height, 40), 20000)}px`;
      frame.element.parentElement.style.background = paper;
    }
    else if (typeof key === "string") press(key);
  }
});

function makeSlot() {
  const front = makeFrame();
  const back = makeFrame();
  const head = make("p", { class: "card-head" });
  const sides = make("div", { class: "sides" }, make("div", { class: "side" }, front.element), make("div", { class: "side" }, back.element));
  return { section: make("section", { class: "card-view" }, head, sides), head, front, back };
}

function showCards(host, entry) {
  const single = state.sides !== "both";
  host.className = `cards ${state.screen} ${single ? "single" : "both-sides"}`;
  while (slots.length < entry.cards.length) {
    const slot = makeSlot();
    slots.push(slot);
    host.append(slot.section);
  }
  slots.forEach((slot, place) => {
    const card = entry.cards[place];
    slot.section.hidden = !card;
    if (!card) return;
    const name = card[1] ? make("span", { dir: "auto" }, card[1]) : "";
    slot.head.replaceChildren(make("strong", {}, `Card ${card[0]}`), name && " · ", name, card[4] ? make("span", { class: "mark" }, "no longer asked") : "");
    send(slot.front, card, single ? state.sides : "front");
    slot.back.element.parentElement.hidden = single;
    if (single) slot.back.element.title = "";
    else send(slot.back, card, "back");
    for (const frame of [slot.front, slot.back]) deliver(frame);
  });
  let none = host.querySelector(".none");
  if (!none) host.prepend((none = make("p", { class: "none" }, "This entry has errors, so it has no cards. They are listed beside it.")));
  none.hidden = entry.cards.length > 0;
}

function setSwitches() {
  for (const button of document.querySelectorAll("[data-set]")) button.setAttribute("aria-pressed", String(state[button.dataset.set] === button.value));
}

function set(name, value) {
  state[name] = value;
  setSwitches();
  if (current >= 0) showEntry();
}

const turnOver = () => set("sides", state.sides === "front" ? "back" : "front");

// Keys

function press(key) {
  if (byId("_help").open) return false;
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    b: () => set("sides", "both"),
    n: () => window.deckgenLook.turn(),
    p: () => set("screen", state.screen === "phone" ? "desktop" : "phone"),
    " ": turnOver,
    "/": () => {
      document.body.classList.remove("has-entry");
      window.focus();
      byId("_q").focus();
      byId("_q").select();
    },
    "?": () => byId("_help").showModal(),
  };
  if (!Object.hasOwn(keys, key)) return false;
  keys[key]();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.matches("input[type=search], textarea")) return;
  const acts = target.closest("button, a, summary, input");
  if (acts && (event.key === " " || event.key === "Enter")) return;
  if (press(event.key)) event.preventDefault();
});

byId("_list").addEventListener("keydown", (event) => {
  const page = Math.max(1, Math.floor(byId("_list").clientHeight / ROW) - 1);
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
  if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  step(by);
});

byId("_q").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && matches.length) {
    go(matches[0], true);
    byId("_list").focus({ preventScroll: true });
  } else if (event.key === "Escape") {
    event.preventDefault();
    byId("_list").focus({ preventScroll: true });
  }
});

byId("_q").addEventListener("input", () => {
  state.query = byId("_q").value;
  byId("_list").scrollTop = 0;
  find();
  if (state.open) showPanel();
});
byId("_list").addEventListener("scroll", showRows, { passive: true });
byId("_clear").onclick = () => {
  clear();
  byId("_q").focus();
};
byId("_before").onclick = () => step(-1);
byId("_after").onclick = () => step(1);
byId("_help-button").onclick = () => byId("_help").showModal();
byId("_list-button").onclick = () => {
  document.body.classList.remove("has-entry");
  showRows();
  reveal();
};
for (const button of document.querySelectorAll("[data-set]")) button.onclick = () => set(button.dataset.set, button.value);
document.addEventListener("deckgen:look", () => frames.forEach(deliver));
window.addEventListener("hashchange", followAddress);
window.addEventListener("resize", () => deck && showRows());
window.addEventListener("pagehide", remember);

// Start: the index first, then what is at the address, and the texts for the search when there is time.

async function start() {
  deck = await load("index");
  places = new Map(deck.entries.map((entry, place) => [entry[ID], place]));
  facets = makeFacets();
  recall();
  byId("_q").value = state.query;
  setSwitches();
  find();
  showFacets();
  byId("_list").scrollTop = state.list;
  const wanted = atAddress();
  if (wanted !== undefined && state.at === deck.entries[wanted][ID]) waitingScroll = state.view;
  if (wanted === undefined && location.hash.length < 2 && !matchMedia("(max-width: 60rem)").matches && matches.length) go(matches[0]);
  else followAddress();
  showRows();
  document.documentElement.classList.add("ready");
  texts = await load("text");
  if (state.query) {
    find();
    reveal();
  }
  document.documentElement.classList.add("searchable");
}

start();
