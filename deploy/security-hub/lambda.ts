import { bridgedControls } from '../../report/asff/controls.ts';
import { securityHubBridge } from './bridge.ts';

export const handler = securityHubBridge(bridgedControls);
