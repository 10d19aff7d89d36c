// Runs in the frame of a card: shows the side that the page sends, and tells the page how high it is.
(function () {
  "use strict";
  var qa = document.getElementById("qa");
  var tell = function (message) {
    parent.postMessage(message, "*");
  };
  var measure = function () {
    var body = document.body;
    tell({ height: Math.ceil(body.getBoundingClientRect().height), paper: getComputedStyle(body).backgroundColor });
  };
  window.onmessage = function (event) {
    if (event.source !== parent) return;
    var card = event.data;
    document.documentElement.className = card.phone ? "mobile android" : "linux";
    document.body.className = "card card" + card.number + (card.phone ? "" : " isLin") + (card.night ? " nightMode night_mode" : "");
    if (card.side !== undefined) {
      qa.innerHTML = card.side;
      // Scripts that come as text do not run by themselves.
      Array.prototype.forEach.call(qa.querySelectorAll("script"), function (script) {
        var again = document.createElement("script");
        again.textContent = script.textContent;
        script.replaceWith(again);
      });
    }
    measure();
  };
  // The page's keys work here too, unless something on the card takes them: a box to type in, or for Space and
  // Enter whatever was reached with the keyboard. What was tapped keeps the focus, but Space still turns the card over.
  var tapped = null;
  document.addEventListener(
    "pointerdown",
    function (event) {
      tapped = event.target.closest("[role]");
    },
    true
  );
  var press = function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    var taken = event.target.closest("input, textarea, summary, a, button, [role]");
    if (taken && taken.matches("input, textarea")) return;
    if (taken && (event.key === " " || event.key === "Enter") && taken !== tapped) return;
    if (event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
    }
    if (event.key === "Tab") tapped = null;
    tell({ key: event.key });
  };
  document.addEventListener("keydown", press, true);
  new ResizeObserver(measure).observe(document.body);
  tell({ ready: true });
})();
