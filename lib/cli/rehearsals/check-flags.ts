import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { pipelineFlag } from '../pipeline/flags.ts';
import type { RehearseFlags } from './flags.ts';

/** What is to be rehearsed, and in which way. */
type Asked =
  | { readonly kind: 'one'; readonly argument: string }
  | { readonly kind: 'watch'; readonly argument: string }
  /** Without an argument, every experiment that has a lab. */
  | { readonly kind: 'many'; readonly argument: string | undefined };

const refuse = (message: string, hint: string) => new SteadfastError('usage', message, { hint });

/** Flags that say something together; those that do not are wrong usage. */
export function checkFlags(argument: string | undefined, flags: RehearseFlags): Asked {
  const {
    all = false,
    watch = false,
    repeat,
    parallel,
    json = false,
    set = [],
    stage,
    lab,
    map = [],
  } = flags;
  if (all && argument !== undefined)
    throw refuse(`--all rehearses every experiment, and '${argument}' names one`, 'leave out one of them');
  if (all && set.length > 0)
    throw refuse('--set is for one experiment: others do not open the same', 'leave it out, or name one');
  if (all && stage !== undefined)
    throw refuse('--stage is for one experiment: others do not have the same', 'leave it out, or name one');
  if (all && (lab !== undefined || map.length > 0))
    throw refuse(
      `${lab === undefined ? '--map' : '--lab'} is for one file of another tool`,
      'leave it out, or name one',
    );
  if (watch && (all || repeat !== undefined || parallel !== undefined || json)) {
    throw refuse(
      '--watch follows one experiment on a terminal, without --all, --repeat, --parallel and --json',
      'leave them out',
    );
  }
  const forPipelines = pipelineFlag(flags);
  if (watch && forPipelines !== undefined)
    throw refuse(`--watch gives no verdict that ${forPipelines} could be about`, 'leave one of them out');
  if (parallel !== undefined && !all && repeat === undefined)
    throw refuse('--parallel is for many rehearsals', 'add --all, or --repeat <times>');
  if (all) return { kind: 'many', argument: undefined };
  if (argument === undefined)
    throw refuse(
      'there is nothing to rehearse',
      'name an experiment, or rehearse every one with --all; steadfast rehearse --help tells more',
    );
  if (watch) return { kind: 'watch', argument };
  return { kind: repeat === undefined ? 'one' : 'many', argument };
}
