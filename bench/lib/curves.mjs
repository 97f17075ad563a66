export const curves = () => "";
