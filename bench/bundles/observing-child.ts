import { probesSchema } from '../../lib/experiment/probe.ts';
import { createHttpProber } from '../../lib/probing/http-prober.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { sampleSlice } from '../../lib/run/sampler.ts';
import { probeSpecs } from '../../lib/steady-state/probe-spec.ts';
import { createWatch } from '../../lib/steady-state/watch.ts';

/** Observes a service for ten seconds as the function does, and tells what that took of the processor and of memory. */
const [url = '', perSecond = '20'] = process.argv.slice(2);
const probes = probesSchema.parse({
  products: {
    http: { service: 'shop', path: '/', ageOf: '$.readAt' },
    rate: `${perSecond}/s`,
    tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, age: { below: '5s' } },
  },
});
const clock = systemClock;
const specs = probeSpecs(probes);
const fromMs = clock.now();
const watch = createWatch(specs, fromMs);
const none = async () => [];
const before = process.cpuUsage();
const samples = await sampleSlice({
  clock,
  prober: createHttpProber({ clock, urls: { shop: url }, secret: async () => '' }),
  metrics: { read: none },
  ecsServices: {
    state: () => Promise.reject(new Error('none')),
    health: () => Promise.reject(new Error('none')),
  },
  functions: { call: async () => '' },
  guards: { read: none },
  specs,
  probes,
  seed: 1,
  phaseStartMs: fromMs,
  fromMs,
  untilMs: fromMs + 10_000,
  onSample: (probe, seen) => watch.add(probe, seen),
  onTick: async (nowMs, settledMs) => watch.tick(nowMs, settledMs) !== undefined,
});
const { user, system } = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({
    requests: samples.length,
    good: samples.filter((sample) => 'status' in sample && sample.status === 200).length,
    cpuMs: (user + system) / 1_000,
    peakRssMb: process.resourceUsage().maxRSS / 1_024,
  }),
);
