/** Where a counsellor writes: to the child, or a note that the child never sees. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { OpenCard, WholeCard } from "../contract";
import type { Desk } from "../desk";
import type { DraftKind } from "../drafts";
import type { Moves } from "../moves";
import { words } from "../words";
import { Field } from "./field";
import { SmsLength } from "./sms-length";

export interface ComposerProps {
  readonly desk: Desk;
  readonly card: OpenCard;
  readonly moves: Moves;
}

export function Composer({ desk, card, moves }: ComposerProps): JSX.Element {
  const [mode, setMode] = useState<DraftKind>("reply");
  const { conversation } = card;
  return (
    <footer class={`composer composing-${mode}`}>
      <p class="refusal" role="alert">
        {desk.conversation.sentence.value}
      </p>
      <fieldset class="modes" aria-label={words.modes}>
        <Mode mode={mode} own="reply" label={words.replyMode} onChoose={setMode} />
        <Mode mode={mode} own="note" label={words.noteMode} onChoose={setMode} />
        {mode === "reply" && moves.reply && <SmsLength desk={desk} card={card} />}
      </fieldset>
      {!moves.reply && <Taking desk={desk} card={conversation} moves={moves} />}
      {mode === "note" ? (
        <Writing desk={desk} id={conversation.id} kind="note" onSend={() => void desk.note()} />
      ) : (
        moves.reply && <Answering desk={desk} card={conversation} />
      )}
    </footer>
  );
}

interface ModeProps {
  readonly mode: DraftKind;
  readonly own: DraftKind;
  readonly label: string;
  readonly onChoose: (mode: DraftKind) => void;
}

function Mode({ mode, own, label, onChoose }: ModeProps): JSX.Element {
  return (
    <button type="button" class="mode" aria-pressed={mode === own} onClick={() => onChoose(own)}>
      {label}
    </button>
  );
}

function Answering({ desk, card }: { readonly desk: Desk; readonly card: WholeCard }): JSX.Element {
  return (
    <>
      {card.muted && <p class="warning">{words.mutedLong}</p>}
      <Writing desk={desk} id={card.id} kind="reply" onSend={() => desk.reply()} />
    </>
  );
}

interface WritingProps {
  readonly desk: Desk;
  readonly id: string;
  readonly kind: DraftKind;
  readonly onSend: () => void;
}

function Writing({ desk, id, kind, onSend }: WritingProps): JSX.Element {
  const type = (text: string) => {
    desk.drafts.write(id, kind, text);
    if (kind === "reply" && text.trim() !== "") desk.conversation.typed();
  };
  return (
    <Field
      key={kind}
      kind={kind}
      draft={desk.drafts.read(id, kind)}
      {...{ onSend }}
      onType={type}
    />
  );
}

/** Nobody of us, or a colleague, answers: what is going on, and the way to take over. */
function Taking({
  desk,
  card,
  moves,
}: Omit<ComposerProps, "card"> & { card: WholeCard }): JSX.Element {
  return (
    <div class="taking">
      <p>{answersWords(card)}</p>
      {moves.takeOver && <p class="hint">{words.takeOverWhy}</p>}
      {(moves.claim || moves.takeOver) && (
        <button
          type="button"
          class={moves.claim ? "button button-main" : "button"}
          disabled={desk.conversation.busy.value}
          onClick={() => void desk.conversation.claim()}
        >
          {moves.claim ? words.claim : words.takeOver}
        </button>
      )}
    </div>
  );
}

function answersWords(card: WholeCard): string {
  if (card.status === "waiting") return words.botAnswers;
  if (card.status === "with_bot") return words.botAlone;
  if (card.status === "closed") return words.closedAnswers;
  return `${card.assignee?.name ?? ""} ${words.colleagueAnswers}`;
}
