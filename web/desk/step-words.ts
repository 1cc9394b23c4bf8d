/**
 * The steps of the safety walk and how far each has come, in a counsellor's words. Pure.
 * Source: facts.md 2.2. Not for: choosing a step; the program does.
 */

import type { StepState, Steps } from "../shared/contract";

const LABELS: { readonly [step: string]: string } = {
  safe_now: "En sécurité maintenant",
  not_your_fault: "Ce n'est pas sa faute",
  dont_pay: "Ne pas payer",
  dont_send: "Ne plus rien envoyer",
  stop_replying: "Ne plus répondre",
  keep_evidence: "Garder les preuves",
  dont_delete: "Ne rien supprimer",
  block: "Bloquer la personne",
  report_account: "Signaler le compte",
  contact_3018: "Contacter la ligne nationale",
  trusted_adult: "Un adulte de confiance",
  take_down: "Retrait des images",
  complaint: "Porter plainte",
};

const STATES: { readonly [state in StepState]: string } = {
  pending: "à venir",
  sent: "envoyée",
  delivered: "reçue",
  done: "faite",
  refused: "ne veut pas",
  cannot: "ne peut pas",
};

// The four that every walk must deliver: shown even before the walk has begun.
const MISSION = ["dont_pay", "dont_send", "keep_evidence", "contact_3018"];

export interface ShownStep {
  readonly step: string;
  readonly label: string;
  readonly state: StepState;
  readonly words: string;
}

export function shownSteps(steps: Steps): readonly ShownStep[] {
  const known = Object.keys(LABELS).filter((step) => step in steps || MISSION.includes(step));
  const unknown = Object.keys(steps).filter((step) => !(step in LABELS));
  return [...known, ...unknown].map((step) => {
    const state = steps[step] ?? "pending";
    return { step, label: stepWords(step), state, words: STATES[state] };
  });
}

export function stepWords(step: string): string {
  return LABELS[step] ?? step;
}
