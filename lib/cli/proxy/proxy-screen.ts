import type { ProxyServer } from '../../lab/proxy/control/proxy-server.ts';
import { toxicText } from '../../lab/proxy/control/telling-plane.ts';
import { formatNumber, formatSeconds, plural } from '../../report/format.ts';
import { cutTo, type Line, piece } from '../view/line.ts';
import { pad, plainText, widthOf } from '../view/text-width.ts';

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

/** From here on a proxy's addresses and figures stand in one line. */
const wideColumns = 90;

/** Lines that changes take at the end. */
const shownChanges = 4;

const longestName = 24;

/** Bytes in the largest decimal unit that leaves a digit before the point. */
function formatBytes(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return power === 0 ? `${bytes} B` : `${formatNumber(bytes / 1_000 ** power)} ${units[power - 1]}`;
}

type Proxy = ProxyPicture['proxies'][number];
type Toxic = ProxyPicture['toxics'][number];

const figuresOf = ({ counters, enabled }: Proxy): Line => [
  enabled
    ? piece(`${counters.activeConnections} open`, counters.activeConnections > 0 ? 'good' : 'plain')
    : piece('disabled', 'doubt'),
  piece(` of ${plural(counters.connections, 'connection')}, ${formatBytes(counters.bytes)}`),
];

const leftOf = (expiresAtMs: number | undefined, nowMs: number): Line =>
  expiresAtMs === undefined
    ? []
    : [piece(`  ${formatSeconds(Math.max(0, Math.ceil((expiresAtMs - nowMs) / 1_000)))} left`, 'accent')];

function proxyLines(proxy: Proxy, nameColumns: number, { columns, nowMs }: ProxyScreenOptions): Line[] {
  const name = piece(` ${pad(plainText(proxy.name), nameColumns)}  `, 'strong');
  const way = `${plainText(proxy.listen)} -> ${plainText(proxy.upstream)}`;
  const left = leftOf(proxy.expiresAtMs, nowMs);
  if (columns < wideColumns) return [[name, ...figuresOf(proxy), ...left], [piece(`   ${way}`, 'faint')]];
  return [
    [name, piece(pad(way, Math.max(widthOf(way), 48)), 'faint'), piece('  '), ...figuresOf(proxy), ...left],
  ];
}

function toxicLine({ toxic, counters }: Toxic, columns: number): Line {
  const effect = piece(`, on ${plural(counters.connections, 'connection')}`, 'faint');
  const start = [piece('   ! ', 'bad'), piece(plainText(toxic.name), 'doubt'), piece('  ')];
  const text = plainText(toxicText(toxic));
  return columns < wideColumns ? [...start, piece(text)] : [...start, piece(text), effect];
}

/** The live list of proxies as lines, none wider than the terminal, and no more than it has rows. */
export function proxyScreen(picture: ProxyPicture, options: ProxyScreenOptions): Line[] {
  const { proxies, toxics, changes } = picture;
  const nameColumns = Math.min(longestName, Math.max(0, ...proxies.map(({ name }) => widthOf(name))));
  const header: Line = [
    piece('Fault proxy', 'strong'),
    piece(`  ${picture.url}  seed ${picture.seed}  `),
    piece('Ctrl-C ends it', 'faint'),
  ];
  const body = proxies.flatMap((proxy) => [
    ...proxyLines(proxy, nameColumns, options),
    ...toxics.filter((one) => one.proxy === proxy.name).map((one) => toxicLine(one, options.columns)),
  ]);
  const nothing: Line[] = [[piece(' no proxy yet: a client makes one with POST /proxies', 'faint')]];
  const last: Line[] = changes.slice(-shownChanges).map((text) => [piece(` ${plainText(text)}`, 'faint')]);
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
