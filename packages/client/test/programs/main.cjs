const { createClient, OptionsError } = require('@didit-data/client');

try {
  createClient({});
} catch (error) {
  process.stdout.write(error instanceof OptionsError ? error.name : 'another error');
}
