"""The cache in Redis, which may be away at any time without a page noticing."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis where it answers; a miss, and a line in the log, where it does not. Nothing in it must be true."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value, or the default as well when Redis is away."""
        try:
            return super().get(key, default, version)
        except RedisError as error:
            logger.warning("The cache is away: %s", error)
            return default

    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        """Return whether the value was stored; False as well when Redis is away."""
        try:
            return super().add(key, value, *args, **kwargs)
        except RedisError as error:
            logger.warning("The cache is away: %s", error)
            return False

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        """Store the value, or forget it when Redis is away."""
        try:
            super().set(key, value, *args, **kwargs)
        except RedisError as error:
            logger.warning("The cache is away: %s", error)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Return whether something was deleted; False as well when Redis is away."""
        try:
            return super().delete(key, version)
        except RedisError as error:
            logger.warning("The cache is away: %s", error)
            return False
