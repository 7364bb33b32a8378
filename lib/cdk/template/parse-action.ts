import * as z from 'zod';
import { problemsOfIssues } from '../../definitions/problems-of-issues.ts';
import { faultSchema } from '../../experiment/fault.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import type { FisAction as CatalogueAction } from '../../fis/action.ts';
import { actionIds, findAction } from '../../fis/catalogue.ts';
import { logicalName } from '../../fis/name.ts';
import { durationFromMs, show } from '../../fis/quantity.ts';
import { hintForAction } from '../../fis/unknown-actions.ts';
import type { Place } from '../../plan/aws-names.ts';
import { quantityProblems } from '../../plan/problems/parameter-problems.ts';
import { isWhole } from '../../plan/problems/whole.ts';
import { type ReadDuration, readDuration } from '../duration-like.ts';
import { withoutNames } from './named-resources.ts';
import type { ParsedAction } from './parsed-template.ts';

type Path = Problem['path'];

/** What an action is written with, whatever the compiler knows of it: plain JavaScript is read here, too. */
const writtenSchema = z.looseObject({
  action: z.unknown().optional(),
  target: z.unknown().optional(),
  parameters: z.unknown().optional(),
  duration: z.unknown().optional(),
  startAfter: z.unknown().optional(),
  description: z.unknown().optional(),
});

type Written = z.output<typeof writtenSchema>;

const keys = Object.keys(writtenSchema.shape);

/** Reads one action of a template; without problems it fits the catalogue, whether or not its target does. */
export function parseAction(
  name: string,
  given: unknown,
  place: Place,
): { readonly parsed?: ParsedAction; readonly problems: readonly Problem[] } {
  const path = ['actions', name];
  const read = writtenSchema.safeParse(given);
  if (!read.success)
    return { problems: [{ code: 'wrong-type', path, message: `${show(given)} is no action` }] };
  const written = read.data;
  const action = typeof written.action === 'string' ? findAction(written.action) : undefined;
  if (action === undefined) return { problems: [unknownAction(written.action, [...path, 'action'])] };
  const { fault, named, problems: ofParameters } = parseParameters(name, action, written.parameters, place);
  const startAfter = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
  const after = startAfter.optional().safeParse(written.startAfter);
  const duration = written.duration === undefined ? undefined : readDuration(written.duration);
  const target = z.string().optional().safeParse(written.target).data;
  const description = z.string().max(512).optional().safeParse(written.description);
  const problems: Problem[] = [
    ...nameProblems(name, path),
    ...unknownKeys(written, path),
    ...ofParameters,
    ...durationProblems(action, duration, [...path, 'duration']),
    ...targetProblems(action, written.target, [...path, 'target']),
    ...(after.success
      ? []
      : [wrongType([...path, 'startAfter'], written.startAfter, 'the name of an action, or several')]),
    ...(description.success
      ? []
      : [wrongType([...path, 'description'], written.description, 'a text of at most 512 characters')]),
  ];
  if (fault === undefined || problems.length > 0) return { problems };
  return {
    parsed: {
      name,
      action,
      fault,
      named,
      target,
      durationMs: duration !== undefined && 'ms' in duration ? duration.ms : 0,
      startAfter: [...new Set(after.data ?? [])],
      description: description.data,
    },
    problems,
  };
}

function nameProblems(name: string, path: Path): Problem[] {
  const [issue] = logicalName().safeParse(name).error?.issues ?? [];
  return issue === undefined ? [] : [{ code: 'bad-name', path, message: issue.message }];
}

const unknownKeys = (written: Written, path: Path): Problem[] =>
  Object.keys(written)
    .filter((key) => !keys.includes(key))
    .map((key) => ({
      code: 'unknown-key',
      path: [...path, key],
      message: 'is no key of an action',
      candidates: keys,
    }));

function unknownAction(got: unknown, path: Path): Problem {
  if (got === undefined) return { code: 'missing', path, message: 'is missing: write the id of an action' };
  const hint = hintForAction(got);
  return {
    code: 'unknown-value',
    path,
    message: `${show(got)} is no action that Steadfast knows`,
    ...(hint === undefined ? { candidates: actionIds } : { hint }),
  };
}

/** The parameters as the language reads them. A fault of the language has a selector; here one stands for the target. */
function parseParameters(name: string, action: CatalogueAction, given: unknown, place: Place) {
  const {
    parameters,
    named,
    problems: ofNames,
  } = withoutNames(action, given, ['actions', name, 'parameters'], place);
  const schema = z.object({ faults: z.record(z.string(), faultSchema) });
  const document = {
    faults: {
      [name]: {
        action: action.id,
        ...(action.target === undefined ? {} : { selector: { service: 'target' } }),
        ...(parameters === undefined ? {} : { parameters }),
      },
    },
  };
  const read = schema.safeParse(document);
  const fault = read.data?.faults[name];
  const problems = read.success
    ? fault === undefined
      ? []
      : quantityProblems(name, fault)
    : problemsOfIssues('experiment', document, read.error.issues);
  return {
    fault,
    named,
    problems: [
      ...ofNames,
      ...problems.map((problem) => ({ ...problem, path: ['actions', ...problem.path.slice(1)] })),
    ],
  };
}

function durationProblems(
  action: CatalogueAction,
  duration: ReadDuration | undefined,
  path: Path,
): Problem[] {
  const { id, durationParameter, leastDurationMs } = action;
  if (durationParameter === undefined) {
    if (duration === undefined) return [];
    return [
      {
        code: 'no-duration',
        path,
        message: `${id} is over at once and takes no duration`,
        hint: 'remove it',
      },
    ];
  }
  if (duration === undefined) {
    return [
      { code: 'missing', path, message: `is missing: ${id} lasts`, hint: "write how long, such as '5m'" },
    ];
  }
  if ('why' in duration) return [{ code: 'wrong-type', path, message: duration.why }];
  const { ms, text } = duration;
  if (ms <= 0 || !isWhole(ms / 1_000)) {
    return [
      {
        code: 'whole-seconds',
        path,
        message: `'${text}' is no whole number of seconds above 0, which FIS asks for`,
        hint: "write it in whole seconds, such as '90s'",
      },
    ];
  }
  if (leastDurationMs === undefined || ms >= leastDurationMs) return [];
  const least = durationFromMs(leastDurationMs).text;
  return [
    {
      code: 'too-short',
      path,
      message: `'${text}' is shorter than ${id} lasts at least, ${least}`,
      hint: `write '${least}' or longer`,
    },
  ];
}

function targetProblems({ id, target }: CatalogueAction, got: unknown, path: Path): Problem[] {
  if (target === undefined) {
    return got === undefined
      ? []
      : [{ code: 'no-target', path, message: `${id} acts on no target`, hint: 'remove it' }];
  }
  if (got === undefined) {
    return [
      { code: 'missing', path, message: `is missing: ${id} acts on a target of ${target.resourceType}` },
    ];
  }
  return typeof got === 'string' ? [] : [wrongType(path, got, "the name of one of the template's targets")];
}

const wrongType = (path: Path, got: unknown, wanted: string): Problem => ({
  code: 'wrong-type',
  path,
  message: `${show(got)} is not ${wanted}`,
});
