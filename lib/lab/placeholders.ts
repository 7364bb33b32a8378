import { SteadfastError } from '../experiment/steadfast-error.ts';

/** How a process reaches a service that it uses. */
export interface LinkAddress {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

export interface PlaceholderValues {
  readonly port: number;
  readonly replica: number;
  readonly links: ReadonlyMap<string, LinkAddress>;
}

/** `{name}` or `{name.part}`; `${name}` is left to a shell. */
const placeholder = /(?<!\$)\{([A-Za-z][A-Za-z0-9_-]*)(?:\.(host|port|url))?\}/g;

/**
 * Fills in `{port}`, `{replica}`, and `{database}` with its parts `{database.host}`, `{database.port}`, `{database.url}`.
 *
 * @throws SteadfastError `invalid` for a name that is none of these
 */
export function fillPlaceholders(text: string, values: PlaceholderValues): string {
  return text.replace(
    placeholder,
    (whole: string, name: string, part: 'host' | 'port' | 'url' | undefined) => {
      const link = values.links.get(name);
      if (link !== undefined) return part === undefined ? `${link.host}:${link.port}` : String(link[part]);
      if (part === undefined && (name === 'port' || name === 'replica')) return String(values[name]);
      throw new SteadfastError('invalid', `'${text}' holds ${whole}, which stands for nothing here`, {
        hint: `name ${['{port}', '{replica}', ...[...values.links.keys()].map((to) => `{${to}}`)].join(', ')}, or add '${name}' to the service's uses`,
      });
    },
  );
}
