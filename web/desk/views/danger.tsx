/** A danger as it is shown: level by shape, colour and word; the child's own words; who saw it. */

import type { JSX } from "preact";
import type { Danger, Level } from "../contract";
import { dangerWords, LEVELS, seenByWords } from "../danger-words";
import { LevelIcon } from "./icons";

export function LevelBadge({ level }: { readonly level: Level }): JSX.Element {
  return (
    <span class={`level badge-${level}`}>
      <LevelIcon level={level} /> {level} {LEVELS[level]}
    </span>
  );
}

export interface DangerProps {
  readonly danger: Danger | null;
  /** Opens the judgement; null where nothing can be judged any more. */
  readonly onJudge: (() => void) | null;
}

export function DangerView({ danger, onJudge }: DangerProps): JSX.Element | null {
  if (danger === null) return null;
  return (
    <section class={`danger level-${danger.level}`} aria-label="Danger">
      <div>
        <p class="danger-kind">
          <LevelBadge level={danger.level} /> <b>{dangerWords(danger)}</b>
        </p>
        <p class="danger-words">
          {danger.words !== null && <q>{danger.words}</q>} <small>{seenByWords(danger)}</small>
        </p>
      </div>
      {onJudge && (
        <button type="button" class="small" onClick={onJudge}>
          Modifier<span class="label">&nbsp;le danger</span>
        </button>
      )}
    </section>
  );
}
