/** Whether two labels say the same to a reader: capitals and spaces at the ends do not count. */

export function sameWords(one: string, other: string): boolean {
  return one.trim().toLocaleLowerCase("fr") === other.trim().toLocaleLowerCase("fr");
}
