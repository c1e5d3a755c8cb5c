# The command line in a container: docker build -t seatlens .
# docs/administrators/docker.md says how to run it.

FROM node:22-alpine AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:22-alpine
LABEL org.opencontainers.image.title="seatlens" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json LICENSE ./
# npm is only needed to install: without it, the image is smaller and has less that can be attacked.
RUN npm ci --omit=dev --ignore-scripts \
 && rm -rf /root/.npm /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* \
 && ln -s /app/dist/src/cli/bin.js /usr/local/bin/seatlens
COPY --from=build /build/dist ./dist
COPY --from=build /build/schema ./schema
# The user of the base image that is not root. What is kept (token file, snapshots, journals) is below /work.
RUN mkdir /work && chown node:node /work
USER node
WORKDIR /work
ENTRYPOINT ["node", "/app/dist/src/cli/bin.js"]
CMD ["--help"]
