import { describe, expect, it } from 'vitest';
import { admitRequest } from '../../../../lib/lab/proxy/control/admit-request.ts';

describe('who may control a proxy', () => {
  it.each([
    ['a program', {}, undefined],
    ['a program with a token', { authorization: 'Bearer secret' }, 'secret'],
    ['a program that writes the scheme its own way', { authorization: 'bearer  secret' }, 'secret'],
    ['a person who typed the address', { 'sec-fetch-site': 'none' }, undefined],
  ])('%s', (_who, headers, token) => {
    expect(admitRequest(headers, token)).toBeUndefined();
  });

  it.each([
    ['a browser', { 'user-agent': 'Mozilla/5.0' }, undefined, 403],
    ['a page that calls itself something else', { origin: 'https://example.com' }, undefined, 403],
    ['a page whose host was made to lead here', { 'sec-fetch-site': 'same-origin' }, undefined, 403],
    ['a page, even with the token', { origin: 'null', authorization: 'Bearer secret' }, 'secret', 403],
    ['a program without the token', {}, 'secret', 401],
    ['a program with another token', { authorization: 'Bearer secret2' }, 'secret', 401],
    ['a program with another scheme', { authorization: 'Basic secret' }, 'secret', 401],
  ])('not %s', (_who, headers, token, status) => {
    expect(admitRequest(headers, token)?.status).toBe(status);
  });
});
