/** Opens the child's page: the one place where its parts are put together. */

import "../shared/tokens.css";
import "../shared/base.css";
import "./styles/page.css";
import "./styles/thread.css";
import "./styles/answers.css";
import "./styles/composer.css";
import "./styles/panels.css";
import { render } from "preact";
import type { Fetch } from "../shared/api";
import { newClientId } from "../shared/client-id";
import { systemClock } from "../shared/clock";
import { Conversation } from "./conversation";
import { EscapeThrice, leave } from "./exit";
import { HelplineInfo } from "./helpline";
import { refuseFiles } from "./images";
import { Saved } from "./saved";
import { Screen } from "./screen";
import { followKeyboard } from "./viewport";
import { Page } from "./views/page";
import { words } from "./words";

const fetch: Fetch = (address, init) => window.fetch(address, init);
const clock = systemClock;
const saved = new Saved(() => window.sessionStorage);
const conversation = new Conversation({ fetch, clock, random: Math.random, newClientId, saved });
const helpline = new HelplineInfo(fetch, clock);
const screen = new Screen();
const escapes = new EscapeThrice();

function quickExit(): void {
  leave({
    blank: () => document.body.replaceWith(document.createElement("body")),
    forget: () => conversation.leave(),
    replace: (address) => window.location.replace(address),
    address: () => helpline.current.value?.exit_url ?? null,
  });
}

document.addEventListener("keydown", (event) => {
  if (escapes.press(event.key, clock.now())) quickExit();
  else if (event.key === "Escape") screen.close();
});
refuseFiles(document, () => {
  screen.notice.value = words.image;
});
window.addEventListener("online", () => conversation.wake());
window.addEventListener("offline", () => conversation.offline());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") conversation.wake();
});
followKeyboard(window);

const page = document.getElementById("page");
if (page) render(<Page {...{ conversation, helpline, screen, clock, onLeave: quickExit }} />, page);
conversation.start();
void helpline.refresh();
