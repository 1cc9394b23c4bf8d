/** The options: come back later with a code, go on with a code, erase. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ApiError } from "../../shared/api";
import type { Conversation } from "../conversation";
import { words } from "../words";

export interface MoreProps {
  readonly conversation: Conversation;
  readonly onDone: () => void;
}

export function More({ conversation, onDone }: MoreProps): JSX.Element {
  return (
    <>
      <Code code={conversation.resumeCode.value} />
      <Resume conversation={conversation} onDone={onDone} />
      <Erase conversation={conversation} onDone={onDone} />
    </>
  );
}

/** Shown on demand only: a code on the screen is a code for whoever looks over a shoulder. */
function Code({ code }: { code: string | null }): JSX.Element | null {
  const [open, setOpen] = useState(false);
  if (code === null) return null;
  return (
    <section class="option">
      <h3>{words.codeTitle}</h3>
      <p>{words.codeIntro}</p>
      <p class="quiet">{words.codeWarning}</p>
      {open && <output class="code">{code}</output>}
      <button type="button" class="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? words.codeHide : words.codeShow}
      </button>
    </section>
  );
}

export function Resume({ conversation, onDone }: MoreProps): JSX.Element {
  const [code, setCode] = useState("");
  const { busy, refusal, run } = useAsking(() => conversation.resume(code.trim()), onDone);
  return (
    <section class="option">
      <h3>{words.resumeTitle}</h3>
      <form
        class="resume"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <label for="code">{words.resumeField}</label>
        <input
          id="code"
          class="field"
          value={code}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
        <button type="submit" class="button" disabled={busy || code.trim() === ""}>
          {words.resume}
        </button>
      </form>
      <Refusal sentence={refusal} />
    </section>
  );
}

function Erase({ conversation, onDone }: MoreProps): JSX.Element {
  const [sure, setSure] = useState(false);
  const { busy, refusal, run } = useAsking(() => conversation.erase(), onDone);
  return (
    <section class="option">
      <h3>{words.eraseTitle}</h3>
      <p>{words.eraseIntro}</p>
      <p class="quiet">{words.eraseNote}</p>
      {sure ? (
        <fieldset class="sure">
          <legend>{words.eraseSure}</legend>
          <button type="button" class="button" onClick={() => setSure(false)}>
            {words.eraseNo}
          </button>
          <button type="button" class="button button-alarm" disabled={busy} onClick={run}>
            {words.eraseYes}
          </button>
        </fieldset>
      ) : (
        <button type="button" class="button button-alarm" onClick={() => setSure(true)}>
          {words.erase}
        </button>
      )}
      <Refusal sentence={refusal} />
    </section>
  );
}

function Refusal({ sentence }: { sentence: string | null }): JSX.Element {
  return (
    <p class="refusal" role="alert" hidden={sentence === null}>
      {sentence}
    </p>
  );
}

/** One question to the api at a time; its French refusal stays until the next try. */
function useAsking(ask: () => Promise<void>, onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const run = () => {
    setBusy(true);
    setRefusal(null);
    ask()
      .then(onDone)
      .catch((error) => setRefusal(error instanceof ApiError ? error.sentence : null))
      .then(() => setBusy(false));
  };
  return { busy, refusal, run };
}
