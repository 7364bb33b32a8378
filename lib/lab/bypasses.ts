import type { Lab } from '../experiment/lab.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import { bypassedIn } from './placeholders.ts';

/** Where a lab hands a service the real address of another one, past the link between them: notes, since a lab may want to show just that. */
export const bypassesOf = (lab: Lab): Problem[] =>
  Object.entries(lab.services).flatMap(([name, service]) => {
    if (!('command' in service)) return [];
    const texts = [
      ...service.command.map((text, index) => ({ text, path: ['command', index] })),
      ...Object.entries(service.env ?? {}).map(([key, text]) => ({ text, path: ['env', key] })),
    ];
    return texts.flatMap(({ text, path }) =>
      bypassedIn(text).map(
        (to): Problem => ({
          code: 'bypasses-link',
          severity: 'note',
          path: ['services', name, ...path],
          message: `service '${name}' is handed the real address of '${to}', past its link: no fault on the link reaches what is sent there`,
          hint: `write {${to}} or {${to}.url}, unless the lab is to show this`,
        }),
      ),
    );
  });
