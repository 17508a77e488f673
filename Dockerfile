# One image for all processes; compose.yaml says which command each one runs.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# Chromium makes the PDFs of editions; the fonts are those of the seven languages.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends chromium fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --create-home --home-dir /srv/homeward homeward
WORKDIR /srv/homeward/app

# Before the code, so that a change of code does not install everything anew.
COPY requirements/production.txt requirements/
RUN pip install --require-hashes -r requirements/production.txt

COPY . .
# Catalogs lie beside the code, which the running user cannot write.
RUN SECRET_KEY=building ALLOWED_HOSTS=localhost python manage.py compile_catalogs \
    && install -d -o homeward -g homeward /srv/homeward/data

USER homeward
# A container gives Chromium no namespaces for its sandbox.
ENV DATA_DIR=/srv/homeward/data DJANGO_SETTINGS_MODULE=portal.settings.production CHROMIUM_SANDBOX=no
VOLUME /srv/homeward/data
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000"]
