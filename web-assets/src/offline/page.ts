// Small help for making the page: elements without markup in strings, texts that the server has given.

const main = document.querySelector<HTMLElement>("main[data-texts]");
const texts = JSON.parse(main?.dataset["texts"] ?? "{}") as Record<string, string>;
export const language = document.documentElement.lang || "fr";
export const zone = main?.dataset["zone"] ?? "UTC";

/** A text of the interface; `#` stands for what varies. */
export const t = (key: string, value: string | number = ""): string => (texts[key] ?? key).replaceAll("#", String(value));

/** The text for a number: `key-none`, `key-one` or `key-many`. */
export const counted = (key: string, count: number): string => t(`${key}-${count === 0 ? "none" : count === 1 ? "one" : "many"}`, count);

type Child = Node | string | false | undefined | null;

/** An element: attributes as strings, `on…` as listeners, false ones left out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | boolean | number | ((event: Event) => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value !== false) element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

/** A field with its label; what is wrong with it is read with it. */
export function field(id: string, label: string, attributes: Record<string, string | boolean> = {}, hint = "", error = ""): HTMLDivElement {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return make(
    "div",
    { class: error ? "field wrong" : "field" },
    make("label", { for: id }, label),
    hint && make("p", { class: "hint", id: `${id}-hint` }, hint),
    error && make("p", { class: "error", id: `${id}-error` }, error),
    make("input", { id, name: id, ...attributes, ...(described && { "aria-describedby": described }), ...(error && { "aria-invalid": "true" }) }),
  );
}

export const value = (id: string): string => document.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`)?.value.trim() ?? "";

/** What the page shows; the focus stays where it was, as far as that is still there. */
export function show(title: string, ...content: Child[]): void {
  if (!main) return;
  const focused = document.activeElement?.getAttribute("data-key");
  const open = [...main.querySelectorAll("details[open][data-key]")].map((one) => one.getAttribute("data-key"));
  const typed = [...main.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input[data-keep], textarea[data-keep]")].map(
    (one) => [one.id, one.value] as const,
  );
  document.title = title;
  main.replaceChildren(...content.filter((child): child is Node | string => Boolean(child)));
  for (const key of open) main.querySelector(`details[data-key="${CSS.escape(key ?? "")}"]`)?.setAttribute("open", "");
  for (const [id, text] of typed) {
    const again = main.querySelector<HTMLInputElement>(`#${CSS.escape(id)}`);
    if (again) again.value = text;
  }
  if (focused) main.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

export const button = (label: string, onclick: () => void, kind = "", hidden = "", key = ""): HTMLButtonElement =>
  make(
    "button",
    { type: "button", ...(kind && { class: kind }), onclick, ...(key && { "data-key": key }) },
    label,
    hidden && make("span", { class: "hidden" }, ` ${hidden}`),
  );

/** An identifier of version 7, made here. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  const now = Date.now();
  view.setUint32(0, Math.floor(now / 65_536));
  view.setUint16(4, now % 65_536);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
