/** No file comes in by a paste or a drop. */

import { describe, expect, it } from "vitest";
import { carriesFile, refuseFiles } from "../../chat/images";

function carrying(type: string, name: string, types: readonly string[]): Event {
  const event = new Event(type, { cancelable: true });
  return Object.assign(event, { [name]: { types } });
}

describe("refuseFiles", () => {
  it.each([
    ["paste", "clipboardData"],
    ["drop", "dataTransfer"],
  ])("refuses a file by %s and says so", (type, name) => {
    const page = new EventTarget();
    let told = 0;
    refuseFiles(page, () => {
      told += 1;
    });
    const event = carrying(type, name, ["Files"]);
    page.dispatchEvent(event);
    expect([event.defaultPrevented, told]).toEqual([true, 1]);
  });

  it("refuses a dragged file without saying so at every move", () => {
    const page = new EventTarget();
    let told = 0;
    refuseFiles(page, () => {
      told += 1;
    });
    const event = carrying("dragover", "dataTransfer", ["Files"]);
    page.dispatchEvent(event);
    expect([event.defaultPrevented, told]).toEqual([true, 0]);
  });

  it("lets text in", () => {
    const page = new EventTarget();
    refuseFiles(page, () => undefined);
    const event = carrying("paste", "clipboardData", ["text/plain"]);
    page.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });
});

describe("carriesFile", () => {
  it("sees a file among other things", () => {
    expect(
      carriesFile({ types: ["text/html"], items: [{ kind: "string" }, { kind: "file" }] }),
    ).toBe(true);
  });

  it("sees none in text or in nothing", () => {
    expect(carriesFile({ types: ["text/plain"], items: [{ kind: "string" }] })).toBe(false);
    expect(carriesFile(null)).toBe(false);
  });
});
