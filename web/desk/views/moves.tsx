/** What can be done with the conversation as a whole. What ends our presence is asked once more. */

import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Channel } from "../contract";
import type { OpenConversation } from "../conversation";
import type { Leaving, Moves } from "../moves";
import { outcomes, words } from "../words";
import { SIDE_BY_SIDE, useMedia } from "./media";
import { Panel } from "./panel";

/** The questions that a button of the head can open. */
export type Question = "release" | "return" | "close" | "erase" | "danger";

export interface MoveButtonsProps {
  readonly moves: Moves;
  readonly inDanger: boolean;
  readonly onAsk: (question: Question) => void;
  /** A return or an end is held back: the counsellor is told why. */
  readonly onHeld: () => void;
}

export function MoveButtons({
  moves,
  inDanger,
  onAsk,
  onHeld,
}: MoveButtonsProps): JSX.Element | null {
  const roomy = useMedia(SIDE_BY_SIDE);
  const box = useRef<HTMLDetailsElement>(null);
  const ask = (question: Question) => {
    // Where there is little room, the question takes the place of the buttons.
    if (!roomy && box.current) box.current.open = false;
    onAsk(question);
  };
  const button = (question: Question, label: string) => (
    <button type="button" class="small" onClick={() => ask(question)}>
      {label}
    </button>
  );
  const leaving = (may: Leaving, question: Question, label: string) =>
    may === "danger" ? (
      <button type="button" class="small" aria-disabled="true" onClick={onHeld}>
        {label}
      </button>
    ) : (
      may === "yes" && button(question, label)
    );
  const judge = moves.judge && !inDanger;
  const leaves = moves.returnToBot !== "no" || moves.close !== "no";
  if (!(judge || leaves || moves.release || moves.erase)) return null;
  return (
    <details class="moves" ref={box} open={roomy}>
      <summary class="small">{words.actions}</summary>
      {judge && button("danger", "Signaler un danger")}
      {moves.release && button("release", words.release)}
      {leaving(moves.returnToBot, "return", words.returnToBot)}
      {leaving(moves.close, "close", words.close)}
      {moves.erase && button("erase", words.erase)}
    </details>
  );
}

export interface SureProps {
  readonly question: Question;
  readonly channel: Channel;
  /** R2 or R3 stands. */
  readonly inDanger: boolean;
  readonly conversation: OpenConversation;
  readonly onDone: () => void;
}

/** The question before a release, a return, an end or an erasure. */
export function Sure(props: SureProps): JSX.Element | null {
  const { question, channel, inDanger, conversation, onDone } = props;
  const [outcome, setOutcome] = useState<string | null>(null);
  const asked = ASKED[question];
  if (asked === undefined) return null;
  const decide = async (event: Event) => {
    event.preventDefault();
    await asked.act(conversation, outcome);
    onDone();
  };
  return (
    <Panel title={asked.title} onCancel={onDone}>
      <form onSubmit={decide}>
        <p>{asked.why[channel]}</p>
        {question === "erase" && inDanger && <p class="warning">{words.dangerStays}</p>}
        {question === "close" && <Outcomes onChoose={setOutcome} />}
        <div class="panel-buttons">
          <button type="submit" class="button button-main" disabled={conversation.busy.value}>
            {asked.label}
          </button>
          <button type="button" class="button" onClick={onDone}>
            {words.cancel}
          </button>
        </div>
      </form>
    </Panel>
  );
}

interface Asked {
  readonly title: string;
  readonly why: { readonly [channel in Channel]: string };
  readonly label: string;
  readonly act: (conversation: OpenConversation, outcome: string | null) => Promise<boolean>;
}

const ASKED: { readonly [question in Question]?: Asked } = {
  release: {
    ...{ title: words.sureRelease, why: words.sureReleaseWhy, label: words.release },
    act: (conversation) => conversation.release(),
  },
  return: {
    ...{ title: words.sureReturn, why: words.sureReturnWhy, label: words.returnToBot },
    act: (conversation) => conversation.returnToBot(),
  },
  close: {
    ...{ title: words.sureClose, why: words.sureCloseWhy, label: words.close },
    act: (conversation, outcome) => conversation.close(outcome),
  },
  erase: {
    ...{ title: words.sureErase, label: words.reallyErase },
    why: { web: words.sureEraseWhy, sms: words.sureEraseWhy },
    act: (conversation) => conversation.erase(),
  },
};

function Outcomes({ onChoose }: { onChoose: (outcome: string | null) => void }): JSX.Element {
  return (
    <label class="labelled">
      {words.outcome}
      <select onChange={(event) => onChoose(event.currentTarget.value || null)}>
        {outcomes.map(([outcome, label]) => (
          <option key={label} value={outcome ?? ""}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
