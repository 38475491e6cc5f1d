"""What the docs and deploy/ say of services, tried with the programs that read it: systemd, nginx, Redis, Docker."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from meetingroom.config import Settings
from run import parser
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
    deadline = time.monotonic() + 45
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


def test_the_image_is_made_of_what_is_there():
    """What is copied exists and is let through; what is started is understood by the program."""
    steps = (DEPLOY / "Dockerfile").read_text("utf-8")
    through = set(re.findall(r"^!(\S+)", (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8"), re.M))
    copied = [name for line in re.findall(r"^COPY (.+)", steps, re.M) for name in line.split()[:-1]]
    assert set(copied) == through
    assert all((ROOT / name).exists() for name in copied)
    assert {one.parts[0] for one in imported_at_runtime()} <= through

    commands = [*re.findall(r"^ +command: \[(.+)\]", composed(), re.M), re.findall(r"^CMD \[(.+)\]", steps, re.M)[-1]]
    for command in commands:
        understood = parser().parse_args(re.sub(r'[",]', " ", command).split())
        assert understood.name in ("serve", "edge", "worker")


def imported_at_runtime() -> set[Path]:
    """The folders and files beside the program that it reads."""
    text = "".join(path.read_text("utf-8") for path in (ROOT / "meetingroom").rglob("*.py"))
    named = set(re.findall(r'(?:ROOT|parents\[[123]\]) / "([\w.-]+)"', text))
    return {Path(name) for name in named if (ROOT / name).exists()}


def test_what_is_set_for_the_containers_is_read_by_the_program():
    read = set(re.findall(r'read\("(\w+)"\)', (ROOT / "meetingroom/config.py").read_text("utf-8")))
    elsewhere = {"PYTHONUNBUFFERED", "MEETINGROOM_BACKUP", "SSL_CERT_FILE"}
    example = (DEPLOY / "meetingroom.env.example").read_text("utf-8")
    set_there = set(re.findall(r"^(\w+)=", example, re.M))
    image = re.findall(r"^ENV (.+)", (DEPLOY / "Dockerfile").read_text("utf-8"), re.M)[0]
    set_there |= set(re.findall(r"(MEETINGROOM_\w+):", composed()))
    units = "".join((ROOT / "docs" / name).read_text("utf-8") for name in ("sites.md", "operations.md"))
    pairs = " ".join([image, *re.findall(r"^Environment=(.+)", units, re.M)]).split()
    set_there |= {pair.partition("=")[0] for pair in pairs}
    assert set_there <= read | elsewhere, set_there - read


def test_containers_meet_each_other_at_their_names_and_ports():
    """Upstreams of nginx, the edges' origin and everybody's Redis are services of the file, at their ports."""
    services = set(re.findall(r"^  ([\w-]+):$", composed().partition("\nservices:")[2], re.M))
    places = re.findall(r"server ([\w-]+):(\d+)", (DEPLOY / "nginx.conf").read_text("utf-8"))
    places += re.findall(r'MEETINGROOM_ORIGIN: "http://([\w-]+):(\d+)"', composed())
    assert {name for name, _ in places} <= services
    assert {int(port) for _, port in places} == {Settings(data=Path()).port}
    redis, port = re.findall(r"@([\w-]+):(\d+)/", (DEPLOY / "meetingroom.env.example").read_text("utf-8"))[0]
    assert redis in services
    assert f"tls-port {port}" in (DEPLOY / "redis.conf").read_text("utf-8")
    mounted = set(re.findall(r":(/etc/[\w./-]+):ro", composed()))
    for name in ("nginx.conf", "redis.conf"):
        for path in re.findall(r"(/etc/(?:ssl|redis)/[\w.-]+);?$", (DEPLOY / name).read_text("utf-8"), re.M):
            assert path in mounted, (name, path)


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
