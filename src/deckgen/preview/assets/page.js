// Runs in the head of every page, before anything is shown: light or night, as chosen last or as the system says.
(function () {
  "use strict";
  var root = document.documentElement;
  var chosen = null;
  try {
    chosen = localStorage.getItem("deckgen-look");
  } catch (closed) {
    // Then the choice lasts as long as the page.
  }
  var night = chosen ? chosen === "night" : matchMedia("(prefers-color-scheme: dark)").matches;
  var show = function () {
    root.classList.toggle("night", night);
    var button = document.getElementById("_look");
    if (button) {
      button.hidden = false;
      button.textContent = night ? "Light" : "Night";
    }
  };
  window.deckgenLook = {
    isNight: function () {
      return night;
    },
    turn: function () {
      night = !night;
      try {
        localStorage.setItem("deckgen-look", night ? "night" : "light");
      } catch (closed) {
        // As above.
      }
      show();
      document.dispatchEvent(new Event("deckgen:look"));
    },
  };
  show();
  document.addEventListener("DOMContentLoaded", function () {
    show();
    var button = document.getElementById("_look");
    if (button) button.onclick = window.deckgenLook.turn;
  });
})();
