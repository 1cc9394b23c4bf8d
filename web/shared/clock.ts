/**
 * Time as something handed in, so that a test moves it by hand.
 *
 * Not for: showing a time to a person; that is `hours.ts`.
 */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Call `action` once after `delay` ms; the returned function takes that back. */
  after(delay: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delay, action) => {
    const id = setTimeout(action, delay);
    return () => clearTimeout(id);
  },
};
