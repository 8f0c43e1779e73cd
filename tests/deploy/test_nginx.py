"""nginx on deploy/nginx.conf, in front of the real web processes, over TLS with a certificate of its own."""

import http.client
import json
import ssl
from pathlib import Path

import pytest

from tests.processes import PATIENCE

pytestmark = [pytest.mark.processes, pytest.mark.servers]
HOST = "tusoi.example"


@pytest.fixture
def get(nginx, web, knows_the_host):
    """Fetch a path over TLS with the host's name checked against the certificate."""
    trust = ssl.create_default_context(cafile=str(web.secrets / "tls_certificate"))

    def fetch(path, method="GET", body=None, **headers):
        connection = http.client.HTTPSConnection(HOST, nginx[0], context=trust, timeout=PATIENCE)
        connection.request(method, path, body=body, headers={"Host": HOST, **headers})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    return fetch


def test_pages_come_through_tls(get):
    answer, content = get("/readyz")
    assert answer.status == 200
    assert b'"ready": true' in content
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "nginx/" not in answer.headers["Server"]


def test_static_files_are_served_compressed_and_for_ever(get, web):
    static = Path(web.environment["STATIC_DIR"])
    named = json.loads((static / "staticfiles.json").read_text())["paths"]["vendor/bootstrap/bootstrap.min.css"]
    answer, content = get(f"/static/{named}", **{"Accept-Encoding": "gzip"})
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert content == (static / f"{named}.gz").read_bytes()


def test_uploads_are_not_reachable_as_files(get, web):
    uploads = Path(web.environment["UPLOAD_DIR"])
    uploads.mkdir(parents=True, exist_ok=True)
    (uploads / "secret.pdf").write_bytes(b"%PDF- secret")
    for path in ("/uploads/secret.pdf", "/static/../uploads/secret.pdf", "/static/%2e%2e/data/uploads/secret.pdf"):
        answer, content = get(path)
        assert answer.status in {400, 404, 302, 403}
        assert b"secret" not in content or b"%PDF" not in content


def test_health_of_nginx_does_not_ask_the_web_processes(get):
    answer, _content = get("/nginx-health")
    assert answer.status == 204
    assert "Content-Security-Policy" not in answer.headers


def test_plain_http_is_sent_to_tls(nginx):
    connection = http.client.HTTPConnection("127.0.0.1", nginx[1], timeout=PATIENCE)
    connection.request("GET", "/x?a=1", headers={"Host": HOST})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, f"https://{HOST}/x?a=1")


def test_request_beyond_the_limit_is_refused_before_it_reaches_the_product(get):
    answer, _content = get("/login", "POST", body=b"x" * (17 * 1024 * 1024))
    assert answer.status == 413


def test_log_holds_no_query_strings(get, web):
    get("/readyz?name=Nguyen")
    assert "Nguyen" not in (web.folder / "nginx-access.log").read_text()
