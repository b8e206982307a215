// Suggestions while typing, over a plain text input that works without them.
//
//   <input name="commune" data-suggest="/communes/suggestions" data-suggest-code="commune_code">
//   <input type="hidden" name="commune_code">
//
// The address is called with `?q=` and answers `[{"code": "62767", "label": "…", "detail": "…"}]`
// (detail optional). Choosing fills the text and the hidden code; typing again empties the code,
// so that the server never takes an old code for a new text.

interface Suggestion {
  code: string;
  label: string;
  detail?: string;
}

const WAIT = 150;
const SHORTEST = 2;
let boxes = 0;

function attach(input: HTMLInputElement): void {
  const address = input.dataset["suggest"];
  if (!address || input.getAttribute("role") === "combobox") return;
  const codeName = input.dataset["suggestCode"];
  const code = codeName ? (input.form?.elements.namedItem(codeName) as HTMLInputElement | null) : null;

  const list = document.createElement("ul");
  list.id = `suggestions-${++boxes}`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent?.trim() ?? input.name);
  const holder = document.createElement("span");
  holder.className = "suggest";
  input.before(holder);
  holder.append(input, list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";

  let shown: Suggestion[] = [];
  let active = -1;
  let timer = 0;
  let running: AbortController | null = null;

  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (index: number): void => {
    active = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    const item = list.children[index];
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
  };

  const choose = (index: number): void => {
    const chosen = shown[index];
    if (!chosen) return;
    input.value = chosen.label;
    if (code) code.value = chosen.code;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const show = (suggestions: Suggestion[]): void => {
    shown = suggestions;
    list.replaceChildren(
      ...suggestions.map((suggestion, index) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.append(suggestion.label);
        if (suggestion.detail) {
          const detail = document.createElement("small");
          detail.textContent = suggestion.detail;
          item.append(" ", detail);
        }
        // Before the input loses the focus, which would close the list under the pointer.
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          choose(index);
        });
        return item;
      }),
    );
    active = -1;
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  const ask = async (): Promise<void> => {
    running?.abort();
    const text = input.value.trim();
    if (text.length < SHORTEST) return close();
    running = new AbortController();
    try {
      const url = new URL(address, location.href);
      url.searchParams.set("q", text);
      const answer = await fetch(url, { signal: running.signal, headers: { accept: "application/json" } });
      if (answer.ok) show((await answer.json()) as Suggestion[]);
    } catch {
      // A weak line or a newer question: the plain input still works.
    }
  };

  input.addEventListener("input", () => {
    if (code) code.value = "";
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark((active + 1) % shown.length);
    else if (event.key === "ArrowUp") mark((active - 1 + shown.length) % shown.length);
    else if (event.key === "Enter" && active >= 0) choose(active);
    else if (event.key === "Escape") close();
    else if (event.key === "Tab") return close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
}

const attachAll = (root: ParentNode): void => root.querySelectorAll<HTMLInputElement>("input[data-suggest]").forEach(attach);
attachAll(document);
document.addEventListener("htmx:load", (event) => attachAll(event.target as HTMLElement));

export {};
