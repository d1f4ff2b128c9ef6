import { crc32, deflateSync } from 'node:zlib';

const SIZE = 48;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export type Colour = readonly [red: number, green: number, blue: number];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** The unfiltered rows of a PNG: a disc of the given colour on white. */
function pixels([red, green, blue]: Colour): Buffer {
  const rows = Buffer.alloc(SIZE * (1 + SIZE * 3), 0xff);
  for (let y = 0; y < SIZE; y += 1) {
    const start = y * (1 + SIZE * 3);
    rows[start] = 0;
    for (let x = 0; x < SIZE; x += 1) {
      if (Math.hypot(x - SIZE / 2, y - SIZE / 2) < SIZE / 2.5)
        rows.set([red, green, blue], start + 1 + x * 3);
    }
  }
  return rows;
}

/** A small PNG in base64, the format in which MX sends the image of a challenge. */
export function discPng(colour: Colour): string {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels(colour))),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([SIGNATURE, ...parts]).toString('base64');
}
