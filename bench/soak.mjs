export async function measureSoak() {}
