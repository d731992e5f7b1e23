export const thumbnailOf = (id: string) => `/api/v1/media/${id}/thumbnail`;
