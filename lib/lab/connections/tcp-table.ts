import type { Address } from '../proxy/connection.ts';

/** A TCP connection as a line of /proc/net/tcp or tcp6 tells it (Linux, Documentation/networking/proc_net_tcp.rst). */
export interface TcpEntry {
  readonly remote: Address;
  readonly established: boolean;
  /** The number of its socket, by which a process's file descriptors name it. */
  readonly inode: string;
}

/** The kernel's number of a connection that both sides have agreed to (include/net/tcp_states.h). */
const established = '01';

/** Each 32-bit word of an address is written in the machine's own order: little-endian on all that Node runs on here. */
function bytesOf(hex: string): number[] {
  const words = hex.match(/.{8}/g) ?? [];
  return words.flatMap((word) =>
    (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).reverse(),
  );
}

function hostOf(hex: string): string {
  const bytes = bytesOf(hex);
  if (bytes.length === 4) return bytes.join('.');
  // An IPv4 address of a socket that takes both is written as ::ffff:127.0.0.1.
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (mapped) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bytes[2 * index] ?? 0) * 256 + (bytes[2 * index + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** Reads such a table; a line that is not a connection is left out. */
export function parseTcpTable(table: string): TcpEntry[] {
  return table.split('\n').flatMap((line): TcpEntry[] => {
    const [, , remote = '', state, , , , , , inode] = line.trim().split(/\s+/);
    const [, host, port] = /^([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4})$/.exec(remote) ?? [];
    if (host === undefined || port === undefined || inode === undefined) return [];
    return [
      {
        remote: { host: hostOf(host), port: Number.parseInt(port, 16) },
        established: state === established,
        inode,
      },
    ];
  });
}
