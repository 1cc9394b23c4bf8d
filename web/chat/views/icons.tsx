/** The few line drawings of the page. Decoration only: each stands beside its word. */

import type { JSX } from "preact";

function Icon({ path }: { path: string }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}

export const ExitIcon = () => <Icon path="M14 5H6v14h8M11 12h10M17 8l4 4-4 4" />;
export const PhoneIcon = () => (
  <Icon path="M6.5 4h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5L16 13l4 1.5v3a2 2 0 0 1-2.2 2A15.5 15.5 0 0 1 4.5 6.2 2 2 0 0 1 6.5 4z" />
);
export const StepsIcon = () => (
  <Icon path="M4 6.5l1.5 1.5L8 5.5M4 16.5l1.5 1.5L8 15.5M12 7h8M12 17h8" />
);
export const MoreIcon = () => <Icon path="M5 12h.01M12 12h.01M19 12h.01" />;
export const SendIcon = () => <Icon path="M12 19V5M6 11l6-6 6 6" />;
export const BackIcon = () => <Icon path="M19 12H5M11 6l-6 6 6 6" />;
export const PersonIcon = () => (
  <Icon path="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.5 3.800-5.5 7.5-5.5s6.700 2 7.5 5.5" />
);
export const ProgramIcon = () => (
  <Icon path="M5 6h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-7l-4.5 3.5V17H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM9 11.5h.01M15 11.5h.01" />
);
export const DoneIcon = () => <Icon path="M5 12.5l4.5 4.5L19 7.5" />;
