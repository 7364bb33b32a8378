import type { LabDefinition } from '../../experiment/lab.ts';
import { nameLike } from '../drafting/names.ts';
import { textOf } from '../drafting/node.ts';
import { serviceOfTarget, usersOf } from '../drafting/place.ts';
import type { Work } from '../drafting/work.ts';
import { nameOf, type SourceProxy } from './read-proxies.ts';

/** What a proxy is here: a link from one service to another. */
export interface ProxyLink {
  readonly proxy: SourceProxy;
  readonly from: string;
  readonly to: string;
  readonly port?: number;
}

/** `postgres:5432`, `[::1]:80` or `:80`. */
const addressOf = (proxy: SourceProxy): { readonly host: string; readonly port?: number } => {
  const [, host = '', port] =
    /^\s*\[?([^\]]*?)\]?(?::(\d{1,5}))?\s*$/.exec(textOf(proxy.upstream) ?? '') ?? [];
  const number = Number(port);
  return { host, ...(number >= 1 && number <= 65_535 ? { port: number } : {}) };
};

/** The link that a proxy stands for in the lab or environment that the experiment is for; undefined where it has none. */
export function knownLink(work: Work, proxy: SourceProxy): ProxyLink | undefined {
  const { host, port } = addressOf(proxy);
  const words = [nameOf(proxy) ?? '', textOf(proxy.upstream) ?? '', host].filter((word) => word !== '');
  for (const word of words) {
    const found = serviceOfTarget(work, word);
    const from = found === undefined ? undefined : usersOf(work, found.service)[0];
    if (found === undefined || from === undefined) continue;
    return { proxy, from, to: found.service, ...(port === undefined ? {} : { port }) };
  }
  return undefined;
}

/** The service of a new lab whose links the proxies become: what is under test. */
export const underTest = 'app';

/** The links of a new lab, one for each proxy. */
export function newLinks(proxies: readonly SourceProxy[]): ProxyLink[] {
  const taken = [underTest];
  return proxies.map((proxy) => {
    const { host, port } = addressOf(proxy);
    const text = (nameOf(proxy) ?? host).replace(/[_-]?(toxi)?proxy$/i, '');
    const to = nameLike(text === '' ? host : text, 'upstream', taken);
    taken.push(to);
    return { proxy, from: underTest, to, ...(port === undefined ? {} : { port }) };
  });
}

type Service = LabDefinition['services'][string];

/** What plays an upstream, by the port that it is known at. */
function playedBy({ to, port }: ProxyLink): Service {
  if (port === 5432) return { postgres: {} };
  const known = port === undefined ? {} : { playsPort: port };
  if (port === 6379) {
    return {
      command: ['redis-server', '--port', '{port}'],
      clientUrl: 'redis://{address}/0',
      ...known,
    };
  }
  return { command: ['node', `${to}.js`], env: { PORT: '{port}' }, ...known };
}

/** A lab whose links are what the proxies were: the service under test reaches each upstream through one. */
export function newLab(id: string, links: readonly ProxyLink[]): LabDefinition {
  const addresses = links.map(({ to }): [string, string] => [
    `${to.replaceAll('-', '_').toUpperCase()}_URL`,
    `{${to}.url}`,
  ]);
  return {
    id,
    title: 'What the proxies stood before',
    services: {
      [underTest]: {
        command: ['node', `${underTest}.js`],
        env: { PORT: '{port}', ...Object.fromEntries(addresses) },
        uses: links.map(({ to }) => to),
      },
      ...Object.fromEntries(links.map((link) => [link.to, playedBy(link)])),
    },
    metrics: { errorShare: { http: { service: underTest, path: '/metrics', numberOf: '$.errorShare' } } },
    guards: { errors: { metric: 'errorShare', above: 0.5, for: '5s' } },
  };
}
