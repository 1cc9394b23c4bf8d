/**
 * What is in front on the page: the conversation or one of the panels, and a short notice.
 *
 * Not for: the conversation itself.
 */

import { signal } from "@preact/signals";

export type Panel = "help" | "steps" | "more";

export class Screen {
  readonly panel = signal<Panel | null>(null);
  /** A sentence above the field, until the child writes or closes it. */
  readonly notice = signal<string | null>(null);
  /** What had the focus before a panel opened, to give it back. */
  private opener: HTMLElement | null = null;

  open(panel: Panel, opener: HTMLElement | null): void {
    this.opener = opener;
    this.panel.value = panel;
  }

  close(): void {
    if (this.panel.value === null) return;
    this.panel.value = null;
    const opener = this.opener;
    requestAnimationFrame(() => opener?.focus());
  }
}
