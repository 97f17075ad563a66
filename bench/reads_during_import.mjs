export async function measureReadsDuringImport() {}
