import { expect, it } from 'vitest';

import { parseOrigin } from '../../src/config/origins.js';
import { parseUrl } from '../../src/mx/parse.js';

it('URLs are parsed alike however often, also once V8 has optimized the parser', () => {
  const [url, punycode] = ['https://münchen.example', 'https://xn--mnchen-3ya.example'];
  const parsed = new Set<string>();
  for (let call = 0; call < 20_000; call += 1) parsed.add(JSON.stringify([parseUrl(url), parseOrigin(url)]));
  expect([...parsed]).toEqual([JSON.stringify([url, { value: punycode }])]);
});
