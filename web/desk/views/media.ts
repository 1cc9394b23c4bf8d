/** How much room there is: the same widths as in the styles. */

import { useEffect, useState } from "preact/hooks";

/** The queue and the conversation, side by side. */
export const SIDE_BY_SIDE = "(min-width: 56rem)";
/** What is known of the child stands beside the thread too. */
export const THREE_COLUMNS = "(min-width: 76rem)";

export function fits(query: string): boolean {
  return window.matchMedia(query).matches;
}

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => fits(query));
  useEffect(() => {
    const list = window.matchMedia(query);
    const follow = () => setMatches(list.matches);
    list.addEventListener("change", follow);
    return () => list.removeEventListener("change", follow);
  }, [query]);
  return matches;
}
