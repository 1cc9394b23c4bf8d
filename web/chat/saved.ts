/**
 * What survives a reload of the tab and nothing more: the token, the resume code, and what has not
 * left yet. Session storage ends with the tab; there is no cookie and nothing on the device after.
 *
 * Where the browser refuses storage, the page keeps it in memory and says nothing.
 */

import type { Access } from "../shared/contract";
import type { Entry } from "./outbox";

export interface Kept {
  readonly access: Access | null;
  readonly unsent: readonly Entry[];
}

const NOTHING: Kept = { access: null, unsent: [] };
// A neutral name: whoever looks at the storage of a shared phone learns nothing.
const KEY = "messages";

export class Saved {
  private kept: Kept;

  constructor(private readonly storage: () => Storage) {
    this.kept = this.read();
  }

  get access(): Access | null {
    return this.kept.access;
  }

  get unsent(): readonly Entry[] {
    return this.kept.unsent;
  }

  keep(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    try {
      this.storage().setItem(KEY, JSON.stringify(this.kept));
    } catch {
      // Private mode or a full disk: the tab's memory has to do.
    }
  }

  forget(): void {
    this.kept = NOTHING;
    try {
      this.storage().removeItem(KEY);
    } catch {
      // Then there is nothing to remove either.
    }
  }

  private read(): Kept {
    try {
      const kept: unknown = JSON.parse(this.storage().getItem(KEY) ?? "null");
      return typeof kept === "object" && kept !== null ? { ...NOTHING, ...kept } : NOTHING;
    } catch {
      return NOTHING;
    }
  }
}
