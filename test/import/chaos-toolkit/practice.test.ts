import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../../lib/experiment/experiment.ts';
import { importSource } from '../../../lib/import/import-source.ts';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { labTarget } from '../../plan/examples.ts';
import { definitionIn, fieldAt, importing, practice, recognised } from './importing.ts';

describe("the practice's own experiment", () => {
  it('becomes an experiment on the link to the database, which the lab can run', () => {
    const result = importing(practice);
    expect(recognised(practice)).toBe('chaos-toolkit');
    expect(result).toMatchObject({ format: 'chaos-toolkit', refusals: [], problems: [] });
    const definition = definitionIn(result);
    expect(definition).toMatchObject({
      id: 'slow-database-response-causes-graceful',
      title: 'Slow database response causes graceful degradation',
      hypothesis: 'Service responds in under 2s',
      steadyState: {
        'homepage-responds-in-time': {
          http: { service: 'shop', path: '/products', expect: { status: 200 } },
          timeout: '4s',
          tolerances: { p95: { below: '2s' }, errorRate: { below: '1%' } },
        },
      },
      faults: {
        'add-network-latency': {
          action: 'aws:ecs:task-network-latency',
          selector: { service: 'shop' },
          parameters: { delay: '500ms', jitter: '0s', to: ['database'] },
        },
      },
      stages: [{ share: '100%', duration: '3m' }],
      lab: 'shop',
    });
    const wrong = problemsOf(experimentSchema.parse(definition), labTarget());
    expect(wrong.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });

  it('has each of its fields accounted for, and none refused', () => {
    const { fields } = importing(practice);
    expect(fields.map(({ outcome }) => outcome)).not.toContain('refused');
    expect(fields).toHaveLength(23);
    const undone = fieldAt(importing(practice), 'rollbacks.0.provider.func');
    expect(undone.outcome).toBe('mapped');
    expect(undone.to).toContain('the end of each stage');
    const approximated = fields.filter(({ outcome }) => outcome === 'approximated');
    expect(approximated.map(({ path }) => path.at(-1))).toEqual([
      'url',
      'timeout',
      'expected_status',
      'target',
    ]);
  });

  it('says which host is which service, and that the time-out hides a slow answer and a stale one', () => {
    const { notes } = importing(practice);
    expect(notes.join('\n')).toMatch(/api\.myapp\.com is the service 'shop' here/);
    expect(notes.join('\n')).toMatch(/'postgres' is the link from 'shop' to 'database'/);
    expect(notes.join('\n')).toMatch(/no probe asks how old an answer is/);
    expect(notes.join('\n')).toMatch(/still well below '2s'/);
  });

  it('never holds the host that it was asked at', () => {
    expect(JSON.stringify(definitionIn(importing(practice)))).not.toContain('myapp');
  });

  it('changes nothing when what came of it is imported', () => {
    const [first] = importing(practice).definitions;
    const text = first?.text ?? '';
    const again = importSource('slow.yaml', new TextEncoder().encode(text), {
      project: { experiments: [], environments: [], labs: [], paths: {} },
      map: {},
      fix: false,
    });
    expect(again.format).toBe('steadfast');
    expect(again.definitions.map((one) => one.text)).toEqual([text]);
  });
});
