/**
 * What the child has told, in French words and in the order a counsellor needs it. Pure.
 * Source: understanding.md, facts. Not for: deciding what was told; the model and people do.
 */

import { openingWords } from "../shared/hours";
import type { Facts, FactValue } from "./contract";
import { lastingWords } from "./since";

interface Meaning {
  readonly label: string;
  readonly values: { readonly [value: string]: string };
}

const YES_NO = { yes: "oui", no: "non" };

const MEANINGS: { readonly [fact: string]: Meaning } = {
  subject: { label: "Victime", values: { self: "l'enfant qui écrit", other: "quelqu'un d'autre" } },
  deadline: { label: "Ultimatum", values: {} },
  demand: {
    label: "Exige",
    values: {
      money: "de l'argent",
      images: "des images",
      meeting: "une rencontre",
      other: "autre",
    },
  },
  amount: { label: "Montant", values: {} },
  paid: { label: "A payé", values: YES_NO },
  payment_method: {
    label: "Moyen de paiement",
    values: {
      ...{ pcs: "PCS", transcash: "Transcash", neosurf: "Neosurf", paysafecard: "Paysafecard" },
      ...{ paypal: "PayPal", lydia: "Lydia", revolut: "Revolut", western_union: "Western Union" },
      ...{ gift_card: "carte cadeau", crypto: "cryptomonnaie", transfer: "virement" },
      ...{ coupon: "coupon", twint: "Twint" },
    },
  },
  sent_more: { label: "A renvoyé des images", values: YES_NO },
  published: { label: "Images diffusées", values: YES_NO },
  image_origin: {
    label: "Images",
    values: { own: "de l'enfant", fake: "montage ou IA", none: "aucune, c'est du bluff" },
  },
  author: {
    label: "Auteur",
    values: {
      stranger: "inconnu",
      peer: "connu : classe, amis, ex",
      known_adult: "adulte connu",
      family: "famille",
    },
  },
  platform: {
    label: "Application",
    values: {
      ...{ snapchat: "Snapchat", instagram: "Instagram", tiktok: "TikTok", whatsapp: "WhatsApp" },
      ...{ youtube: "YouTube", bereal: "BeReal", x: "X", random_chat: "tchat au hasard" },
      ...{ console: "console de jeu", onlyfans: "OnlyFans", email: "e-mail", sms: "SMS" },
    },
  },
  evidence: { label: "Preuves", values: { kept: "gardées", lost: "perdues" } },
  blocked: { label: "A bloqué la personne", values: YES_NO },
  told_someone: { label: "En a parlé à quelqu'un", values: YES_NO },
};

export interface ShownFact {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** The child's own words, each once. */
  readonly words: readonly string[];
}

/** The facts in their order; what this version does not know stands at the end, under its own name. */
export function shownFacts(facts: Facts, now: number): readonly ShownFact[] {
  const order = Object.keys(MEANINGS);
  const place = (name: string) => (name in MEANINGS ? order.indexOf(name) : order.length);
  return Object.entries(facts)
    .filter(([, values]) => values.length > 0)
    .sort(([one], [other]) => place(one) - place(other))
    .map(([name, values]) => ({
      name,
      label: MEANINGS[name]?.label ?? name,
      value: values.map(({ value }) => valueWords(name, value, now)).join(", "),
      words: wordsOf(values),
    }));
}

/** "à 20h (dans 2 h 10)": for the queue, where every minute counts. Null without a time to come. */
export function deadlineWords(facts: Facts, now: number): string | null {
  const times = (facts.deadline ?? []).map(({ value }) => value).filter((value) => isMoment(value));
  const next = times.find((value) => Date.parse(value) > now);
  return next === undefined ? null : momentWords(next, now);
}

function valueWords(name: string, value: string, now: number): string {
  if (name === "deadline" && isMoment(value)) return momentWords(value, now);
  if (name === "deadline" && isDay(value)) return dayWords(value);
  if (name === "amount") return value.replace(/ EUR$/, " €");
  const known = MEANINGS[name]?.values[value];
  return known ?? (name === "platform" ? value.charAt(0).toUpperCase() + value.slice(1) : value);
}

function isMoment(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
}

/** A day whose hour nobody has said. */
function isDay(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

function dayWords(day: string): string {
  const date: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };
  // A date alone is midnight of UTC, which is the day before for a desk further west.
  return new Date(day).toLocaleDateString("fr-FR", { ...date, timeZone: "UTC" });
}

function momentWords(iso: string, now: number): string {
  const wait = Date.parse(iso) - now;
  if (wait <= 0) return `passé depuis ${lastingWords(-wait)}`;
  return `${openingWords(iso, now)} (dans ${lastingWords(wait)})`;
}

function wordsOf(values: readonly FactValue[]): readonly string[] {
  return [...new Set(values.flatMap(({ words }) => (words ? [words] : [])))];
}
