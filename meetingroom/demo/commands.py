"""The commands of run.py for the demonstration."""

import os
import sys
import tempfile

from meetingroom.ops import data_folder, serving, worker_process
from meetingroom.ops.startup_errors import explain_errors


def demo(settings, options, begin):
    """The demonstration is laid out by a process of its own: it makes papers, which would hold up the event loop."""

    def prepare(ended: list[int]) -> str:
        if not settings.database.exists():
            print("Đang chuẩn bị bản trình diễn… · Preparing the demonstration…", flush=True)
        command = [sys.executable, str(worker_process.RUN), "seed", "--supervised", "--data", str(settings.data)]
        command += ["--port", str(settings.port)]
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            process = worker_process.child(command, stdout=output, env=os.environ | {"PYTHONIOENCODING": "utf-8"})
            try:
                serving.load_modules()  # meanwhile
                while not ended and not worker_process.ends(process, 0.2):
                    continue
            finally:
                process.terminate()
                code = process.wait()
            if code or ended:
                sys.exit(max(code, 0))
            output.seek(0)
            return output.read()

    serving.serve(settings, begin, prepare)


def seed(settings, options, begin):
    from meetingroom.demo.welcome import lay_out

    if options.supervised:
        worker_process.end_with_parent()
    data_folder.prepare_folder(settings)
    with explain_errors(settings.data):
        print(lay_out(settings))


COMMANDS = {"demo": demo, "seed": seed}
