import { describe, expect, it } from 'vitest';
import { changed, expectNothingLeft, run } from './scripted-run.ts';

const well = { status: 200, latencyMs: 20 };
const slow = { status: 200, latencyMs: 800 };
const proberBroken = { error: 'prober: getaddrinfo EAI_AGAIN shop', latencyMs: 1 };

const patient = changed({ stages: [{ share: '100%', duration: '40s' }] });
const patientInput = {
  stages: [{ label: '100%', templateId: 'T', durationMs: 40_000, templateMs: 40_000, faults: [] }],
};
const longFault = { durationMs: 40_000 };

describe('what made the watch end a fault', () => {
  it('is kept with the halt: the samples beyond the limit, at most twenty, the newest last', async () => {
    let asked = 0;
    const halted = await run({
      // Every other request is well, and no cause of anything.
      world: {
        sees: ({ injecting }) => {
          asked += 1;
          return injecting && asked % 2 === 0 ? slow : well;
        },
      },
    });
    const [halt] = halted.journal.stages.map((stage) => stage.halt);
    expect(halt).toMatchObject({ by: 'watch' });
    const samples = halt?.samples ?? [];
    expect(samples).toHaveLength(20);
    expect(new Set(samples.map(({ latencyMs }) => latencyMs))).toEqual(new Set([800]));
    const times = samples.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(Date.parse(halt?.at ?? ''));
    expectNothingLeft(halted);
  });

  it('never travels in the state between the steps', async () => {
    const halted = await run({ world: { sees: ({ injecting }) => (injecting ? slow : well) } });
    expect(halted.last.halt).toEqual({
      by: 'watch',
      reason: halted.last.halt?.reason,
      at: halted.last.halt?.at,
    });
  });

  it('is what the prober could not tell, where the watch was blind', async () => {
    const halted = await run({
      definition: patient,
      input: patientInput,
      world: { faults: longFault, sees: ({ injecting }) => (injecting ? proberBroken : well) },
    });
    const [halt] = halted.journal.stages.map((stage) => stage.halt);
    expect(halt).toMatchObject({ by: 'blind' });
    expect(halt?.samples?.length).toBeGreaterThan(0);
    for (const { error } of halt?.samples ?? []) expect(error).toMatch(/^prober:/);
  });

  it('is that nothing came, where the watch was blind for that', async () => {
    const stalled = changed({
      ...patient,
      steadyState: {
        ...patient.steadyState,
        orders: { metric: 'orders', every: '1s', delay: '0s', tolerances: { value: { above: 0 } } },
      },
    });
    let startedMs: number | undefined;
    const halted = await run({
      definition: stalled,
      input: patientInput,
      world: {
        faults: longFault,
        sees: ({ injecting, nowMs }) => {
          if (injecting) startedMs ??= nowMs;
          return well;
        },
        metrics: async (_metric, fromMs, toMs) =>
          startedMs === undefined ? [{ atMs: Math.max(fromMs, toMs - 1), value: 5 }] : [],
      },
    });
    const [halt] = halted.journal.stages.map((stage) => stage.halt);
    expect(halt).toMatchObject({ by: 'blind' });
    for (const { error } of halt?.samples ?? []) expect(error).toMatch(/^prober:/);
    expect(halt?.samples?.map(({ value }) => value)).not.toContain(5);
  });

  it('belongs to the watch alone: a person needs no samples', async () => {
    const halted = await run({
      world: {
        halts: (nowMs, { experiments }) =>
          (experiments[0]?.startMs ?? Number.POSITIVE_INFINITY) + 4_000 < nowMs ? 'enough' : undefined,
      },
    });
    expect(halted.journal.stages[0]?.halt).toMatchObject({ by: 'person' });
    expect(halted.journal.stages[0]?.halt).not.toHaveProperty('samples');
  });
});
