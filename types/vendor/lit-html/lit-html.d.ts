// The types of the lit-html that lies in static/vendor, from the same version in node_modules.
export * from "lit-html"
