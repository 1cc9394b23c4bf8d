/** How many SMS the reply makes, while it is written, and what makes it long. */

import type { JSX } from "preact";
import type { OpenCard } from "../contract";
import type { Desk } from "../desk";
import { isIntroduced } from "../introduction";
import { countSms } from "../sms";
import { words } from "../words";

// Parts of a longer text may arrive out of order: two at most (facts.md 7.4).
const MOST = 2;

export function SmsLength({ desk, card }: { desk: Desk; card: OpenCard }): JSX.Element | null {
  const { id, channel } = card.conversation;
  const text = desk.drafts.read(id, "reply").trim();
  if (channel !== "sms" || text === "") return null;
  const { segments, left, costly } = countSms(text);
  const introduced = isIntroduced(card.messages, desk.session.me.value);
  return (
    <p class={segments > MOST ? "length too-long" : "length"}>
      {segments} SMS, reste {left}
      {costly.length > 0 && ` (plus courts à cause de ${costly.slice(0, 5).join(" ")})`}
      {!introduced && ` ${words.introduction}`}
      {segments > MOST && ` · à raccourcir ou à couper`}
    </p>
  );
}
