"""`python -m bench [what] [options]`: what is measured, and how to run it, is in bench/README.md."""

import argparse
import signal
import sys


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument(
        "what",
        nargs="?",
        default="page-turn",
        choices=[
            "page-turn",
            "ballot",
            "storms",
            "joins",
            "edges",
            "paint",
            "desk",
            "ink",
            "ocr",
            "search",
            "stamps",
            "reading",
            "media",
            "convert",
            "import",
            "map",
            "taps",
            "site",
        ],
    )
    parser.add_argument("--clients", type=int, nargs="*", default=[30, 100, 500, 1000, 2000, 4000])
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--voters", type=int, default=300)
    parser.add_argument(
        "--only", nargs="*", default=[], help="of the storms: restart arrivals stalled sign_in papers; of site"
    )
    parser.add_argument("--rounds", type=int, default=5, help="of paint: visits with an empty cache")
    parser.add_argument(
        "--slower", type=float, default=6, help="of paint, desk, map: how much slower the browser's processor is"
    )
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--pages", type=int, default=100_000, help="of search, import: how many there are")
    parser.add_argument("--nodes", type=int, default=2000, help="of map: how many it has")
    parser.add_argument("--data", default="", help="of search: a folder with a database that is used again")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended on the way out
    from bench import ballot, page_turn, storms

    if options.what == "ballot":
        ballot.main(options.voters, options.seconds)
    elif options.what == "joins":
        from bench import joins

        joins.main(options.clients)
    elif options.what == "edges":
        from bench import edges

        edges.main(options.clients, options.turns)
    elif options.what == "paint":
        from bench import paint

        paint.main(options.rounds, min(options.turns, 40), options.slower)
    elif options.what == "desk":
        from bench import desk

        desk.main(options.slower)
    elif options.what == "ink":
        from bench import ink

        ink.main([n for n in options.clients if 100 <= n <= 1000][-1:], options.slower)
    elif options.what == "ocr":
        from bench import ocr

        ocr.main(min(options.rounds, 5))
    elif options.what == "search":
        from bench import search

        search.main(options.pages, options.data)
    elif options.what == "media":
        from bench import media

        media.main(max(options.seconds, 60))
    elif options.what == "convert":
        from bench import convert

        convert.main(options.seconds)
    elif options.what == "import":
        from bench import case_import

        case_import.main(min(options.pages, 9000), 100)
    elif options.what == "reading":
        from bench import reading

        reading.main()
    elif options.what == "map":
        from bench import maps

        maps.main(options.slower, options.nodes)
    elif options.what == "taps":
        from bench import taps

        taps.main(min(options.turns, 60))
    elif options.what == "stamps":
        from bench import stamps

        stamps.main(min(options.turns, 40), options.seconds)
    elif options.what == "site":
        from bench import site

        site.main(options.only)
    elif options.what == "storms":
        storms.main(1000, options.only)
    else:
        page_turn.main(options.clients, options.turns)


if __name__ == "__main__":
    main()
