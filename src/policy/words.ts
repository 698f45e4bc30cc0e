/** The names of the user's code leave a sentence at 160 characters. Lengths in characters. */
export function shorten(text: string, length: number): string {
  return text.length > length ? `…${text.slice(1 - length)}` : text;
}
