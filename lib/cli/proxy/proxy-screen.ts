import type { ProxyServer } from '../../lab/proxy/control/proxy-server.ts';
import { toxicText } from '../../lab/proxy/control/telling-plane.ts';
import { formatNumber, formatSeconds, plural } from '../../report/format.ts';
import { cutTo, type Line, piece } from '../view/line.ts';
import { clip, pad, plainText, widthOf } from '../view/text-width.ts';

export interface ProxyPicture {
  readonly proxies: ReturnType<ProxyServer['proxies']>;
  readonly toxics: ReturnType<ProxyServer['toxics']>;
  readonly url: string;
  readonly seed: number;
  /** What changed last, the newest at the end. */
  readonly changes: readonly string[];
}

export interface ProxyScreenOptions {
  readonly columns: number;
  readonly rows: number | undefined;
  readonly nowMs: number;
}

/** Room for the figures of a proxy: `12 open of 1,204 connections, 1.24 MB  45 s left`. */
const figuresColumns = 50;

/** Lines that changes take at the end; one on a low terminal, where proxies need the room. */
const shownChanges = 4;
const lowRows = 16;

/** The widest that names and addresses may be beside each other. */
const longestName = 24;
const longestWay = 48;

/** Bytes in the largest decimal unit that leaves a digit before the point. */
function formatBytes(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return power === 0 ? `${bytes} B` : `${formatNumber(bytes / 1_000 ** power)} ${units[power - 1]}`;
}

type Proxy = ProxyPicture['proxies'][number];
type Toxic = ProxyPicture['toxics'][number];

function figuresOf({ counters, enabled }: Proxy): Line {
  const { activeConnections: open, connections, bytes } = counters;
  const through = `${plural(connections, 'connection')}, ${formatBytes(bytes)}`;
  return enabled
    ? [piece(`${open} open`, open > 0 ? 'good' : 'plain'), piece(` of ${through}`)]
    : [piece('disabled', 'doubt'), piece(`, ${through}`)];
}

const leftOf = (expiresAtMs: number | undefined, nowMs: number): Line =>
  expiresAtMs === undefined
    ? []
    : [piece(`  ${formatSeconds(Math.max(0, Math.ceil((expiresAtMs - nowMs) / 1_000)))} left`, 'accent')];

const wayOf = ({ listen, upstream }: Proxy): string => `${plainText(listen)} -> ${plainText(upstream)}`;

interface Columns {
  readonly name: number;
  readonly way: number;
  /** A proxy's addresses and figures stand in one line. */
  readonly isWide: boolean;
}

function proxyLines(proxy: Proxy, widths: Columns, nowMs: number): Line[] {
  const name = piece(` ${pad(plainText(proxy.name), widths.name)}  `, 'strong');
  const left = leftOf(proxy.expiresAtMs, nowMs);
  const way = wayOf(proxy);
  return !widths.isWide
    ? [
        [name, ...figuresOf(proxy)],
        [piece(`   ${way}`, 'faint'), ...left],
      ]
    : [[name, piece(`${pad(way, widths.way)}  `, 'faint'), ...figuresOf(proxy), ...left]];
}

/** What a toxic is, cut before what it has done and how long it stays. */
function toxicLine(
  { toxic, counters, expiresAtMs }: Toxic,
  { isWide }: Columns,
  { columns, nowMs }: ProxyScreenOptions,
): Line {
  const start = [piece('   ! ', 'bad'), piece(plainText(toxic.name), 'doubt'), piece('  ')];
  const affected = counters.connections;
  const end = [
    piece(isWide ? `  on ${plural(affected, 'connection')}` : `  ${affected}x`, 'faint'),
    ...leftOf(expiresAtMs, nowMs),
  ];
  const used = [...start, ...end].reduce((sum, { text }) => sum + widthOf(text), 0);
  return [...start, piece(clip(plainText(toxicText(toxic)), columns - used)), ...end];
}

/** The widest of some texts, up to a bound. */
const widest = (texts: readonly string[], most: number): number =>
  Math.min(most, Math.max(0, ...texts.map(widthOf)));

/** The live list of proxies as lines, none wider than the terminal, and no more than it has rows. */
export function proxyScreen(picture: ProxyPicture, options: ProxyScreenOptions): Line[] {
  const { proxies, toxics, changes } = picture;
  const name = widest(
    proxies.map((proxy) => plainText(proxy.name)),
    Math.min(longestName, Math.floor(options.columns / 3)),
  );
  const way = widest(proxies.map(wayOf), longestWay);
  const widths = { name, way, isWide: options.columns >= 1 + name + 2 + way + 2 + figuresColumns };
  const header: Line = [
    piece('Fault proxy', 'strong'),
    piece(`  ${picture.url}  seed ${picture.seed}  `),
    piece('Ctrl-C ends it', 'faint'),
  ];
  const body = proxies.flatMap((proxy) => [
    ...proxyLines(proxy, widths, options.nowMs),
    ...toxics.filter((one) => one.proxy === proxy.name).map((one) => toxicLine(one, widths, options)),
  ]);
  const nothing: Line[] = [[piece(' no proxy yet: a client makes one with POST /proxies', 'faint')]];
  const last: Line[] = changes
    .slice(-(options.rows !== undefined && options.rows < lowRows ? 1 : shownChanges))
    .map((text) => [piece(` ${plainText(text)}`, 'faint')]);
  const fixed = 2 + (last.length === 0 ? 0 : last.length + 1);
  const room = options.rows === undefined ? body.length : Math.max(1, options.rows - 1 - fixed);
  const hidden = body.length - room;
  const shown =
    hidden > 0 ? [...body.slice(0, room - 1), [piece(` … ${hidden + 1} more lines`, 'faint')]] : body;
  const lines = [
    header,
    [],
    ...(body.length === 0 ? nothing : shown),
    ...(last.length === 0 ? [] : [[], ...last]),
  ];
  return lines.map((line) => cutTo(line, options.columns));
}
