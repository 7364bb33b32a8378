/**
 * What Toxiproxy itself was seen to do, for orientation: another time, not this run. Recorded on 23 November 2026 with Toxiproxy 2.12.0
 * (commit f48fd7f) on a machine with two cores, driven over loopback in the same ways as here.
 */
export const recordedToxiproxy = {
  source: 'Toxiproxy 2.12.0 (f48fd7f), two cores, loopback, recorded 2026-11-23',
  downloadMiBPerSecond: 494,
  directMiBPerSecond: 2_585,
  latency100MedianMs: 101.05,
  latency100P95Ms: 103.46,
  connectionsPerSecond: 2_130,
  directConnectionsPerSecond: 4_194,
};
