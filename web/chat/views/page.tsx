/** The whole page, from the phase of the conversation and the panel in front. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Clock } from "../../shared/clock";
import type { Helpline } from "../../shared/contract";
import type { Conversation } from "../conversation";
import type { HelplineInfo } from "../helpline";
import type { Screen } from "../screen";
import { type ShownStep, shownSteps } from "../steps";
import { words } from "../words";
import { Composer } from "./composer";
import { More, Resume } from "./more";
import { Numbers, PanelView, StepList } from "./panels";
import { ThreadView } from "./thread";
import { Top } from "./top";

export interface PageProps {
  readonly conversation: Conversation;
  readonly helpline: HelplineInfo;
  readonly screen: Screen;
  readonly clock: Clock;
  readonly onLeave: () => void;
}

export function Page(props: PageProps): JSX.Element | null {
  const { conversation, screen } = props;
  const info = props.helpline.current.value;
  const panel = screen.panel.value;
  const over = conversation.over.value;
  useEffect(() => void (panel === "help" && props.helpline.refresh()), [panel]);
  if (conversation.phase.value === "left") return null;
  const steps = shownSteps(conversation.standing.value?.steps ?? {}, info?.lines ?? []);
  return (
    <div class="page">
      <Top
        {...{ conversation, screen, steps }}
        name={info?.name ?? words.title}
        now={props.clock.now()}
        onLeave={props.onLeave}
      />
      {over && panel === null && <Ended conversation={conversation} />}
      {!over && (
        <ThreadView
          conversation={conversation}
          lines={info?.lines ?? []}
          inFront={panel === null}
        />
      )}
      <Front {...props} info={info} steps={steps} />
      {!over && <Composer conversation={conversation} screen={screen} />}
      <Aside info={info} steps={steps} />
    </div>
  );
}

interface FrontProps extends PageProps {
  readonly info: Helpline | null;
  readonly steps: readonly ShownStep[];
}

function Front({ conversation, screen, info, steps }: FrontProps): JSX.Element | null {
  const back = () => screen.close();
  switch (screen.panel.value) {
    case null:
      return null;
    case "help":
      return (
        <PanelView key="help" title={words.helpTitle} onBack={back}>
          <Numbers helpline={info} />
        </PanelView>
      );
    case "steps":
      return (
        <PanelView key="steps" title={words.stepsTitle} onBack={back}>
          <StepList steps={steps} />
        </PanelView>
      );
    case "more":
      return (
        <PanelView key="more" title={words.moreTitle} onBack={back}>
          <More conversation={conversation} onDone={back} />
        </PanelView>
      );
  }
}

function Aside({ info, steps }: Pick<FrontProps, "info" | "steps">): JSX.Element {
  return (
    <aside class="aside">
      <section class="card">
        <h2>{words.helpTitle}</h2>
        <Numbers helpline={info} />
      </section>
      {steps.length > 0 && (
        <section class="card">
          <h2>{words.stepsTitle}</h2>
          <StepList steps={steps} />
        </section>
      )}
    </aside>
  );
}

function Ended({ conversation }: { conversation: Conversation }): JSX.Element {
  const erased = conversation.phase.value === "erased";
  return (
    <main class="panel ended">
      <div role="status">
        <h2 class="panel-title">{erased ? words.erasedTitle : words.deniedTitle}</h2>
        <p>{erased ? words.erasedText : words.deniedText}</p>
      </div>
      <button type="button" class="button button-main" onClick={() => conversation.startAnew()}>
        {words.startAnew}
      </button>
      {!erased && <Resume conversation={conversation} onDone={() => undefined} />}
    </main>
  );
}
