"""What every answer says about itself, whoever gives it. A route that knows better has set its own."""

from functools import lru_cache

from flask import Flask, g, request

from meetingroom.web.context import context

YEAR = 365 * 86_400
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'{socket}",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
MARK = ("X-Meetingroom", "1")  # an error page of a proxy or the sign-in page of a network has no such mark


def init_app(app: Flask) -> None:
    @app.after_request
    def say(response):
        response.headers[MARK[0]] = MARK[1]
        if g.get("bare"):  # a yes or no to another server, over a weak line, for every page of every tablet
            return response
        secure = request.is_secure or context().settings.secure_cookies
        for name, value in headers(request.host, secure, g.get("connects", "")):
            response.headers.setdefault(name, value)
        return response


@lru_cache(maxsize=64)
def headers(host: str, secure: bool, connects: str = "") -> tuple[tuple[str, str], ...]:
    """`connects`: what one page may speak to besides (a signing program on the reader's own computer)."""
    policy = POLICY.format(socket=own_socket(host, secure) + (f" {connects}" if connects else ""))
    # This name only, and on no list of browsers: the agency's other names are not ours to decide about.
    strict = (("Strict-Transport-Security", f"max-age={YEAR}"),) if secure else ()
    return (
        ("Content-Security-Policy", policy),
        *strict,
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
        ("Cache-Control", "no-store"),
    )


def own_socket(host: str, secure: bool) -> str:
    """The address of our own socket, said outright: for Safari up to 15.3, 'self' does not cover it. (A policy cannot
    name an IPv6 address; there 'self' has to do.)"""
    return "" if not host or "[" in host else f" {'wss' if secure else 'ws'}://{host}"
