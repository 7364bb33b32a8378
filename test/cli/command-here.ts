import { setImmediate } from 'node:timers/promises';
import { main } from '../../lib/cli/main.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';
import { capturedIo } from './captured-io.ts';
import { expectDocumentOf } from './documents/expect-document.ts';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project in a folder of its own, whose commands are run in this process: for all but what only a process of their own shows. */
export interface CommandHere {
  readonly root: string;
  run(...words: readonly string[]): Promise<Ended>;
}

export function commandHere(files: Readonly<Record<string, unknown>> = {}): CommandHere {
  const root = temporaryProject(files);
  return {
    root,
    run: async (...words) => {
      const { io, out, err } = capturedIo(root);
      const code = await main(words, io, '1.2.3');
      // What was written last is read by then, too.
      await setImmediate();
      expectDocumentOf(words, out());
      return { code, stdout: out(), stderr: err() };
    },
  };
}
