/** The alarm's sound: only where it is allowed, wanted and possible. */

import { beforeEach, describe, expect, it } from "vitest";
import { Sound } from "../../desk/sound";

/** As much of a sound device as the alarm plays on; it keeps the notes. */
class StandInDevice {
  state: AudioContextState = "suspended";
  readonly notes: number[] = [];
  readonly currentTime = 0;
  readonly destination = {};

  async resume(): Promise<void> {
    this.state = "running";
  }

  createGain(): unknown {
    const ramp = () => undefined;
    const gain = {
      setValueAtTime: ramp,
      linearRampToValueAtTime: ramp,
      exponentialRampToValueAtTime: ramp,
    };
    return { gain, connect: () => undefined };
  }

  createOscillator(): unknown {
    const frequency = { value: 0 };
    const start = () => this.notes.push(frequency.value);
    return { frequency, start, stop: () => undefined, connect: (next: unknown) => next };
  }
}

let device: StandInDevice;
let made: number;
let sound: Sound;

beforeEach(() => {
  device = new StandInDevice();
  made = 0;
  sound = new Sound(() => {
    made += 1;
    return device as unknown as AudioContext;
  });
});

describe("the desk stays silent", () => {
  it("before its reader has touched it", () => {
    sound.ring();
    expect([made, device.notes]).toEqual([0, []]);
  });

  it("while it is muted", () => {
    sound.allow();
    sound.muted.value = true;
    sound.ring();
    expect(device.notes).toEqual([]);
  });

  it("without a device, and goes on", () => {
    const deaf = new Sound(() => {
      throw new Error("no device");
    });
    deaf.allow();
    expect(() => deaf.ring()).not.toThrow();
  });
});

it("plays two rising notes on one device", () => {
  sound.allow();
  sound.allow();
  sound.ring();
  expect(made).toBe(1);
  const [first = 0, second = 0] = device.notes;
  expect(device.notes).toHaveLength(2);
  expect(second).toBeGreaterThan(first);
});
