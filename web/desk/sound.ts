/**
 * A short soft sound when a child comes into grave danger. Made here, no file; it says nothing.
 *
 * Browsers let a page sound only after its reader has done something in it: `allow` is called then.
 * Not for: deciding when to ring (`alarm.ts`).
 */

import { signal } from "@preact/signals";

// Two rising notes, in hertz; loud enough for a quiet room at night, no more.
const NOTES = [587, 784] as const;
const LASTS = 0.22;
const LOUDNESS = 0.12;

export class Sound {
  readonly muted = signal(false);
  private context: AudioContext | null = null;

  constructor(private readonly make: () => AudioContext) {}

  /** The reader has touched the page. */
  allow(): void {
    try {
      this.context ??= this.make();
      void this.context.resume();
    } catch {
      // No sound device, or none allowed: the title and the queue tell it too.
      this.context = null;
    }
  }

  ring(): void {
    const { context } = this;
    if (context === null || context.state !== "running" || this.muted.value) return;
    NOTES.forEach((frequency, at) => {
      const start = context.currentTime + at * LASTS;
      const gain = context.createGain();
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.03);
      gain.gain.exponentialRampToValueAtTime(0.001, start + LASTS);
      const tone = context.createOscillator();
      tone.frequency.value = frequency;
      tone.connect(gain).connect(context.destination);
      tone.start(start);
      tone.stop(start + LASTS);
    });
  }
}
