/** Style sheets are imported for the bundler, which writes one beside each view's script. */
declare module '*.css';
