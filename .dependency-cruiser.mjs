// Files import downwards only: no circle of files, and none of directories.
export default {
  forbidden: [
    { name: 'no-circle-of-files', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-circle-of-directories', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
  ],
  options: {
    includeOnly: '^(packages/[^/]+|apps/[^/]+|bench)/src',
    moduleSystems: ['es6'],
    tsPreCompilationDeps: true, // a type is a dependency, too
  },
};
