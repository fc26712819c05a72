// Search boxes: suggestions as one types, and "Use where I am" beside the place box. Without this script, and wherever
// the network is slow or fails, the form works as it stands. It runs where it stands, right after its form, and room is
// kept for what it adds, so that nothing moves once the page is shown.
(() => {
  const form = document.currentScript.previousElementSibling;
  const words = form.dataset;
  const made = (name, attributes, parent) => {
    const one = document.createElement(name);
    for (const key in attributes) one.setAttribute(key, attributes[key]);
    parent.append(one);
    return one;
  };

  const suggest = (box) => {
    const group = box.parentElement;
    group.classList.add("suggests");
    const list = made("ul", { id: "found", role: "listbox", "aria-label": words.list, hidden: "" }, group);
    const status = made("span", { role: "status", class: "govuk-visually-hidden" }, group);
    let rows = [];
    let chosen = -1;
    let timer;
    let asking = new AbortController();
    const mark = (number) => {
      chosen = number;
      [...list.children].forEach((one, place) => one.setAttribute("aria-selected", place === number));
      if (number < 0) return box.removeAttribute("aria-activedescendant");
      box.setAttribute("aria-activedescendant", `found-${number}`);
      list.children[number].scrollIntoView({ block: "nearest" });
    };
    const open = (isOpen) => {
      list.hidden = !isOpen;
      box.setAttribute("aria-expanded", isOpen);
      mark(-1);
    };
    // Whatever was asked for and is still on its way no longer matters.
    const close = () => {
      clearTimeout(timer);
      asking.abort();
      open(false);
    };
    const show = (found) => {
      rows = found.rows;
      status.textContent = found.told;
      list.textContent = "";
      rows.forEach((row, number) => {
        const option = made("li", { id: `found-${number}`, role: "option" }, list);
        made("span", row.lang ? { lang: row.lang, dir: "auto" } : {}, option).textContent = row.label;
        option.append(" ");
        made("small", {}, option).textContent = row.kind;
      });
      open(rows.length > 0);
    };
    const ask = async () => {
      const mine = (asking = new AbortController());
      const late = setTimeout(() => mine.abort(), 3000);
      try {
        const answer = await fetch(`${words.suggest}?q=${encodeURIComponent(box.value)}`, { signal: mine.signal });
        const found = await answer.json();
        if (!mine.signal.aborted && document.activeElement === box) show(found);
      } catch {
        // Nothing to suggest: the words can be searched for as they are.
      }
      clearTimeout(late);
    };
    const take = (row) => {
      close();
      if (row.path) return location.assign(row.path);
      box.value = row.label;
      form.submit();
    };
    const keys = {
      ArrowDown: () => mark(chosen + 1 < rows.length ? chosen + 1 : 0),
      ArrowUp: () => mark(chosen > 0 ? chosen - 1 : rows.length - 1),
      Escape: close,
      Enter: () => take(rows[chosen]),
    };
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", "found"],
    ]) {
      box.setAttribute(name, value);
    }
    box.addEventListener("input", () => {
      close();
      status.textContent = "";
      rows = [];
      const saves = navigator.connection && navigator.connection.saveData;
      if (!saves && box.value.trim().length > 1) timer = setTimeout(ask, 150);
    });
    box.addEventListener("keydown", (event) => {
      const { key } = event;
      if (event.isComposing) return;
      if (key === "Home" || key === "End") mark(-1);
      const isArrow = key.startsWith("Arrow");
      if (!keys[key] || !rows.length || (list.hidden && !isArrow) || (key === "Enter" && chosen < 0)) return;
      event.preventDefault();
      if (list.hidden) open(true);
      keys[key]();
    });
    box.addEventListener("blur", close);
    // A press on the list must not take the focus from the box, or the list would be gone before the press ends.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) take(rows[[...list.children].indexOf(option)]);
    });
  };

  const locate = (box) => {
    const row = form.querySelector(".here");
    const button = made("button", { type: "button" }, row);
    button.textContent = words.here;
    const status = made("span", { role: "status" }, row);
    let isAsking = false;
    button.addEventListener("click", () => {
      if (isAsking) return;
      isAsking = true;
      status.textContent = words.finding;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          // Half a mile or so is near enough; more never leaves the phone.
          box.value = `${coords.latitude.toFixed(2)}, ${coords.longitude.toFixed(2)}`;
          form.submit();
        },
        () => {
          isAsking = false;
          status.textContent = words.unknown;
        },
        { maximumAge: 600000, timeout: 15000 },
      );
    });
  };

  const { q, near } = form.elements;
  if (q) suggest(q);
  if (near && navigator.geolocation) locate(near);
})();
