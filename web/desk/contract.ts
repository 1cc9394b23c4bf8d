/**
 * The shapes that the api and the desk exchange.
 *
 * Not for: what both pages know of a conversation; that is in `shared/contract.ts`.
 */

import type { Author, Delivery, Status, Steps } from "../shared/contract";

export type Level = "R1" | "R2" | "R3";
export type Channel = "sms" | "web";
export type Kind =
  | "danger_suicide"
  | "danger_selfharm"
  | "danger_physical"
  | "danger_home"
  | "danger_runaway"
  | "danger_other_child"
  | "danger_unknown";

export interface Myself {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: "counsellor" | "supervisor";
}

export interface Setup {
  /** Whether a code is asked for beside the password. */
  readonly second_factor: boolean;
  readonly helpline: string;
}

export interface Danger {
  readonly kind: string;
  readonly level: Level;
  readonly subject: string;
  /** The child's own words; null where a person has judged, or where the seal is broken. */
  readonly words: string | null;
  /** Which layer saw it: `phrases`, `model` or `staff`. */
  readonly seen_by: string;
}

export interface FactValue {
  readonly value: string;
  readonly words?: string | null;
  readonly by?: string;
  readonly at?: string;
}

export type Facts = { readonly [fact: string]: readonly FactValue[] };

export interface Assignee {
  readonly id: string;
  readonly name: string;
}

/** One conversation as the queue shows it. */
export interface Card {
  readonly id: string;
  readonly channel: Channel;
  readonly status: Status;
  readonly reasons: readonly string[];
  readonly danger: Danger | null;
  readonly facts: Facts;
  readonly steps: Steps;
  readonly waiting_since: string | null;
  readonly last_at: string;
  readonly assignee: Assignee | null;
  /** The child has asked for no more SMS. */
  readonly muted: boolean;
  /** French sentences: why a person is asked for. */
  readonly why: readonly string[];
}

/** What is left of a conversation that was erased while a danger stood. */
export interface Erased {
  readonly id: string;
  readonly channel: Channel;
  readonly kind: string;
  readonly level: Level;
  readonly opened_at: string;
  readonly erased_at: string;
}

export interface CardList {
  readonly conversations: readonly Card[];
  readonly erased: readonly Erased[];
}

export interface WholeCard extends Card {
  readonly crisis: boolean;
  readonly revision: number;
  /** How many conversations of the same contact came before. */
  readonly previous: number;
}

export interface CardMessage {
  readonly seq: number;
  readonly id: string;
  readonly revision: number;
  readonly author: Author;
  readonly name: string | null;
  readonly text: string;
  readonly choices: readonly { readonly label: string }[] | null;
  readonly steps: readonly string[];
  /** Null on what the child has written. */
  readonly delivery: Delivery | null;
  readonly error_code: number | null;
  /** What was attached to an SMS; never fetched. */
  readonly media_types: readonly string[];
  /** Written by the api's own script because the bot did not answer. */
  readonly by_script: boolean;
  readonly created_at: string;
}

export interface Note {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly created_at: string;
}

export interface OpenCard {
  readonly conversation: WholeCard;
  readonly messages: readonly CardMessage[];
  readonly notes: readonly Note[];
}

/** What can be done with a conversation; each answers the whole card. */
export type Deed =
  | "claim"
  | "release"
  | "return-to-bot"
  | "close"
  | "danger"
  | "messages"
  | "notes";
