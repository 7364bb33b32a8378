import type { LeftBehind, Residue } from '../run/ports.ts';
import type { RunningLab } from './running-lab.ts';

/** What faults leave behind in a lab: toxics that are still on a link, and replicas that do not run. */
export function labResidue(
  lab: Pick<RunningLab, 'replicas' | 'links'> & Partial<Pick<RunningLab, 'diedUnexpectedly'>>,
): Residue {
  const whyNot = (id: string): string =>
    lab.diedUnexpectedly?.find(({ name }) => name === id)?.text ??
    `Look in the log of ${id} why it did not start again.`;
  const onLinks = (): LeftBehind[] =>
    lab.replicas.flatMap(({ id }) =>
      [...lab.links(id)].flatMap(([to, link]) => {
        const count = link.toxicsInPlace();
        if (count === 0) return [];
        return [
          {
            what: `${count === 1 ? 'a toxic is' : `${count} toxics are`} still on the link from ${id} to ${to}`,
            hint: 'Take it away where the fault or its rollback should have: the link keeps it until the lab stops.',
          },
        ];
      }),
    );
  const notRunning = (): LeftBehind[] =>
    lab.replicas.flatMap(({ id, alive }) =>
      alive ? [] : [{ what: `${id} does not run`, hint: whyNot(id) }],
    );
  return {
    remember: async () => ({}),
    look: async () => ({ left: [...onLinks(), ...notRunning()], unseen: [] }),
  };
}
