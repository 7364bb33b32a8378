import { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { containing } from '../../fakes/matching.ts';
import { alarmArn, byHand, fenced, place, stopOn } from './refusals.ts';

/** The template that is passed around to stop half of a service's tasks, with the tags that a team gives its selector. */
const halfOf = (resourceTags: Readonly<Record<string, string>>) =>
  fenced((app) => {
    byHand(new Stack(app, 'Hand', { env: place }), 'HalfTheTasks', {
      Description: 'Kill 50% of ECS tasks in product service',
      Targets: {
        ProductTasks: {
          ResourceType: 'aws:ecs:task',
          ResourceTags: resourceTags,
          SelectionMode: 'PERCENT(50)',
        },
      },
      Actions: { StopTasks: { ActionId: 'aws:ecs:stop-task', Targets: { Tasks: 'ProductTasks' } } },
      StopConditions: [stopOn(alarmArn)],
      Tags: { Experiment: 'ecs-task-kill' },
    });
  });

describe('a template that selects by service alone', () => {
  it("is refused before it is deployed, since production's tasks carry that tag too", () => {
    const { refusals, error } = halfOf({ Service: 'product-service' });
    expect(refusals).toMatchObject([
      {
        rule: 'environment-tag',
        construct: 'Hand/HalfTheTasks',
        at: 'Properties.Targets.ProductTasks',
        message: containing("target 'ProductTasks' does not select by the tag Env=staging"),
        fix: containing('resourceTags: { "Env": "staging" }'),
      },
    ]);
    expect(error).toContain('Hand/HalfTheTasks');
  });

  it('passes once it names the environment too', () => {
    expect(halfOf({ Service: 'product-service', Env: 'staging' })).toEqual({
      refusals: [],
      error: undefined,
    });
  });
});
