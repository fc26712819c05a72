// Keeps a notice board on a wall new. What it showed last stays while the site cannot be reached, with its time on it.
(() => {
  const MINUTE = 60000;

  const styles = (page) => [...page.querySelectorAll("style")].map((one) => one.textContent).join();

  async function renew() {
    try {
      const answer = await fetch(location.href, { cache: "no-cache", signal: AbortSignal.timeout(MINUTE / 2) });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const board = page.querySelector(".board");
      // A newer version of the site looks different: its styles come with the whole page.
      if (styles(page) !== styles(document)) return location.reload();
      if (board) document.querySelector(".board").replaceWith(board);
    } catch {
      // It is tried again in a minute.
    }
  }

  setInterval(renew, MINUTE);
})();
