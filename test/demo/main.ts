import { CAST, play } from './play.ts';
import { setStage } from './stage.ts';
import { Transcript } from './transcript.ts';

const write = (line: string): void => void process.stdout.write(`${line}\n`);

write('A whole prize draw, played through the real bot. Slack and GitHub are emulated on this machine.');
const stage = await setStage(CAST, process.env['REDIS_URL'] || undefined);
try {
  await play(stage, new Transcript(stage.slack.users, write));
  write('\nThat was it. To run prizedraw in your own Slack, follow README.md.');
} finally {
  await stage.close();
}
