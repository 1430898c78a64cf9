import { controlPanel } from './blocks/panel.ts';
import type { Message, Mrkdwn } from './blocks/text.ts';
import type { Services } from './services.ts';

/**
 * The control panel as things stand, for somebody who may organise. While announcing fails, opening it has that tried
 * again at once.
 * @param said what the last press of a button came to
 * @throws when Redis does not answer
 */
export async function panelNow({ draw, announcer, now }: Services, said?: Mrkdwn): Promise<Message> {
  const [status, trouble] = await Promise.all([draw.status(), announcer.trouble()]);
  if (trouble !== null) announcer.nudge();
  return controlPanel(status, now(), said, trouble?.problem);
}
