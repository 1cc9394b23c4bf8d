/** The whole page: the sign-in, or the queue and the open conversation side by side. */

import type { JSX } from "preact";
import type { Desk } from "../desk";
import type { Sound } from "../sound";
import { words } from "../words";
import { Pane } from "./pane";
import { QueueView } from "./queue";
import { SignIn } from "./sign-in";
import { Top } from "./top";

export interface PageProps {
  readonly desk: Desk;
  readonly sound: Sound;
}

export function Page({ desk, sound }: PageProps): JSX.Element {
  const phase = desk.session.phase.value;
  if (phase === "asking") {
    return (
      <main class="asking">
        <p role="status">{desk.session.sentence.value ?? words.asking}</p>
      </main>
    );
  }
  if (phase === "signed_out") return <SignIn session={desk.session} />;
  const id = desk.conversation.id.value;
  return (
    <div class={`desk ${id === null ? "at-queue" : "at-conversation"}`}>
      <Top desk={desk} sound={sound} />
      <QueueView desk={desk} />
      {id === null ? (
        <main class="pane nothing">
          <p>{words.choose}</p>
        </main>
      ) : (
        <Pane key={id} desk={desk} />
      )}
    </div>
  );
}
