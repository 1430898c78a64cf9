import type { ModalView } from '@slack/types';
import type { RequestLog } from '../../../log.ts';
import type { Services } from '../../services.ts';
import type { Entry } from '../rights.ts';

/** A submitted dialog. */
export interface ViewRequest {
  /** Its lines carry the request's ID. */
  readonly log: RequestLog;
  readonly member: string;
  /** What was filled in, by block ID. */
  readonly values: Readonly<Record<string, string>>;
  readonly privateMetadata: string;
}

/** What the person sees in the dialog's place. */
export type ViewAnswer =
  /** The message at its field. `retry` is the same form with the message, for when a field error would come too late. */
  | { readonly kind: 'field'; readonly block: string; readonly text: string; readonly retry: ModalView }
  | { readonly kind: 'notice'; readonly view: ModalView };

/** A dialog. */
export interface View extends Entry {
  readonly callbackId: string;
  /** The channel from which the dialog was opened, by which the right to submit it is judged; empty where that is not known. */
  channelOf(request: ViewRequest): string;
  /** Answers a submitted dialog. */
  handle(services: Services, request: ViewRequest): Promise<ViewAnswer>;
  /** What the person sees when something goes wrong, at its first field; what was filled in is kept. */
  failed(services: Services, request: ViewRequest, text: string): ViewAnswer;
}
