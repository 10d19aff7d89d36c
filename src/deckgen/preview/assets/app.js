// The page of cards, last part: going from entry to entry, keys, and the start.
"use strict";

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
