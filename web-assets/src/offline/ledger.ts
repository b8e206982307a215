// What was said of a person comes to this: the same rules as crates/domain/src/attendance/ledger.rs, for the screen. The server decides.

import type { Moment, Session, Told } from "./kinds";

const GRACE = 5;
const MINUTE = 60_000;

export interface Standing {
  mark: "present" | "late" | "left-early" | "absent" | "excused" | "none";
  missed: number;
  conflict: boolean;
  /** Ids that the next operation replaces. */
  holding: string[];
  signed: "paper" | "screen" | "";
}

const ARRIVAL = new Set(["arrived", "absent", "excused", "cleared", "marked"]);
const DEPARTURE = new Set(["left", "absent", "excused", "cleared", "marked"]);

export const after = (one: Told, other: Told): number =>
  one.counter - other.counter || compare(one.device ?? "", other.device ?? "") || compare(one.id, other.id);

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The operations of one topic that no later one of the topic replaces, in order. */
function holding(all: Told[], topic: Set<string>): Told[] {
  const replaced = new Set<string>();
  const held: Told[] = [];
  for (const one of all.filter(({ kind }) => topic.has(kind)).reverse()) {
    if (!replaced.has(one.id)) held.unshift(one);
    one.replaces?.forEach((id) => replaced.add(id));
  }
  return held;
}

function minutes(at: Moment, now: number): number {
  if (at === "whole") return 0;
  if (at === "now") return now <= GRACE ? 0 : Math.floor(now);
  return at.minutes;
}

type Came = number | "absent" | "excused" | "";

function came(one: Told, session: Session): Came {
  switch (one.kind) {
    case "arrived":
      return minutes(one.at, Math.max(0, one.said_at - session.starts) / MINUTE);
    case "absent":
    case "excused":
      return one.kind;
    case "marked":
      if (one.mark === "absent" || one.mark === "excused") return one.mark;
      return one.mark === "late" ? (one.minutes ?? 0) : 0;
    default:
      return "";
  }
}

/** Minutes missed at the end; none where nothing is said of it. */
function left(one: Told, session: Session): number | undefined {
  if (one.kind === "left") return minutes(one.at, Math.max(0, session.ends - one.said_at) / MINUTE);
  if (one.kind !== "marked" || one.mark === "absent" || one.mark === "excused") return undefined;
  return one.mark === "left-early" ? (one.minutes ?? 0) : 0;
}

const apart = (numbers: number[]): boolean => numbers.length > 1 && Math.max(...numbers) - Math.min(...numbers) > GRACE;

/** What was said of a person in a session comes to this. */
export function standing(session: Session, said: Told[], person: string): Standing {
  const own = said.filter((one) => one.person === person).sort(after);
  const arrivals = holding(own, ARRIVAL);
  const departures = holding(own, DEPARTURE);
  const signature = [...own].reverse().find((one) => one.kind === "signed");
  const cames = arrivals.map((one) => came(one, session));
  const lefts = departures.map((one) => left(one, session)).filter((missed) => missed !== undefined);
  const last = cames.at(-1) ?? "";
  const early = lefts.at(-1);
  const length = Math.round((session.ends - session.starts) / MINUTE);
  const kinds = new Set(cames.map((one) => (typeof one === "number" ? "came" : one)));
  const unheard = signature && !arrivals.at(-1)?.replaces?.includes(signature.id);
  const isAway = last === "absent" || last === "excused";
  const conflict =
    kinds.size > 1 ||
    apart(cames.filter((one) => typeof one === "number")) ||
    apart(lefts) ||
    (isAway && (early !== undefined || Boolean(unheard)));
  const held = new Set([...arrivals, ...departures, ...(signature ? [signature] : [])].map(({ id }) => id));
  const whole = (late: number, missed: number): Pick<Standing, "mark" | "missed"> => {
    const all = Math.min(late + missed, length);
    return { mark: missed > 0 ? "left-early" : late > 0 ? "late" : "present", missed: all };
  };
  const outcome: Pick<Standing, "mark" | "missed"> =
    typeof last === "number"
      ? whole(last, early ?? 0)
      : isAway
        ? { mark: last as "absent" | "excused", missed: 0 }
        : early === undefined
          ? { mark: "none", missed: 0 }
          : whole(0, early);
  return { ...outcome, conflict, holding: [...held], signed: signature?.kind === "signed" ? signature.how : "" };
}
