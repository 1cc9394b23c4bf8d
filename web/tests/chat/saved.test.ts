/** What survives a reload, and that nothing is left after leaving. */

import { describe, expect, it } from "vitest";
import { Saved } from "../../chat/saved";
import { ACCESS, entry, TabStorage } from "./samples";

describe("Saved", () => {
  it("does without a storage that refuses", () => {
    const saved = new Saved(() => {
      throw new Error("denied");
    });
    saved.keep({ access: ACCESS });
    expect(saved.access).toEqual(ACCESS);
    saved.forget();
    expect(saved.access).toBeNull();
  });

  it.each(["{broken", "null", "3"])("begins with nothing when the storage holds %s", (kept) => {
    const storage = new TabStorage();
    storage.setItem("messages", kept);
    expect(new Saved(() => storage)).toMatchObject({ access: null, unsent: [] });
  });

  it("leaves nothing behind when told to forget", () => {
    const storage = new TabStorage();
    const saved = new Saved(() => storage);
    saved.keep({ access: ACCESS, unsent: [entry("a")] });
    saved.forget();
    expect([storage.length, saved.access, saved.unsent]).toEqual([0, null, []]);
  });

  it("is there again after a reload of the tab", () => {
    const storage = new TabStorage();
    new Saved(() => storage).keep({ access: ACCESS });
    new Saved(() => storage).keep({ unsent: [entry("a")] });
    const saved = new Saved(() => storage);
    expect([saved.access, saved.unsent]).toEqual([ACCESS, [entry("a")]]);
  });
});
