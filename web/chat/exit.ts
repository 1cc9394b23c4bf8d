/**
 * The quick exit: in one move the page is empty, the token is gone and a neutral site stands in its
 * place, in the history too (facts.md 7.4).
 *
 * Not for: erasing the conversation; a child who had to leave may want to come back to it.
 */

export interface ExitOptions {
  /** Forget everything that the page and the tab hold. */
  readonly forget: () => void;
  /** Empty the screen, whatever it shows. */
  readonly blank: () => void;
  /** Replace this page, without an entry in the history. */
  readonly replace: (address: string) => void;
  /** Where to; null while the helpline's settings are not there yet. */
  readonly address: () => string | null;
}

// Known to every browser, asks no network, tells nothing.
const NOWHERE = "about:blank";

/** Leave. Each part happens even when the one before it fails: the screen comes first. */
export function leave(options: ExitOptions): void {
  attempt(options.blank);
  attempt(options.forget);
  options.replace(options.address() ?? NOWHERE);
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // A child who leaves in a hurry is never kept by an error.
  }
}

const PRESSES = 3;
const WITHIN = 2_000;

/** Escape pressed three times within two seconds. */
export class EscapeThrice {
  private pressed: readonly number[] = [];

  /** Whether this key, pressed at `now` (ms), completes the three. */
  press(key: string, now: number): boolean {
    if (key !== "Escape") {
      this.pressed = [];
      return false;
    }
    this.pressed = [...this.pressed, now].filter((time) => now - time <= WITHIN);
    return this.pressed.length >= PRESSES;
  }
}
