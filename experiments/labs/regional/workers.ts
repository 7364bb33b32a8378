import { every, log, serve } from './serve.ts';

/** Workers that work off a queue, and ask EC2 about their own instance beside it: less often the more it refuses. */
const ec2Url = process.env['EC2_URL'] ?? '';
const askEveryMs = 100;
const longestPauseMs = 2_000;
const workEveryMs = 50;
let pauseMs = askEveryMs;
let queue: number[] = [];

const body = new URLSearchParams({ Action: 'DescribeInstances', Version: '2016-11-15' });

async function askAboutMyself(): Promise<void> {
  const response = await fetch(ec2Url, { method: 'POST', body, signal: AbortSignal.timeout(1_000) });
  await response.text();
  if (!response.ok) log(`EC2 answered ${response.status}; asked again in ${pauseMs} ms`);
  pauseMs = response.ok ? askEveryMs : Math.min(2 * pauseMs, longestPauseMs);
}

const keepAsking = (): void =>
  void askAboutMyself()
    .catch((error: unknown) => log(String(error)))
    .then(() => setTimeout(keepAsking, pauseMs).unref());
keepAsking();

every(workEveryMs, async () => {
  queue.push(performance.now());
  queue = queue.slice(1);
});

serve({
  'GET /queue': () => {
    const [oldest] = queue;
    return { body: { seconds: oldest === undefined ? 0 : (performance.now() - oldest) / 1_000 } };
  },
});
