/** The lock of the pages: it names no registry, and it holds on every machine. */

import { expect, it } from "vitest";
import raw from "../package-lock.json?raw";

interface Package {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(raw) as { packages: Record<string, Package> };
const { "": _, ...locked } = packages;

it("names no registry, so that a helpline behind a mirror installs the same", () => {
  expect(raw).not.toMatch(/"resolved"|registry/);
});

it("pins the bytes of every package", () => {
  for (const [name, { integrity }] of Object.entries(locked))
    expect(integrity, name).toMatch(/^sha512-/);
});

it("holds the parts that other systems need: npm refuses to install without them", () => {
  const wanted = Object.values(locked).flatMap((one) =>
    Object.keys(one.optionalDependencies ?? {}),
  );
  for (const name of wanted)
    expect(Object.keys(locked).join("\n"), name).toContain(`node_modules/${name}`);
});
