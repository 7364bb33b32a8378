import type { ReadStream } from 'node:tty';
import type { Key } from './watch-rehearsal.ts';

/** Bytes of a terminal's keyboard (ECMA-48): what Ctrl-C and Ctrl-D send where the terminal hands on every key. */
const ctrlC = '\u0003';
const ctrlD = '\u0004';

function keyOf(character: string): Key | undefined {
  if (character === '\r' || character === '\n') return 'again';
  return ['q', 'Q', ctrlC, ctrlD].includes(character) ? 'quit' : undefined;
}

/** Hears single keys; the answer gives the keyboard back. */
export function hearKeys(
  keyboard: Pick<ReadStream, 'setRawMode' | 'setEncoding' | 'on' | 'off' | 'resume' | 'pause'>,
  onKey: (key: Key) => void,
): () => void {
  const listener = (text: string) => {
    for (const character of text) {
      const key = keyOf(character);
      if (key !== undefined) onKey(key);
    }
  };
  keyboard.setRawMode(true);
  keyboard.setEncoding('utf8');
  keyboard.on('data', listener);
  keyboard.resume();
  return () => {
    keyboard.off('data', listener);
    keyboard.setRawMode(false);
    keyboard.pause();
  };
}
