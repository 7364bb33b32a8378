import { Agent, get } from 'node:http';

const patienceMs = 2_000;
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** What another service answers, as JSON; an error when it takes longer than anybody would wait, or does not answer 200. */
export const ask = (url: URL): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const request = get(url, { agent, timeout: patienceMs }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        if (response.statusCode !== 200) {
          reject(new Error(`${url.host} answered ${response.statusCode}`));
          return;
        }
        const answer: unknown = JSON.parse(text);
        resolve(answer);
      });
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error(`${url.host} took longer than ${patienceMs} ms`)));
    request.on('error', reject);
  });
