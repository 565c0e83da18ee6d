import { securityHubBridge } from './bridge.ts';
import { bridgedControls } from './controls.ts';

export const handler = securityHubBridge(bridgedControls);
