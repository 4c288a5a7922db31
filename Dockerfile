# One image for the web server, the workers and the beat; compose.yaml says which runs what.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 \
    DJANGO_SETTINGS_MODULE=cms.settings.production

RUN useradd --system --create-home --home-dir /srv/mitmischen mitmischen \
    && install -d -o mitmischen /srv/media
WORKDIR /srv/mitmischen

COPY requirements.txt ./
RUN pip install -r requirements.txt

COPY . ./
# Only so that the settings load; the running site gets its own and refuses to start without.
RUN export SECRET_KEY=build ALLOWED_HOSTS=localhost EMAIL_URL=consolemail:// \
    && python manage.py compile_catalogues \
    && python manage.py collectstatic --noinput --verbosity 0

USER mitmischen
EXPOSE 8000
# One thread per worker was measured fastest; a worker that fails is replaced.
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--blocking-threads", "1", \
     "--respawn-failed-workers", "--no-ws", "cms.wsgi:application"]
