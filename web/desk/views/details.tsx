/** What is known beside the thread: the facts in words, with the child's own, and the steps. */

import type { JSX } from "preact";
import type { WholeCard } from "../contract";
import { shownFacts } from "../fact-words";
import { shownSteps } from "../step-words";
import { words } from "../words";
import { THREE_COLUMNS, useMedia } from "./media";

export interface DetailsProps {
  readonly card: WholeCard;
  readonly now: number;
}

export function Details({ card, now }: DetailsProps): JSX.Element {
  const wide = useMedia(THREE_COLUMNS);
  return (
    <details class="details" open={wide}>
      <summary>{words.details}</summary>
      <div class="details-inside">
        <Facts card={card} now={now} />
        <StepList card={card} />
      </div>
    </details>
  );
}

function Facts({ card, now }: DetailsProps): JSX.Element {
  const facts = shownFacts(card.facts, now);
  return (
    <section>
      <h3>{words.facts}</h3>
      {facts.length === 0 && <p class="hint">{words.noFacts}</p>}
      <dl class="facts">
        {facts.map(({ name, label, value, words: own }) => (
          <div key={name} class="fact">
            <dt>{label}</dt>
            <dd>
              {value}
              {own.map((said) => (
                <q key={said}>{said}</q>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function StepList({ card }: { readonly card: WholeCard }): JSX.Element {
  return (
    <section>
      <h3>{words.steps}</h3>
      <ul class="steps">
        {shownSteps(card.steps).map(({ step, label, state, words: said }) => (
          <li key={step} class={`step step-${state}`}>
            {label} <span>{said}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
