import { headOfFile, lineOfFile } from '../../../draw/fair/file.ts';
import { isProof } from '../../../draw/last-proof.ts';
import { parseLogin } from '../../../draw/login.ts';
import { checkedAnswer, noProofText, proofAnswer } from '../../blocks/checking.ts';
import { refusalText } from '../../blocks/entering.ts';
import { note } from '../../blocks/parts.ts';
import type { DrawCommandHandler } from './types.ts';

/** More entrants than this never fit in the messages that Slack takes as an answer. */
const MOST = 20_000;

/** Does the last pick again, and tells how a ticket ranked: of the login that is named, else of those this member entered. */
export const verify: DrawCommandHandler = async (_services, { rest, member }, draw) => {
  const login = rest === '' ? undefined : parseLogin(rest);
  if (rest !== '' && login === undefined) return [note(refusalText({ kind: 'not_an_id' }))];
  const proof = await draw.lastProof();
  if (!isProof(proof)) return [note(noProofText(proof))];
  const logins = login === undefined ? (await draw.status(member)).logins : [login];
  return [checkedAnswer(proof, await draw.checkProof(proof, logins))];
};

/** The record of the last pick and its entrants, as a text to save. */
export const proof: DrawCommandHandler = async (_services, _request, draw) => {
  const record = await draw.lastProof();
  if (!isProof(record)) return [note(noProofText(record))];
  if (record.entrants > MOST) return proofAnswer(record, undefined);
  const entrants = await draw.entrantsOfProof(record);
  return proofAnswer(record, [headOfFile(record), ...entrants.map(lineOfFile)]);
};
