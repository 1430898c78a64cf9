import { expect, it } from 'vitest';
import { Pace } from '../../src/announcements/pace.ts';

it('lets one message a second into a channel, and holds up no other channel for it', async () => {
  const pace = new Pace();
  await pace.wait('C0001');
  const begin = performance.now();
  const order: string[] = [];
  await Promise.all([
    pace.wait('C0001').then(() => order.push('C0001')),
    pace.wait('C0002').then(() => order.push('C0002')),
  ]);
  // The pace has no reason to be later than this measures, so that no busy machine makes it shorter.
  expect(performance.now() - begin).toBeGreaterThan(980);
  expect(order).toEqual(['C0002', 'C0001']);
});
