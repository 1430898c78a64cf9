import { expect, it } from 'vitest';
import { type ProcessFixture, says } from '../../support/process/fixture.ts';
import { signedPost } from '../../support/workspace/http.ts';
import { freePort } from '../../support/workspace/loopback.ts';

/** What the program outlives in HTTP mode. */
export function surviving(fixture: () => ProcessFixture): void {
  it('outlives signed requests that make no sense', async () => {
    const { program, url, member, end } = await fixture().started();
    const bodies = [
      '',
      'payload=',
      'payload=null',
      'payload=[]',
      'payload={',
      'payload=1',
      'null',
      '%',
      'command=%2Fx',
    ];
    const shapes = ['{}', '{"type":"block_actions"}', '{"type":"view_submission","view":null,"user":{}}'];
    for (const body of [...bodies, ...shapes.map((shape) => `payload=${encodeURIComponent(shape)}`)]) {
      const { status } = await signedPost(url, fixture().slack.signingSecret, body);
      expect({ body, refused: status >= 400 && status < 500 }).toEqual({ body, refused: true });
    }
    expect(await says(member('ada'), 'help')).toContain('/prizedraw enter');
    expect((await end()).status).toBe(0);
    expect(program.stderr()).toBe('');
  }, 30_000);

  it('is alive but not ready while Redis refuses its password, and does not show that', async () => {
    const redis = fixture().server.url.replace('redis://', 'redis://bot:recognisable%2Fsecret@');
    const { program, url, end } = await fixture().started({ REDIS_URL: redis }, 503);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({
      status: 'unavailable',
      redis: 'does not answer',
    });
    expect((await end()).status).toBe(0);
    expect(program.stdout()).toContain('WRONGPASS');
    expect(program.stdout() + program.stderr()).not.toMatch(/recognisable(?:\/|%2F)secret/i);
  }, 30_000);

  it('answers that it is alive while neither Redis nor Slack is there', async () => {
    const { url, end } = await fixture().started(
      { REDIS_URL: `redis://127.0.0.1:${await freePort()}/0`, SLACK_API_URL: 'http://127.0.0.1:9/api/' },
      503,
    );
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const parts = {
      redis: 'does not answer',
      slack: 'not connected',
      settings: 'not known',
      clock: 'ok',
      announcements: 'not known',
    };
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'unavailable', ...parts });
    const { status, ms } = await end('SIGINT');
    expect({ status, inTime: ms < 10_000 }).toEqual({ status: 0, inTime: true });
  }, 30_000);
}
