"""The harness itself: private servers answer, and end with the run."""

import psycopg2
import pytest
import redis

from tests import servers


@pytest.mark.processes
def test_postgresql_answers_and_is_gone_after_the_block():
    with servers.postgresql() as url:
        connection = psycopg2.connect(url)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'Nguyễn' || version()")
            assert cursor.fetchone()[0].startswith("NguyễnPostgreSQL")
        connection.close()
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(url)


@pytest.mark.processes
def test_redis_answers_and_is_gone_after_the_block():
    with servers.redis_server() as url:
        client = redis.Redis.from_url(url)
        client.set("khóa", "giá trị")
        assert client.get("khóa").decode() == "giá trị"
    with pytest.raises(redis.ConnectionError):
        client.ping()


@pytest.mark.processes
def test_servers_refuse_with_a_sentence_when_missing(monkeypatch):
    monkeypatch.setattr(servers.shutil, "which", lambda name: None)
    with pytest.raises(servers.ServerMissing, match="apt-get install redis-server"), servers.redis_server():
        pass
