export async function measureScale() {}
