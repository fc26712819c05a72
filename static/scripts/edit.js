// Forms that are filled in over minutes: nothing that was typed is lost. The form says by its data attributes where to
// keep what is typed (data-keep; empty: where it is sent), and in which words to tell. Without this script it works too.
(() => {
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const words = form.dataset;
  const status = form.querySelector("[data-status]");
  const copyName = `typed ${location.pathname}`;
  const soon = 1500;
  const again = 5000;
  const day = 86400000;
  let saved;
  let timer;
  let busy = Promise.resolve();
  let isLeaving = false;
  let isSent = false;

  const entries = () => [...new FormData(form)].filter(([name]) => name !== "csrf_token");
  const typed = () => JSON.stringify(entries().filter(([name]) => name !== "seen"));
  const clock = (time) =>
    new Date(time).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const say = (text = "") => {
    if (status && status.textContent !== text) status.textContent = text;
  };

  // A copy on the device outlives a lost connection and a closed page. A browser without storage does without.
  const copy = (value) => {
    try {
      if (value === null) localStorage.removeItem(copyName);
      else if (value) localStorage.setItem(copyName, JSON.stringify(value));
      return JSON.parse(localStorage.getItem(copyName));
    } catch {
      return null;
    }
  };
  const send = (values) => {
    const body = new FormData();
    for (const [name, value] of values) body.append(name, value);
    body.set("csrf_token", form.elements.csrf_token.value);
    body.set("button", "keep");
    return fetch(words.keep || form.getAttribute("action") || location.href, {
      method: "POST",
      body,
      redirect: "manual",
    });
  };

  // True once the site has it, or has something to say that only a whole page can tell.
  const attempt = async () => {
    clearTimeout(timer);
    const now = typed();
    if (now === saved) return true;
    say(words.saving);
    try {
      const answer = await send(entries());
      if (answer.status >= 500) throw new Error();
      if (answer.type === "opaqueredirect") say(words.out);
      if (!answer.ok) return true;
    } catch {
      say(words.lost);
      timer = setTimeout(() => keep(), again);
      return false;
    }
    saved = now;
    copy(null);
    say(words.saved.replace("{time}", clock(Date.now())));
    if (typed() !== saved) timer = setTimeout(() => keep(), soon);
    return true;
  };

  // One at a time: an older copy must not arrive after a newer one.
  const keep = () => {
    busy = busy.then(attempt);
    return busy;
  };

  const changed = () => {
    if (typed() === saved) return;
    copy({ at: Date.now(), values: entries() });
    clearTimeout(timer);
    timer = setTimeout(keep, soon);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  addEventListener("online", keep);

  // What is sent is saved first: a connection that is lost just then costs nothing, and nobody meets a browser's error.
  form.addEventListener("submit", async (event) => {
    if (isSent) {
      event.preventDefault(); // a second tap, while the first is on its way
      return;
    }
    if (isLeaving || typed() === saved) {
      isLeaving = isSent = true;
      setTimeout(() => (isSent = false), 1500);
      return;
    }
    event.preventDefault();
    if (await keep()) {
      isLeaving = true;
      form.requestSubmit(event.submitter);
    }
  });
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && typed() !== saved) event.preventDefault();
  });
  addEventListener("pageshow", () => {
    isLeaving = isSent = false;
  });

  // What was typed and never saved is offered back. The site draws it, rows that were added and all.
  const offer = () => {
    const found = copy();
    const box = form.querySelector("[data-found-copy]");
    const values = found && found.values;
    if (!values || !box || Date.now() - found.at > day) return copy(null);
    if (JSON.stringify(values.filter(([name]) => name !== "seen")) === saved) return copy(null);
    box.querySelector("p").textContent = words.found.replace("{time}", clock(found.at));
    box.hidden = false;
    box.querySelector("[data-put-back]").addEventListener("click", async () => {
      try {
        const answer = await send(values);
        if (!answer.ok) throw new Error();
      } catch {
        return say(words.lost);
      }
      copy(null);
      isLeaving = true;
      return location.reload();
    });
    box.querySelector("[data-throw-away]").addEventListener("click", () => {
      copy(null);
      box.hidden = true;
    });
    return null;
  };

  // Other listings that may be the same, as somebody types a name.
  const title = form.elements.title;
  if (title && words.similar) {
    const list = document.createElement("div");
    list.setAttribute("role", "status");
    title.after(list);
    let first = title.value;
    let wait;
    const look = async () => {
      if (title.value === first || title.value.trim().length < 3) return list.replaceChildren();
      first = null;
      const asked = new URLSearchParams({ title: title.value, provider: words.provider || "", but: words.but || "" });
      try {
        const answer = await fetch(`${words.similar}?${asked}`, { redirect: "manual" });
        if (answer.ok) show(await answer.json());
      } catch {
        list.replaceChildren();
      }
      return null;
    };
    const show = (found) => {
      if (!found.length) return list.replaceChildren();
      const heading = document.createElement("p");
      heading.textContent = words.alike;
      const items = document.createElement("ul");
      for (const one of found) {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = one.path;
        link.target = "_blank";
        link.textContent = one.title;
        item.append(link, one.about ? ` ${one.about}` : "");
        items.append(item);
      }
      return list.replaceChildren(heading, items);
    };
    title.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(look, 400);
    });
  }

  // Whoever hears the page is told first what there is to look at.
  const first = document.querySelector(".govuk-error-summary, #before");
  if (first) {
    first.tabIndex = -1;
    first.focus();
  }
  saved = typed();
  offer();
})();
