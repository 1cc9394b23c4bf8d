/** A clock that the test moves by hand, and a pause that lets promises settle. */

import type { Clock } from "../shared/clock";

interface Alarm {
  readonly at: number;
  readonly action: () => void;
}

export class HandClock implements Clock {
  private time = Date.parse("2026-11-24T02:10:00Z");
  private alarms: readonly Alarm[] = [];

  now(): number {
    return this.time;
  }

  after(delay: number, action: () => void): () => void {
    const alarm = { at: this.time + delay, action };
    this.alarms = [...this.alarms, alarm];
    return () => {
      this.alarms = this.alarms.filter((other) => other !== alarm);
    };
  }

  /** Let `ms` pass: what falls due happens in its order, each followed by its promises. */
  async pass(ms: number): Promise<void> {
    await settled();
    const end = this.time + ms;
    for (;;) {
      const due = this.alarms.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      const next = due[0];
      if (next === undefined) break;
      this.time = Math.max(this.time, next.at);
      this.alarms = this.alarms.filter((other) => other !== next);
      next.action();
      await settled();
    }
    this.time = end;
    await settled();
  }
}

/** Wait until every promise that can settle has settled. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
