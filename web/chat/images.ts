/**
 * No image, no file, by no way: what is pasted or dropped is looked at for its kind only, never read.
 *
 * The page has no upload, and an intimate image of a minor must not even be shown by a browser that
 * opens what is dropped on it (facts.md 7.4).
 */

export interface Carried {
  readonly types: readonly string[];
  readonly items?: ArrayLike<{ readonly kind: string }>;
}

/** Whether a paste or a drop carries a file of any kind. Text is not a file. */
export function carriesFile(carried: Carried | null): boolean {
  if (carried === null) return false;
  const items = Array.from(carried.items ?? []);
  return Array.from(carried.types).includes("Files") || items.some(({ kind }) => kind === "file");
}

/** Refuse every file dropped or pasted anywhere on `page`; `onRefused` tells the child. */
export function refuseFiles(page: EventTarget, onRefused: () => void): void {
  const refuse = (event: Event, carried: DataTransfer | null) => {
    if (!carriesFile(carried)) return;
    event.preventDefault();
    if (event.type !== "dragover") onRefused();
  };
  page.addEventListener("paste", (event) => refuse(event, (event as ClipboardEvent).clipboardData));
  for (const name of ["dragover", "drop"]) {
    page.addEventListener(name, (event) => refuse(event, (event as DragEvent).dataTransfer));
  }
}
