import { describe, expect, it } from 'vitest';
import { timeOfAws } from '../../../lib/aws/command/aws-time.ts';

const signal = new AbortController().signal;
const answering = (headers: Record<string, string>) => async () => new Response(null, { headers });

describe('the time of AWS', () => {
  it('is that of the answer, asked of the Region without credentials', async () => {
    const asked: string[] = [];
    const ask = async (url: string) => {
      asked.push(url);
      return new Response(null, { headers: { date: 'Thu, 01 Jan 2026 00:00:10 GMT' } });
    };
    expect(await timeOfAws('eu-west-1', signal, ask)).toBe(Date.parse('2026-01-01T00:00:10Z'));
    expect(asked).toEqual(['https://dynamodb.eu-west-1.amazonaws.com/ping']);
  });

  it('is not known where nothing answers, or without a date', async () => {
    const unreachable = () => Promise.reject(new TypeError('fetch failed'));
    await expect(timeOfAws('eu-west-1', signal, unreachable)).rejects.toThrow(
      'dynamodb.eu-west-1.amazonaws.com cannot be reached',
    );
    await expect(timeOfAws('eu-west-1', signal, answering({}))).rejects.toThrow(
      'did not say what time it is',
    );
    await expect(timeOfAws('eu-west-1', signal, answering({ date: 'soon' }))).rejects.toMatchObject({
      code: 'cannot-begin',
    });
  });
});
