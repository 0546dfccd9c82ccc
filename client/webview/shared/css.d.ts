/** Style sheets are gathered by the bundler into one file per page. */
declare module '*.css'
