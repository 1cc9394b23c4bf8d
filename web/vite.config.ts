/**
 * How the two pages are built: the child's chat at `/` and the desk at `/desk`.
 *
 * Nothing is inlined, because the pages are served under a policy that allows neither inline
 * scripts nor styles nor data: addresses. Not for: a development server of its own; the api serves
 * `dist/` in every mode, so that what is tested is what a child gets.
 */

import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    // A hand-me-down phone: nothing newer than early 2020 is taken for granted.
    target: ["chrome80", "safari13", "firefox78"],
    cssTarget: ["chrome80", "safari13", "firefox78"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { chat: "chat/index.html", desk: "desk/index.html" } },
  },
  test: {
    include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
    restoreMocks: true,
    // Styles are read as they are: a test looks into them.
    css: true,
  },
});
