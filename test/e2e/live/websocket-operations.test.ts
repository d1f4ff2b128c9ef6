import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { liveAppOfTest, ToySource } from '../../support/live-app.js';
import { connectSocket } from '../../support/live-client.js';
import { waitFor } from '../../support/wait-for.js';

const TICKS = 'subscription { ticks { count } }';
const tick = (count: number) => ({ data: { ticks: { count } } });

describe('operations', () => {
  it('run side by side, and each ends by itself', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const live = await connectSocket(url);
    live.subscribe('live', TICKS);
    live.subscribe('query', '{ word }');
    expect(await live.next()).toEqual({ type: 'next', id: 'query', payload: { data: { word: 'word' } } });
    expect(await live.next()).toEqual({ type: 'complete', id: 'query' });
    live.subscribe('mutation', 'mutation { say(word: "x") }');
    expect((await live.next()).payload).toEqual({ data: { say: 'x' } });
    expect((await live.next()).type).toBe('complete');
    source.push({ count: 1 });
    expect(await live.next()).toEqual({ type: 'next', id: 'live', payload: tick(1) });
  });

  it('that subscribe are ended by the client, with nothing more, and their source at once', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const live = await connectSocket(url);
    live.subscribe('1', TICKS);
    await waitFor(() => source.pulls === 1);
    live.send({ type: 'complete', id: '1' });
    await waitFor(() => source.isReturned);
    live.send({ type: 'ping', payload: { n: 1 } });
    expect(await live.next()).toEqual({ type: 'pong', payload: { n: 1 } });
    live.send({ type: 'complete', id: 'never was' });
    live.subscribe('1', '{ word }');
    expect((await live.next()).type).toBe('next');
  });

  it('end their source at once when the socket is gone', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const live = await connectSocket(url);
    live.subscribe('1', TICKS);
    await waitFor(() => source.pulls === 1);
    live.socket.terminate();
    await waitFor(() => source.isReturned);
  });

  it('that fail on the way are told as an error under their id, without a word of the inside', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const live = await connectSocket(url);
    live.subscribe('1', TICKS);
    await waitFor(() => source.pulls === 1);
    source.next = () => Promise.reject(new Error('secret of the inside'));
    source.push({ count: 1 });
    expect((await live.next()).payload).toEqual(tick(1));
    const { type, payload } = await live.next();
    expect(type).toBe('error');
    expect(payload).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(JSON.stringify(payload)).not.toContain('secret');
  });

  it('beyond a hundred at once are told that there are too many, and the others go on', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const live = await connectSocket(url);
    for (let id = 0; id < 101; id += 1) live.subscribe(`${id}`, TICKS);
    const { type, id, payload } = await live.next();
    expect({ type, id }).toEqual({ type: 'error', id: '100' });
    expect(payload).toMatchObject([{ extensions: { code: 'OVERLOADED', retryable: true } }]);
    source.push({ count: 1 });
    expect(await live.next()).toMatchObject({ type: 'next', payload: tick(1) });
    live.send({ type: 'complete', id: '7' });
    live.subscribe('one more', '{ word }');
    expect(await live.next()).toMatchObject({ type: 'next', id: 'one more' });
  });

  it('are pulled no faster than they are read', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const live = await connectSocket(url);
    live.subscribe('1', 'subscription { ticks { text } }');
    await waitFor(() => source.pulls === 1);
    live.socket.pause();
    const text = 'x'.repeat(100_000);
    for (let at = 0; at < 1_000; at += 1) source.push({ text });
    let before = -1;
    await waitFor(async () => {
      const isStill = source.pulls === before;
      before = source.pulls;
      if (!isStill) await new Promise((resolve) => setTimeout(resolve, 200));
      return isStill;
    });
    // What the kernels between the two hold, and not what there is.
    expect(source.pulls).toBeLessThan(300);
    live.socket.resume();
    await waitFor(() => source.pulls === 1_001);
  });
});

describe('a peer', () => {
  it('that does not answer pings is cut off, and one that does is not', async () => {
    const { url } = await liveAppOfTest({ pingEveryMs: 60 });
    const [dead, alive] = [await connectSocket(url, { autoPong: false }), await connectSocket(url)];
    expect((await dead.closed).code).toBe(1006);
    expect(alive.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('that asks without reading is not heard until it reads', async () => {
    const { url } = await liveAppOfTest({ slow: () => Promise.resolve('x'.repeat(500_000)) });
    const live = await connectSocket(url);
    live.socket.pause();
    for (let at = 0; at < 60; at += 1) live.subscribe(`${at}`, '{ slow }');
    live.socket.resume();
    for (let at = 0; at < 120; at += 1) await live.next();
    live.subscribe('after', '{ word }');
    expect((await live.next()).payload).toEqual({ data: { word: 'word' } });
  });
});
