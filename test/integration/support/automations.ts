/** Executions and documents as SSM's API tells of them, which moto has not got (Systems Manager API reference). */
import { bodyOf, type Loopback, serve } from '../../support/loopback.ts';

type Json = Readonly<Record<string, unknown>>;

export class Automations {
  /** By execution. */
  executions: Record<string, Json> = {};
  /** By `name version`: the text. */
  documents: Record<string, string> = {};
  /** What was asked, in order. */
  asked: string[] = [];

  answer(target: string, input: Json): { readonly status: number; readonly body: Json } {
    this.asked.push(target);
    const no = (__type: string) => ({ status: 400, body: { __type, message: 'there is none' } });
    if (target === 'AmazonSSM.GetAutomationExecution') {
      const AutomationExecution = this.executions[String(input.AutomationExecutionId)];
      return AutomationExecution
        ? { status: 200, body: { AutomationExecution } }
        : no('AutomationExecutionNotFoundException');
    }
    if (target !== 'AmazonSSM.GetDocument' || input.DocumentFormat !== 'JSON')
      return no('ValidationException');
    const Content = this.documents[`${input.Name} ${input.DocumentVersion}`];
    return Content === undefined ? no('InvalidDocument') : { status: 200, body: { Content } };
  }
}

export const startAutomations = (automations: Automations): Promise<Loopback> =>
  serve(async (incoming, outgoing) => {
    const input = JSON.parse((await bodyOf(incoming)).toString() || '{}') as Json;
    const { status, body } = automations.answer(String(incoming.headers['x-amz-target']), input);
    outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
