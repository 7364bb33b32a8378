import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Address } from '../proxy/connection.ts';
import { parseTcpTable, type TcpEntry } from './tcp-table.ts';

/** What cannot be read (a process that has just ended, one of another user) tells nothing. */
function orNothing<Value>(read: () => Value, nothing: Value): Value {
  try {
    return read();
  } catch {
    return nothing;
  }
}

/** The fields of /proc/PID/stat behind the command's name, which may hold spaces: state, parent, process group, and so on. */
function statOf(pid: number): readonly string[] {
  const stat = orNothing(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** A process, the group that it leads, and all that they have started. */
export function familyOf(pid: number): ReadonlySet<number> {
  const others = orNothing(() => readdirSync('/proc'), [])
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const [, parent, group] = statOf(Number(name));
      return { pid: Number(name), parent: Number(parent), group: Number(group) };
    });
  const family = new Set([pid]);
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const one of others) if (family.has(one.parent) || one.group === pid) family.add(one.pid);
  }
  return family;
}

/** The sockets that a process holds, by their numbers; undefined where nobody may look. */
function socketsOf(pid: number): readonly string[] | undefined {
  const folder = `/proc/${pid}/fd`;
  const names = orNothing<readonly string[] | undefined>(() => readdirSync(folder), undefined);
  return names?.flatMap((name) => {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(orNothing(() => readlinkSync(`${folder}/${name}`), '')) ?? [];
    return inode ?? [];
  });
}

/** The connections in a process's own network, which may be another than ours. */
const tablesOf = (pid: number): TcpEntry[] =>
  ['tcp', 'tcp6'].flatMap((table) =>
    parseTcpTable(orNothing(() => readFileSync(`/proc/${pid}/net/${table}`, 'utf8'), '')),
  );

/**
 * The far ends of all TCP connections that a process and those it has started hold now, on Linux, whose /proc tells it (proc(5)).
 *
 * @returns undefined on other systems, and where the process is gone or nobody may look at it
 */
export function openConnections(pid: number): readonly Address[] | undefined {
  if (process.platform !== 'linux' || pid <= 0) return undefined;
  const held = socketsOf(pid);
  if (held === undefined) return undefined;
  const sockets = new Set([...familyOf(pid)].flatMap((one) => socketsOf(one) ?? []).concat(held));
  return tablesOf(pid)
    .filter(({ established, inode }) => established && sockets.has(inode))
    .map(({ remote }) => remote);
}
