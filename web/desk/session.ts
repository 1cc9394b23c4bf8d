/**
 * Who sits at the desk: signing in, signing out, and a session that ends by itself.
 *
 * The cookie is the browser's; the page never sees it. Not for: what is shown once signed in.
 */

import { signal } from "@preact/signals";
import { ApiError } from "../shared/api";
import type { Myself, Setup } from "./contract";
import type { Credentials, DeskApi } from "./desk-api";
import { sentenceOf } from "./refusals";

export type Phase = "asking" | "signed_out" | "signed_in";

const RETRY = 3_000;

export const ENDED = "La session est terminée. Il faut se reconnecter.";

export class Session {
  readonly phase = signal<Phase>("asking");
  readonly me = signal<Myself | null>(null);
  readonly setup = signal<Setup | null>(null);
  /** Why the last try failed, or why the sign-in is shown again. */
  readonly sentence = signal<string | null>(null);
  readonly busy = signal(false);

  constructor(private readonly api: DeskApi) {}

  /** Find out whose desk this is and whether somebody is signed in; again until the api answers. */
  async start(): Promise<void> {
    try {
      this.setup.value = await this.api.setup();
      await this.recognise();
      this.sentence.value = null;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        this.phase.value = "signed_out";
        this.sentence.value = null;
        return;
      }
      this.sentence.value = this.words(error);
      this.api.clock.after(RETRY, () => void this.start());
    }
  }

  async signIn(credentials: Credentials): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    this.sentence.value = null;
    try {
      await this.api.signIn(credentials);
      await this.recognise();
    } catch (error) {
      this.sentence.value = this.words(error);
    } finally {
      this.busy.value = false;
    }
  }

  /** End the session. Throws `ApiError`: the counsellor must not believe to be signed out. */
  async signOut(): Promise<void> {
    try {
      await this.api.signOut();
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    }
    this.leave(null);
  }

  /** The api no longer knows the session. */
  expire(): void {
    if (this.phase.value === "signed_in") this.leave(ENDED);
  }

  private async recognise(): Promise<void> {
    this.me.value = await this.api.myself();
    this.phase.value = "signed_in";
  }

  private leave(sentence: string | null): void {
    this.phase.value = "signed_out";
    this.me.value = null;
    this.sentence.value = sentence;
  }

  private words(error: unknown): string {
    return sentenceOf(error instanceof ApiError ? error : new ApiError(0, ""), null);
  }
}
