/**
 * Finds the helpline numbers in what the program or a counsellor says, so that "Appelle le 3018" can
 * be tapped. Pure.
 *
 * Only numbers of the helpline's settings, and only after "le", "au" or "du": "15 ans" is no number.
 */

import type { Line } from "../shared/contract";

export type Part = string | { readonly line: Line; readonly text: string };

/** `text` in pieces, in order; joined, they are `text` again. */
export function withNumbers(text: string, lines: readonly Line[]): readonly Part[] {
  const known = lines.filter(({ number }) => /^[\d ]+$/.test(number));
  if (known.length === 0) return [text];
  const numbers = known.map(({ number }) => number).sort((one, other) => other.length - one.length);
  const pattern = new RegExp(
    `\\b((?:le|au|du) )(${numbers.join("|")})(?![\\d\\w]| (?:ans|\\d))`,
    "gi",
  );
  const parts: Part[] = [];
  let end = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, before = "", number = ""] = match;
    const line = known.find((each) => each.number === number);
    if (line === undefined) continue;
    parts.push(text.slice(end, match.index) + before, { line, text: number });
    end = match.index + whole.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

/** What a tap on a line opens. */
export function addressOf(line: Line): string {
  return `${line.kind}:${line.number.replace(/[^\d+]/g, "")}`;
}
