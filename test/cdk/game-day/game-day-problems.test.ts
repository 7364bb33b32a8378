import { describe, expect, it } from 'vitest';
import type { EnvironmentDefinition } from '../../../lib/experiment/environment.ts';
import type { GameDayDefinition } from '../../../lib/experiment/game-day.ts';
import { SteadfastError } from '../../../lib/experiment/steadfast-error.ts';
import { containing, withFields } from '../../fakes/matching.ts';
import { slowDatabase, staging } from '../../plan/examples.ts';
import { synthesizeApp } from '../synthesis.ts';
import { auditor, onCall, operators, slowDay } from './example.ts';

const inStaging = { ...slowDatabase, environments: { staging: {} } };

const withRoles = (
  id: string,
  roles: NonNullable<GameDayDefinition['environments']>[string]['roles'],
): GameDayDefinition => ({ ...slowDay, id, environments: { staging: { roles } } });

/** What keeps game days from being synthesized. */
function problemsOf(
  gameDays: readonly GameDayDefinition[],
  environments: readonly EnvironmentDefinition[] = [staging],
) {
  try {
    synthesizeApp({ experiments: [inStaging], gameDays, environments });
  } catch (thrown) {
    if (thrown instanceof SteadfastError) return thrown.problems;
    throw thrown;
  }
  return [];
}

describe('game days are refused', () => {
  it('where an approver may act as operator too: the role is all that a widget proves', () => {
    const both = withRoles('slow-day', { operator: [operators], onCall: [operators] });
    expect(problemsOf([both])).toEqual([
      withFields({
        code: 'common-principal',
        file: 'slow-day',
        path: ['environments', 'staging', 'roles', 'onCall', 0],
        hint: 'give the two roles principals of their own',
      }),
    ]);
  });

  it('where a pattern may mean an operator', () => {
    const pattern = `${operators.slice(0, -3)}*`;
    const both = withRoles('slow-day', { operator: [operators], onCall: [pattern] });
    expect(problemsOf([both]).map(({ code }) => code)).toEqual(['common-principal']);
  });

  it('where the operator of one approves in another, since both have the same widgets', () => {
    const one = withRoles('one-day', { operator: [operators], onCall: [onCall] });
    const other = withRoles('other-day', { operator: [auditor], onCall: [operators] });
    expect(problemsOf([one, other])).toEqual([
      {
        code: 'common-principal',
        file: 'other-day',
        path: ['environments', 'staging', 'roles', 'onCall', 0],
        message: `'${operators}' may act as operator of the game day 'one-day', and both have the same widgets: it could approve what it proposed itself`,
        hint: 'give operators and approvers principals of their own, in all game days of an environment',
      },
    ]);
  });

  it('where more people are named than the policy of the desk holds', () => {
    const many = Array.from({ length: 60 }, (_, index) => `${onCall}-${index}`);
    const crowded = withRoles('slow-day', { operator: [operators], onCall: many });
    expect(problemsOf([crowded]).map(({ code, hint }) => [code, hint])).toEqual([
      ['too-many-principals', containing('by a pattern')],
    ]);
  });

  it('where launchers of another environment could be taken for them', () => {
    const problems = problemsOf([slowDay], [staging, { ...staging, id: 'gameday-staging' }]);
    expect(problems.map(({ code }) => code)).toEqual(['ambiguous-names']);
    expect(problems[0]?.message).toContain("'gameday-staging'");
  });

  it('with every problem of each, by its file', () => {
    const lost: GameDayDefinition = { ...slowDay, id: 'lost-day', stages: [{ experiment: 'slow-databse' }] };
    const unled = withRoles('unled-day', { onCall: [onCall] });
    expect(problemsOf([lost, unled]).map(({ code, file }) => [file, code])).toEqual([
      ['lost-day', 'unknown-name'],
      ['unled-day', 'unfilled-role'],
    ]);
  });
});

describe('game days are taken', () => {
  it('where one person acts in several roles that only approve, or in the same role of several', () => {
    const one = withRoles('one-day', { operator: [operators], onCall: [onCall], observer: [onCall] });
    const other = withRoles('other-day', { operator: [operators], observer: [onCall] });
    expect(problemsOf([one, other])).toEqual([]);
  });

  it('whatever they are elsewhere', () => {
    const elsewhere: GameDayDefinition = {
      ...slowDay,
      environments: { ...slowDay.environments, nowhere: { roles: { operator: [operators] } } },
    };
    expect(problemsOf([elsewhere])).toEqual([]);
  });
});
