import type { WindowServer } from '../processes/windowServers';
import { askOption } from './inputs';
import { withoutIcons } from './text';

/** The only one, else one that the user picks; undefined when they turn away. */
export async function pickServer<Server extends WindowServer>(
  servers: readonly Server[],
  title: string,
): Promise<Server | undefined> {
  if (servers.length === 1) return servers[0];
  const items = servers.map((one) => ({
    label: withoutIcons(one.served.name),
    description: one.server.address,
    value: one,
  }));
  return await askOption(title, 'Type a part of its name', items);
}
