import { describe, expect, it } from 'vitest';

import { toPlainText } from '../../../src/mx/plain-text.js';

describe('toPlainText', () => {
  it.each([
    ['text without tags', 'Use your 5 < 6 digit code & go.', 'Use your 5 < 6 digit code & go.'],
    [
      'a link, whose address follows its text',
      'See <a href="https://bank.example/a?b=1&amp;c=2" id="x">this page</a>.',
      'See this page (https://bank.example/a?b=1&c=2).',
    ],
    ['a link without quotes', '<a href=https://bank.example/>Bank</a>', 'Bank (https://bank.example/)'],
    ['a link that runs a script', '<a href="javascript:alert(1)">Bank</a>', 'Bank'],
    ['a link that hides its script', '<a href="jav&#x61;script:alert(1)">Bank</a>', 'Bank'],
    ['a link without an address', '<a id="x">Bank</a>', 'Bank'],
    ['blocks and line breaks', '<p>One<br/>two</p><ul><li>three</li></ul>', 'One\ntwo\nthree'],
    ['entities', 'Tom &amp; Ann&#39;s &#x2014; &hellip; &unknown;', "Tom & Ann's — … &unknown;"],
    ['a script', 'a<script>alert("<b>")</script>b', 'a b'],
    ['a script that never ends', 'a<SCRIPT src=x>alert(1)', 'a'],
    ['a comment', 'a<!-- <b> -->b', 'ab'],
    ['a tag that never ends', 'a <img src=x onerror=alert(1)', 'a'],
    ['a tag made of entities', '&lt;img src=x onerror=alert(1)&gt;Hi', 'Hi'],
    ['a tag made of entities made of entities', '&amp;lt;img src=x&amp;gt;Hi', 'Hi'],
    ['a tag inside a tag', '<a<b> onclick=alert(1)>Hi</a>', 'onclick=alert(1)>Hi'],
    ['characters that do not exist', 'a&#0;b&#x110000;c', 'a b c'],
    ['halves of characters', 'a&#xD83D;b\uDE00c&#x1F600;', 'a b c😀'],
    ['a text that is cut within a character', `${'a'.repeat(3_999)}😀`, 'a'.repeat(3_999)],
    ['tags only', '<p> </p>', ''],
  ])('converts %s', (_, html, text) => {
    expect(toPlainText(html)).toBe(text);
  });

  it.each(['<', '<a ', '<!--', '&lt;', '<script>', '<a href="', '<a<b> x>', '&amp;'])(
    'converts a million characters of %j at once',
    (part) => {
      const begun = performance.now();
      expect(toPlainText(part.repeat(1_000_000 / part.length))).not.toMatch(/<[a-z!/]/i);
      expect(performance.now() - begun).toBeLessThan(2_000);
    },
  );
});
