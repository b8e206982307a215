// Help for people who work from the keyboard; every page works without it.
//
// - `/` goes to the search field (`data-key-search`).
// - In a form with `data-keys`, Enter goes to the next field instead of sending, Ctrl+Enter sends,
//   and a digit in a group of choices takes the choice of that rank: paper questionnaires are
//   entered without touching the mouse.
// - Leaving a changed form with `data-guard` asks first, so that nothing typed is lost.

const TYPING = new Set(["INPUT", "TEXTAREA", "SELECT"]);

document.addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement;
  if (event.key === "/" && !TYPING.has(target.tagName) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector<HTMLInputElement>("[data-key-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }
});

function fieldsOf(form: HTMLFormElement): HTMLElement[] {
  const groups = new Set<string>();
  return [...form.querySelectorAll<HTMLElement>("input, select, textarea, button")].filter((field) => {
    if (field.hasAttribute("disabled") || field.getAttribute("type") === "hidden" || !field.offsetParent) return false;
    // A group of radio buttons is one stop.
    if (field instanceof HTMLInputElement && field.type === "radio") {
      if (groups.has(field.name)) return false;
      groups.add(field.name);
    }
    return true;
  });
}

function next(form: HTMLFormElement, from: HTMLElement): void {
  const fields = fieldsOf(form);
  const anchor = from instanceof HTMLInputElement && from.type === "radio" ? (fields.find((field) => (field as HTMLInputElement).name === from.name) ?? from) : from;
  fields[fields.indexOf(anchor) + 1]?.focus();
}

function choose(field: HTMLElement, rank: number): boolean {
  const group = field.closest("fieldset");
  if (!group || !(field instanceof HTMLInputElement) || (field.type !== "radio" && field.type !== "checkbox")) return false;
  const choice = group.querySelectorAll<HTMLInputElement>(`input[type=${field.type}]`)[rank - 1];
  if (!choice) return false;
  choice.focus();
  if (choice.type === "radio") choice.checked = true;
  else choice.checked = !choice.checked;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

document.querySelectorAll<HTMLFormElement>("form[data-keys]").forEach((form) => {
  form.addEventListener("keydown", (event) => {
    const field = event.target as HTMLElement;
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Enter" && field.tagName !== "TEXTAREA" && field.tagName !== "BUTTON") {
      event.preventDefault();
      next(form, field);
    } else if (/^[1-9]$/.test(event.key) && choose(field, Number(event.key))) {
      event.preventDefault();
    }
  });
});

document.querySelectorAll<HTMLFormElement>("form[data-guard]").forEach((form) => {
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
});

export {};
