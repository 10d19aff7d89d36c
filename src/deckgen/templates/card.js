// Runs at the end of both sides. Anki may run it many times in one page, so it leaves nothing behind there
// but window.deckgenChoice, and sets handlers as properties, which cannot pile up.
(function () {
  "use strict";
  var each = function (selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  };
  var onPress = function (element, role, act) {
    element.classList.add("tappable"); // AnkiDroid: this tap is not a gesture
    element.tabIndex = 0;
    element.setAttribute("role", role);
    element.onclick = act;
    element.onkeydown = function (event) {
      if (event.target !== element || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
  };

  // Choices: a new order at each review, the same on both sides. Some programs load the page anew for the
  // back, so the order is kept in sessionStorage. Where that is closed, day and entry make the order.
  var remember = function (state) {
    window.deckgenChoice = state;
    try {
      sessionStorage.setItem("deckgenChoice", JSON.stringify(state));
      return true;
    } catch (closed) {
      return false;
    }
  };
  var recall = function (entry, count) {
    var fits = function (state) {
      return state && state.entry === entry && state.order.length === count ? state : null;
    };
    try {
      return fits(window.deckgenChoice) || fits(JSON.parse(sessionStorage.getItem("deckgenChoice")));
    } catch (closed) {
      return null;
    }
  };
  var seeded = function (text) {
    var seed = 0;
    for (var i = 0; i < text.length; i++) seed = (seed * 31 + text.charCodeAt(i)) >>> 0;
    return function () {
      seed = (seed + 0x6d2b79f5) >>> 0;
      var mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  };
  var shuffled = function (count, random) {
    var order = [];
    for (var i = 0; i < count; i++) {
      var place = Math.floor(random() * (i + 1));
      order[i] = order[place];
      order[place] = i;
    }
    return order;
  };
  each(".choices", function (choices) {
    var list = choices.querySelector(".options");
    if (!list || list.classList.contains("shuffled")) return;
    var items = Array.prototype.slice.call(list.children);
    var entry = choices.getAttribute("data-entry");
    var isFront = choices.getAttribute("data-side") === "front";
    var state = isFront ? null : recall(entry, items.length);
    if (!state) {
      state = { entry: entry, order: shuffled(items.length, Math.random), chosen: null };
      if (!remember(state) || !isFront) {
        state.order = shuffled(items.length, seeded(new Date().toDateString() + entry));
      }
    }
    list.classList.add("shuffled");
    state.order.forEach(function (place) {
      list.appendChild(items[place]);
    });
    if (!isFront) {
      if (state.chosen !== null) {
        var mark = document.createElement("span");
        mark.className = "chosen-mark";
        mark.textContent = " Your choice";
        items[state.chosen].classList.add("chosen");
        items[state.chosen].appendChild(mark);
      }
      return;
    }
    list.classList.add("tappable");
    list.setAttribute("role", "radiogroup");
    list.setAttribute("aria-label", "Options");
    items.forEach(function (item, place) {
      item.setAttribute("aria-checked", "false");
      onPress(item, "radio", function () {
        state.chosen = place;
        remember(state);
        items.forEach(function (other) {
          other.setAttribute("aria-checked", String(other === item));
        });
      });
    });
  });

  // A long sequence asks with its last three steps; the earlier ones come on tap.
  each(".prompts .steps", function (steps) {
    var earlier = steps.querySelectorAll(".step:not(.ask)");
    var hidden = Array.prototype.slice.call(earlier, 0, Math.max(0, earlier.length - 3));
    if (hidden.length < 2 || steps.querySelector(".more")) return;
    var more = document.createElement("button");
    more.className = "more tappable";
    more.textContent = "Show " + hidden.length + " earlier steps";
    hidden.forEach(function (step) {
      step.classList.add("folded");
    });
    more.onclick = function () {
      hidden.forEach(function (step) {
        step.classList.remove("folded");
      });
      more.remove();
    };
    steps.insertBefore(more, steps.firstChild);
  });

  // Anki shows a hint as [hint]; a notice needs no brackets.
  each(".front .stubs .cloze", function (stub) {
    stub.textContent = stub.textContent.replace(/^\[|\]$/g, "");
  });

  // Pictures: large on tap, small again on the next tap or Escape.
  each(".entry img", function (image) {
    if (image.closest("a")) return;
    var show = function (large) {
      image.classList.toggle("large", large);
      image.setAttribute("aria-expanded", String(image.classList.contains("large")));
    };
    onPress(image, "button", function () {
      show();
    });
    image.setAttribute("aria-expanded", "false");
    if (!image.alt) image.setAttribute("aria-label", "Picture");
    image.onblur = function () {
      show(false);
    };
    image.onkeyup = function (event) {
      if (event.key === "Escape") show(false);
    };
  });

  // Boxes that scroll can be reached with the keyboard; a table shows the cell that was asked for.
  each(".entry table, .entry pre, mjx-container", function (box) {
    if (box.scrollWidth <= box.clientWidth) return;
    box.tabIndex = 0;
    var cell = box.querySelector(".cloze");
    if (cell) box.scrollLeft += cell.getBoundingClientRect().left - box.getBoundingClientRect().left - box.clientWidth / 2;
  });

  // Anki's box to type in has no name of its own.
  each("input#typeans", function (box) {
    box.setAttribute("aria-label", "Your answer");
  });

  // A fact whose review is overdue says so.
  each("[data-review-by]", function (mark) {
    var today = new Date();
    var due = mark.getAttribute("data-review-by").split("-");
    if (due.length === 3 && new Date(due[0], due[1] - 1, due[2]) < today.setHours(0, 0, 0, 0)) {
      mark.classList.add("overdue");
      mark.textContent = "Was due for review by " + due.join("-");
    }
  });
})();
