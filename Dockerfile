# One image for every service: `novation start ledger`, `novation start margin`, ...
FROM node:20-bookworm-slim AS build
WORKDIR /novation
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev

FROM node:20-bookworm-slim
ENV NODE_ENV=production NOVATION_DATA=/var/lib/novation NOVATION_HTTP=0.0.0.0:9464
# Room for what is young: what a large state leaves when it is read, or judged, is collected in half of the time.
ENV NODE_OPTIONS=--max-semi-space-size=64
WORKDIR /novation
COPY --from=build /novation ./
RUN mkdir -p /var/lib/novation && chown node:node /var/lib/novation
USER node
VOLUME /var/lib/novation
EXPOSE 9464
ENTRYPOINT ["node", "apps/cli/bin/novation.js"]
CMD ["start"]
