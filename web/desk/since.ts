/**
 * French words for how long something has lasted, or is still to come. Pure.
 *
 * Not for: a time of day (`shared/hours.ts`).
 */

const MINUTE = 60_000;

/** "moins d'1 min", "7 min", "1 h 05", "2 j 3 h". A clock that runs behind gives the shortest. */
export function lastingWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  if (!(minutes >= 1)) return "moins d'1 min";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, "0")}`;
  return `${Math.floor(hours / 24)} j ${hours % 24} h`;
}

export function sinceWords(iso: string, now: number): string {
  return lastingWords(now - Date.parse(iso));
}

/** "aujourd'hui", "hier" or "lundi 23 novembre": the day of a message, in the reader's time zone. */
export function dayWords(iso: string, now: number): string {
  const day = new Date(iso);
  if (Number.isNaN(day.getTime())) return "";
  const days = daysBetween(day, new Date(now));
  if (days === 0) return "aujourd'hui";
  if (days === 1) return "hier";
  return day.toLocaleDateString("fr-FR", { weekday: "long", day: "numeric", month: "long" });
}

function daysBetween(from: Date, to: Date): number {
  const midnight = (time: Date) => Date.UTC(time.getFullYear(), time.getMonth(), time.getDate());
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}
