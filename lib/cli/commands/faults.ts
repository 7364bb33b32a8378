import { createColors } from 'picocolors';
import { hintFor, suggest } from '../../definitions/suggest.ts';
import { findLabFault, labFaults } from '../../experiment/lab-faults/lab-faults.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { FisAction } from '../../fis/action.ts';
import { actionIds, actionServices, actions, findAction } from '../../fis/catalogue.ts';
import { hintForAction } from '../../fis/unknown-actions.ts';
import { exitCode } from '../exit-code.ts';
import { explanationLines, explanationOf, factsOf } from '../explain-fault.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { tableLines } from '../view/table-lines.ts';

interface FaultsFlags {
  readonly service?: string | undefined;
  readonly json?: boolean | undefined;
}

/**
 * Lists the faults that a definition can name, all or those of a service, or explains one.
 *
 * @throws SteadfastError `unknown-id` for an action or a service that FIS does not have
 */
export function faultsCommand(io: Io, id: string | undefined, flags: FaultsFlags): number {
  if (id !== undefined) {
    const action = actionNamed(id, flags.service);
    if (flags.json === true) printJson(io, explanationOf(action));
    else for (const line of explanationLines(action, io.stdoutColours)) printLine(io.stdout, line);
    return exitCode.fine;
  }
  const listed = actionsOf(flags.service);
  if (flags.json === true) printJson(io, { faults: listed.map(factsOf) });
  else for (const line of listLines(listed, io)) printLine(io.stdout, line);
  return exitCode.fine;
}

function actionNamed(id: string, service: string | undefined): FisAction {
  const action = findAction(id) ?? findLabFault(id);
  if (action !== undefined && (service === undefined || action.service === service)) return action;
  const known =
    action === undefined
      ? [...actionIds, ...labFaults.map((one) => one.id)]
      : actionsOf(service).map((one) => one.id);
  const meant = suggest(id, known) ?? known.find((one) => one.endsWith(`:${id}`));
  throw new SteadfastError(
    'unknown-id',
    action === undefined ? `there is no fault '${id}'` : `'${id}' is no fault of ${service}`,
    {
      hint:
        hintForAction(id) ??
        (meant === undefined ? 'steadfast faults lists them' : `did you mean '${meant}'?`),
    },
  );
}

function actionsOf(service: string | undefined): readonly FisAction[] {
  if (service === undefined) return [...actions, ...labFaults];
  if (service === 'lab') return labFaults;
  if (!actionServices.includes(service)) {
    throw new SteadfastError('unknown-id', `FIS has no faults of a service '${service}'`, {
      hint: hintFor(service, actionServices),
    });
  }
  return actions.filter((action) => action.service === service);
}

function listLines(listed: readonly FisAction[], { stdoutColours, stdoutColumns }: Io): string[] {
  const { bold, dim } = createColors(stdoutColours);
  const services = [...new Set(listed.map(({ service }) => service))];
  const played = ' (can be rehearsed)';
  const rows = tableLines(
    listed.map(({ id, title, rehearsal }) => [
      { text: id, paint: bold },
      {
        text: `${title}${rehearsal.fidelity === 'not rehearsable' ? '' : played}`,
        paint: (text) => text.replace(played, dim(played)),
      },
    ]),
    stdoutColumns,
  );
  return [
    ...services.flatMap((service) => [
      service,
      ...rows.filter((_, at) => listed[at]?.service === service).flat(),
      '',
    ]),
    dim('steadfast faults <id> explains one'),
  ];
}
