import { describe, expect, it } from 'vitest';

import { waitFor } from '../support/wait-for.js';
import { FORMS } from './forms.js';
import { listenerOfTest } from './listener.js';
import { MEMBER, USER, wholeList } from './observations.js';

describe.each(FORMS)('the bus $form', ({ open }) => {
  it('tells that a user is known from now on, then each change, in their order', async () => {
    const { bus, store } = await open();
    const { listener, told } = listenerOfTest();
    await bus.subscribe(USER, listener).ready;
    for (const [at, status] of ['CREATED', 'UPDATED', 'UPDATED', 'CONNECTED', 'CHALLENGED'].entries())
      await store.swap(USER, wholeList({ [MEMBER]: status }, at));
    await waitFor(() => told.length === 4);
    expect(told).toEqual([
      [],
      ['1 MBR-1 CREATED -> UPDATED'],
      ['2 MBR-1 UPDATED -> CONNECTED'],
      ['3 MBR-1 CONNECTED -> CHALLENGED'],
    ]);
  });

  it('names the row that the changes belong to', async () => {
    const { bus, store } = await open();
    const { listener, publications } = listenerOfTest();
    await bus.subscribe(USER, listener).ready;
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await store.swap(USER, wholeList({ [MEMBER]: 'UPDATED' }, 1));
    await waitFor(() => publications.length === 2);
    const { record } = await store.open(USER, null);
    expect(publications.map(({ epoch }) => epoch)).toEqual([record?.epoch, record?.epoch]);
  });

  it('tells all who listen to the user, and nobody else', async () => {
    const { bus, store } = await open();
    const [first, second, other] = [listenerOfTest(), listenerOfTest(), listenerOfTest()];
    await Promise.all([
      bus.subscribe(USER, first.listener).ready,
      bus.subscribe(USER, second.listener).ready,
      bus.subscribe('USR-2', other.listener).ready,
    ]);
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await store.swap('USR-2', wholeList({ [MEMBER]: 'CREATED' }, 0));
    await waitFor(() => first.told.length === 1 && second.told.length === 1 && other.told.length === 1);
  });

  it('tells nothing more to one who has ended, and goes on with the others', async () => {
    const { bus, store } = await open();
    const [staying, leaving] = [listenerOfTest(), listenerOfTest()];
    await bus.subscribe(USER, staying.listener).ready;
    const subscription = bus.subscribe(USER, leaving.listener);
    await subscription.ready;
    subscription.close();
    subscription.close();
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await waitFor(() => staying.told.length === 1);
    expect(leaving.told).toEqual([]);
  });

  it('hears again a user whose last listener went and who is listened to anew', async () => {
    const { bus, store } = await open();
    const [first, second] = [listenerOfTest(), listenerOfTest()];
    const subscription = bus.subscribe(USER, first.listener);
    await subscription.ready;
    subscription.close();
    await bus.subscribe(USER, second.listener).ready;
    await store.swap(USER, wholeList({ [MEMBER]: 'CREATED' }, 0));
    await waitFor(() => second.told.length === 1);
    expect(first.told).toEqual([]);
  });

  it('is ready for many users at once', async () => {
    const { bus, store } = await open();
    const users = Array.from({ length: 300 }, (_, i) => `USR-${i}`);
    const { listener, told } = listenerOfTest();
    await Promise.all(users.map((userGuid) => bus.subscribe(userGuid, listener).ready));
    await Promise.all(users.map((userGuid) => store.swap(userGuid, wholeList({ [MEMBER]: 'CREATED' }, 0))));
    await waitFor(() => told.length === users.length);
  });
});
