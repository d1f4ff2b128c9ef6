import { describe, expect, it } from 'vitest';

import { codesOf } from '../../support/graphql-client.js';
import { memberPage, memberRow, useMemberUpstream } from '../../support/member-upstream.js';

const LONG = Buffer.alloc(300, 0xfb);
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), LONG]);
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), LONG]);
const GIF = Buffer.concat([Buffer.from('GIF89a'), LONG]);
const WEBP = Buffer.concat([Buffer.from('RIFF\x01\x02\x03\x04WEBPVP8 ', 'latin1'), LONG]);

const base64 = PNG.toString('base64');
const dataUri = `data:image/png;base64,${base64}`;
const inLines = (width: number, end: string) =>
  base64.replace(new RegExp(`.{${width}}`, 'g'), (line) => line + end);

const QUERY = `{ member(by: { guid: "MBR-1" }) { challenges { guid
  ... on ImageChallenge { image } ... on ImageOptionsChallenge { options { value image } } } } }`;

/** What a client gets of a picture, in a challenge and in an option of one. */
async function shown(picture: unknown) {
  const scene = await useMemberUpstream();
  scene.answer(memberPage([memberRow('MBR-1', { connection_status: 'CHALLENGED' })]));
  const challenges = [
    { guid: 'CHA-1', type: 'IMAGE_DATA', image_data: picture },
    { guid: 'CHA-2', type: 'IMAGE_OPTIONS', image_options: [{ value: 'a', data_uri: picture }] },
  ];
  scene.other(() => ({ body: { member: { guid: 'MBR-1', connection_status: 'CHALLENGED', challenges } } }));
  const answer = await scene.graphql(QUERY);
  const image = (of: string | null) => ({
    member: {
      challenges: [
        { guid: 'CHA-1', image: of },
        { guid: 'CHA-2', options: [{ value: 'a', image: of }] },
      ],
    },
  });
  return { answer, image };
}

describe('the picture of a challenge', () => {
  it.each([
    ['bare base64', base64],
    ['a data URI', dataUri],
    ...[60, 64, 76].flatMap((width) => [
      [`lines of ${width} characters that end with LF`, inLines(width, '\n')],
      [`lines of ${width} characters that end with CRLF`, inLines(width, '\r\n')],
    ]),
    ['a line break at its end', `${base64}\n`],
    ['spaces and tabs', ` ${inLines(10, ' \t')} `],
    ['no padding', base64.replace(/=+$/, '')],
    ['the URL-safe alphabet', PNG.toString('base64url')],
    ['a data URI with line breaks', `data:image/png;base64,${inLines(76, '\r\n')}`],
    ['a data URI with a break after the comma', `data:image/png;base64,\n${base64}`],
    ['a data URI with parameters', `data:image/png;charset=utf-8;base64,${base64}`],
    ['a data URI in capitals', `DATA:IMAGE/PNG;BASE64,${base64}`],
    ['a data URI with escapes', `data:image/png;base64,${encodeURIComponent(base64)}`],
    [
      'a data URI of the URL-safe alphabet without padding',
      `data:image/png;base64,${PNG.toString('base64url')}`,
    ],
    ['a data URI with the wrong media type', `data:application/octet-stream;base64,${base64}`],
    ['a data URI without a media type', `data:;base64,${base64}`],
    ['escaped line breaks', inLines(76, '\\r\\n')],
    ['a quoted string', `"${base64}"`],
    ['zero-width spaces', inLines(76, '\u200b')],
  ])('is shown when MX sends it as %s', async (_, picture) => {
    const { answer, image } = await shown(picture);
    expect(answer.body).toEqual({ data: image(dataUri) });
  });

  it.each([
    ['image/png', PNG],
    ['image/jpeg', JPEG],
    ['image/gif', GIF],
    ['image/webp', WEBP],
  ])('has the media type %s if it is one', async (mediaType, bytes) => {
    for (const picture of [bytes.toString('base64'), `data:image/bmp;base64,${bytes.toString('base64')}`]) {
      const { answer, image } = await shown(picture);
      expect(answer.body).toEqual({ data: image(`data:${mediaType};base64,${bytes.toString('base64')}`) });
    }
  });

  it.each<[string, unknown]>([
    ['a text', 'What is this?'],
    ['base64 of a text', Buffer.from('<script>alert(1)</script>').toString('base64')],
    [
      'an SVG image',
      `data:image/svg+xml;base64,${Buffer.from('<svg onload="alert(1)"/>').toString('base64')}`,
    ],
    ['an SVG image without base64', 'data:image/svg+xml,<svg/>'],
    ['a data URI without data', 'data:image/png;base64,'],
    ['base64 with a foreign character', `${base64.slice(0, 40)}*${base64.slice(41)}`],
    ['an impossible number of characters', base64.slice(0, 41)],
    ['a URL', 'https://bank.example/picture.png'],
    ['a number', 5],
    ['an object', { data: base64 }],
  ])('is null with an error when MX sends %s', async (_, picture) => {
    const { answer, image } = await shown(picture);
    expect(answer.body.data).toEqual(image(null));
    expect(codesOf(answer)).toEqual(['UPSTREAM_MALFORMED', 'UPSTREAM_MALFORMED']);
    expect(answer.body.errors?.map(({ path }) => path?.at(-1))).toEqual(['image', 'image']);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['nothing', undefined],
    ['an empty text', ''],
  ])('is null without an error when MX sends %s', async (_, picture) => {
    const { answer, image } = await shown(picture);
    expect(answer.body).toEqual({ data: image(null) });
  });
});
