"""``_read``: the limited child process that opens untrusted workbooks; no part of the contract."""

from __future__ import annotations

import sys

import click


@click.command("_read", hidden=True)
def read() -> None:
    """Answer framed requests on standard input until it ends."""
    from desktop_app.exchange.reader import serve

    serve(sys.stdin.buffer, sys.stdout.buffer)
