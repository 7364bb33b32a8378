import { pathToFileURL } from 'node:url';

/** Loads one bundle as Lambda does, and tells how long that took and how much memory there was at most. */
const [file = ''] = process.argv.slice(2);
const startMs = performance.now();
await import(pathToFileURL(file).href);
const ms = performance.now() - startMs;
process.stdout.write(JSON.stringify({ ms, peakRssMb: process.resourceUsage().maxRSS / 1_024 }));
