import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { carriersOf, endCarriersOf } from './carriers.ts';
import { keepLogsShort } from './keep-logs-short.ts';
import { type ManagedProcess, manageProcess } from './managed-process.ts';
import { beginRecord, recordProcess, removeRecord, tokenVariable } from './registry.ts';
import { signalTo } from './signal-to.ts';
import { whenThisProcessEnds } from './when-this-process-ends.ts';

/** How long a process may take to end by itself after SIGTERM. */
export const graceMs = 5_000;

export interface StartOptions {
  /** Names it in messages and its log: `shop-1`. */
  readonly name: string;
  /** Program and arguments; `node` is the Node that runs Steadfast. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly folder: string;
  /** A helper of our own: it gets a channel, and ends by itself when the channel closes. */
  readonly helper?: boolean;
  /** What it reads; what it writes is then its `output`, and only its errors are in its log. */
  readonly input?: string;
}

/**
 * The processes of one lab. However this process ends, they end too: by `stop`, by what is hooked to its exit and its
 * signals, and after SIGKILL by the clean-up of the next lab, which reads the record kept here.
 */
export interface OwnedProcesses {
  start(options: StartOptions): Promise<ManagedProcess>;
  /** Ends all of them and forgets the record. Twice is no error; nothing can be started afterwards. */
  stop(): Promise<void>;
}

function stdioOf({ helper, input }: StartOptions, log: number): StdioOptions {
  if (input !== undefined) return ['pipe', 'pipe', log];
  return helper === true ? ['ignore', log, log, 'ipc'] : ['ignore', log, log];
}

async function spawned(child: ChildProcess, { name, command }: StartOptions): Promise<number> {
  try {
    await once(child, 'spawn');
  } catch (thrown) {
    const [program] = command;
    const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    throw new SteadfastError(
      'cannot-begin',
      missing
        ? `${name}: the program '${program}' does not exist`
        : `${name}: '${program}' cannot be started: ${messageOf(thrown)}`,
      { hint: "mend the service's command; it runs in the folder of the lab's file", cause: thrown },
    );
  }
  return child.pid ?? 0;
}

const cannotWrite = (what: string, thrown: unknown): SteadfastError =>
  thrown instanceof SteadfastError
    ? thrown
    : new SteadfastError('cannot-begin', `${what}: ${messageOf(thrown)}`, {
        hint: 'see that it is a folder of your own, and that the disk has room',
        cause: thrown,
      });

function orCannotBegin<Value>(what: string, make: () => Value): Value {
  try {
    return make();
  } catch (thrown) {
    throw cannotWrite(what, thrown);
  }
}

const stopping = (name: string) =>
  new SteadfastError('interrupted', `${name} is not started: the lab is stopping`);

/** Begins a lab's processes: the record is written before the first of them exists. */
export function ownProcesses(options: {
  readonly logFolder: string;
  readonly registry?: string;
}): OwnedProcesses {
  orCannotBegin(`the folder ${options.logFolder} cannot be made`, () =>
    mkdirSync(options.logFolder, { recursive: true }),
  );
  const { file, token } = orCannotBegin('the list of what the lab starts cannot be written', () =>
    beginRecord(options.registry),
  );
  const processes = new Set<ManagedProcess>();
  const pids = new Set<number>();
  const logs = new Set<string>();
  let stopped = false;
  const killNow = () => {
    for (const pid of pids) signalTo(pid, 'SIGKILL');
    for (const pid of carriersOf(token)) signalTo(pid, 'SIGKILL', 'process');
    removeRecord(file);
  };
  const leaveLogs = keepLogsShort(logs);
  const unhook = whenThisProcessEnds(killNow);

  return {
    start: async (start) => {
      if (stopped) throw stopping(start.name);
      const [program = '', ...args] = start.command;
      const logFile = join(options.logFolder, `${start.name}.log`);
      const log = orCannotBegin(`${start.name}: its log ${logFile} cannot be written`, () => {
        // What an earlier lab wrote there is not its own; a replacement goes on where the replica was.
        if (!logs.has(logFile)) rmSync(logFile, { force: true });
        return openSync(logFile, 'a');
      });
      logs.add(logFile);
      let child: ChildProcess;
      try {
        child = spawn(program === 'node' ? process.execPath : program, args, {
          cwd: start.folder,
          env: { ...process.env, ...start.env, [tokenVariable]: token },
          stdio: stdioOf(start, log),
          // The leader of its own group: it does not get the terminal's Ctrl-C, and is ended with all it has started.
          detached: true,
        });
      } finally {
        closeSync(log);
      }
      if (child.pid !== undefined) {
        const { pid } = child;
        pids.add(pid);
        try {
          recordProcess(file, pid);
        } catch (thrown) {
          // What is not on the list would be left behind by a command that is killed.
          signalTo(pid, 'SIGKILL');
          pids.delete(pid);
          throw cannotWrite(`${start.name}: it cannot be written to the list of what the lab starts`, thrown);
        }
      }
      if (start.input !== undefined) {
        // One that ends without having read it all is no error of ours.
        child.stdin?.on('error', () => undefined);
        child.stdin?.end(start.input);
      }
      const pid = await spawned(child, start);
      const managed = manageProcess(start.name, child, pid, logFile);
      processes.add(managed);
      void managed.exited.then(() => {
        pids.delete(pid);
        processes.delete(managed);
      });
      if (stopped) {
        await managed.stop(graceMs);
        throw stopping(start.name);
      }
      return managed;
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...processes].map((managed) => managed.stop(graceMs)));
      await endCarriersOf(token);
      leaveLogs();
      unhook();
      removeRecord(file);
    },
  };
}
