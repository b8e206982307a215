// What the server and the app say to each other. The rules are those of crates/domain/src/attendance.

export type Moment = "whole" | "now" | { minutes: number };

export type Said =
  | { kind: "arrived"; at: Moment }
  | { kind: "left"; at: Moment }
  | { kind: "absent" }
  | { kind: "excused" }
  | { kind: "cleared" }
  | { kind: "marked"; mark: string; minutes?: number }
  | { kind: "added"; name: string; phone: string; organisation: string }
  | { kind: "signed"; how: "paper" | "screen"; strokes?: string }
  | { kind: "noted"; text: string }
  | { kind: "quiz"; quiz: string; right: number; of: number };

/** One thing said, as it is sent. */
export type Operation = Said & {
  id: string;
  session: string;
  person?: string;
  counter: number;
  clock: number;
  replaces?: string[];
};

/**
 * One thing said, as the server tells it: `said_at` by the server's clock, on which device; `subject` is how that device called the person, where
 * that is not how the server does.
 */
export type Told = Operation & { said_at: number; device?: string; subject?: string };

export interface Person {
  id: string;
  name: string;
  needs: string[];
  conflict: boolean;
}

export interface Session {
  id: string;
  title: string;
  when: string;
  where: string;
  starts: number;
  ends: number;
  people: Person[];
  operations: Told[];
}

/** The day's lists. */
export interface Package {
  device: string;
  now: number;
  until: number;
  send_until: number;
  sessions: Session[];
}

/** What the server answers to a delivery. */
export interface Answer {
  taken: string[];
  aside: { id: string; reason: string }[];
  package: Package;
}

/** Why something is refused. */
export interface Problem {
  code?: string;
  detail?: string;
}
