import { expect, it } from 'vitest';
import { startSentinels } from '../support/topologies/sentinel.ts';
import { failovers, saidTo } from './suite.ts';

failovers('Redis with sentinels', startSentinels, {
  before: (fixture) => {
    it('answers all the same while no replica keeps up', async () => {
      const { bot, topology } = fixture();
      const goOn = await topology.freezeOthers();
      try {
        expect(await saidTo(bot, 'olivia', 'start "A cup"')).toContain('open');
        expect(await saidTo(bot, 'olivia', 'close')).toContain('closed');
      } finally {
        goOn();
      }
      await topology.replicated();
    }, 40_000);
  },
});
