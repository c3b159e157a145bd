/** The API's addresses of one customer. */
const part = encodeURIComponent;

export const boxesOf = (customer: string): string => `/customers/${part(customer)}/boxes`;
export const boxOf = (customer: string, agent: string): string => `${boxesOf(customer)}/${part(agent)}`;
export const devicesOf = (customer: string, agent: string): string => `${boxOf(customer, agent)}/devices`;
export const deviceOf = (customer: string, device: string): string =>
  `/customers/${part(customer)}/devices/${part(device)}`;
