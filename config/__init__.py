"""Settings, URLs and processes. The top floor: it imports the apps, and no app imports it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
