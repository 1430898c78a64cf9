import { expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { becomes, linesWith } from '../support/fixtures/outages.ts';
import { startCluster } from '../support/topologies/cluster.ts';
import { asking, PASSWORD } from '../support/topologies/topology.ts';
import { failovers, saidTo } from './suite.ts';

failovers('a Redis Cluster', startCluster, {
  before: (fixture) => {
    it('follows its slot to another node, when the old one says that it has moved', async () => {
      const { bot, topology, redis } = fixture();
      const { port } = await topology.master();
      // The nodes hear of each other by and by.
      const replica = await until(async () => {
        const nodes = (await redis.cluster('SLOTS')).map(([, , ...served]) => served);
        return nodes.find(([master]) => master?.[1] === port)?.[1]?.[1];
      });
      await asking(replica, PASSWORD, (node) => node.cluster('FAILOVER'));
      await until(async () => ((await topology.master()).port === port ? undefined : true));
      await until(async () => (await saidTo(bot, 'olivia', 'start "A cup"')).includes('open') || undefined);
      expect(await saidTo(bot, 'olivia', 'close')).toContain('closed');
      expect(linesWith(bot, '(MOVED)').length).toBe(1);
      await topology.replicated();
    }, 40_000);
  },
  after: (fixture) => {
    it('is not ready while the slot is not served, and says why', async () => {
      const { bot, topology } = fixture();
      await becomes(bot, 200);
      const goOn = await topology.freezeOthers();
      await becomes(bot, 503);
      const said = async (): Promise<string> => (await fetch(`${bot.url}/readyz`)).text();
      await until(async () => (await said()).includes('(CLUSTERDOWN)') || undefined);
      goOn();
      await becomes(bot, 200);
    }, 40_000);
  },
});
