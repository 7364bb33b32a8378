import type { RunPlanDocument } from './run-plan-document.ts';
import { hanging, lastsWords, number, type Paper, shareWords } from './words.ts';

export function exposureLines({ halts, exposure }: RunPlanDocument, { columns }: Paper): string[] {
  const seen = halts.filter(({ by }) => by !== 'guard');
  const slowest = seen.toSorted((one, other) => (other.seconds ?? 0) - (one.seconds ?? 0))[0];
  return [
    ...(slowest?.seconds === undefined
      ? []
      : hanging(
          '  ',
          `The watch ends harm that a probe sees, and a run in which none sees anything, within ${lastsWords(slowest.seconds)} (${slowest.name}: ${slowest.because}).`,
          columns,
        )),
    ...halts
      .filter(({ by }) => by === 'guard')
      .flatMap(({ name, seconds, because }) =>
        hanging(
          '  ',
          seconds === undefined
            ? `The guard ${name} ends the fault when its alarm rings; how long that takes is unknown: ${because}.`
            : `The guard ${name} ends the fault within ${lastsWords(seconds)} (${because}).`,
          columns,
        ),
      ),
    ...exposure.flatMap((one) => serviceLines(one, columns)),
    ...hanging(
      '  ',
      'Reckoned as if every request that meets the fault failed, and as if requests were spread evenly over the targets.',
      columns,
    ),
  ];
}

function serviceLines(one: RunPlanDocument['exposure'][number], columns: number): string[] {
  const { service, requestsPerSecond, rateFrom, probesPerSecond, objective } = one;
  const { requestsIfHalted, requestsIfBorne, budgetIfHalted, budgetIfBorne } = one;
  const indent = `  ${service}: `;
  const under = ' '.repeat(indent.length);
  return [
    ...hanging(
      indent,
      requestsPerSecond === undefined
        ? `requests at risk are unknown. To know them, ${rateFrom}.`
        : `${number(requestsPerSecond)} requests a second (${rateFrom})`,
      columns,
    ),
    ...(requestsPerSecond === undefined && probesPerSecond !== undefined
      ? hanging(
          under,
          `Its probes send ${number(probesPerSecond)} a second, which says nothing of users.`,
          columns,
        )
      : []),
    ...(requestsIfHalted === undefined || requestsIfBorne === undefined
      ? []
      : hanging(
          under,
          `${requestsIfHalted} at risk where the watch ends the fault, ${requestsIfBorne} where nothing sees the harm`,
          columns,
        )),
    ...(objective === undefined
      ? hanging(under, 'Its error budget is unknown: the environment names no objective of it.', columns)
      : hanging(
          under,
          `Of the error budget (${objective.availability} over ${objective.over}): ${shareWords(budgetIfHalted ?? 0)} where the watch ends it, ${shareWords(budgetIfBorne ?? 0)} where nothing sees it`,
          columns,
        )),
  ];
}
