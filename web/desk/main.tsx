/** Opens the desk: the one place where its parts are put together. */

import "../shared/tokens.css";
import "../shared/base.css";
import "./styles/page.css";
import "./styles/sign-in.css";
import "./styles/queue.css";
import "./styles/pane.css";
import "./styles/details.css";
import "./styles/thread.css";
import "./styles/panels.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import type { Fetch } from "../shared/api";
import { newClientId } from "../shared/client-id";
import { systemClock } from "../shared/clock";
import { Desk } from "./desk";
import { followHistory } from "./places";
import { Sound } from "./sound";
import { Page } from "./views/page";
import { words } from "./words";

const fetch: Fetch = (address, init) => window.fetch(address, init);
const inView = () => document.visibilityState === "visible";
const sound = new Sound(() => new AudioContext());
const desk = new Desk({
  ...{ fetch, clock: systemClock, random: Math.random, newClientId, inView },
  ring: () => sound.ring(),
});

for (const touch of ["pointerdown", "keydown"]) {
  document.addEventListener(touch, () => sound.allow());
}
window.addEventListener("online", () => desk.wake());
window.addEventListener("offline", () => desk.offline());
document.addEventListener("visibilitychange", () => {
  if (inView()) desk.wake();
});
effect(() => {
  const count = desk.alarm.count.value;
  document.title = count > 0 ? `(${count}) ${words.title}` : words.title;
});
followHistory(desk, window);

const page = document.getElementById("page");
if (page) render(<Page desk={desk} sound={sound} />, page);
desk.start();
