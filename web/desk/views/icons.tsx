/** The few line drawings of the desk. Decoration only: each stands beside its word. */

import type { JSX } from "preact";
import type { Channel, Level } from "../contract";

function Icon({ path, kind = "line" }: { path: string; kind?: "line" | "solid" }): JSX.Element {
  return (
    <svg class={`icon icon-${kind}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}

// Three shapes, so that a level is seen without its colour.
const LEVELS: { readonly [level in Level]: string } = {
  R3: "M12 2.5l10.5 18.5h-21zM11 9.5v5.5h2V9.5zM11 16.5v2h2v-2z",
  R2: "M12 1.5L22.5 12 12 22.5 1.5 12zM11 7v6h2V7zM11 15v2h2v-2z",
  R1: "M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19zM11 7v6h2V7zM11 15v2h2v-2z",
};

export const LevelIcon = ({ level }: { level: Level }) => (
  <Icon path={LEVELS[level]} kind="solid" />
);
export const ChannelIcon = ({ channel }: { channel: Channel }) => (
  <Icon
    path={
      channel === "sms"
        ? "M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 8 3zM11 18h2"
        : "M3.5 5h17v14h-17zM3.5 9h17M6 7h.01"
    }
  />
);
export const BackIcon = () => <Icon path="M19 12H5M11 6l-6 6 6 6" />;
export const SendIcon = () => <Icon path="M12 19V5M6 11l6-6 6 6" />;
export const NoteIcon = () => <Icon path="M5 4h14v11l-5 5H5zM19 15h-5v5M8.5 9h7M8.5 12.5h4" />;
export const SoundIcon = ({ muted }: { muted: boolean }) => (
  <Icon
    path={
      muted
        ? "M4 9.5h4l5-4v13l-5-4H4zM16.5 9.5l5 5M21.5 9.5l-5 5"
        : "M4 9.5h4l5-4v13l-5-4H4zM16.5 9a4.5 4.5 0 0 1 0 6"
    }
  />
);
