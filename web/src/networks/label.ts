// What people call a network.
import { useQuery } from '@tanstack/react-query';
import { networksQuery } from '../api/queries';

export function useNetworkLabel(): (network: string) => string {
  const networks = useQuery(networksQuery).data;
  return (network) => networks?.find((n) => n.network === network)?.label ?? network;
}
