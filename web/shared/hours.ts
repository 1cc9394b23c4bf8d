/**
 * French words for a time to come ("demain à 9h") and for the time of a message.
 *
 * In the reader's own time zone: a child overseas reads their own clock. Not for: whether a line is
 * open; the api says that.
 */

/** "à 9h", "demain à 9h30", "lundi à 9h", or a date when it is a week away or more. */
export function openingWords(iso: string, now: number): string {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return "bientôt";
  const at = `à ${clockWords(then)}`;
  const days = daysBetween(new Date(now), then);
  if (days <= 0) return at;
  if (days === 1) return `demain ${at}`;
  const day: Intl.DateTimeFormatOptions =
    days < 7 ? { weekday: "long" } : { weekday: "long", day: "numeric", month: "long" };
  const date = then.toLocaleDateString("fr-FR", day).replace(" 1 ", " 1er ");
  return `${date} ${at}`;
}

/** "21:05", for the time under a message. */
export function timeOfDay(iso: string): string {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return "";
  return then.toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
}

function clockWords(time: Date): string {
  const minutes = time.getMinutes();
  return `${time.getHours()}h${minutes === 0 ? "" : String(minutes).padStart(2, "0")}`;
}

function daysBetween(from: Date, to: Date): number {
  const midnight = (time: Date) => Date.UTC(time.getFullYear(), time.getMonth(), time.getDate());
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}
