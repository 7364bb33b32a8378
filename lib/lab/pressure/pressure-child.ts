import { messageOf } from '../../experiment/steadfast-error.ts';
import { burnCpu } from './burn-cpu.ts';
import { holdConnections } from './hold-connections.ts';
import { holdMemory } from './hold-memory.ts';
import { type Told, type Work, workSchema } from './pressure.ts';
import { writeDisk } from './write-disk.ts';

/** How often it tells what it has done: often enough for a stage of a second. */
const tellEveryMs = 100;

// It ends with the command that started it, however that came about.
process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));

let gaveUp: string | undefined;
const onGivenUp = (why: string) => {
  gaveUp ??= why;
};

type Done = Partial<Omit<Told['told'], 'cpuMs' | 'gaveUp'>>;

/** @returns how to ask what it has done so far */
async function begin(work: Work): Promise<() => Done> {
  switch (work.kind) {
    case 'cpu':
      burnCpu(work.loadPercent);
      return () => ({});
    case 'memory': {
      const memory = holdMemory(work.bytes, work.leaveBytes, onGivenUp);
      return () => ({ heldBytes: memory.heldBytes() });
    }
    case 'io': {
      const disk = await writeDisk(work.folder, work.fileBytes, onGivenUp);
      return () => ({ writtenBytes: disk.writtenBytes() });
    }
    case 'connections': {
      const holding = holdConnections(work, work.connections, onGivenUp);
      return () => ({ heldConnections: holding.held(), refusedConnections: holding.refused() });
    }
  }
}

const nothing = { heldBytes: 0, writtenBytes: 0, heldConnections: 0, refusedConnections: 0 };

try {
  const done = await begin(workSchema.parse(JSON.parse(process.argv[2] ?? '{}')));
  const tell = () => {
    const { user, system } = process.cpuUsage();
    const told: Told['told'] = {
      cpuMs: (user + system) / 1_000,
      ...nothing,
      ...done(),
      ...(gaveUp === undefined ? {} : { gaveUp }),
    };
    process.send?.({ told } satisfies Told);
  };
  tell();
  setInterval(tell, tellEveryMs);
} catch (thrown) {
  process.stderr.write(`${messageOf(thrown)}\n`, () => process.exit(1));
}
