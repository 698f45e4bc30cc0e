/** What the dependencies of a package say about it, besides the frameworks that have files of their own here. */

/** Libraries whose code runs in a browser or in an app. Not `react`: it renders terminals and mails as well. */
export const browserLibraries: readonly string[] = [
  '@angular/core',
  'ember-source',
  'inferno',
  'lit',
  'mithril',
  'preact',
  'react-dom',
  'react-native',
  'react-scripts',
  'solid-js',
  'svelte',
  'vue',
];

/**
 * Servers without slots, many of them with one of the libraries above for their pages. `@scope/` stands for everything
 * below. Tools that serve files while somebody develops (webpack, Vite) are left out on purpose.
 */
export const servers: readonly string[] = [
  '@adonisjs/',
  '@analogjs/platform',
  '@angular/platform-server',
  '@angular/ssr',
  '@builder.io/qwik-city',
  '@keystone-6/core',
  '@loopback/',
  '@medusajs/',
  '@nguniversal/',
  '@redwoodjs/',
  '@shopify/hydrogen',
  '@solidjs/start',
  '@strapi/',
  '@vue/server-renderer',
  'blitz',
  'connect',
  'gatsby',
  'meteor-node-stubs',
  'micro',
  'moleculer',
  'nuxt-edge',
  'nuxt3',
  'parse-server',
  'payload',
  'polka',
  'probot',
  'rwsdk',
  'sails',
  'solid-start',
  'uWebSockets.js',
  'vike',
  'vinxi',
  'vite-plugin-ssr',
  'vue-server-renderer',
  'waku',
];
