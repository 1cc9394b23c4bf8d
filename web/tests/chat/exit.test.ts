/** The quick exit: it happens whatever fails, and three Escapes are enough. */

import { beforeEach, describe, expect, it } from "vitest";
import { EscapeThrice, leave } from "../../chat/exit";

describe("leave", () => {
  let done: string[];
  const options = {
    blank: () => void done.push("blank"),
    forget: () => void done.push("forget"),
    replace: (address: string) => void done.push(address),
    address: () => "https://neutral.example/",
  };
  const broken = () => {
    throw new Error("broken");
  };

  beforeEach(() => {
    done = [];
  });

  it("goes on when the page cannot be emptied", () => {
    leave({ ...options, blank: broken });
    expect(done).toEqual(["forget", "https://neutral.example/"]);
  });

  it("goes on when nothing can be forgotten", () => {
    leave({ ...options, forget: broken });
    expect(done).toEqual(["blank", "https://neutral.example/"]);
  });

  it("goes nowhere in particular before the settings are there", () => {
    leave({ ...options, address: () => null });
    expect(done).toEqual(["blank", "forget", "about:blank"]);
  });

  it("empties the screen first", () => {
    leave(options);
    expect(done).toEqual(["blank", "forget", "https://neutral.example/"]);
  });
});

describe("EscapeThrice", () => {
  const presses = (...keys: readonly (readonly [string, number])[]) => {
    const escapes = new EscapeThrice();
    return keys.map(([key, at]) => escapes.press(key, at));
  };

  it("is not moved by two presses", () => {
    expect(presses(["Escape", 0], ["Escape", 100])).toEqual([false, false]);
  });

  it("is not moved by three slow presses", () => {
    expect(presses(["Escape", 0], ["Escape", 1_500], ["Escape", 3_000])[2]).toBe(false);
  });

  it("is not moved by presses with another key between", () => {
    expect(presses(["Escape", 0], ["Escape", 1], ["a", 2], ["Escape", 3])[3]).toBe(false);
  });

  it("leaves at the third press within two seconds", () => {
    expect(presses(["Escape", 0], ["Escape", 900], ["Escape", 2_000])[2]).toBe(true);
  });
});
