"""What the docs and deploy/ say of services, tried with the programs that read it: systemd, nginx, Redis, Docker."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.nginx import NGINX, put, written
from tests.rooms import ROOT, free_port

DEPLOY = ROOT / "deploy"
SYSTEMD, REDIS, DOCKER = (shutil.which(name) for name in ("systemd-analyze", "redis-server", "docker"))
CERTIFICATE = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=redis -addext subjectAltName=IP:127.0.0.1"


def composed() -> str:
    return (DEPLOY / "compose.yaml").read_text("utf-8")


def certificate(folder: Path, name: str) -> None:
    command = [*CERTIFICATE.split(), "-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.crt"]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.skipif(not SYSTEMD, reason="systemd-analyze is not installed")
def test_systemd_has_nothing_to_say_about_the_units(tmp_path):
    for name, page in (("meetingroom.service", "docs/operations.md"), ("meetingroom-edge@.service", "docs/sites.md")):
        unit = put(written("ini", r"\[Unit\]", page), {"/opt/meetingroom/.venv/bin/python": sys.executable})
        (tmp_path / name).write_text(unit)
    asked = [
        SYSTEMD,
        "verify",
        "--man=no",
        "--recursive-errors=no",
        "meetingroom.service",
        "meetingroom-edge@8100.service",
    ]
    said = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.skipif(not NGINX, reason="nginx is not installed (scripts/install-test-tools.sh installs it)")
def test_nginx_takes_the_configuration_with_two_edges(tmp_path):
    certificate(tmp_path, "meetingroom")
    changes = {
        "origin:8000": "127.0.0.1:8001", "edge-1:8000": "127.0.0.1:8002", "edge-2:8000": "127.0.0.1:8003",
        "/etc/ssl/": f"{tmp_path}/", "/run/nginx.pid": f"{tmp_path}/pid", "user meetingroom;": "",
        "/var/log/nginx/error.log": f"{tmp_path}/log",
    }  # fmt: skip
    (tmp_path / "nginx.conf").write_text(put((DEPLOY / "nginx.conf").read_text("utf-8"), changes))
    said = subprocess.run([NGINX, "-t", "-c", f"{tmp_path}/nginx.conf"], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr


def test_the_nginx_with_edges_is_the_documented_one_otherwise():
    """Who mends one mends the other."""
    ours = (DEPLOY / "nginx.conf").read_text("utf-8")
    sockets = ours[ours.index("        location /socket.io/") : ours.index("        location / {")]
    edges = ours[ours.index("    # Who somebody is") : ours.index("    upstream meetingroom")]
    more = ours[ours.index("    upstream edges") : ours.index("    server {")]
    for part in (sockets, edges, more, ours.partition("\n")[0] + "\n"):
        ours = ours.replace(part, "")
    assert ours.replace("server origin:8000;", "server 127.0.0.1:8000;") == written()


@pytest.fixture
def redis(tmp_path):
    """Debian's, by deploy/redis.conf."""
    if not REDIS:
        pytest.skip("redis-server is not installed (scripts/install-test-tools.sh installs it)")
    certificate(tmp_path, "redis")
    conf, port = (DEPLOY / "redis.conf").read_text("utf-8"), free_port()
    (user,) = re.findall(r"^# +(user default .*)$", conf, re.M)
    (tmp_path / "password.conf").write_text(put(user, {"PASSWORD": "mot-mat-khau"}) + "\n")
    changes = {"/etc/redis/": f"{tmp_path}/", "tls-port 6379": f"tls-port {port}", "bind 0.0.0.0": "bind 127.0.0.1"}
    (tmp_path / "redis.conf").write_text(put(conf, changes) + f"dir {tmp_path}\n")
    process = subprocess.Popen([REDIS, f"{tmp_path}/redis.conf"], stdout=subprocess.DEVNULL)
    try:
        yield lambda *words, password="mot-mat-khau", tls=True: asked(port, tmp_path, words, password, tls)
    finally:
        process.kill()
        process.wait()


def asked(port: int, folder: Path, words, password: str, tls: bool) -> str:
    secure = ["--tls", "--cacert", f"{folder}/redis.crt"] if tls else []
    command = ["redis-cli", "-h", "127.0.0.1", "-p", str(port), *secure, *words]
    environment = {**os.environ, **({"REDISCLI_AUTH": password} if password else {})}
    said = subprocess.run(command, capture_output=True, text=True, timeout=10, env=environment)
    return said.stdout + said.stderr


def test_redis_lets_nobody_do_more_than_publish_and_subscribe(redis):
    deadline = time.monotonic() + 15
    while "PONG" not in redis("ping"):
        assert time.monotonic() < deadline, redis("ping")
        time.sleep(0.05)
    assert redis("publish", "meetingroom", "x").strip() == "0"
    for words in (("set", "a", "b"), ("config", "get", "*"), ("eval", "return 1", "0"), ("flushall",), ("shutdown",)):
        assert "NOPERM" in redis(*words), words
    assert "NOAUTH" in redis("publish", "meetingroom", "x", password="")
    assert "WRONGPASS" in redis("publish", "meetingroom", "x", password="khac")
    assert "PONG" not in redis("ping", tls=False)


def test_what_the_compose_file_names_is_there():
    text = composed()
    assert re.findall(r"^  ([\w-]+):$", text.partition("\nservices:")[2].partition("\nnetworks:")[0], re.M) == [
        "origin", "worker", "edge-1", "edge-2", "redis", "nginx",
    ]  # fmt: skip
    for path in re.findall(r"\./([\w.-]+):/", text):
        assert (DEPLOY / path).is_file(), path
    targets = set(re.findall(r"^FROM \S+ AS (\w+)", (DEPLOY / "Dockerfile").read_text("utf-8"), re.M))
    assert set(re.findall(r"target: (\w+)", text)) <= targets
    asked_for = set(re.findall(r"secrets/([\w.-]+)", text))
    named = written_about_secrets()
    assert asked_for <= named, asked_for - named


def written_about_secrets() -> set[str]:
    return set(re.findall(r"`([\w.-]+)`", (ROOT / "docs/sites.md").read_text("utf-8").partition("## With Docker")[2]))


def docker(*words: str, timeout: float = 20) -> subprocess.CompletedProcess:
    return subprocess.run([DOCKER or "docker", *words], cwd=ROOT, capture_output=True, text=True, timeout=timeout)


@pytest.fixture
def compose(tmp_path):
    if not DOCKER or docker("compose", "version").returncode:
        pytest.skip("docker compose is not installed")
    folder = tmp_path / "deploy"
    shutil.copytree(DEPLOY, folder, ignore=shutil.ignore_patterns("secrets"))
    (folder / "secrets").mkdir()
    example = (DEPLOY / "meetingroom.env.example").read_text("utf-8")
    (folder / "secrets/meetingroom.env").write_text(example)
    return folder / "compose.yaml"


def test_docker_understands_the_compose_file(compose):
    said = docker("compose", "-f", str(compose), "config", "--quiet")
    assert said.returncode == 0, said.stderr
