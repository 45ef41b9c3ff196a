# Three stages: what is installed, what is built, and what runs. The last holds the server, its static files and nothing else.
FROM node:24-slim AS base
ENV NEXT_TELEMETRY_DISABLED=1
WORKDIR /app

FROM base AS build
# Only what `npm ci` needs, so that a change of the source does not install again.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-fund --no-audit
COPY . .
RUN npm run build

FROM base AS server
# /data is where a Space mounts its storage; without a volume there, pictures go with the container, and the app says so.
ENV NODE_ENV=production HOSTNAME=0.0.0.0 PORT=7860 DATA_DIR=/data CACHE_DIR=/tmp/keepsake
# A Space runs the container as user 1000: the image's `node`.
RUN mkdir -p /data && chown node:node /data
COPY --from=build --chown=node:node /app/.next/standalone ./
USER node
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD node -e "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "server.js"]
