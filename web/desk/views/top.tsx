/** The bar above everything: whose desk this is, who sits at it, whether it is live. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ApiError } from "../../shared/api";
import type { Desk } from "../desk";
import { OFFLINE, sentenceOf } from "../refusals";
import type { Sound } from "../sound";
import { words } from "../words";
import { SoundIcon } from "./icons";

export interface TopProps {
  readonly desk: Desk;
  readonly sound: Sound;
}

export function Top({ desk, sound }: TopProps): JSX.Element {
  const [sentence, setSentence] = useState<string | null>(null);
  const leave = () =>
    desk
      .signOut()
      .catch((error: unknown) =>
        setSentence(error instanceof ApiError ? sentenceOf(error, null) : OFFLINE),
      );
  const trouble = sentence ?? (desk.lost.value ? words.lost : desk.queue.sentence.value);
  return (
    <header class="top">
      <div class="top-line">
        <h1 class="brand">{words.title}</h1>
        <p class="helpline">{desk.session.setup.value?.helpline}</p>
        <SoundButton sound={sound} />
        <p class="who">{desk.session.me.value?.name}</p>
        <button type="button" class="quiet" onClick={leave}>
          {words.signOut}
        </button>
      </div>
      <p class="trouble" role="status" hidden={trouble === null}>
        {trouble}
      </p>
    </header>
  );
}

function SoundButton({ sound }: { readonly sound: Sound }): JSX.Element {
  const muted = sound.muted.value;
  const toggle = () => {
    sound.muted.value = !muted;
    // Turned on, it is heard once: so that nobody waits for an alarm that cannot sound.
    if (muted) sound.ring();
  };
  return (
    <button type="button" class="quiet sound" aria-pressed={!muted} onClick={toggle}>
      <SoundIcon muted={muted} />
      <span class="label">{muted ? words.soundOff : words.soundOn}</span>
    </button>
  );
}
