export const maxAge = 60;
