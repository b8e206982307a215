// The screen of the day: the list of a session, with what each person needs, and a tap for what happens.

import type { Package, Said, Session, Told } from "./kinds";
import { standing } from "./ledger";
import { button, counted, field, language, make, t, value } from "./page";
import { askSignature } from "./sign";

export interface Day {
  lists: Package;
  /** Everything said: what the server has told, and what waits. */
  said: Map<string, Told[]>;
  /** By the server's clock, as far as it is known. */
  now: number;
  waiting: Set<string>;
  say: (session: Session, person: string | undefined, said: Said[], replaces?: string[]) => Promise<void>;
}

interface Listed {
  id: string;
  name: string;
  needs: string[];
  conflict: boolean;
}

/** People may be marked this long before the begin, in milliseconds. */
const EARLY = 30 * 60_000;

const TONES = { present: "ok", late: "wait", "left-early": "wait", absent: "bad", excused: "bad", none: "info" } as const;

/** Those on the list, and whoever was added here since. */
function people(session: Session, said: Told[]): Listed[] {
  const listed: Listed[] = [...session.people];
  const names = new Set(listed.map(({ name }) => name.toLowerCase()));
  for (const one of said) {
    if (one.kind !== "added" || !one.person || names.has(one.name.toLowerCase())) continue;
    names.add(one.name.toLowerCase());
    listed.push({ id: one.person, name: one.name, needs: [t("walked-in")], conflict: false });
  }
  return listed.sort((one, other) => one.name.localeCompare(other.name, language));
}

function article(day: Day, session: Session, person: Listed): HTMLElement {
  const said = day.said.get(session.id) ?? [];
  const now = standing(session, said, person.id);
  const waits = said.some((one) => one.person === person.id && day.waiting.has(one.id));
  const tell = (what: Said): void => void day.say(session, person.id, [what], now.holding);
  const key = (what: string): string => `${what}-${person.id}`;
  // Whoever is there again after all stays until the end.
  const present: Said[] = [{ kind: "arrived", at: "whole" }, ...(now.mark === "left-early" ? [{ kind: "left", at: "whole" } as const] : [])];
  const tap = (what: Said[], mark: string, label: string): HTMLButtonElement => {
    const pressed = now.mark === mark;
    const one = button(label, () => void day.say(session, person.id, what, now.holding), pressed ? "big" : "big second", person.name, key(mark));
    one.setAttribute("aria-pressed", String(pressed));
    return one;
  };
  const sign = async (): Promise<void> => {
    const signed = await askSignature(person.name);
    // Signing is being there.
    if (signed) await day.say(session, person.id, now.mark === "none" ? [{ kind: "arrived", at: "whole" }, signed] : [signed], now.holding);
  };
  const inMinutes = (kind: "arrived" | "left"): void => {
    const minutes = Number(value(`minutes-${person.id}`));
    const input = document.querySelector<HTMLInputElement>(`#minutes-${CSS.escape(person.id)}`);
    if (Number.isInteger(minutes) && minutes > 0 && minutes <= 1440) tell({ kind, at: { minutes } });
    else {
      input?.setAttribute("aria-invalid", "true");
      input?.focus();
    }
  };
  return make(
    "article",
    { class: "sheet", id: `p-${person.id}` },
    make("h3", {}, `${person.name} `, make("span", { class: `badge ${TONES[now.mark]}` }, t(`mark-${now.mark}`))),
    now.missed > 0 && make("p", {}, counted("missed", now.missed)),
    person.needs.length > 0 && make("ul", {}, ...person.needs.map((need) => make("li", {}, need))),
    (now.conflict || person.conflict) && make("p", { class: "note bad" }, t("conflict")),
    now.signed !== "" && make("p", {}, t(now.signed === "paper" ? "signed-paper" : "signed-screen")),
    waits && make("p", { class: "soft" }, t("waits")),
    make(
      "div",
      { class: "actions" },
      tap(present, "present", t("mark-present")),
      tap([{ kind: "absent" }], "absent", t("mark-absent")),
      tap([{ kind: "excused" }], "excused", t("mark-excused")),
    ),
    make(
      "div",
      { class: "actions" },
      now.mark === "none" || now.mark === "absent" || now.mark === "excused"
        ? button(t("arrives"), () => tell({ kind: "arrived", at: "now" }), "second", person.name, key("arrives"))
        : button(t("leaves"), () => tell({ kind: "left", at: "now" }), "second", person.name, key("leaves")),
      button(t("sign"), () => void sign(), "second", person.name, key("sign")),
    ),
    make(
      "details",
      { "data-key": key("more") },
      make("summary", {}, t("more")),
      field(`minutes-${person.id}`, t("minutes"), { inputmode: "numeric", autocomplete: "off", "data-keep": true }),
      make(
        "div",
        { class: "actions" },
        button(t("mark-late"), () => inMinutes("arrived"), "second", person.name, key("late")),
        button(t("mark-left-early"), () => inMinutes("left"), "second", person.name, key("early")),
        now.mark !== "none" && button(t("clear"), () => tell({ kind: "cleared" }), "second", person.name, key("clear")),
      ),
    ),
  );
}

