import { describe, expect, it } from 'vitest';
import {
  addressText,
  isSameAddress,
  listenError,
  meet,
  readAddress,
} from '../../../../lib/lab/proxy/control/addresses.ts';

describe('an address as Go writes it', () => {
  it.each([
    ['127.0.0.1:5432', { host: '127.0.0.1', port: 5_432 }],
    ['database.example.com:0', { host: 'database.example.com', port: 0 }],
    [':5432', { host: '', port: 5_432 }],
    ['[::1]:5432', { host: '::1', port: 5_432 }],
  ])('%s', (text, address) => {
    expect(readAddress(text)).toEqual(address);
    expect(addressText(address)).toBe(text);
  });

  it.each(['', '5432', 'database', '::1:5432', 'a:65536', 'a:-1', 'a:b', '[::1]'])('%j is none', (text) => {
    expect(readAddress(text)).toBeUndefined();
  });

  it.each([
    ['localhost:1', '127.0.0.1:1', true, true],
    [':1', '[::]:1', true, true],
    ['x', 'x', true, false],
    ['127.0.0.1:1', '[::]:1', false, true],
    ['127.0.0.1:1', '127.0.0.1:2', false, false],
    ['a:1', 'b:1', false, false],
  ])('%s and %s are the same: %j; one reaches the other: %j', (one, other, same, reached) => {
    expect(isSameAddress(one, other)).toBe(same);
    const [a, b] = [readAddress(one), readAddress(other)];
    expect(a !== undefined && b !== undefined && meet(a, b)).toBe(reached);
  });

  it.each([
    ['EADDRINUSE', 'listen tcp [::1]:80: bind: address already in use'],
    ['EACCES', 'listen tcp [::1]:80: bind: permission denied'],
    ['ENOTFOUND', 'listen tcp: lookup ::1: no such host'],
    ['EWHATEVER', 'listen tcp [::1]:80: it failed'],
  ])('nothing can listen at is told in the words of Go: %s', (code, error) => {
    const cause = Object.assign(new Error('it failed'), { code });
    expect(listenError({ host: '::1', port: 80 }, cause)).toBe(error);
  });
});
