import { useEffect, useRef } from 'react';
import type { Question } from './buttons.ts';

interface ConfirmProps {
  readonly question: Question;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks before a button does its work. */
export function Confirm({ question, onYes, onNo }: ConfirmProps) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => box.current?.showModal(), []);
  return (
    <dialog ref={box} className="box" aria-label={question.title} onCancel={onNo}>
      <h3>{question.title}</h3>
      <p>{question.text}</p>
      <footer>
        <button type="button" onClick={onNo}>
          {question.no}
        </button>
        <button type="button" className="primary" onClick={onYes}>
          {question.yes}
        </button>
      </footer>
    </dialog>
  );
}
