/** A question inside the page: it takes the focus, Escape takes it away, and the focus goes back. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface PanelProps {
  readonly title: string;
  readonly alarm?: boolean;
  readonly onCancel: () => void;
  readonly children: ComponentChildren;
}

export function Panel({ title, alarm = false, onCancel, children }: PanelProps): JSX.Element {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onCancel();
  };
  return (
    <section
      ref={box}
      class={`panel ${alarm ? "panel-alarm" : ""}`}
      role="alertdialog"
      aria-labelledby="panel-title"
      tabIndex={-1}
      onKeyDown={leave}
    >
      <h3 id="panel-title">{title}</h3>
      {children}
    </section>
  );
}
