// "Exit this page": leave at once, show nothing on the way out, and show nothing when somebody presses Back afterwards.
// The link works without this script; the mark that it was pressed lives in this tab alone and ends with it.
(() => {
  const link = document.getElementById("exit");
  const away = link ? link.href : "https://www.bbc.co.uk/weather";
  const mark = "left";
  let presses = 0;
  const leave = () => {
    document.documentElement.style.display = "none";
    try {
      sessionStorage.setItem(mark, "1");
    } catch {
      // A browser without storage still leaves.
    }
    location.replace(away);
  };
  const hasLeft = () => {
    try {
      return sessionStorage.getItem(mark);
    } catch {
      return null;
    }
  };
  const [arrival] = performance.getEntriesByType("navigation");
  if (hasLeft()) {
    if (arrival && arrival.type === "back_forward") leave();
    else sessionStorage.removeItem(mark);
  }
  addEventListener("pageshow", (event) => {
    if (event.persisted && hasLeft()) leave();
  });
  if (!link) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    presses = event.key === "Shift" ? presses + 1 : 0;
    if (presses === 3) leave();
  });
})();
