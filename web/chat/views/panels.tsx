/** What covers the thread on a phone and stands beside it on a wide screen: numbers and steps. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Helpline, Line } from "../../shared/contract";
import { addressOf } from "../numbers";
import type { ShownStep, StepView } from "../steps";
import { words } from "../words";
import { BackIcon, DoneIcon } from "./icons";

export interface PanelProps {
  readonly title: string;
  readonly onBack: () => void;
  readonly children: ComponentChildren;
}

/** A panel in front of the thread. The focus goes to its title, so that it is read first. */
export function PanelView({ title, onBack, children }: PanelProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="panel" aria-label={title}>
      <button type="button" class="button back" onClick={onBack}>
        <BackIcon />
        {words.back}
      </button>
      <h2 class="panel-title" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}

export function Numbers({ helpline }: { helpline: Helpline | null }): JSX.Element {
  if (helpline === null) return <p class="quiet">{words.helpLoading}</p>;
  return (
    <>
      <p class="quiet">{words.helpIntro}</p>
      <ul class="numbers">
        {helpline.lines.map((line) => (
          <li key={line.id}>
            <NumberLink line={line} />
          </li>
        ))}
      </ul>
    </>
  );
}

function NumberLink({ line }: { line: Line }): JSX.Element {
  const verb = line.kind === "sms" ? words.text : words.call;
  return (
    <a class={`number ${line.open ? "" : "number-closed"}`} href={addressOf(line)}>
      <span class="number-digits">
        <span class="unseen">{verb} </span>
        {line.number}
        {line.kind === "sms" && <span class="number-kind">SMS</span>}
      </span>
      <span class="number-label">{line.label}</span>
      {!line.open && <span class="number-hours">{words.closedNow}</span>}
    </a>
  );
}

const STEP_WORDS: Record<StepView, string> = {
  done: words.stepDone,
  seen: words.stepSeen,
  later: words.stepLater,
  toDo: words.stepToDo,
};

export function StepList({ steps }: { steps: readonly ShownStep[] }): JSX.Element {
  return (
    <>
      <p class="quiet">{words.stepsIntro}</p>
      <ol class="steps">
        {steps.map(({ id, label, view }, at) => (
          <li key={id} class={`step step-${view}`}>
            <span class="step-mark" aria-hidden="true">
              {view === "done" ? <DoneIcon /> : at + 1}
            </span>
            <span class="step-label">{label}</span>
            <span class="step-view">{STEP_WORDS[view]}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
