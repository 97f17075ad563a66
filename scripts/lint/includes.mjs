// The holes that the compiler leaves in the walls between modules: an include that climbs out of its
// module, a library named in a folder that has no business with it, a feature that reaches into
// another one's inside.

import { isCpp, isCppTest } from './sources.mjs';

const libraries = [
  { header: /^boost\//, folders: /^platform\/(async|http|json|postgres|redis)\// },
  { header: /^openssl\//, folders: /^platform\/(async|crypto|http|uuid)\// },
  { header: /^hiredis\//, folders: /^platform\/redis\// },
  { header: /^libpq/, folders: /^platform\/(postgres|testing)\// },
  { header: /^curl\//, folders: /^platform\/(http|transfer)\// },
  { header: /^zlib\.h$/, folders: /^platform\/http\// },
  { header: /^toml\+\+\//, folders: /^platform\/config\// },
  { header: /^spdlog\//, folders: /^platform\/log\// },
  { header: /^ctemplate\//, folders: /^platform\/html\// },
  { header: /^prometheus\//, folders: /^platform\/metrics\// },
  { header: /^utf8proc/, folders: /^platform\/unicode\// },
  { header: /^date\//, folders: /^(platform\/time_zone|apps\/portal)\// },
  { header: /^CLI\//, folders: /^(apps|bench)\// },
  { header: /^(gtest|gmock|rapidcheck)[/.]/, folders: /^platform\/testing\//, inTests: true },
];

// A feature may use those before it, never those after it.
const features = ['identity', 'profiles', 'booking'];
const openLayers = new Set(['domain', 'services']);
const speaksToTheApi = /^apps\/(cli|portal)\//;

export function checkIncludes(sources) {
  const faults = [];
  for (const { path, lines } of sources) {
    if (!isCpp(path)) continue;
    lines.forEach((line, index) => {
      const include = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(line);
      if (!include) return;
      const fault = faultOf(path, include[2]);
      if (fault) faults.push({ path, line: index + 1, message: fault });
    });
  }
  return faults;
}

function faultOf(path, header) {
  if (header.split('/').includes('..')) return `'${header}' climbs out of its module`;
  for (const { header: name, folders, inTests } of libraries) {
    if (name.test(header) && !folders.test(path) && !(inTests && isCppTest(path))) {
      return `'${header}' is not for this folder: wrap it in a module of platform/`;
    }
  }
  return faultBetweenFeatures(path, header);
}

function faultBetweenFeatures(path, header) {
  const [feature, layer] = header.split('/');
  if (!features.includes(feature)) {
    return path.startsWith('platform/') && header.startsWith('features/') ? `'${header}': platform knows no feature` : null;
  }
  if (path.startsWith('platform/')) return `'${header}': platform knows no feature`;
  if (speaksToTheApi.test(path) && !['wire', 'domain'].includes(layer)) {
    return `'${header}': who talks to the API uses its wire module`;
  }
  const own = /^features\/([^/]+)\//.exec(path)?.[1];
  if (!own || own === feature) return null;
  if (features.indexOf(own) < features.indexOf(feature)) return `'${header}': ${own} comes before ${feature}`;
  if (!openLayers.has(layer) && !isCppTest(path)) return `'${header}': only domain and services of another feature`;
  return null;
}
