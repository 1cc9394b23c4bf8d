/** A person judges the danger. Taking one down is asked twice, here in the page. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Danger, Kind, Level } from "../contract";
import { isKind, KINDS, LEVEL_MEANINGS, LEVELS } from "../danger-words";
import { lowers } from "../moves";
import { words } from "../words";
import { Panel } from "./panel";

export interface JudgeProps {
  readonly danger: Danger | null;
  readonly busy: boolean;
  readonly onJudge: (level: Level | null, kind: Kind | null) => void;
  readonly onCancel: () => void;
}

const CHOICES: readonly (Level | null)[] = ["R3", "R2", "R1", null];

export function Judge({ danger, busy, onJudge, onCancel }: JudgeProps): JSX.Element {
  const [level, setLevel] = useState<Level | null>(danger?.level ?? "R2");
  const [kind, setKind] = useState<Kind>(
    danger && isKind(danger.kind) ? danger.kind : "danger_suicide",
  );
  const [sure, setSure] = useState(false);
  const lowering = lowers(danger?.level ?? null, level);
  const choose = (next: Level | null) => {
    setLevel(next);
    setSure(false);
  };
  const decide = (event: Event) => {
    event.preventDefault();
    if (lowering && !sure) setSure(true);
    else onJudge(level, level === null ? null : kind);
  };
  return (
    <Panel title="Quel est le danger ?" alarm onCancel={onCancel}>
      <form onSubmit={decide}>
        <Levels level={level} onChoose={choose} />
        {level !== null && <Kinds kind={kind} onChoose={setKind} />}
        <p class="sure" role="alert">
          {sure && sureWords(danger, level)}
        </p>
        <div class="panel-buttons">
          <button type="submit" class="button button-main" disabled={busy}>
            {buttonWords(lowering, sure)}
          </button>
          <button type="button" class="button" onClick={onCancel}>
            {words.cancel}
          </button>
        </div>
      </form>
    </Panel>
  );
}

interface LevelsProps {
  readonly level: Level | null;
  readonly onChoose: (level: Level | null) => void;
}

function Levels({ level, onChoose }: LevelsProps): JSX.Element {
  return (
    <fieldset class="levels">
      <legend>Niveau</legend>
      {CHOICES.map((choice) => (
        <label key={choice ?? "none"} class="choice">
          <input
            type="radio"
            name="level"
            checked={level === choice}
            onChange={() => onChoose(choice)}
          />
          <span>
            <b>{choice === null ? "Aucun danger" : `${choice} ${LEVELS[choice]}`}</b>
            {choice !== null && <small>{LEVEL_MEANINGS[choice]}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface KindsProps {
  readonly kind: Kind;
  readonly onChoose: (kind: Kind) => void;
}

function Kinds({ kind, onChoose }: KindsProps): JSX.Element {
  return (
    <label class="labelled">
      De quoi s'agit-il ?
      <select value={kind} onChange={(event) => onChoose(event.currentTarget.value as Kind)}>
        {Object.entries(KINDS).map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function sureWords(danger: Danger | null, level: Level | null): string {
  const to = level === null ? "aucun danger" : `${level} ${LEVELS[level]}`;
  return `Abaisser de ${danger?.level ?? ""} à ${to} ? La file et le programme en tiendront compte.`;
}

function buttonWords(lowering: boolean, sure: boolean): string {
  if (!lowering) return "Enregistrer";
  return sure ? "Oui, abaisser" : "Abaisser le danger";
}
