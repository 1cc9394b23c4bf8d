/**
 * The browser's own way back leads from a conversation to the queue. The address stays the same: the
 * history of a desk names no conversation.
 */

import { effect } from "@preact/signals";
import type { Desk } from "./desk";

const OPEN = { place: "conversation" };

export function followHistory(desk: Desk, window: Window): void {
  const isOpen = () => (window.history.state as typeof OPEN | null)?.place === OPEN.place;
  effect(() => {
    const open = desk.conversation.id.value !== null;
    if (open && !isOpen()) window.history.pushState(OPEN, "");
    if (!open && isOpen()) window.history.replaceState(null, "");
  });
  window.addEventListener("popstate", () => {
    if (!isOpen()) desk.back();
  });
}