function newcomer(day: Day, session: Session, newId: () => string, wrong: (field: string) => void): HTMLElement {
  const add = (): void => {
    const name = value("ajout-nom");
    if (!name) return wrong("ajout-nom");
    const added: Said = { kind: "added", name, phone: value("ajout-telephone"), organisation: value("ajout-entreprise") };
    for (const id of ["ajout-nom", "ajout-telephone", "ajout-entreprise"]) document.querySelector<HTMLInputElement>(`#${id}`)!.value = "";
    void day.say(session, newId(), [added, { kind: "arrived", at: "now" }]);
  };
  return make(
    "section",
    { class: "sheet" },
    make("h2", {}, t("walk-in")),
    make("p", {}, t("walk-in-text")),
    field("ajout-nom", t("name"), { autocomplete: "off", "data-keep": true, maxlength: "120" }),
    field("ajout-telephone", t("phone"), { type: "tel", autocomplete: "off", "data-keep": true, maxlength: "30" }),
    field("ajout-entreprise", t("organisation"), { autocomplete: "off", "data-keep": true, maxlength: "120" }),
    make("div", { class: "actions" }, button(t("walk-in-add"), add, "second", "", "walk-in")),
  );
}

function notes(day: Day, session: Session, wrong: (field: string) => void): HTMLElement {
  const said = (day.said.get(session.id) ?? []).filter((one) => one.kind === "noted");
  const add = (): void => {
    const text = value("note");
    if (!text) return wrong("note");
    document.querySelector<HTMLTextAreaElement>("#note")!.value = "";
    void day.say(session, undefined, [{ kind: "noted", text }]);
  };
  return make(
    "section",
    {},
    make("h2", {}, t("notes")),
    ...said.map((one) => make("article", { class: "sheet" }, make("p", {}, one.kind === "noted" ? one.text : ""))),
    make(
      "div",
      { class: "field" },
      make("label", { for: "note" }, t("note")),
      make("p", { class: "hint", id: "note-hint" }, t("note-hint")),
      make("textarea", { id: "note", rows: 4, maxlength: 2000, "aria-describedby": "note-hint", "data-keep": true }),
    ),
    make("div", { class: "actions" }, button(t("note-add"), add, "second", "", "note-add")),
  );
}

/** The list of one session. */
export function list(day: Day, session: Session, newId: () => string): HTMLElement[] {
  const said = day.said.get(session.id) ?? [];
  const all = people(session, said);
  const open = all.filter((person) => standing(session, said, person.id).mark === "none").length;
  const wrong = (id: string): void => {
    const input = document.querySelector<HTMLElement>(`#${id}`);
    input?.setAttribute("aria-invalid", "true");
    input?.focus();
  };
  return [
    make("h1", {}, session.title),
    make("p", { class: "lead" }, session.when, make("br"), session.where),
    make(
      "section",
      { "aria-labelledby": "liste-titre" },
      make("h2", { id: "liste-titre" }, t("list")),
      // A device's clock may be wrong: it is told, and keeps nobody from noting.
      day.now < session.starts - EARLY && make("p", { class: "note info" }, t("not-open")),
      make("p", {}, all.length === 0 ? t("nobody") : counted("open", open)),
      ...all.map((person) => article(day, session, person)),
    ),
    newcomer(day, session, newId, wrong),
    notes(day, session, wrong),
  ];
}
