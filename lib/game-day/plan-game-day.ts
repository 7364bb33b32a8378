import type { Experiment } from '../experiment/experiment.ts';
import { stageLabel } from '../experiment/fault-parts.ts';
import type { GameDay, GameDayDefinition } from '../experiment/game-day.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { parseAlarmArn } from '../plan/alarm-arn.ts';
import { asJson } from '../plan/canonical-json.ts';
import { environmentNames } from '../plan/environment-names.ts';
import { hashOf } from '../plan/hash.ts';
import { longestFromBaselineMs } from '../plan/longest-run.ts';
import { type PlanTarget, targetName } from '../plan/plan-target.ts';
import { approversOf } from './approvers.ts';
import { type GameDayInput, type GameDayStage, gameDayInputSchema } from './input.ts';
import type { KnownExperiment } from './known-definitions.ts';
import { preBriefOf } from './pre-brief.ts';
import { problemsIn } from './problems.ts';
import type { OpenAction } from './retro/open-actions.ts';
import { experimentOf, ranOf, type WrittenStage } from './stage-experiment.ts';
import { timesOf } from './times.ts';

export interface GameDayRequest {
  /** As it was written, and read. */
  readonly definition: GameDayDefinition;
  readonly gameDay: GameDay;
  /** Where it takes place: an environment or lab that it names. */
  readonly target: PlanTarget;
  /** At least those of its stages. */
  readonly experiments: readonly KnownExperiment[];
  /** What is still to be done of its former editions: the pre-brief goes through it. */
  readonly openActions?: readonly OpenAction[];
}

/**
 * Plans a game day for an environment or lab: all that its protocol needs to know, in one document.
 *
 * @throws {SteadfastError} `invalid`, with all problems, when it cannot take place there
 */
export function planGameDay(request: GameDayRequest): GameDayInput {
  const { definition, gameDay, target, experiments } = request;
  const problems = problemsIn(gameDay, experiments, [target]).filter(({ severity }) => severity !== 'note');
  if (problems.length > 0) {
    throw new SteadfastError(
      'invalid',
      `the game day '${gameDay.id}' cannot take place in ${targetName(target)}`,
      { problems, hint: `steadfast check ${gameDay.id} shows every problem` },
    );
  }
  const stages = gameDay.stages.map((stage, index) => stageOf(stage, index, request));
  const input = {
    schemaVersion: 1 as const,
    mode: target.kind === 'lab' ? ('rehearsal' as const) : ('aws' as const),
    id: gameDay.id,
    title: gameDay.title,
    owner: gameDay.owner,
    hypothesis: gameDay.hypothesis,
    blastRadius: gameDay.blastRadius,
    definition: asJson(definition),
    environment: {
      id: target.id,
      production: target.production,
      ...(target.account === undefined ? {} : { account: target.account }),
      ...(target.region === undefined ? {} : { region: target.region }),
    },
    timeZone: gameDay.timeZone,
    ...(gameDay.cadence === undefined ? {} : { cadence: gameDay.cadence }),
    times: timesIn(gameDay, target, stages),
    preBrief: preBriefOf(gameDay, request.openActions),
    approvers: approversOf(gameDay),
    principals: principalsIn(gameDay, target),
    stages,
  };
  return gameDayInputSchema.parse({ ...input, hash: hashOf(input) });
}

/**
 * What runs is paced in a lab; people are as slow there as anywhere, and so are the times that they are given. What a run waits for by
 * itself is not paced either, so that there the experiment lasts at least as long as all stages may take with their approvals.
 */
function timesIn(gameDay: GameDay, target: PlanTarget, stages: readonly GameDayStage[]) {
  const written = timesOf(gameDay);
  if (target.kind !== 'lab') return written;
  const stagesMs = stages.reduce((sum, { longestMs }) => sum + longestMs + written.approvalMs, 0);
  return { ...written, experimentMs: Math.max(written.experimentMs, stagesMs) };
}

function principalsIn(gameDay: GameDay, target: PlanTarget): GameDayInput['principals'] {
  const { roles = {} } = target.kind === 'environment' ? (gameDay.environments?.[target.id] ?? {}) : {};
  const { operator = [], observer = [], onCall = [], scribe = [] } = roles;
  return { operator, observer, onCall, scribe };
}

function stageOf(stage: WrittenStage, index: number, request: GameDayRequest): GameDayStage {
  const { target } = request;
  const experiment = experimentOf(stage, request.experiments);
  if (experiment === undefined)
    throw new SteadfastError('invalid', `there is no experiment '${stage.experiment}'`, {
      hint: `steadfast check ${request.gameDay.id} shows every problem`,
    });
  return {
    number: index + 1,
    title: stage.title ?? titleOf(experiment, stage.stage),
    experiment: experiment.id,
    ...(stage.stage === undefined ? {} : { only: stage.stage }),
    ...(stage.set === undefined ? {} : { set: stage.set }),
    longestMs: longestFromBaselineMs(ranOf(experiment, stage), target),
    launcher: launcherOf(experiment, target),
    predictions: Object.fromEntries(
      Object.entries(stage.predictions ?? {}).map(([name, written]) => [
        name,
        typeof written === 'string' ? { says: written } : written,
      ]),
    ),
    alerts: Object.fromEntries(
      Object.entries(stage.alerts ?? {}).flatMap(([name, { alarm, within, clearsWithin }]) => {
        const heard = heardAs(alarm, target);
        if (heard === undefined) return [];
        const alert = {
          alarm: heard,
          withinMs: Math.round(within.ms * target.pace),
          ...(clearsWithin === undefined
            ? {}
            : { clearsWithinMs: Math.round(clearsWithin.ms * target.pace) }),
        };
        return [[name, alert]];
      }),
    ),
  };
}

function titleOf(experiment: Experiment, only: number | undefined): string {
  const stage = only === undefined ? undefined : experiment.stages[only - 1];
  return stage === undefined ? experiment.title : `${experiment.title}: ${stageLabel(stage)}`;
}

function launcherOf({ id }: Experiment, { id: environment, account, region }: PlanTarget): string {
  return account === undefined || region === undefined
    ? id
    : environmentNames({ id: environment, account, region }).launcherArn(id);
}

/** The alarm by the name that its firing is told with; undefined in a lab for what it does not play. */
function heardAs(alarm: string, target: PlanTarget): string | undefined {
  const named = target.guards[alarm]?.alarm ?? target.alarms[alarm];
  if (target.kind === 'lab') return named;
  return parseAlarmArn(named ?? alarm)?.name ?? named ?? alarm;
}
