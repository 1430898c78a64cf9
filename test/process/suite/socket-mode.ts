import { expect, it } from 'vitest';
import { until } from '../../support/fixtures/bot.ts';
import { GITHUB_TOKEN, PASSWORD, type ProcessFixture, says } from '../../support/process/fixture.ts';
import { run } from '../../support/process/program.ts';
import { openFrames } from '../../support/stand-ins/frames.ts';
import { freePort } from '../../support/workspace/loopback.ts';
import { commandPayload } from '../../support/workspace/payloads.ts';
import { person } from '../../support/workspace/people.ts';
import { visibleText } from '../../support/workspace/read.ts';

/** The built program in Socket Mode, the default way to run it. */
export function socketMode(fixture: () => ProcessFixture): void {
  it('uses Socket Mode where both secrets are set, logs JSON only, and keeps every secret to itself', async () => {
    const { server, slack, socket, started } = fixture();
    await server.client().flushdb();
    const { program, url, member, end } = await started({ SLACK_APP_TOKEN: slack.appToken });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
      status: 'ok',
      redis: 'ok',
      slack: 'ok',
      settings: 'ok',
      clock: 'ok',
      announcements: 'ok',
    });
    expect((await fetch(`${url}/slack/events`, { method: 'POST' })).status).toBe(404);
    expect(await says(member('olivia'), 'start "A book"', 'admin')).toContain('The draw is open');
    await member('ada').command('enter');
    const view = await until(() => member('ada').lastView(), { what: 'the dialog' });
    expect(visibleText((await member('ada').submit(view, { 'Your GitHub ID': 'ada' })).body)).toContain('You are in');
    const before = socket.connections;
    socket.drop();
    await until(() => (socket.connections > before ? true : undefined), { what: 'a new connection' });
    await socket.connected(5_000);
    expect(await says(member('olivia'), 'pick', 'admin')).toContain('Picked 1 winner from 1 entrant');
    expect((await end('SIGINT')).status).toBe(0);
    expect(program.stderr()).toBe('');
    for (const line of program.stdout().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level');
    const secrets = [slack.botToken, slack.appToken, slack.signingSecret, PASSWORD, GITHUB_TOKEN];
    expect(secrets.filter((secret) => program.stdout().includes(secret))).toEqual([]);
  }, 40_000);

  it('ends with one plain line and status 1 when Slack refuses the app token', async () => {
    const { settings } = fixture();
    const program = run({ ...settings(await freePort()), SLACK_APP_TOKEN: 'xapp-1-A0-recognisable-secret' });
    expect((await program.ended()).status).toBe(1);
    expect(program.stderr()).toBe(
      'prizedraw cannot go on: Slack refused SLACK_APP_TOKEN (invalid_auth). Check the token at api.slack.com/apps and start again.\n',
    );
    expect(program.stdout()).not.toContain('recognisable-secret');
  }, 30_000);

  it('answers the command in hand before it ends', async () => {
    const { server, slack, github, started } = fixture();
    await server.client().flushdb();
    const { member, end } = await started({ SLACK_APP_TOKEN: slack.appToken });
    await says(member('olivia'), 'start "A book"', 'admin');
    github.requests.length = 0;
    github.behave('dennis', { delay: 1_200 });
    const answer = says(member('dennis'), 'enter dennis');
    await until(() => (github.requests.some(({ path }) => path === '/users/dennis') ? true : undefined));
    const ending = end();
    expect(await answer).toContain('You are in the draw');
    const { status, ms } = await ending;
    expect({ status, inTime: ms < 10_000 }).toEqual({ status: 0, inTime: true });
  }, 30_000);

  it('outlives frames that make Slack’s own client fail', async () => {
    const { slack, started } = fixture();
    const frames = await openFrames(slack);
    const { program, url, end } = await started({ SLACK_APP_TOKEN: slack.appToken });
    for (const frame of [
      'null',
      '{"type":"events_api","envelope_id":"x1","payload":null}',
      '{"type":"interactive","envelope_id":"x2","payload":null}',
      '{"type":"slash_commands","envelope_id":"x3"}',
      'not JSON',
    ]) {
      frames.bot().send(frame);
    }
    const { id, name } = person(slack, fixture().socket, 'ada');
    const occasion = { name, user: id, triggerId: 'none', responseUrl: slack.openResponse().url };
    const payload = commandPayload(occasion, slack, slack.channels.random, '/prizedraw', 'help');
    frames.bot().send(JSON.stringify({ type: 'slash_commands', envelope_id: 'x4', payload }));
    await until(() => frames.received.find((frame) => frame.includes('"x4"')), { what: 'the acknowledgement' });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await end()).status).toBe(0);
    expect(program.stderr()).toBe('');
    frames.close();
  }, 30_000);
}
