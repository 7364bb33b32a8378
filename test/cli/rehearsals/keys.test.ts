import { Socket } from 'node:net';
import type { ReadStream } from 'node:tty';
import { expect, it } from 'vitest';
import { hearKeys } from '../../../lib/cli/rehearsals/keys.ts';

it('hears Enter and what ends the watching, nothing else, and gives the keyboard back', () => {
  const modes: boolean[] = [];
  const heard: string[] = [];
  const keyboard: ReadStream = Object.assign(new Socket(), {
    isRaw: false,
    isTTY: true,
    setRawMode: (isRaw: boolean): ReadStream => {
      modes.push(isRaw);
      return keyboard;
    },
  });
  const end = hearKeys(keyboard, (key) => heard.push(key));
  for (const text of ['x\r', '\n', 'q', 'Q', '\u0003', '\u0004', ' ']) keyboard.emit('data', text);
  expect(heard).toEqual(['again', 'again', 'quit', 'quit', 'quit', 'quit']);
  end();
  keyboard.emit('data', 'q');
  expect(heard).toHaveLength(6);
  expect(modes).toEqual([true, false]);
  keyboard.destroy();
});
