// The desk in a thread of its own, so that the page does not wait while a sheet is held against every known mistake.
import { told } from '../words/sentences.ts';
import { desk } from './desk.ts';
import { type Answer, type Call, carryOut } from './desk-call.ts';

addEventListener('message', ({ data }: MessageEvent<Call>) => {
  postMessage(answerTo(data));
});

function answerTo(call: Call): Answer {
  try {
    return { number: call.number, outcome: carryOut(desk, call) };
  } catch (error) {
    const text = told(error);
    return typeof text === 'string' ? { number: call.number, sentence: text } : { number: call.number, texts: text };
  }
}
