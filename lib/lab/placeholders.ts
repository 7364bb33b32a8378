import { SteadfastError } from '../experiment/steadfast-error.ts';

/** An address, in the forms in which processes take it. */
interface AddressForms {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

/** How a process reaches a service that it uses: through its link, or past it. */
export interface LinkAddress extends AddressForms {
  /** Of the service itself, which no fault on the link reaches. */
  readonly real: AddressForms;
}

export interface PlaceholderValues {
  /** Absent for what listens nowhere and is no replica, such as the command of a metric. */
  readonly port?: number;
  readonly replica?: number;
  /** Absent where the service names no zones. */
  readonly zone?: string;
  readonly links: ReadonlyMap<string, LinkAddress>;
}

/** `{name}`, `{name.part}`, `{name.real}` or `{name.real.part}`; `${name}` is left to a shell. */
const placeholder = /(?<!\$)\{([A-Za-z][A-Za-z0-9_-]*)(\.real)?(?:\.(host|port|url))?\}/g;

/**
 * Fills in `{port}`, `{replica}`, `{zone}`, and `{database}` with its parts `{database.host}`, `{database.port}`, `{database.url}`; and
 * `{database.real}`, with the same parts, the address behind the link.
 *
 * @throws SteadfastError `invalid` for a name that is none of these
 */
export function fillPlaceholders(text: string, values: PlaceholderValues): string {
  const { links, port, replica, zone } = values;
  return text.replace(
    placeholder,
    (whole: string, name: string, real: string | undefined, part: keyof AddressForms | undefined) => {
      const link = links.get(name);
      if (link !== undefined) {
        const { host, port, url } = real === undefined ? link : link.real;
        return String({ whole: `${host}:${port}`, host, port, url }[part ?? 'whole']);
      }
      const own = new Map<string, number | string | undefined>(Object.entries({ port, replica, zone }));
      const value = real === undefined && part === undefined ? own.get(name) : undefined;
      if (value !== undefined) return String(value);
      throw new SteadfastError('invalid', `'${text}' holds ${whole}, which stands for nothing here`, {
        hint:
          port === undefined
            ? `name ${[...links.keys()].map((to) => `{${to}}`).join(', ')}`
            : `name ${['{port}', '{replica}', ...[...links.keys()].map((to) => `{${to}}`)].join(', ')}, or add '${name}' to the service's uses`,
      });
    },
  );
}

/** The services whose real address a text asks for. */
export const bypassedIn = (text: string): readonly string[] =>
  [...text.matchAll(placeholder)].flatMap(([, name, real]) =>
    name === undefined || real === undefined ? [] : [name],
  );
