// Node-RED as a peer of the benchmarks: the port and the folder come from the command line.
module.exports = {
  uiHost: "127.0.0.1",
  flowFile: "flows.json",
  credentialSecret: false,
  diagnostics: { enabled: false },
  telemetry: { enabled: false },
  editorTheme: { tours: false },
  logging: { console: { level: "warn", metrics: false, audit: false } }
};
