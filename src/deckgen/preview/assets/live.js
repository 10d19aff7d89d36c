// Runs on pages that `deckgen preview --serve` hands out: loads the page anew when what is served is another build.
(function () {
  "use strict";
  var build = document.documentElement.dataset.build;
  var events = new EventSource("/events");
  var notice = null;
  events.onmessage = function (event) {
    var state = JSON.parse(event.data);
    if (state.fault) {
      if (!notice) {
        notice = document.createElement("div");
        notice.className = "banner fault";
        notice.setAttribute("role", "alert");
        document.body.prepend(notice);
      }
      notice.textContent = state.fault;
    } else if (state.build !== build) {
      events.close();
      location.reload();
    } else if (notice) {
      notice.remove();
      notice = null;
    }
  };
  window.addEventListener("pagehide", function () {
    events.close();
  });
})();
