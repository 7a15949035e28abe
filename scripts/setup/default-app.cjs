// What a stand-in Electron starts with, as it ships without: [-r module]... [switches] <app folder or file>.
// Packed as resources/default_app.asar: `electron <folder>` and Playwright work as with the official one.
'use strict';
const { app } = require('electron');
const fs = require('node:fs');
const path = require('node:path');
const Module = require('node:module');

/** Splits Electron's arguments into modules to load first and the app to start. */
function readArguments(args) {
  const modules = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '-r' || arg === '--require') modules.push(args[++i]);
    else if (arg === '--version' || arg === '-v') return { print: `v${process.versions.electron}`, modules };
    else if (arg === '--abi' || arg === '-a') return { print: process.versions.modules, modules };
    else if (!arg.startsWith('-')) return { target: path.resolve(arg), modules };
  }
  return { modules };
}

/** Gives the app the name, version and path that the official default app would. */
function adopt(target) {
  const file = path.join(target, 'package.json');
  if (!fs.existsSync(file)) return app.setAppPath(path.dirname(target));
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (manifest.version) app.setVersion(manifest.version);
  app.name = manifest.productName || manifest.name || app.name;
  return app.setAppPath(target);
}

const { print, target, modules } = readArguments(process.argv.slice(1));
if (print) {
  console.log(print);
  process.exit(0);
}
if (!target) {
  console.error('usage: electron [-r module] <app folder or file>');
  process.exit(1);
}
Module._preloadModules(modules);
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
adopt(target);
Module._load(Module._resolveFilename(target, null, true), Module, true);
