import { which } from '../draw/which.ts';
import { controlPanel, PANEL_DRAWS, type PanelDraw } from './blocks/panel.ts';
import { channelLink, type Message, type Mrkdwn, mrkdwn } from './blocks/text.ts';
import type { Services } from './services.ts';

export interface PanelOptions {
  /** What the last press of a button came to, and the channel of the draw that it was for: that is shown, on or not. */
  readonly after?: { readonly said: Mrkdwn; readonly channel: string };
  /** The ID of the one channel to show; undefined: every draw that is on. */
  readonly only?: string | undefined;
}

/**
 * The control panel as things stand, for somebody who may organise: every draw that is on, else the home channel's. While
 * announcing fails, opening it has that tried again at once.
 * @throws when Redis does not answer
 */
export async function panelNow(services: Services, { after, only }: PanelOptions = {}): Promise<Message> {
  const { draws, directory, worker, now } = services;
  const home = draws.home.channel;
  const [{ entries }, problems] = await Promise.all([directory.read(), worker.problems()]);
  if (problems.length > 0) worker.nudge();
  const meant = which(entries, 'on', { typedIn: '', named: only, home, now: now().getTime() });
  const on = meant.kind === 'one' ? [meant.channel] : meant.entries.map(({ channel }) => channel);
  // What another program does is known of the home channel only when it has been looked at.
  const maybe =
    only === undefined ? [...(after ? [after.channel] : []), ...(on.includes(home) ? [] : [home]), ...on] : on;
  const channels = [...new Set(maybe)];
  const all = await Promise.all(
    channels.slice(0, PANEL_DRAWS).map(
      async (channel): Promise<PanelDraw> => ({
        channel,
        isHome: channel === home,
        status: await draws.in(channel).status(),
        problem: problems.find((each) => each.channel === channel)?.problem,
      }),
    ),
  );
  return controlPanel(
    all.filter(({ status, isHome }) => all.length === 1 || !isHome || status.state !== 'NO_DRAW'),
    now(),
    {
      said: after && saidOf(after, home),
      left: Math.max(0, channels.length - PANEL_DRAWS),
      problems: services.problems(),
    },
  );
}

/** Of several draws, it is said which one a button was for. */
function saidOf({ said, channel }: NonNullable<PanelOptions['after']>, home: string): Mrkdwn {
  return channel === home ? said : mrkdwn`${channelLink(channel)}: ${said}`;
}
