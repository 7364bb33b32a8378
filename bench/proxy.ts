import { type Benchmark, rounded } from './benchmark.ts';
import { type Extent, measure } from './proxy/measure.ts';
import { recordedToxiproxy } from './proxy/toxiproxy.ts';

const extent: Extent = {
  downloadBytes: 48 * 2 ** 20,
  downloads: 31,
  delayMs: 100,
  trips: { connections: 10, trips: 6, rounds: 15 },
  visits: { visits: 1_000, pairs: 11 },
  memory: { connections: 2_000, senders: 20 },
};

/** How fast links are, and how exact; each against a bare pipe of Node's in the same run, in turn. */
export const proxy: Benchmark = {
  name: 'proxy',
  title: 'how fast and how exact the fault proxy is, against a bare pipe',
  run: async (tell) => {
    const { throughput, delays, connections, memory } = await measure(extent, tell);
    return {
      throughputRatio: rounded(throughput.ratio, 3),
      latencyErrorP95Ms: rounded(delays.errorP95Ms, 2),
      connectionsPerSecond: rounded(connections.perSecond, 0),
      rssMb: rounded(Math.max(memory.openMb, memory.cloggedMb)),
      throughput: {
        mibPerSecond: rounded(throughput.mibPerSecond, 0),
        bareMibPerSecond: rounded(throughput.bareMibPerSecond, 0),
        cpuRatio: rounded(throughput.cpuRatio, 3),
        cpuMsPerMib: rounded(throughput.cpuMsPerMib, 3),
      },
      latency: {
        injectedMs: extent.delayMs,
        errorMedianMs: rounded(delays.medianMs, 2),
        bareErrorMedianMs: rounded(delays.bareMedianMs, 2),
        errorP95Ms: rounded(delays.p95Ms, 2),
        bareErrorP95Ms: rounded(delays.bareP95Ms, 2),
        earliestMs: rounded(delays.earliestMs, 2),
        trips: delays.trips,
      },
      bareConnectionsPerSecond: rounded(connections.barePerSecond, 0),
      connectionsRatio: rounded(connections.ratio, 2),
      memory: {
        bareMb: rounded(memory.bareMb),
        idleMb: rounded(memory.idleMb),
        connections: extent.memory.connections,
        openMb: rounded(memory.openMb),
        senders: extent.memory.senders,
        cloggedMb: rounded(memory.cloggedMb),
        sentMb: rounded(memory.sentMb),
      },
      recordedToxiproxy,
    };
  },
};
