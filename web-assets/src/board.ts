// The calendar of a plan: a session is dragged to another half-day. While it hovers, the server says what the move would cost or what
// speaks against it; dropping it where it can go sends the page's own form. Everything that is done here can be done on the page of
// the session, which its link opens.

interface Trial {
  possible: boolean;
  sentences: string[];
}

function attach(board: HTMLElement): void {
  const address = board.dataset["board"];
  const told = board.querySelector<HTMLElement>("[data-told]");
  const form = board.querySelector<HTMLFormElement>("form[data-move]");
  if (!address || !told || !form) return;

  let dragged: HTMLElement | null = null;
  let over: HTMLElement | null = null;
  let running: AbortController | null = null;
  const weighed = new Map<string, Promise<Trial | null>>();

  const say = (text: string, tone: string): void => {
    told.hidden = false;
    told.className = `note ${tone}`;
    told.textContent = text;
  };

  const weigh = (key: string, slot: string): Promise<Trial | null> => {
    const name = `${key} ${slot}`;
    const known = weighed.get(name);
    if (known) return known;
    running?.abort();
    running = new AbortController();
    const url = new URL(`${address}/essai`, location.href);
    url.searchParams.set("key", key);
    url.searchParams.set("slot", slot);
    const asked = fetch(url, { signal: running.signal, headers: { accept: "application/json" } })
      .then(async (answer) => (answer.ok ? ((await answer.json()) as Trial) : null))
      .catch(() => null);
    weighed.set(name, asked);
    // What was broken off or failed is asked again.
    void asked.then((trial) => {
      if (!trial) weighed.delete(name);
    });
    return asked;
  };

  const leave = (): void => {
    over?.classList.remove("can", "cannot");
    over = null;
  };

  const enter = async (cell: HTMLElement): Promise<void> => {
    const key = dragged?.dataset["key"];
    const slot = cell.dataset["slot"];
    if (!key || !slot) return;
    say(`${cell.dataset["label"] ?? ""} : ${board.dataset["wait"] ?? ""}`, "info");
    const trial = await weigh(key, slot);
    if (over !== cell || !trial) return;
    cell.classList.add(trial.possible ? "can" : "cannot");
    say(`${cell.dataset["label"] ?? ""} : ${trial.sentences.join(" ")}`, trial.possible ? "ok" : "bad");
  };

  for (const item of board.querySelectorAll<HTMLElement>("li.loose[data-key]")) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      dragged = item;
      event.dataTransfer?.setData("text/plain", item.dataset["key"] ?? "");
      if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
    });
    item.addEventListener("dragend", () => {
      dragged = null;
      leave();
    });
  }
  for (const cell of board.querySelectorAll<HTMLElement>("td[data-slot]")) {
    cell.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      if (over === cell) return;
      leave();
      over = cell;
      if (!cell.contains(dragged)) void enter(cell);
    });
    cell.addEventListener("drop", (event) => {
      event.preventDefault();
      const key = dragged?.dataset["key"];
      const slot = cell.dataset["slot"];
      if (!key || !slot || (dragged && cell.contains(dragged))) return;
      void weigh(key, slot).then((trial) => {
        if (!trial) return;
        if (!trial.possible) {
          say(trial.sentences.join(" "), "bad");
          return;
        }
        form.action = `${address}/seances/${encodeURIComponent(key)}/changer`;
        (form.elements.namedItem("slot") as HTMLInputElement).value = slot;
        form.submit();
      });
    });
  }
}

document.querySelectorAll<HTMLElement>("[data-board]").forEach(attach);
