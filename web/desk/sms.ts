/**
 * How many SMS a text makes, and which of its characters make it long. Pure.
 *
 * The same count as the api's: what the counsellor reads while typing is what the operator bills.
 * Source: 3GPP TS 23.038, facts.md 7.4. Not for: shortening or changing a text.
 */

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
// Sent as an escape and a letter: two places each.
const EXTENDED = new Set("\f^{}\\[~]|€");

interface Alphabet {
  readonly alone: number;
  /** Room in each part of a longer text, whose header takes the rest. */
  readonly part: number;
  readonly width: (letter: string) => number;
}

const GSM7: Alphabet = {
  alone: 160,
  part: 153,
  width: (letter) => (EXTENDED.has(letter) ? 2 : 1),
};
const UCS2: Alphabet = { alone: 70, part: 67, width: (letter) => letter.length };

export interface SmsCount {
  readonly segments: number;
  /** Characters that still fit into the last segment. */
  readonly left: number;
  /** What is outside of the short alphabet, each once, in order; with one of them a segment holds 70. */
  readonly costly: readonly string[];
}

export function countSms(text: string): SmsCount {
  const letters = [...text];
  const costly = [
    ...new Set(letters.filter((letter) => !BASIC.has(letter) && !EXTENDED.has(letter))),
  ];
  const alphabet = costly.length === 0 ? GSM7 : UCS2;
  return { ...packed(letters.map(alphabet.width), alphabet), costly };
}

/** Fill one part after the other: a character two places wide is never cut in half. */
function packed(
  widths: readonly number[],
  { alone, part }: Alphabet,
): Pick<SmsCount, "segments" | "left"> {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  if (whole <= alone) return { segments: whole === 0 ? 0 : 1, left: alone - whole };
  let segments = 1;
  let left = part;
  for (const width of widths) {
    if (width > left) {
      segments += 1;
      left = part;
    }
    left -= width;
  }
  return { segments, left };
}
