# Front-end packages, from their lock file
FROM node:22-bookworm-slim AS front-end
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.11-slim-bookworm AS python-packages
COPY constraints.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --requirement constraints.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji poppler-utils \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 sko
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0 PORT=8000 VAR_DIR=/app/var
WORKDIR /app
COPY --from=python-packages /venv /venv
COPY --from=front-end /app/node_modules node_modules
COPY . .
# The key is for this command only: files under their hashed names need DEBUG off
RUN SECRET_KEY=for-collectstatic-only python manage.py collectstatic --no-input \
    && install --directory --owner sko var && chown -R sko var
USER sko
EXPOSE 8000
VOLUME /app/var
CMD ["gunicorn", "--config", "python:sko_planner.gunicorn", "sko_planner.wsgi"]
