/** Where the built page lies: `index.html`, and what it loads in `assets`. */
export declare const folder: string
