"""The Celery application of the worker and of beat; its options stand in the settings under CELERY_."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

app = Celery("tusoi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
