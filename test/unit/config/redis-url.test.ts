import { describe, expect, it } from 'vitest';

import { parseRedisUrl } from '../../../src/config/redis-url.js';

const PLAIN = {
  kind: 'single',
  hosts: [{ host: 'cache', port: 6_379 }],
  isTls: false,
  username: undefined,
  password: undefined,
  db: 0,
  masterName: '',
  sentinelPassword: undefined,
};

describe('parseRedisUrl', () => {
  it.each([
    ['redis://cache', {}],
    ['redis://cache:7000/3', { hosts: [{ host: 'cache', port: 7_000 }], db: 3 }],
    ['redis://cache?db=4', { db: 4 }],
    ['redis://[::1]:7000', { hosts: [{ host: '::1', port: 7_000 }] }],
    ['rediss://cache', { isTls: true }],
    ['redis://:secret@cache', { password: 'secret' }],
    ['redis://api:p%40ss%3A1@cache/', { username: 'api', password: 'p@ss:1' }],
  ])('reads %s as a single server', (url, parts) => {
    expect(parseRedisUrl(url)).toEqual({ ...PLAIN, ...parts });
  });

  it('reads sentinels and the name of their master', () => {
    const url = 'redis+sentinel://api:secret@one:26380,two/mymaster?db=2&sentinelPassword=other';
    expect(parseRedisUrl(url)).toEqual({
      kind: 'sentinel',
      hosts: [
        { host: 'one', port: 26_380 },
        { host: 'two', port: 26_379 },
      ],
      isTls: false,
      username: 'api',
      password: 'secret',
      db: 2,
      masterName: 'mymaster',
      sentinelPassword: 'other',
    });
  });

  it('reads the nodes of a cluster', () => {
    expect(parseRedisUrl('redis+cluster://:secret@one:7000,two')).toEqual({
      ...PLAIN,
      kind: 'cluster',
      hosts: [
        { host: 'one', port: 7_000 },
        { host: 'two', port: 6_379 },
      ],
      password: 'secret',
    });
  });

  it.each([
    '',
    'cache:6379',
    'http://cache',
    'redis://',
    'redis://cache;6380',
    'redis://"cache"',
    'redis://cache\u200b',
    'redis://a b:secret@cache:port',
    'redis://:secret@cache:70000',
    'redis://:secret%@cache',
    'redis://:secret@cache/first',
    'redis://:secret@one,two',
    'redis+sentinel://:secret@one',
    'redis+sentinel://:secret@one/',
    'redis+sentinel://:secret@one/%',
    'redis+cluster://:secret@one?db=1',
    'redis+ring://:secret@one',
  ])('rejects %j without repeating it', (url) => {
    const parse = () => parseRedisUrl(url);
    expect(parse).toThrow(/^Invalid Redis URL: /);
    expect(parse).not.toThrow(/secret/);
  });
});
