import { expect, it } from 'vitest';

import { waitFor } from '../support/wait-for.js';
import { describeEachForm } from './forms.js';
import { createListener } from './listener.js';
import { MEMBER, USER, wholeList } from './observations.js';

describeEachForm('the bus', (open) => {
  it('sends an empty message for the first observation, then each change in order', async () => {
    const { bus, store } = await open();
    const { listener, lines } = createListener();
    await bus.subscribe(USER, listener).ready;
    for (const [at, status] of ['CREATED', 'UPDATED', 'UPDATED', 'CONNECTED', 'CHALLENGED'].entries())
      await store.swap(USER, wholeList({ [MEMBER]: status }, at));
    await waitFor(() => lines.length === 4);
    expect(lines).toEqual([
      [],
      ['1 MBR-1 CREATED -> UPDATED'],
      ['2 MBR-1 UPDATED -> CONNECTED'],
      ['3 MBR-1 CONNECTED -> CHALLENGED'],
    ]);
  });

  it('sends the epoch of the record that the changes belong to', async () => {
    const { bus, store } = await open();
    const { listener, messages } = createListener();
    await bus.subscribe(USER, listener).ready;
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await store.swap(USER, wholeList({ [MEMBER]: 'UPDATED' }, 1));
    await waitFor(() => messages.length === 2);
    const { record } = await store.readSnapshot(USER, null);
    expect(messages.map(({ epoch }) => epoch)).toEqual([record?.epoch, record?.epoch]);
  });

  it('sends changes to all listeners of the user and no others', async () => {
    const { bus, store } = await open();
    const [first, second, other] = [createListener(), createListener(), createListener()];
    await Promise.all([
      bus.subscribe(USER, first.listener).ready,
      bus.subscribe(USER, second.listener).ready,
      bus.subscribe('USR-2', other.listener).ready,
    ]);
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await store.swap('USR-2', wholeList({ [MEMBER]: 'CREATED' }, 0));
    await waitFor(() => first.lines.length === 1 && second.lines.length === 1 && other.lines.length === 1);
  });

  it('sends nothing to a closed listener, but continues with the others', async () => {
    const { bus, store } = await open();
    const [staying, leaving] = [createListener(), createListener()];
    await bus.subscribe(USER, staying.listener).ready;
    const subscription = bus.subscribe(USER, leaving.listener);
    await subscription.ready;
    subscription.close();
    subscription.close();
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await waitFor(() => staying.lines.length === 1);
    expect(leaving.lines).toEqual([]);
  });

  it('sends changes to a listener that subscribes after the last one was closed', async () => {
    const { bus, store } = await open();
    const [first, second] = [createListener(), createListener()];
    const subscription = bus.subscribe(USER, first.listener);
    await subscription.ready;
    subscription.close();
    await bus.subscribe(USER, second.listener).ready;
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await waitFor(() => second.lines.length === 1);
    expect(first.lines).toEqual([]);
  });

  it('can subscribe to many users at once', async () => {
    const { bus, store } = await open();
    const users = Array.from({ length: 300 }, (_, i) => `USR-${i}`);
    const { listener, lines } = createListener();
    await Promise.all(users.map((userGuid) => bus.subscribe(userGuid, listener).ready));
    await Promise.all(users.map((userGuid) => store.swap(userGuid, wholeList({ [MEMBER]: 'CREATED' }, 0))));
    await waitFor(() => lines.length === users.length);
  });
});
