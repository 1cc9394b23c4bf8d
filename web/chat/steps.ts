/**
 * The four steps of the walk as the child sees them: named, and how far each has come. Pure.
 *
 * A step that was refused or could not be done is never shown as a failure (facts.md 2.2: every step
 * can be skipped, repeated, paused). Not for: choosing the next step; the program does.
 */

import type { Line, StepState, Steps } from "../shared/contract";

export type StepView = "done" | "seen" | "later" | "toDo";

export interface ShownStep {
  readonly id: string;
  readonly label: string;
  readonly view: StepView;
}

const VIEWS: Record<StepState, StepView> = {
  pending: "toDo",
  sent: "toDo",
  delivered: "seen",
  done: "done",
  refused: "later",
  cannot: "later",
};

/** The four steps in their order, or none before the walk has begun. */
export function shownSteps(steps: Steps, lines: readonly Line[]): readonly ShownStep[] {
  const all = ["dont_pay", "dont_send", "keep_evidence", "contact_3018"].map((id) => ({
    id,
    label: labelOf(id, lines),
    view: VIEWS[steps[id] ?? "pending"],
  }));
  return all.some(({ view }) => view !== "toDo") ? all : [];
}

export function doneCount(steps: readonly ShownStep[]): number {
  return steps.filter(({ view }) => view === "done").length;
}

function labelOf(step: string, lines: readonly Line[]): string {
  if (step === "dont_pay") return "Ne pas payer";
  if (step === "dont_send") return "Ne plus rien envoyer";
  if (step === "keep_evidence") return "Garder les preuves";
  const line = lines.find(({ id }) => id === "3018");
  return line ? `Contacter le ${line.number}` : "Contacter une ligne d'aide";
}
