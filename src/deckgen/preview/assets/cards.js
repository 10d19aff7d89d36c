// The page of cards: the cards themselves. Each side is shown in a sandboxed frame, which is kept for the next entry,
// as Anki keeps its page.
"use strict";

const media = new Map();
const slots = [];
const frames = new Map();
let waitingScroll = null;
let settling = null; // where the page is to scroll once its cards have grown, kept if it is loaded anew before that
const REVIEWER = `html { color-scheme: light; } body { margin: 20px; overflow-wrap: break-word; } img { max-width: 100%; max-height: 95vh; }
li { text-align: start; } pre { text-align: left; } #typeans { width: 100%; box-sizing: border-box; line-height: 1.75; }
code#typeans { white-space: pre-wrap; } button { margin: 1em .5em; } body.nightMode { background-color: #2c2c2c; color: #fcfcfc; }
code.tex { font-family: ui-monospace, monospace; }`;

function pictures(side) {
  return [...side.matchAll(/<(?:img|audio controls) src="([^"]*)"/g)].map(([, name]) => name).filter((name) => deck.media.includes(name));
}

function wholeSide(side) {
  const filled = side.replace(/(<(?:img|audio controls) src=")([^"]*)/g, (all, before, name) => before + (media.get(name) ?? name));
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
