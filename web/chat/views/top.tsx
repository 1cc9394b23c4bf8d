/** The head of the page: whose line this is, who answers now, the way out, the way to the panels. */

import type { JSX } from "preact";
import type { Conversation } from "../conversation";
import type { Panel, Screen } from "../screen";
import { standingWords } from "../standing";
import { doneCount, type ShownStep } from "../steps";
import { words } from "../words";
import { ExitIcon, MoreIcon, PersonIcon, PhoneIcon, ProgramIcon, StepsIcon } from "./icons";

export interface TopProps {
  readonly conversation: Conversation;
  readonly screen: Screen;
  readonly name: string;
  readonly steps: readonly ShownStep[];
  readonly now: number;
  readonly onLeave: () => void;
}

export function Top(props: TopProps): JSX.Element {
  const { standing, over } = props.conversation;
  const { voice, title, detail } = standingWords(standing.value, props.now, over.value);
  return (
    <header class="top">
      <div class={`who who-${voice}`}>
        <span class="badge">{voice === "person" ? <PersonIcon /> : <ProgramIcon />}</span>
        <div class="who-words">
          <h1 class="name">{props.name}</h1>
          <p class="standing" role="status">
            <span class="light" aria-hidden="true" />
            <span>
              <span class="standing-title">{title}</span>
              {detail !== null && <span class="standing-detail"> {detail}</span>}
            </span>
          </p>
        </div>
      </div>
      <button type="button" class="button exit" title={words.quickExitHint} onClick={props.onLeave}>
        <ExitIcon />
        {words.quickExit}
      </button>
      <Tools screen={props.screen} steps={props.steps} />
    </header>
  );
}

function Tools({ screen, steps }: Pick<TopProps, "screen" | "steps">): JSX.Element {
  return (
    <nav class="tools" aria-label={words.tools}>
      <Tool panel="help" screen={screen}>
        <PhoneIcon />
        {words.help}
      </Tool>
      {steps.length > 0 && (
        <Tool panel="steps" screen={screen}>
          <StepsIcon />
          {words.steps} {doneCount(steps)}/{steps.length}
        </Tool>
      )}
      <Tool panel="more" screen={screen}>
        <MoreIcon />
        {words.more}
      </Tool>
    </nav>
  );
}

interface ToolProps {
  readonly panel: Panel;
  readonly screen: Screen;
  readonly children: JSX.Element | readonly unknown[];
}

function Tool({ panel, screen, children }: ToolProps): JSX.Element {
  const open = screen.panel.value === panel;
  return (
    <button
      type="button"
      class={`tool tool-${panel}`}
      aria-expanded={open}
      onClick={(event) => (open ? screen.close() : screen.open(panel, event.currentTarget))}
    >
      {children as JSX.Element}
    </button>
  );
}
