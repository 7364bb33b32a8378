import type { Experiment } from '../experiment/experiment.ts';
import { findAt } from '../experiment/json-path/json-path.ts';
import type { HttpProbe } from '../experiment/probe.ts';
import { isHttpProbe } from '../experiment/probe-kind.ts';
import { messageOf, type Problem } from '../experiment/steadfast-error.ts';

type Path = readonly (string | number)[];
type Request = HttpProbe['http'];

/** JSONPaths that cannot be read: each request of the probe would fail for it, and none would say so before the run. */
export const jsonPathProblemsOf = (experiment: Experiment): Problem[] =>
  requestsOf(experiment).flatMap(({ http, path }) =>
    pathsIn(http).flatMap(({ text, at }): Problem[] => {
      const why = whyNoJsonPath(text);
      return why === undefined
        ? []
        : [{ code: 'json-path', path: [...path, ...at], message: `'${text}' is no JSONPath: ${why}` }];
    }),
  );

function requestsOf(experiment: Experiment): { http: Request; path: Path }[] {
  const probes = { steadyState: experiment.steadyState, proofs: experiment.proofs ?? {} };
  return [
    ...Object.entries(probes).flatMap(([section, named]) =>
      Object.entries(named).flatMap(([name, probe]) =>
        isHttpProbe(probe) ? [{ http: probe.http, path: [section, name, 'http'] }] : [],
      ),
    ),
    ...Object.entries(experiment.rollbacks ?? {}).flatMap(([name, rollback]) =>
      'http' in rollback ? [{ http: rollback.http, path: ['rollbacks', name, 'http'] }] : [],
    ),
  ];
}

const pathsIn = (http: Request): { text: string; at: Path }[] => [
  ...(['ageOf', 'growthOf', 'numberOf', 'countOf'] as const).flatMap((key) => {
    const place = http[key];
    return typeof place === 'string' ? [{ text: place, at: [key] }] : [];
  }),
  ...behindPaths(http.behind),
  ...Object.keys(http.expect?.body ?? {}).map((text) => ({ text, at: ['expect', 'body', text] })),
];

function behindPaths(behind: Request['behind']): { text: string; at: Path }[] {
  if (behind === undefined) return [];
  const { at, source } = behind;
  const numberOf = 'numberOf' in source ? source.numberOf : undefined;
  return [
    ...(typeof at === 'string' ? [{ text: at, at: ['behind', 'at'] }] : []),
    ...(typeof numberOf === 'string' ? [{ text: numberOf, at: ['behind', 'source', 'numberOf'] }] : []),
  ];
}

function whyNoJsonPath(text: string): string | undefined {
  try {
    findAt(null, text);
    return undefined;
  } catch (cause) {
    return messageOf(cause).split('\n')[0];
  }
}
