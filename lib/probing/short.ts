/** As much of an error's text as a sample and a journal need to hold: thousands of them may be kept. */
const longest = 160;

/** A text on one line, cut where it is long. */
export function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest - 3)}...` : line;
}
